"""The rate limiter: per address, in total, refilled with time, and bounded in memory."""

from __future__ import annotations

import pytest

from kiosk.store.api.rate_limit import MAX_ADDRESSES, Rate, RateLimiter
from tests.kiosk.store.sample_shop import ManualClock

UNLIMITED = Rate(1e9, 1e9)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


def test_an_address_has_its_burst_and_then_its_rate(clock: ManualClock) -> None:
    limiter = RateLimiter(Rate(2, 0.5), UNLIMITED, clock)
    assert [limiter.allows("10.0.0.1") for _ in range(3)] == [True, True, False]
    assert limiter.allows("10.0.0.2"), "another address has its own"
    clock.pass_s(2)
    assert [limiter.allows("10.0.0.1") for _ in range(2)] == [True, False]
    clock.pass_s(1000)
    assert [limiter.allows("10.0.0.1") for _ in range(3)] == [True, True, False], "no more than the burst"


def test_all_addresses_share_the_total(clock: ManualClock) -> None:
    limiter = RateLimiter(UNLIMITED, Rate(2, 1), clock)
    assert [limiter.allows(f"10.0.0.{n}") for n in range(3)] == [True, True, False]


def test_a_refused_address_takes_nothing_from_the_others(clock: ManualClock) -> None:
    limiter = RateLimiter(Rate(1, 0), Rate(2, 0), clock)
    assert [limiter.allows("10.0.0.1") for _ in range(9)] == [True] + [False] * 8
    assert limiter.allows("10.0.0.2")


def test_one_site_is_one_address_in_ipv6(clock: ManualClock) -> None:
    limiter = RateLimiter(Rate(1, 0), UNLIMITED, clock)
    assert limiter.allows("2001:db8::1")
    assert not limiter.allows("2001:db8::2")
    assert limiter.allows("2001:db8:0:1::1")


def test_a_clock_that_goes_back_gives_nothing(clock: ManualClock) -> None:
    limiter = RateLimiter(Rate(1, 1), UNLIMITED, clock)
    assert limiter.allows("")
    clock.pass_s(-100)
    assert not limiter.allows("")


def test_memory_is_bounded(clock: ManualClock) -> None:
    limiter = RateLimiter(Rate(1, 0), UNLIMITED, clock)
    for number in range(2 * MAX_ADDRESSES):
        limiter.allows(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(limiter._left) == MAX_ADDRESSES
