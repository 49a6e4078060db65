"""Addresses of Impinj readers: what the driver replaces and restarts, and wrong addresses."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from hardware.drivers.tag_reader import open_tag_reader
from hardware.errors import UriError
from hardware.ports import ReaderDown, ReaderNote, ReaderUp, TagReads
from tests.hardware.drivers.impinj_scene import broker_of, hook_uri, pin, reader_of, secret, started
from tests.hardware.network.tls_front import Identity


def test_events_of_the_restart_itself_are_no_loss(
    cleanup: ExitStack, tmp_path: Path, certificate: Identity
) -> None:
    # the reader keeps its events for a stream that connects later: also that its inventory was stopped for ours
    sim = reader_of(cleanup, certificate.server())
    sim.state.http_stream = {"eventBufferSize": 1000}
    sim.running = True
    password = secret(tmp_path, "readers", "impinj")
    facts = started(
        cleanup, f"impinj+https://127.0.0.1:{sim.port}?pin={pin(certificate)}&password_file={password}"
    )
    facts.wait_count(TagReads, 20)
    assert (facts.count(ReaderUp), facts.count(ReaderDown)) == (1, 0)
    (note,) = [fact for fact in facts.facts if isinstance(fact, ReaderNote)]
    assert "an inventory of another program, which was stopped" in note.text
    with sim.state.lock:
        sim.state.stop()
    facts.wait_count(ReaderDown)
    facts.wait_count(ReaderUp, 2)


def test_a_configuration_that_is_replaced_is_said(
    cleanup: ExitStack, tmp_path: Path, certificate: Identity
) -> None:
    broker = broker_of(cleanup, tmp_path)
    sim = reader_of(cleanup, certificate.server())
    sim.state.mqtt = {"active": True, "brokerHostname": "127.0.0.1", "brokerPort": broker.port, "eventTopic": "wms",
                      "clientId": "x"}  # fmt: skip
    sim.state.webhook = {"active": True, "serverConfiguration": {"url": "http://127.0.0.1:1/wms"}}
    password = secret(tmp_path, "readers", "impinj")
    over_mqtt = (
        f"impinj+mqtt://127.0.0.1:{broker.port}?topic=/shop/r1&configure=yes&reader=root@127.0.0.1:{sim.port}"
        f"&reader_pin={pin(certificate)}&reader_password_file={password}"
    )
    expected = {
        over_mqtt: "published to 127.0.0.1, topic wms, which was replaced",
        hook_uri(sim, certificate, password): "posted to http://127.0.0.1:1/wms",
    }
    for uri, words in expected.items():
        with ExitStack() as stack:
            facts = started(stack, uri)
            facts.wait_count(TagReads, 3)
        assert [words in fact.text for fact in facts.facts if isinstance(fact, ReaderNote)] == [True]
    assert sim.state.mqtt["eventTopic"] == "/shop/r1"


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("impinj+mqtt://broker", "the topic is missing"),
        ("impinj+mqtt://broker/a?topic=/a", "two topics"),
        ("impinj+mqtt://b//t", "write topic=/t"),
        ("impinj+mqtt://b/t/", "write topic=t/"),
        ("impinj+mqtt://b/%2Ft", "write topic=/t"),
        ("impinj+mqtt://broker/a/%2B", "may not contain"),
        ("impinj+mqtt://:s3cret@broker/a", "a password needs a user; write impinj+mqtt://USER@BROKER/TOPIC"),
        ("impinj+mqtt://broker/a?reader=root:s3cret@h", "reader=h has a password; write the user alone"),
        ("impinj+mqtt://broker/a?reader=root%3As3cret@a..b", "reader=a..b has a password"),
        ("impinj+mqtt://broker/a?status=a", "status= is the topic itself"),
        ("impinj+mqtt://localhost/a?reader=10.0.0.7&configure=yes", "cannot reach localhost, which is this computer"),
        ("impinj+mqtt://[::1]/a?reader=r700&configure=yes", "append reader_broker="),
        ("impinj+hook://10.0.0.7?listen=127.0.0.1:8091", "write listen=0.0.0.0:PORT"),
        ("impinj+mqtt://broker/a?reader=@h", "has an @ without a user"),
        ("impinj+mqtt://broker/a?reader=h&configure=yes&reader_broker=me@b", "reader_broker=me@b has a user"),
        ("impinj+mqtt://broker/a?status=" + "x" * 65_001, "has more than 65000 bytes"),
        ("impinj+mqtt://broker/a?status=b%2F%23", "may not contain"),
        ("impinj+mqtt://broker/a?configure=yes", "configure: needs reader=HOST as well"),
        ("impinj+mqtt://broker/a?reader=", "reader has no value"),
        ("impinj+mqtt://broker/a?reader=a..b", "is not [USER@]HOST[:PORT]"),
        ("impinj+mqtt://broker/a?reader=h:99999", "not a number from 1 to 65535"),
        ("impinj+mqtt://broker/a?ca=x", "no option ca; did you mean reader_ca?"),
        ("impinj+hook://h", "listen= is missing"),
        ("impinj+hook://h?listen=x", "has a port that is not a number"),
        ("impinj+hook://h?listen=1.2.3.4:0", "not a number from 1 to 65535"),
        ("impinj+hook://h?listen=8091&control=no", "needs hook_password_file="),
        ("impinj+hook://h?listen=8091&control=no&session=1&url=http://x", "session, url: not used with control=no"),
        ("impinj+hook://h?listen=8091&url=ftp://x", "begins with http"),
        ("impinj+hook://h?listen=8091&url=http://", "has no host"),
        ("impinj+hook://h?listen=8091&url=http://u:s3cret@store:1/", "url=store:1/ has a user or password"),
        ("impinj+hook://h?listen=me@0.0.0.0:8091", "has a user; write HOST:PORT alone"),
        ("impinj+https://h?preset=x&power_dbm=20", "power_dbm: these belong to the preset that is written"),
        ("impinj+https://h?rfmode=x", "did you mean rf_mode?"),
    ],
)  # fmt: skip
def test_a_wrong_address_is_explained(uri: str, words: str) -> None:
    with pytest.raises(UriError) as refusal:
        open_tag_reader(uri, "r")
    assert words in str(refusal.value)
    assert "s3cret" not in str(refusal.value)


def test_a_key_with_a_pass_phrase_is_refused_and_not_asked_for(tmp_path: Path, certificate: Identity) -> None:
    key = serialization.load_pem_private_key(certificate.key.read_bytes(), None)
    locked = tmp_path / "locked.key"
    locked.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"word"),
        )
    )
    with pytest.raises(UriError, match="the key needs a pass phrase"):
        open_tag_reader(f"impinj+hook://h?listen=8091&cert={certificate.certificate}&key={locked}", "r")


def test_a_certificate_without_its_key_is_explained(tmp_path: Path, certificate: Identity) -> None:
    uri = f"impinj+hook://h?listen=8091&cert={certificate.certificate}"
    with pytest.raises(UriError, match="belong together"):
        open_tag_reader(uri, "r")
    other = secret(tmp_path, "other.key", "nonsense")
    with pytest.raises(UriError, match="cannot be used"):
        open_tag_reader(f"{uri}&key={other}", "r")
