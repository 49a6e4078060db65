"""The doctor at the readers: simulated ones, silent ones, strangers in their place, and certificates."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hardware.sim.label_scanner import SimLabelScanner
from hardware.sim.radio.llrp_reader import SimLlrpReader
from kiosk.commands.doctor import State, readers
from tests.hardware.tls_front import TlsFront, identity


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


def test_a_reader_that_answers_is_good_and_a_used_one_is_a_note() -> None:
    with SimLlrpReader() as reader:
        assert readers.look("north", reader.uri).found.endswith("uses LLRP")
    with SimLlrpReader() as reader, socket.create_connection(("127.0.0.1", reader.port)) as first:
        assert first.recv(1)
        taken = readers.look("north", reader.uri)
    assert (taken.state, taken.about) == (State.NOTE, "reader north")
    assert "another client" in taken.found


def test_a_reader_that_is_not_there(free_port: Callable[[], int]) -> None:
    finding = readers.look("north", f"llrp://127.0.0.1:{free_port()}")
    assert finding.state is State.BAD
    assert "Connection refused" in finding.found
    assert "cable" in finding.advice


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "not LLRP"),
        (b"", "answers, but does not use the LLRP protocol"),
        # a keep-alive is LLRP, but no reader begins with it
        (bytes.fromhex("043e0000000a00000001"), "answers, but does not use the LLRP protocol"),
    ],
)
def test_another_program_at_the_readers_address_is_reported(words: bytes, found: str) -> None:
    with one_who_says(words) as port:
        finding = readers.look("north", f"llrp://127.0.0.1:{port}")
    assert finding.state is State.BAD
    assert found in finding.found


def test_a_reader_that_waits_to_be_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as ear:
        finding = readers.look("north", f"llrp://127.0.0.1:{ear.getsockname()[1]}")
    assert finding.state is State.NOTE
    assert "sends nothing" in finding.found


def test_a_reader_over_tls_is_good_if_its_certificate_is_trusted(tmp_path: Path) -> None:
    own = identity(tmp_path)
    with SimLlrpReader() as sim, closing(TlsFront(own.server(), sim.port)) as front:
        uri = f"llrps://127.0.0.1:{front.port}"
        known = readers.look("north", f"{uri}?ca={own.certificate}")
        unknown = readers.look("north", uri)
        absent = readers.look("north", f"{uri}?ca={tmp_path / 'none'}")
    assert known.found.endswith("uses LLRP")
    assert (unknown.state, absent.state) == (State.BAD, State.BAD)
    assert "CERTIFICATE_VERIFY_FAILED" in unknown.found
    assert "?ca=FILE" in unknown.advice


def test_readers_without_a_network() -> None:
    assert readers.look("north", "replay://reads.jsonl").state is State.GOOD


@pytest.mark.parametrize("scheme", ["serial", "keyboard"])
def test_a_scanner_that_is_there_and_one_that_was_unplugged(scheme: str) -> None:
    with closing(SimLabelScanner()) as scanner:
        uri = f"{scheme}://{scanner.path}"
        assert readers.look("till", uri).state is State.GOOD
        scanner.unplug()
        finding = readers.look("till", uri)
    assert (finding.state, finding.about) == (State.BAD, "reader till")
    assert "No such file" in finding.found
    assert "/dev/" in finding.advice


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_scanner_that_may_not_be_opened(tmp_path: Path) -> None:
    port = tmp_path / "tty"
    port.touch(0o000)
    assert "dialout" in readers.look("till", f"serial://{port}").advice
