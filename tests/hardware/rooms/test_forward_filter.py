"""The forward filter: probabilities stay a distribution, reads move them, time lets them drift."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.rooms.forward_filter import filter_model, initial_probabilities, update_probabilities
from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.signal_model import ROW_BINS, assumed_model, rssi_bin
from hardware.rooms.site import parse_site
from hardware.rooms.track import TagTrack

SITE = parse_site("rooms: {one: {antennas: [1]}, two: {antennas: [2]}, three: {antennas: [3]}}")
MODEL = filter_model(SITE, assumed_model(SITE), PresenceSettings())
NO_ARRIVALS = (1.0, 1.0, 1.0)
STEP_US = 200_000


def track() -> TagTrack:
    return TagTrack("E1", 0, initial_probabilities(3))


def read(tag: TagTrack, antenna: int, rssi_dbm: float | None, count: int = 1) -> None:
    tag.pending.extend([antenna * ROW_BINS + rssi_bin(rssi_dbm)] * count)


def step(tag: TagTrack, seconds: float = 0.2, weights: tuple[float, ...] = NO_ARRIVALS) -> list[float]:
    update_probabilities(tag, tag.updated_us + round(seconds * 1e6), MODEL, weights)
    return tag.probabilities


def test_at_first_half_is_outside() -> None:
    assert initial_probabilities(2) == [0.25, 0.25, 0.5]


def test_strong_reads_of_one_antenna_raise_its_room() -> None:
    tag = track()
    for _ in range(5):
        read(tag, 1, -50.0, count=3)
        step(tag)
    assert tag.best == 1
    assert tag.probabilities[1] > 0.98
    assert tag.pending == []


def test_weak_reads_are_evidence_for_outside() -> None:
    tag = track()
    for _ in range(5):
        read(tag, 1, -80.0, count=3)
        step(tag)
    assert tag.best == 3


def test_reads_without_strength_are_evidence_for_the_antennas_room() -> None:
    tag = track()
    for _ in range(15):
        read(tag, 1, None, count=3)
        step(tag)
    assert tag.best == 1
    assert tag.probabilities[1] > 0.9


def test_unknown_strength_is_not_the_weakest() -> None:
    unknown, weak = track(), track()
    for tag, rssi_dbm in ((unknown, None), (weak, -90.0)):
        for _ in range(15):
            read(tag, 1, rssi_dbm, count=3)
            step(tag)
    assert unknown.probabilities[1] > 0.9 > 0.5 > weak.probabilities[1]


def test_the_antenna_that_reads_more_often_decides_without_strength() -> None:
    tag = track()
    for turn in range(20):
        read(tag, 0, None, count=3)
        if turn % 4 == 0:
            read(tag, 1, None)
        step(tag)
    assert tag.best == 0
    assert tag.probabilities[0] > 0.9


def test_more_reads_within_an_update_count_less_than_in_proportion() -> None:
    few, many = track(), track()
    read(few, 0, -60.0)
    read(many, 0, -60.0, count=20)
    once, twenty_times = step(few)[0], step(many)[0]
    assert once < twenty_times < 1.0 - (1.0 - once) ** 3


def test_without_reads_a_tag_in_a_room_drifts_outside() -> None:
    tag = track()
    tag.probabilities = [0.97, 0.01, 0.01, 0.01]
    first = step(tag, 1.0)[0]
    assert 0.9 < first < 0.97
    assert step(tag, 60.0)[0] < first


def test_recent_arrivals_draw_an_undecided_tag() -> None:
    plain, drawn = track(), track()
    for tag, weights in ((plain, NO_ARRIVALS), (drawn, (4.0, 1.0, 1.0))):
        read(tag, 0, -60.0)
        step(tag, weights=weights)
    assert drawn.probabilities[0] > plain.probabilities[0]


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.none() | st.floats(-120, 0), st.integers(0, 30), st.floats(0, 100)),
        max_size=20,
    )
)
def test_probabilities_are_always_a_distribution(steps: list[tuple[int, float | None, int, float]]) -> None:
    tag = track()
    for antenna, rssi_dbm, count, seconds in steps:
        read(tag, antenna, rssi_dbm, count)
        step(tag, seconds)
        assert sum(tag.probabilities) == pytest.approx(1.0, abs=1e-5)
        assert all(p > 0.0 for p in tag.probabilities)
