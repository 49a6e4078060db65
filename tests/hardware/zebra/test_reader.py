"""Zebra driver against the simulated reader, which keeps its rules and misbehaves in each documented way."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderUp, TagReads
from hardware.sim.radio.field import Tag
from hardware.sim.radio.zebra.reader import Habits, SimZebraReader
from hardware.sim.radio.zebra.web_socket_frames import Opcode, server_frame
from hardware.zebra.reader import ZebraReader
from hardware.zebra.settings import RadioSettings, ZebraSettings
from tests.contracts.zebra_rigs import QUICK_ZEBRA as QUICK
from tests.hardware.fact_log import FactLog

EPC = "3074257BF7194E4000001A85"
OTHER = "3074257BF7194E4000001A86"


class Bench:
    """A simulated reader with one tag at antenna 2, its driver, and the facts of the driver."""

    def __init__(self) -> None:
        self.sim = SimZebraReader()
        self.sim.place(Tag(EPC, 2, rate_hz=50))
        self.facts = FactLog()
        self._open: list[ZebraReader] = []

    def start(self, settings: ZebraSettings = QUICK) -> None:
        reader = ZebraReader("r", "127.0.0.1", self.sim.port, None, settings)
        self._open.append(reader)
        reader.start(self.facts)

    def notes(self) -> list[ReaderNote]:
        return [fact for fact in list(self.facts.facts) if isinstance(fact, ReaderNote)]

    def wait_note(self, kind: NoteKind, *, over: bool = False) -> ReaderNote:
        def found() -> list[ReaderNote]:
            return [note for note in self.notes() if (note.kind, note.over) == (kind, over)]

        self.facts.wait(lambda _: bool(found()), f"note {kind.value}")
        return found()[0]

    def why(self) -> str:
        facts = self.facts.wait_count(ReaderDown)
        return next(fact.why for fact in facts if isinstance(fact, ReaderDown))

    def close(self) -> None:
        for reader in self._open:
            reader.close()
        self.sim.close()


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


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


def test_an_expired_token_is_replaced_without_a_loss(bench: Bench) -> None:
    bench.sim.habits.token_requests = 1
    bench.start(replace(QUICK, status_s=0.1))
    bench.facts.wait_count(TagReads, 30)
    assert bench.sim.requests.count("GET /cloud/localRestLogin") > 3
    assert bench.facts.count(ReaderDown) == 0


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


@pytest.mark.parametrize(
    "habits",
    [
        Habits(batch=True),
        Habits(joined=True),
        Habits(frame_bytes=7),
        Habits(date_header=False),
        Habits(clock_s=-7200),
    ],
)
def test_every_form_of_messages_is_read(bench: Bench, habits: Habits) -> None:
    bench.sim.habits = habits
    bench.start()
    bench.facts.wait_count(TagReads, 20)
    assert {(read.epc, read.antenna) for read in bench.facts.reads()} == {(EPC, 2)}
    assert bench.notes() == []


def test_events_without_antenna_and_strength_stay_so(bench: Bench) -> None:
    bench.sim.habits.left_out = frozenset({"antenna", "peakRssi", "timestamp", "eventNum"})
    bench.start()
    bench.facts.wait_count(TagReads, 5)
    assert {(read.antenna, read.rssi_dbm) for read in bench.facts.reads()} == {(None, None)}


def test_reads_that_the_reader_kept_are_not_shown_as_new(bench: Bench) -> None:
    bench.sim.mode = {"type": "CUSTOM", "tagMetaData": ["ANTENNA", "RSSI"]}
    bench.sim.keep(Tag(OTHER, 2), 40, age_s=600)
    bench.start()
    bench.wait_note(NoteKind.REPORTS)
    bench.facts.wait_count(TagReads, 50)
    assert {read.epc for read in bench.facts.reads()} == {EPC}


def test_an_antenna_that_is_pulled_off_is_a_note_until_it_is_back(bench: Bench) -> None:
    bench.start(replace(QUICK, antennas=(1, 2), status_s=0.1))
    bench.facts.wait_count(TagReads)
    bench.sim.unplugged.add(1)
    assert bench.wait_note(NoteKind.ANTENNA).antenna == 1
    bench.sim.unplugged.clear()
    assert bench.wait_note(NoteKind.ANTENNA, over=True).antenna == 1
    assert bench.facts.count(ReaderDown) == 0


def test_an_inventory_that_another_program_stops_is_started_again(bench: Bench) -> None:
    bench.start(replace(QUICK, status_s=0.1))
    bench.facts.wait_count(TagReads)
    bench.sim.running = False
    assert "stopped its inventory" in bench.why()
    bench.facts.wait_count(ReaderUp, 2)
    assert bench.sim.running


def test_bad_messages_are_left_out_and_the_link_stays(bench: Bench) -> None:
    bench.start()
    bench.facts.wait_count(TagReads)
    for message in (b"{", b"[" * 50_000, b'{"data":{"idHex":"30","peakRssi":Infinity}}', b'{"data":{}}'):
        bench.sim.say(message)
    bench.wait_note(NoteKind.REPORTS)
    count = bench.facts.count(TagReads)
    bench.facts.wait_count(TagReads, count + 5)
    assert bench.facts.count(ReaderDown) == 0


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (server_frame(Opcode.CLOSE, b"\x03\xe9restart"), "closed the WebSocket (code 1001): restart"),
        (b"\x83\x01x", "closed the WebSocket"),
        (server_frame(Opcode.TEXT, b"x" * (1 << 20) + b"y"), "a message of more than"),
    ],
)
def test_broken_frames_are_one_loss_with_a_reason(bench: Bench, raw: bytes, why: str) -> None:
    bench.start()
    bench.facts.wait_count(TagReads)
    bench.sim.send_raw(raw)
    assert why in bench.why()
    bench.facts.wait_count(ReaderUp, 2)


def test_half_a_frame_and_then_silence_is_a_dead_link(bench: Bench) -> None:
    bench.start()
    bench.facts.wait_count(TagReads)
    bench.sim.send_raw(b"\x81\x7f\x00")
    bench.sim.freeze()
    assert "no answer to a ping" in bench.why()


def test_a_reader_that_never_answers_pings_is_kept_and_said(bench: Bench) -> None:
    bench.sim.habits.answers_pings = False
    bench.sim.habits.left_out = frozenset({"idHex"})
    bench.sim.place(Tag(EPC, 2, rate_hz=0.01))
    bench.start()
    assert "does not answer WebSocket pings" in bench.wait_note(NoteKind.SETTING).text
    assert bench.facts.count(ReaderDown) == 0
    bench.sim.pull()
    bench.why()


def test_a_frozen_reader_is_noticed_in_three_seconds_with_the_normal_settings(bench: Bench) -> None:
    normal = ZebraSettings(password=QUICK.password)
    assert normal.ping_s + normal.pong_s + normal.status_answer_s <= 3.0
    bench.start(normal)
    bench.facts.wait_count(TagReads)
    bench.sim.freeze()
    began = time.monotonic()
    bench.facts.wait_count(ReaderDown)
    # a ratio of one run: the time that the settings promise, with room for a slow machine
    assert time.monotonic() - began < 2 * (normal.ping_s + normal.pong_s)


def test_a_slow_reader_comes_up(bench: Bench) -> None:
    bench.sim.habits.answer_delay_s = 0.3
    bench.start(replace(QUICK, answer_s=5.0))
    bench.facts.wait_count(TagReads)
    assert bench.facts.count(ReaderDown) == 0


def test_planted_a_driver_that_sends_no_pings_does_not_notice_a_frozen_reader(bench: Bench) -> None:
    bench.start(replace(QUICK, ping_s=60.0))
    bench.facts.wait_count(TagReads)
    bench.sim.freeze()
    assert not threading.Event().wait(2 * (QUICK.ping_s + QUICK.pong_s))
    assert bench.facts.count(ReaderDown) == 0
