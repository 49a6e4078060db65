"""Probe of a simulated Zebra reader: what it finds, and each kind of failure."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.reader_probe import ProbeFailure, ProbeResult
from hardware.sim.radio.zebra.reader import Habits, SimZebraReader
from hardware.zebra.probe import probe_reader
from hardware.zebra.settings import RadioSettings, ZebraSettings
from tests.contracts.zebra_rigs import QUICK_ZEBRA as QUICK
from tests.hardware.network.tls_front import identity


@pytest.fixture
def sim() -> Iterator[SimZebraReader]:
    made = SimZebraReader()
    yield made
    made.close()


def probe(sim: SimZebraReader, settings: ZebraSettings = QUICK) -> ProbeResult:
    return probe_reader("127.0.0.1", sim.port, None, settings)


def test_a_good_reader_tells_itself_and_is_left_as_it_was(sim: SimZebraReader) -> None:
    sim.unplugged.add(4)
    found = probe(sim)
    assert found.failure is None
    assert found.identity == "Zebra FX9600, firmware 3.21.23.0"
    assert found.region == "FCC_Generic, Canada"
    assert (found.antennas, found.connected) == ((1, 2, 3, 4), (1, 2, 3))
    assert found.power_dbm == (10.0, 30.0)
    assert not sim.running
    assert sim.requests[-2:] == ["PUT /cloud/start", "PUT /cloud/stop"]


def test_a_reader_that_does_not_tell_its_version_is_still_named(sim: SimZebraReader) -> None:
    sim.habits.answers = {"GET /cloud/version": (404, b"")}
    assert probe(sim).identity == "Zebra"


def test_a_running_reader_keeps_running(sim: SimZebraReader) -> None:
    sim.running = True
    assert probe(sim).failure is None
    assert sim.running


def test_what_the_region_does_not_allow_is_a_note(sim: SimZebraReader) -> None:
    found = probe(sim, replace(QUICK, radio=RadioSettings(0, 33.0)))
    assert found.failure is None
    assert "30 dBm is used instead" in found.notes[0]


@pytest.mark.parametrize(
    ("habits", "failure"),
    [
        (Habits(region=""), ProbeFailure.REGION),
        (Habits(antennas=1), ProbeFailure.SETTING),
        (Habits(endpoint="none"), ProbeFailure.REFUSED),
        (Habits(endpoint="llrp"), ProbeFailure.REFUSED),
        (Habits(radio=False), ProbeFailure.REFUSED),
    ],
)
def test_each_failure_has_its_kind(sim: SimZebraReader, habits: Habits, failure: ProbeFailure) -> None:
    sim.habits = habits
    found = probe(sim, replace(QUICK, antennas=(2,)))
    assert found.failure is failure
    assert found.why
    assert ("IoT Connector" in found.advice) == (habits.endpoint != "websocket")


def test_a_wrong_password_is_a_login_failure(sim: SimZebraReader) -> None:
    assert probe(sim, replace(QUICK, password="x")).failure is ProbeFailure.LOGIN


def test_a_reader_that_is_too_slow_ends_in_time(sim: SimZebraReader) -> None:
    sim.habits.answer_delay_s = 0.5
    found = probe_reader("127.0.0.1", sim.port, None, replace(QUICK, answer_s=5.0), within_s=1.2)
    assert found.failure is ProbeFailure.SILENT
    assert "does not read after 1.2 s" in found.why


def test_nobody_there_is_unreachable() -> None:
    assert probe_reader("127.0.0.1", 1, None, QUICK).failure is ProbeFailure.UNREACHABLE


def test_an_unknown_name_is_a_failure_of_the_name() -> None:
    assert probe_reader("no-such-reader.invalid", 443, None, QUICK).failure is ProbeFailure.NAME


def test_an_untrusted_certificate_is_named(tmp_path: Path) -> None:
    made = identity(tmp_path)
    sim = SimZebraReader(made.server())
    (tmp_path / "other").mkdir()
    other = identity(tmp_path / "other")
    found = probe_reader("127.0.0.1", sim.port, other.client(), QUICK)
    sim.close()
    assert found.failure is ProbeFailure.CERTIFICATE


def test_another_program_is_a_failure_of_the_protocol() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            link, _ = listener.accept()
            with link:
                link.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")
                link.recv(1000)

        thread = threading.Thread(target=greet)
        thread.start()
        found = probe_reader("127.0.0.1", listener.getsockname()[1], None, QUICK)
        thread.join()
    assert found.failure is ProbeFailure.PROTOCOL
