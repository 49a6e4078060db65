"""The watch of a reader's reads: which patterns are silence, slow reads or tags of others, and which are not."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pytest

from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderUp, TagRead, TagReads
from hardware.watches.read_watch import KEEP_US, MAX_TAGS, ReadWatch, WatchSettings

SECOND = 1_000_000
START_US = 1_800_000_000 * SECOND
Pattern = Iterable[tuple[float, str, float | None]]
"""Reads as (second, EPC, signal strength)."""


def run(pattern: Pattern, seconds: float, watch: ReadWatch | None = None) -> list[ReaderNote]:
    """Connects, then plays the reads with four ticks a second; the notes."""
    watch = watch or ReadWatch("r")
    watch.take(ReaderUp("r", START_US))
    notes: list[ReaderNote] = []
    reads = sorted(pattern, key=lambda read: read[0])
    for quarter in range(int(seconds * 4) + 1):
        while reads and reads[0][0] <= quarter / 4:
            at, epc, rssi = reads.pop(0)
            watch.take(TagReads("r", (TagRead(epc, 1, rssi, START_US + round(at * SECOND)),)))
        notes += watch.tick(START_US + quarter * SECOND // 4)
    return notes


def every(
    interval_s: float, epc: str = "A", until_s: float = 60, rssi: float | None = -50.0
) -> Iterator[tuple[float, str, float | None]]:
    for n in range(int(until_s / interval_s)):
        yield n * interval_s, epc, rssi


def kinds(notes: Iterable[ReaderNote]) -> list[tuple[str, bool]]:
    return [(note.kind.value, note.over) for note in notes]


@pytest.mark.parametrize("interval_s", [3.0, 5.0, 8.0])
def test_a_hanging_tag_that_is_read_every_few_seconds_is_slow(interval_s: float) -> None:
    (note,) = run(every(interval_s), 60)
    assert note.kind is NoteKind.SLOW_READS
    assert f"every {interval_s:.0f} s" in note.text
    assert "session=0" in note.text


def test_a_reader_near_the_limit_is_noted_once() -> None:
    """Phases of 30 s with 2.7 s and with 2.2 s between reads: no note that begins and ends in turn."""
    at, pattern = 0.0, []
    while at < 240:
        pattern.append((at, "A", -50.0))
        at += 2.7 if int(at / 30) % 2 == 0 else 2.2
    assert kinds(run(pattern, 240)) == [("slow-reads", False)]


@pytest.mark.parametrize("interval_s", [0.02, 0.2, 1.0, 1.9])
def test_a_tag_that_is_read_about_once_a_second_is_not(interval_s: float) -> None:
    assert run(every(interval_s), 60) == []


def test_short_bursts_with_long_pauses_are_slow() -> None:
    bursts = [(turn * 5 + n * 0.1, "A", -50.0) for turn in range(12) for n in range(5)]
    assert kinds(run(bursts, 60)) == [("slow-reads", False)]


def test_tags_that_are_read_once_are_told_and_a_passer_by_is_not() -> None:
    hanging = [(n * 0.2, f"{n}", -50.0) for n in range(8)]
    (note,) = run(hanging, 30)
    assert "8 tags were read once" in note.text
    passing = [(n * 3 + burst * 0.1, f"{n}", -50.0) for n in range(8) for burst in range(10)]
    assert run(passing, 60) == []


def test_a_far_tag_that_is_read_seldom_is_not_slow() -> None:
    assert run(every(5.0, rssi=-75.0), 60) == []


def test_a_tag_that_is_strong_at_times_and_read_seldom_while_it_is_far_is_not_slow() -> None:
    pattern = [(n * 3.0, "A", (-50.0, -75.0)[n % 2]) for n in range(20)]
    assert run(pattern, 60) == []


def test_a_tag_of_unknown_strength_counts() -> None:
    assert kinds(run(every(5.0, rssi=None), 60)) == [("slow-reads", False)]


def test_one_weak_read_does_not_outvote_the_tags_that_are_read_well() -> None:
    pattern = [*every(5.0, "S"), *every(0.3, "B"), *every(0.3, "C")]
    assert run(pattern, 60) == []


def test_a_garment_that_leaves_and_comes_back_is_not_slow() -> None:
    pattern = [
        (visit * 18 + n * 0.3, "A", -50.0) for visit in range(6) for n in range(10)
    ]  # 3 s in the room, 15 s away
    assert run(pattern, 110) == []


def test_slow_reads_are_told_once_and_are_over_when_they_are() -> None:
    fast = [(60 + at, epc, rssi) for at, epc, rssi in every(0.2)]
    assert kinds(run([*every(5.0), *fast], 120)) == [("slow-reads", False), ("slow-reads", True)]


def test_slow_reads_stand_while_there_is_no_tag_to_judge_by() -> None:
    assert kinds(run(every(5.0), 3600)) == [("slow-reads", False)]


def silent(seconds: float = 3.0) -> ReadWatch:
    return ReadWatch("r", WatchSettings(silent_s=seconds))


def test_silence_is_told_once_where_it_is_a_fault() -> None:
    (note,) = run([], 60, silent())
    assert "no tag was read for" in note.text
    assert "region" in note.text
    assert run([], 60) == []
    assert kinds(run(every(1.0, until_s=20), 20, silent())) == []


def test_silence_is_over_with_the_next_read() -> None:
    late = [(30 + at, epc, rssi) for at, epc, rssi in every(0.5, until_s=5)]
    assert kinds(run(late, 34, silent())) == [("no-reads", False), ("no-reads", True)]


def test_silence_after_reads_can_be_left_out() -> None:
    watch = ReadWatch("r", WatchSettings(silent_s=3.0, silence_after_reads=False))
    assert run(every(0.5, until_s=5), 60, watch) == []
    assert kinds(run([(10.0, "A", -50.0)], 60, watch)) == [("no-reads", False), ("no-reads", True)]


def test_a_disconnected_reader_is_not_silent() -> None:
    watch = silent()
    watch.take(ReaderUp("r", START_US))
    watch.take(ReaderDown("r", "cable", START_US))
    assert watch.tick(START_US + 60 * SECOND) == ()


def test_a_new_connection_begins_anew() -> None:
    watch = silent()
    assert len(run([], 10, watch)) == 1
    watch.take(ReaderDown("r", "cable", START_US))
    assert len(run([], 10, watch)) == 1, "the old note ended with its connection; a new one begins"


def test_many_tags_of_others_are_counted_and_never_told() -> None:
    watch = ReadWatch("r", is_ours=lambda epc: epc.startswith("30"))
    pattern = [(n * 0.1, f"E2{n:04}", -60.0) for n in range(100)] + [(5.0, "3001", -50.0)]
    notes = run(sorted(pattern), 12, watch)
    assert kinds(notes) == [("foreign-tags", False)]
    assert "E2" not in notes[0].text
    assert "no garments of this shop" in notes[0].text
    over = watch.tick(START_US + 2 * KEEP_US)
    assert kinds(over) == [("foreign-tags", True)]


def test_some_tags_of_others_are_usual() -> None:
    watch = ReadWatch("r", is_ours=lambda epc: epc.startswith("30"))
    pattern = [(n * 0.1, f"{('E2', '30')[n % 3 > 0]}{n:04}", -60.0) for n in range(100)]
    assert run(pattern, 12, watch) == []


def test_the_summary_counts_reads_and_tags_and_the_time_between() -> None:
    watch = ReadWatch("r")
    run([*every(0.5, "A", 10), *every(2.0, "B", 10), *every(0.5, "C", 10), (1.0, "D", -50.0)], 10, watch)
    summary = watch.summary()
    assert (summary.reads, summary.tags) == (20 + 5 + 20 + 1, 4)
    assert summary.between_s == pytest.approx(0.5)
    assert ReadWatch("r").summary().between_s is None


def test_the_memory_is_bounded() -> None:
    watch = ReadWatch("r")
    watch.take(ReaderUp("r", START_US))
    for n in range(MAX_TAGS + 500):
        watch.take(TagReads("r", (TagRead(f"{n}", 1, -50.0, START_US),)))
    assert watch.summary() == watch.summary()
    assert watch.summary().tags == MAX_TAGS
    assert watch.summary().reads == MAX_TAGS + 500


def test_random_shops_with_session_0_have_no_note() -> None:
    """Many garments come and go, each read 2 to 20 times a second with gaps as they occur behind a body."""
    for seed in range(5):
        draw = random.Random(seed)
        pattern: list[tuple[float, str, float | None]] = []
        for tag in range(60):
            at = draw.uniform(0, 300)
            end = at + draw.uniform(1, 200)
            while at < end:
                pattern.append((at, f"{tag}", draw.gauss(-60, 8)))
                at += draw.expovariate(draw.uniform(2, 20)) + (
                    draw.uniform(1, 4) if draw.random() < 0.02 else 0
                )
        assert run(pattern, 300) == []
