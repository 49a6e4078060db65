"""Reads of the simulated field: the Gen2 session decides how soon a tag that stays is read again."""

from __future__ import annotations

import itertools

import pytest

from hardware.sim.radio.field import Tag, TagField

EPC = "3074257BF7194E4000001A85"
STEP_S = 0.02


def times(field: TagField, session: int, begin_s: float, end_s: float) -> list[float]:
    """When the tag was read, in steps of 20 ms."""
    steps = range(round(begin_s / STEP_S), round(end_s / STEP_S))
    return [step * STEP_S for step in steps if field.read(step * STEP_S, 0, session=session)]


@pytest.fixture
def field() -> TagField:
    field = TagField(seed=3)
    field.place(Tag(EPC, rate_hz=20.0), 0.0)
    return field


def test_in_session_0_it_is_read_all_the_time(field: TagField) -> None:
    at = times(field, 0, 0.0, 20.0)
    assert max(later - earlier for earlier, later in itertools.pairwise(at)) < 0.5


def test_in_session_1_it_is_silent_for_half_a_second_to_five(field: TagField) -> None:
    at = times(field, 1, 0.0, 120.0)
    pauses = [later - earlier for earlier, later in itertools.pairwise(at)]
    assert 0.5 - STEP_S <= min(pauses) < 1.5
    assert 3.5 < max(pauses) < 5.2


@pytest.mark.parametrize("session", [2, 3])
def test_in_sessions_2_and_3_it_is_read_once_until_it_was_without_power(
    field: TagField, session: int
) -> None:
    assert len(times(field, session, 0.0, 60.0)) == 1
    # the field is off for 3 s
    assert len(times(field, session, 63.0, 120.0)) == 1
