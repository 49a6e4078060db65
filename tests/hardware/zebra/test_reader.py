"""Zebra driver while it reads, against a simulated reader that misbehaves in each documented way."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from hardware.ports import NoteKind, ReaderDown, ReaderUp, TagReads
from hardware.sim.radio.field import Tag
from hardware.sim.radio.zebra.reader import Habits
from hardware.sim.radio.zebra.web_socket_frames import Opcode, server_frame
from hardware.zebra.settings import ZebraSettings
from tests.contracts.zebra_rigs import QUICK_ZEBRA as QUICK
from tests.hardware.zebra.bench import EPC, Bench

OTHER = "3074257BF7194E4000001A86"


def test_an_expired_token_is_replaced_without_a_loss(bench: Bench) -> None:
    bench.sim.habits.token_requests = 1
    bench.start(replace(QUICK, status_s=0.1))
    bench.facts.wait_count(TagReads, 30)
    assert bench.sim.requests.count("GET /cloud/localRestLogin") > 3
    assert bench.facts.count(ReaderDown) == 0


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
