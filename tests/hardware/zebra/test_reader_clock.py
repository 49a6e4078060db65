"""Events of now and events that a reader kept: told apart with right, wrong, drifting and unknown clocks."""

from __future__ import annotations

import pytest

from hardware.clock import US
from hardware.zebra.reader_clock import ReaderClock

NOW = 1_800_000_000 * US


def kept(clock: ReaderClock, *, ahead_s: float, age_s: float, rate_hz: float, start: int = NOW) -> list[bool]:
    """Kept events: recorded at `rate_hz` until the last is new, delivered at 100 a second."""
    answers: list[bool] = []
    number = 0
    while True:
        now = start + round(number / 100 * US)
        stamp = start - round(age_s * US) + round(number / rate_hz * US) + round(ahead_s * US)
        if stamp - ahead_s * US > now:
            return answers
        answers.append(clock.is_new(stamp, now))
        number += 1


@pytest.mark.parametrize("ahead_s", [0, -3600, 86400 * 365])
def test_kept_events_are_old_however_wrong_a_known_clock_is(ahead_s: float) -> None:
    clock = ReaderClock()
    clock.learn(NOW + round(ahead_s * US), NOW)
    answers = kept(clock, ahead_s=ahead_s, age_s=60, rate_hz=20)
    # what was recorded in the last 5 s counts as new
    assert answers == sorted(answers)
    assert 0 < answers.count(True) <= 20 * 6.5
    assert answers.count(False) >= 20 * 54


def test_kept_events_are_old_before_the_clock_is_known() -> None:
    answers = kept(ReaderClock(), ahead_s=0, age_s=60, rate_hz=20)
    assert answers.count(False) >= 20 * 54


def test_planted_a_clock_that_trusts_every_event_takes_kept_ones() -> None:
    class Trusting(ReaderClock):
        def is_new(self, stamped_us: int | None, now_us: int) -> bool:
            super().is_new(stamped_us, now_us)
            return True

    assert kept(Trusting(), ahead_s=0, age_s=60, rate_hz=20).count(False) == 0


@pytest.mark.parametrize("ahead_s", [-3600, 7200])
def test_a_wrong_clock_that_nothing_tells_is_learned_within_four_seconds(ahead_s: float) -> None:
    clock = ReaderClock()
    answers = [clock.is_new(at + round(ahead_s * US), at) for at in range(NOW, NOW + 6 * US, US // 20)]
    assert not answers[0]
    assert all(answers[4 * 20 :])


@pytest.mark.parametrize("step_s", [-3600, 3600])
def test_a_clock_that_is_set_is_learned_again(step_s: int) -> None:
    clock = ReaderClock()
    assert all(clock.is_new(at, at) for at in range(NOW, NOW + US, US // 10))
    later = [clock.is_new(at + step_s * US, at) for at in range(NOW + US, NOW + 7 * US, US // 10)]
    assert all(later[45:])


def test_a_slow_clock_is_followed_without_a_gap() -> None:
    clock = ReaderClock()
    # ten events a second for 100,000 s, the clock loses 100 s meanwhile
    ticks = range(1_000_000)
    assert all(clock.is_new(NOW + n * 99_900, NOW + n * 100_000) for n in ticks)


def test_an_event_without_a_timestamp_is_new() -> None:
    assert ReaderClock().is_new(None, NOW)
