"""The promises of `hardware.ports.TagReader`, tested with every driver.

A driver takes part as a `Rig`: how to make it, how to lose its reader and how to restore it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.ports import ReaderDown, ReaderUp, TagReads
from tests.contracts.impinj_rigs import IMPINJ_RIGS
from tests.contracts.tag_rigs import RIGS, Rig
from tests.contracts.thread_faults import complaints_about, faults
from tests.contracts.zebra_rigs import ZEBRA_RIGS
from tests.hardware.fact_log import FactLog

ALL_RIGS = RIGS | IMPINJ_RIGS | ZEBRA_RIGS


@pytest.fixture(params=sorted(ALL_RIGS))
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made = ALL_RIGS[request.param](tmp_path)
    yield made
    for close in made.closers:
        close()


@pytest.fixture
def facts() -> FactLog:
    return FactLog()


def opened() -> tuple[int, int]:
    """Threads and descriptors of this process."""
    return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))


def test_a_tag_reader_reports_up_before_reads(rig: Rig, facts: FactLog) -> None:
    reader = rig.make()
    reader.start(facts)
    seen = facts.wait_count(TagReads, 3)
    reader.close()
    assert isinstance(seen[0], ReaderUp)
    assert {fact.reader for fact in seen} == {"r"}
    assert {(read.epc, read.antenna) for read in facts.reads()} == {rig.seen}
    assert all(read.rssi_dbm is None or -100 <= read.rssi_dbm <= 0 for read in facts.reads())


def test_reads_are_stamped_by_our_clock_oldest_first(rig: Rig, facts: FactLog) -> None:
    reader = rig.make()
    before = time.time_ns() // 1000 - 1_000_000
    reader.start(facts)
    facts.wait_count(TagReads, 5)
    reader.close()
    stamps = [read.at_us for read in facts.reads()]
    assert before <= min(stamps)
    assert max(stamps) <= time.time_ns() // 1000
    for fact in facts.facts:
        if isinstance(fact, TagReads):
            inside = [read.at_us for read in fact.reads]
            assert inside == sorted(inside)


def test_start_returns_at_once_and_close_within_two_seconds(rig: Rig, facts: FactLog) -> None:
    for make in filter(None, (rig.make, rig.away)):
        reader = make()
        began = time.monotonic()
        reader.start(facts)
        assert time.monotonic() - began < 0.5
        began = time.monotonic()
        reader.close()
        assert time.monotonic() - began < 2.0


def test_facts_come_from_one_thread_and_none_after_close(rig: Rig, facts: FactLog) -> None:
    reader = rig.make()
    reader.start(facts)
    facts.wait_count(TagReads, 3)
    reader.close()
    count = len(facts.facts)
    assert len(facts.threads) == 1
    assert threading.get_ident() not in facts.threads
    assert not any(thread.ident in facts.threads for thread in threading.enumerate())
    assert len(facts.facts) == count


def test_close_leaves_no_thread_and_no_descriptor_and_may_be_called_twice(rig: Rig, facts: FactLog) -> None:
    before = opened()
    for _ in range(3):
        reader = rig.make()
        reader.start(facts)
        facts.wait_count(ReaderUp)
        reader.close()
        reader.close()
        assert not any(thread.name == "reader r" for thread in threading.enumerate())
    # the simulated reader on the other side may hold the last connection a moment longer
    deadline = time.monotonic() + 5
    while any(now > then for now, then in zip(opened(), before, strict=True)) and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert all(now <= then for now, then in zip(opened(), before, strict=True))


def test_a_driver_that_was_never_started_can_be_closed(rig: Rig) -> None:
    reader = rig.make()
    assert reader.name == "r"
    reader.close()


def test_a_loss_is_posted_once_and_healed(rig: Rig, facts: FactLog) -> None:
    if rig.lose is None or rig.mend is None:
        assert rig.mend is None  # nothing that could be lost
        return
    reader = rig.make()
    reader.start(facts)
    for turn in range(1, 4):
        facts.wait_count(ReaderUp, turn)
        rig.lose()
        facts.wait_count(ReaderDown, turn)
        rig.mend()
    facts.wait_count(ReaderUp, 4)
    reader.close()
    changes = [type(fact) for fact in facts.facts if isinstance(fact, ReaderUp | ReaderDown)]
    assert changes == [ReaderUp, ReaderDown] * 3 + [ReaderUp]


def test_a_reader_that_was_never_there_is_posted_once(rig: Rig, facts: FactLog) -> None:
    if rig.away is None:
        assert rig.lose is None or rig.mend is not None
        return
    reader = rig.away()
    reader.start(facts)
    facts.wait_count(ReaderDown)
    # several more tries go by in silence
    assert not threading.Event().wait(0.3)
    reader.close()
    (down,) = facts.facts
    assert isinstance(down, ReaderDown)
    assert down.why


def test_a_fault_in_the_drivers_code_is_a_loss_that_heals(rig: Rig) -> None:
    assert rig.faulty is not None, "every rig can make a driver with a fault"
    assert complaints_about(rig.faulty(faults())) == []


def test_a_fault_of_the_receiver_is_a_loss_that_heals(rig: Rig) -> None:
    assert complaints_about(rig.make(), faults()) == []
