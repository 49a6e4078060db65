"""Readers over TLS: only those whose certificate can be trusted are listened to."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.drivers.probe import probe_tag_reader
from hardware.drivers.tag_reader import open_tag_reader
from hardware.errors import UriError
from hardware.network.tls import pin_of
from hardware.ports import ReaderDown, ReaderUp, TagReads
from hardware.reader_probe import ProbeFailure
from hardware.sim.radio.field import Tag
from hardware.sim.radio.impinj.reader import SimImpinjReader
from hardware.sim.radio.llrp_reader import SimLlrpReader
from tests.hardware.fact_log import FactLog
from tests.hardware.network.tls_front import Identity, TlsFront, identity

EPC = "3074257BF7194E4000001A85"


@pytest.fixture
def certificate(tmp_path: Path) -> Identity:
    return identity(tmp_path)


@pytest.fixture
def llrps_port(certificate: Identity) -> Iterator[int]:
    with SimLlrpReader() as sim:
        sim.place(EPC, rate_hz=100)
        front = TlsFront(certificate.server(), sim.port)
        yield front.port
        front.close()


@pytest.fixture
def impinj(certificate: Identity) -> Iterator[SimImpinjReader]:
    reader = SimImpinjReader(certificate.server())
    reader.place(Tag(EPC, 2, rate_hz=50))
    yield reader
    reader.close()


def first_fact(uri: str) -> object:
    facts = FactLog()
    reader = open_tag_reader(uri, "r")
    reader.start(facts)
    facts.wait(bool, "fact")
    reader.close()
    return facts.facts[0]


def reads(uri: str) -> set[tuple[str, int | None]]:
    facts = FactLog()
    reader = open_tag_reader(uri, "r")
    reader.start(facts)
    facts.wait_count(TagReads, 5)
    reader.close()
    return {(read.epc, read.antenna) for read in facts.reads()}


def test_llrp_over_tls(llrps_port: int, certificate: Identity) -> None:
    assert reads(f"llrps://127.0.0.1:{llrps_port}?ca={certificate.certificate}") == {(EPC, 1)}


def test_json_events_over_https(impinj: SimImpinjReader, certificate: Identity, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("impinj\n")
    uri = f"impinj+https://root@127.0.0.1:{impinj.port}?ca={certificate.certificate}&password_file={secret}"
    assert reads(uri) == {(EPC, 2)}


def test_a_pinned_certificate_needs_no_authority(
    llrps_port: int, impinj: SimImpinjReader, certificate: Identity
) -> None:
    pin = pin_of(ssl.PEM_cert_to_DER_cert(certificate.certificate.read_text()))
    assert reads(f"llrps://127.0.0.1:{llrps_port}?pin={pin}") == {(EPC, 1)}
    assert reads(f"impinj+https://root:impinj@127.0.0.1:{impinj.port}?pin={pin}") == {(EPC, 2)}
    other = pin[:-2] + ("00" if pin[-2:] != "00" else "11")
    down = first_fact(f"impinj+https://root:impinj@127.0.0.1:{impinj.port}?pin={other}")
    assert isinstance(down, ReaderDown)
    assert "not the pinned one" in down.why


def test_an_unknown_certificate_is_refused(llrps_port: int, impinj: SimImpinjReader) -> None:
    for uri in (f"llrps://127.0.0.1:{llrps_port}", f"impinj+https://root:impinj@127.0.0.1:{impinj.port}"):
        down = first_fact(uri)
        assert isinstance(down, ReaderDown)
        assert "certificate is not trusted" in down.why
        assert "append pin=sha256:" in down.why


def test_a_certificate_of_another_host_is_refused(tmp_path: Path) -> None:
    other = identity(tmp_path, ["127.9.9.9"])
    with SimLlrpReader() as sim:
        front = TlsFront(other.server(), sim.port)
        down = first_fact(f"llrps://127.0.0.1:{front.port}?ca={other.certificate}")
        front.close()
    assert isinstance(down, ReaderDown)
    assert "certificate is not trusted" in down.why


def test_a_reader_without_tls_is_lost(certificate: Identity) -> None:
    with SimLlrpReader() as sim:
        down = first_fact(f"llrps://127.0.0.1:{sim.port}?ca={certificate.certificate}")
    assert isinstance(down, ReaderDown)
    assert "does not use TLS as expected (wrong version number); check scheme and port" in down.why


@pytest.mark.parametrize("scheme", ["llrps", "impinj+https", "zebra+https"])
def test_a_probe_tells_a_port_without_tls_from_a_reader_without_power(
    scheme: str, free_port: Callable[[], int], certificate: Identity, tmp_path: Path
) -> None:
    user, options = "", f"ca={certificate.certificate}"
    if scheme != "llrps":
        (tmp_path / "password").write_text("secret\n")
        user, options = "root@", f"{options}&password_file={tmp_path}/password"
    with SimLlrpReader() as sim:
        found = probe_tag_reader(f"{scheme}://{user}127.0.0.1:{sim.port}?{options}")
    assert (found.failure, "TLS" in found.why) == (ProbeFailure.PROTOCOL, True), found
    with socket.create_server(("127.0.0.1", 0)) as silent:
        found = probe_tag_reader(f"{scheme}://{user}127.0.0.1:{silent.getsockname()[1]}?{options}")
    assert (found.failure, "does not answer to TLS" in found.why) == (ProbeFailure.PROTOCOL, True), found
    found = probe_tag_reader(f"{scheme}://{user}127.0.0.1:{free_port()}?{options}")
    assert found.failure is ProbeFailure.UNREACHABLE


def test_a_wrong_password_is_said_to_be_wrong_and_never_shown(
    impinj: SimImpinjReader, certificate: Identity
) -> None:
    down = first_fact(f"impinj+https://root:hunter2@127.0.0.1:{impinj.port}?ca={certificate.certificate}")
    assert isinstance(down, ReaderDown)
    assert "user and password" in down.why
    assert "hunter2" not in down.why


def test_an_unknown_preset_is_refused(impinj: SimImpinjReader, certificate: Identity) -> None:
    uri = f"impinj+https://root:impinj@127.0.0.1:{impinj.port}?ca={certificate.certificate}&preset=nowhere"
    down = first_fact(uri)
    assert isinstance(down, ReaderDown)
    assert "it has no preset nowhere" in down.why


def test_a_running_reader_is_not_restarted(impinj: SimImpinjReader, certificate: Identity) -> None:
    impinj.running = True
    uri = f"impinj+https://root:impinj@127.0.0.1:{impinj.port}?ca={certificate.certificate}&preset=nowhere"
    assert isinstance(first_fact(uri), ReaderUp)


@pytest.mark.parametrize("scheme", ["llrps", "impinj+https"])
def test_a_missing_authority_file_is_an_error_at_opening(scheme: str, tmp_path: Path) -> None:
    with pytest.raises(UriError, match="ca="):
        open_tag_reader(f"{scheme}://127.0.0.1?ca={tmp_path}/none.crt", "r")
    with pytest.raises(UriError, match="password_file="):
        open_tag_reader(f"impinj+https://127.0.0.1?password_file={tmp_path}/none", "r")


def test_an_authority_and_a_pin_together_are_an_error(certificate: Identity) -> None:
    with pytest.raises(UriError, match="either ca= or pin="):
        open_tag_reader(f"llrps://reader?ca={certificate.certificate}&pin=sha256:{'00' * 32}", "r")
    with pytest.raises(UriError, match=r"pin=.* is not a fingerprint"):
        open_tag_reader("llrps://reader?pin=sha256:00", "r")
