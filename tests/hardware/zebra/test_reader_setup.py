"""How the Zebra driver sets a reader up: operating mode, power, and what a reader refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.ports import NoteKind, ReaderUp, TagReads
from hardware.sim.radio.zebra.reader import Habits
from hardware.zebra.settings import RadioSettings
from tests.contracts.zebra_rigs import QUICK_ZEBRA as QUICK
from tests.hardware.zebra.bench import Bench


def test_an_idle_reader_gets_our_mode_and_is_started(bench: Bench) -> None:
    bench.start(replace(QUICK, antennas=(2, 3), radio=RadioSettings(1, 24.5)))
    bench.facts.wait_count(TagReads, 3)
    assert isinstance(bench.facts.facts[0], ReaderUp)
    assert bench.sim.mode["antennas"] == [2, 3]
    assert bench.sim.mode["transmitPower"] == 24.5
    assert bench.sim.mode["query"]["session"] == "S1"
    assert bench.notes() == []


def test_a_reader_that_runs_in_our_mode_is_not_touched(bench: Bench) -> None:
    bench.start()
    bench.facts.wait_count(TagReads)
    bench.sim.requests.clear()
    bench.start()
    bench.facts.wait_count(ReaderUp, 2)
    assert not [asked for asked in bench.sim.requests if asked.startswith("PUT")]


def test_a_reader_that_runs_in_another_mode_is_stopped_changed_and_started(bench: Bench) -> None:
    bench.sim.running = True
    bench.start()
    bench.facts.wait_count(TagReads)
    assert [asked for asked in bench.sim.requests if asked.startswith("PUT")] == [
        "PUT /cloud/stop",
        "PUT /cloud/mode",
        "PUT /cloud/start",
    ]


def test_a_retailers_own_mode_stays_and_what_it_lacks_is_said(bench: Bench) -> None:
    bench.start(replace(QUICK, radio=None))
    bench.facts.wait_count(TagReads)
    assert bench.sim.mode == {"type": "SIMPLE"}
    assert "PUT /cloud/mode" not in bench.sim.requests
    assert {note.kind for note in bench.notes()} == {NoteKind.ANTENNA, NoteKind.SIGNAL, NoteKind.SLOW_READS}
    assert {(read.antenna, read.rssi_dbm) for read in bench.facts.reads()} == {(None, None)}


@pytest.mark.parametrize(
    ("habits", "why"),
    [
        (Habits(region=""), "no region is set"),
        (Habits(endpoint="none"), "no WebSocket for tag data (HTTP 404)"),
        (Habits(endpoint="llrp"), "tag data go to LLRP"),
        (Habits(refuses=frozenset({"type"})), "refused PUT /cloud/mode: HTTP 422: type is not valid"),
        (Habits(radio=False), "no connection to its radio module"),
        (Habits(antennas=1), "antennas=2: the reader has the antennas 1"),
    ],
)
def test_a_reader_that_cannot_read_says_why(bench: Bench, habits: Habits, why: str) -> None:
    bench.sim.habits = habits
    bench.start(replace(QUICK, antennas=(2,)))
    assert why in bench.why()


@pytest.mark.parametrize(
    "answers",
    [
        {"GET /cloud/region": (404, b"not found")},
        {"GET /cloud/region": (200, b"{}")},
        {"GET /cloud/region": (200, b'{"region": "EU", "maxTxPowerSupported": "high"}')},
        {"GET /cloud/mode": (200, b"[]")},
        {"GET /cloud/mode": (200, b'{"type": {}, "query": [[]], "antennas": {}}')},
    ],
)
def test_a_reader_with_another_firmware_reads_all_the_same(
    bench: Bench, answers: dict[str, tuple[int, bytes]]
) -> None:
    bench.sim.habits.answers = answers
    bench.start(replace(QUICK, radio=RadioSettings(0, 24.0)))
    bench.facts.wait_count(TagReads)
    assert bench.sim.mode["transmitPower"] == 24.0


@pytest.mark.parametrize(
    ("request_line", "answer", "why"),
    [
        ("GET /cloud/localRestLogin", (500, b"oops"), "refused GET /cloud/localRestLogin: HTTP 500: oops"),
        ("GET /cloud/localRestLogin", (200, b"a token"), "returns no token"),
        ("GET /cloud/localRestLogin", (200, b'{"message": "a\\r\\nX: y"}'), "returns no token"),
        ("GET /cloud/localRestLogin", (200, b'{"message": 7}'), "returns no token"),
        ("GET /cloud/mode", (401, b""), "does not accept its own token"),
        ("GET /cloud/region", (403, b""), "refused GET /cloud/region: HTTP 403"),
        ("PUT /cloud/mode", (403, b'{"message": "no rights"}'), "HTTP 403: no rights"),
        ("PUT /cloud/start", (500, b'{"message": "radio\\nbusy"}'), "HTTP 500: radio busy"),
        ("GET /ws", (401, b""), "does not accept this user for its WebSocket"),
    ],
)
def test_a_refused_request_is_one_loss_with_the_readers_words(
    bench: Bench, request_line: str, answer: tuple[int, bytes], why: str
) -> None:
    bench.sim.habits.answers = {request_line: answer}
    bench.start()
    assert why in bench.why()


def test_a_wrong_password_is_named_without_the_password(bench: Bench) -> None:
    bench.start(replace(QUICK, password="secret-word"))
    assert bench.why() == "it does not accept this user and password"
    assert "secret-word" not in repr(QUICK) + repr(replace(QUICK, password="secret-word"))


def test_too_much_power_is_lowered_with_a_note(bench: Bench) -> None:
    bench.sim.habits.max_power_dbm = 27.0
    bench.start(replace(QUICK, radio=RadioSettings(0, 31.5)))
    bench.facts.wait_count(TagReads)
    assert bench.sim.mode["transmitPower"] == 27.0
    assert "31.5 dBm is not allowed in its region: 27 dBm" in bench.wait_note(NoteKind.SETTING).text


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        ({"transmitPower"}, "refused the transmit power:"),
        ({"query"}, "refused the transmit power and the session:"),
    ],
)
def test_a_reader_that_refuses_a_setting_reads_without_it(bench: Bench, refused: set[str], said: str) -> None:
    bench.sim.habits.refuses = frozenset(refused)
    bench.start(replace(QUICK, radio=RadioSettings(0, 24.0)))
    bench.facts.wait_count(TagReads)
    assert said in bench.wait_note(NoteKind.SETTING).text
