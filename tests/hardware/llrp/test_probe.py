"""Probe of an LLRP reader: what it tells, and the kind of each failure."""

from __future__ import annotations

import socket
import threading

import pytest

from hardware.llrp.probe import probe_reader
from hardware.llrp.reader import LlrpReader
from hardware.llrp.settings import LlrpSettings
from hardware.ports import ReaderUp
from hardware.reader_probe import ProbeFailure
from hardware.sim.radio.habits import apply_habits
from hardware.sim.radio.llrp_model import ReaderModel
from hardware.sim.radio.llrp_reader import SimLlrpReader
from tests.hardware.fact_log import FactLog


def test_a_reader_that_works_is_described() -> None:
    with SimLlrpReader() as sim:
        found = probe_reader("127.0.0.1", sim.port)
        assert not sim.memory.rospecs
    assert found.failure is None
    assert found.identity == "Impinj, model 1, firmware 7.1.0.240"
    assert (found.antennas, found.power_dbm) == ((1, 2, 3, 4), (10.0, 30.0))

    assert found.connected == (1, 2, 3, 4)
    assert found.region == "ETSI EN 302 208, country 276, 4 fixed channels"


@pytest.mark.parametrize(
    ("habit", "settings", "failure", "words"),
    [
        ("no-region", LlrpSettings(), ProbeFailure.REGION, "region"),
        ("zebra", LlrpSettings(antennas=(64,)), ProbeFailure.SETTING, "4 antennas"),
        ("versions=3", LlrpSettings(), ProbeFailure.PROTOCOL, "LLRP 2.0, version number 3"),
        ("versions=3", LlrpSettings(version=2), ProbeFailure.PROTOCOL, "LLRP 1.1 or 1.0.1"),
        ("slow-capabilities=2.6", LlrpSettings(), None, ""),
        ("slow-rospec=5", LlrpSettings(), None, ""),
        ("slow-rospec=60", LlrpSettings(answer_s=0.5), ProbeFailure.SILENT, "no answer to ADD_ROSPEC"),
    ],
)
def test_what_keeps_a_reader_from_running_is_named(
    habit: str, settings: LlrpSettings, failure: ProbeFailure | None, words: str
) -> None:
    with SimLlrpReader(apply_habits(ReaderModel(), [habit])) as sim:
        found = probe_reader("127.0.0.1", sim.port, settings)
    assert found.failure is failure
    assert words in found.why


def test_what_works_but_should_be_known_is_noted() -> None:
    habits = ["zebra", "disconnected=3", "hop-tables=2,5"]
    with SimLlrpReader(apply_habits(ReaderModel(), habits)) as sim:
        found = probe_reader("127.0.0.1", sim.port, LlrpSettings(antennas=(1, 3, 9), power_dbm=33.0))
    assert (found.failure, found.connected) == (None, (1, 2, 4))
    assert found.identity == "Zebra, model 1, firmware 3.10.30.0"
    assert found.region == "US FCC Part 15, country 840, hop table 2, 5"
    for words in (
        "antenna 9 does not exist; it has 4 antennas",
        "antenna 3 is disconnected",
        "33 dBm asked, 30 dBm used",
        "no link monitor",
    ):
        assert words in "; ".join(found.notes)


def test_a_reader_in_use_is_busy() -> None:
    facts = FactLog()
    with SimLlrpReader() as sim:
        reader = LlrpReader("rooms", "127.0.0.1", sim.port)
        reader.start(facts)
        facts.wait_count(ReaderUp, 1)
        found = probe_reader("127.0.0.1", sim.port)
        reader.close()
    assert (found.failure, found.why) == (ProbeFailure.BUSY, "another client is connected to it")


def test_a_refused_setting_is_reported_in_the_readers_words() -> None:
    with SimLlrpReader(ReaderModel(refuses_rospec=True)) as sim:
        found = probe_reader("127.0.0.1", sim.port)
    assert found.failure is ProbeFailure.REFUSED
    assert "ROReportTrigger is not supported" in found.why


def test_an_unknown_name_and_a_closed_port_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert probe_reader("127.0.0.1", port).failure is ProbeFailure.UNREACHABLE
    assert probe_reader("no-such-host.invalid", port).failure is ProbeFailure.NAME
    assert probe_reader("10.0.0..7", port).failure is ProbeFailure.NAME


def test_the_place_of_an_ipv6_address_can_be_written_into_an_address() -> None:
    assert probe_reader("::1", 1).place == "[::1]:1"


def test_another_protocol_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            link, _ = listener.accept()
            with link:
                link.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                link.recv(100)

        thread = threading.Thread(target=answer)
        thread.start()
        found = probe_reader("127.0.0.1", listener.getsockname()[1])
        thread.join()
    assert found.failure is ProbeFailure.PROTOCOL
    assert "not LLRP" in found.why


def test_a_silent_program_is_not_said_to_have_closed_the_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = probe_reader("127.0.0.1", listener.getsockname()[1], LlrpSettings(silence_s=0.5, probe_s=0.3))
    assert (found.failure, found.notes) == (ProbeFailure.SILENT, ())
