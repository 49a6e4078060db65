"""The doctor at the readers: simulated ones, silent ones, strangers in their place, and certificates."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hardware.reader_probe import ProbeFailure, ProbeResult
from hardware.sim.label_scanner import SimLabelScanner
from hardware.sim.radio.impinj.reader import SimImpinjReader
from hardware.sim.radio.llrp_model import ReaderModel
from hardware.sim.radio.llrp_reader import SimLlrpReader
from kiosk.commands.doctor import Finding, State, readers
from kiosk.commands.doctor.readers import ReaderUse
from kiosk.config import parse_store
from tests.hardware.network.tls_front import TlsFront, identity


@contextmanager
def one_who_says(words: bytes) -> Iterator[int]:
    """Listens, says these words to the first caller, and hangs up; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as ear:

        def speak() -> None:
            link, _ = ear.accept()
            with link:
                link.sendall(words)

        speaker = threading.Thread(target=speak)
        speaker.start()
        yield int(ear.getsockname()[1])
        speaker.join(5)
        assert not speaker.is_alive()


def look(name: str, uri: str, use: ReaderUse | None = None) -> list[Finding]:
    return list(readers.look(name, uri, use))


def test_a_reader_that_works_is_described() -> None:
    with SimLlrpReader() as reader:
        found = look("north", reader.uri)
    assert [(one.state, one.about) for one in found if one.state is not State.NOTE] == [
        (State.GOOD, "reader north")
    ]
    assert "Impinj" in found[0].found
    assert "4 antenna ports" in found[0].found
    assert "dBm" in found[0].found


def test_a_reader_that_another_program_uses_is_bad_unless_that_is_the_running_store() -> None:
    with SimLlrpReader() as reader, socket.create_connection(("127.0.0.1", reader.port)) as first:
        assert first.recv(1)
        taken = look("north", reader.uri)[0]
        waits = look("north", reader.uri, ReaderUse(running=False))[0]
        reads = look("north", reader.uri, ReaderUse(running=True))
    assert (taken.state, waits.state) == (State.BAD, State.BAD)
    assert "another client" in taken.found
    assert "one client" in taken.advice
    assert "the running store waits for it too" in waits.found
    assert [one.state for one in reads] == [State.GOOD]
    assert "the running store reads with it" in reads[0].found


def test_an_antenna_that_the_reader_does_not_have_is_named_with_its_room() -> None:
    use = ReaderUse({1: ("7",), 64: ("left", "right")})
    with SimLlrpReader() as reader:
        found = [one.found for one in look("north", reader.uri, use) if one.state is State.BAD]
    assert found == ["it has no antenna 64, which rooms left, right should use; it has 4"]


def test_a_port_without_an_antenna_is_named_with_its_room() -> None:
    result = ProbeResult("h:5084", antennas=(1, 2), connected=(1,))
    states = [
        (one.state, one.found) for one in readers.of_probe("r", result, ReaderUse({1: ("a",), 2: ("b",)}))
    ]
    assert states == [
        (State.GOOD, "h:5084: works; 2 antenna ports; antennas connected: 1"),
        (State.BAD, "no antenna is detected at port 2, which room b should use"),
    ]


@pytest.mark.parametrize(
    ("model", "found", "advice"),
    [
        (ReaderModel(country=0), "region", "Set the country"),
        (ReaderModel(versions=(3,)), "it uses LLRP 2.0, version number 3", "version"),
        (ReaderModel(refuses_rospec=True), "ADD_ROSPEC was refused", "own page and log"),
    ],
    ids=["no region", "version 3", "refusal"],
)
def test_what_stops_a_reader_is_named_with_the_next_step(model: ReaderModel, found: str, advice: str) -> None:
    with SimLlrpReader(model) as reader:
        (finding,) = (one for one in look("north", reader.uri) if one.state is State.BAD)
    assert found in finding.found
    assert advice in finding.advice


def test_an_antenna_of_the_address_that_the_reader_does_not_have() -> None:
    with SimLlrpReader() as reader:
        (finding,) = look("north", f"{reader.uri}?antennas=64")
    assert (finding.state, "none with the number 64" in finding.found) == (State.BAD, True)


def test_another_power_than_asked_is_a_note() -> None:
    with SimLlrpReader() as reader:
        found = look("north", f"{reader.uri}?power_dbm=31.5")
    assert [one.state for one in found] == [State.GOOD, State.NOTE]
    assert "30 dBm used" in found[1].found


def test_a_name_with_several_addresses_is_a_note() -> None:
    (finding,) = readers.of_addresses("r", "h.example", {"192.0.2.1", "2001:db8::1"})
    assert finding.found == "h.example has 2 addresses: 192.0.2.1, 2001:db8::1"
    assert not list(readers.of_addresses("r", "localhost", {"127.0.0.1", "::1"}))
    assert not list(readers.of_addresses("r", "h", {"192.0.2.1"}))


def test_notes_of_a_probe_are_findings() -> None:
    result = ProbeResult("h:5084", notes=("the power is 30 dBm instead of 31.5 dBm",))
    assert [one.state for one in readers.of_probe("r", result, ReaderUse())] == [State.GOOD, State.NOTE]


@pytest.mark.parametrize("failure", ProbeFailure)
def test_every_failure_has_an_advice_and_a_drivers_own_comes_first(failure: ProbeFailure) -> None:
    (usual,) = readers.of_probe("r", ProbeResult("h", failure, "why"), ReaderUse())
    (own,) = readers.of_probe("r", ProbeResult("h", failure, "why", "Do this."), ReaderUse())
    assert usual.state is State.BAD
    assert len(usual.advice) > 20
    assert own.advice == "Do this."


def test_the_rooms_of_each_port_come_from_the_configuration() -> None:
    config = parse_store(
        "readers: [{name: a, uri: 'llrp://a'}, {name: b, uri: 'llrp://b'}]\n"
        "rooms: {1: {antennas: [a/1, a/2]}, 2: {antennas: [a/2]}}\n"
    )
    use = readers.uses(config, {"a": True})
    assert (use["a"].rooms, use["a"].running) == ({1: ("1",), 2: ("1", "2")}, True)
    assert (use["b"].rooms, use["b"].running) == ({}, None)


def test_a_reader_that_is_not_there(free_port: Callable[[], int]) -> None:
    (finding,) = look("north", f"llrp://127.0.0.1:{free_port()}")
    assert finding.state is State.BAD
    assert "connection refused" in finding.found
    assert "cable" in finding.advice


def test_a_wrong_address_is_explained_as_by_check() -> None:
    (finding,) = look("north", "llrp://h?power=24")
    assert "did you mean power_dbm?" in finding.found
    assert "file" in finding.advice


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "127.0.0.1"),
        (b"", "closed the connection"),
    ],
)
def test_another_program_at_the_readers_address_is_reported(words: bytes, found: str) -> None:
    with one_who_says(words) as port:
        finding = look("north", f"llrp://127.0.0.1:{port}")[0]
    assert finding.state is State.BAD
    assert found in finding.found


def test_a_reader_over_tls_is_good_if_its_certificate_is_trusted(tmp_path: Path) -> None:
    own = identity(tmp_path)
    with SimLlrpReader() as sim, closing(TlsFront(own.server(), sim.port)) as front:
        uri = f"llrps://127.0.0.1:{front.port}"
        known = look("north", f"{uri}?ca={own.certificate}")[0]
        unknown = look("north", uri)[0]
        absent = look("north", f"{uri}?ca={tmp_path / 'none'}")[0]
    assert known.state is State.GOOD
    assert (unknown.state, absent.state) == (State.BAD, State.BAD)
    assert "certificate is not trusted" in unknown.found
    assert "pin=sha256:" in unknown.found
    assert "?ca=FILE" in unknown.advice
    assert "ca=" in absent.found


def test_a_certificate_of_another_name_is_told_with_its_own_names(tmp_path: Path) -> None:
    other = identity(tmp_path, ["127.9.9.9"])
    with SimLlrpReader() as sim, closing(TlsFront(other.server(), sim.port)) as front:
        (finding,) = look("north", f"llrps://127.0.0.1:{front.port}?ca={other.certificate}")
    assert finding.state is State.BAD
    assert "127.9.9.9" in finding.found


def test_a_wrong_password_is_told(tmp_path: Path) -> None:
    own = identity(tmp_path)
    with closing(SimImpinjReader(own.server())) as sim:
        uri = f"impinj+https://root:hunter2@127.0.0.1:{sim.port}?ca={own.certificate}"
        (finding,) = look("north", uri)
    assert finding.state is State.BAD
    assert "password" in finding.found
    assert "hunter2" not in finding.found + finding.advice


def test_readers_without_a_network(tmp_path: Path) -> None:
    (finding,) = look("north", f"replay://{tmp_path}/none.jsonl")
    assert finding.state is State.BAD
    assert "listen" in finding.advice
    assert look("north", "sim://room")[0].state is State.GOOD


@pytest.mark.parametrize("scheme", ["serial", "keyboard"])
def test_a_scanner_that_is_there_and_one_that_was_unplugged(scheme: str) -> None:
    with closing(SimLabelScanner()) as scanner:
        uri = f"{scheme}://{scanner.path}"
        assert look("till", uri)[0].state is State.GOOD
        scanner.unplug()
        (finding,) = look("till", uri)
    assert (finding.state, finding.about) == (State.BAD, "reader till")
    assert "No such file" in finding.found
    assert "/dev/" in finding.advice


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_scanner_that_may_not_be_opened(tmp_path: Path) -> None:
    port = tmp_path / "tty"
    port.touch(0o000)
    assert "dialout" in look("till", f"serial://{port}")[0].advice
