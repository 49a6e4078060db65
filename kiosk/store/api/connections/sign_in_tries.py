"""Limits how often strangers may try to sign in, by address and in total, before a PIN is looked at."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.clock import US
from kiosk.config.limits import SignInLimits
from kiosk.store.api.connections.registry import THIS_COMPUTER
from kiosk.store.api.rate_limit import Rate, RateLimiter
from kiosk.store.errors import LockedOutError

_MINUTE_S = 60
_WAIT_US = 10 * US


class SignInTries:
    """Safe to use from any thread. `now_us`: a monotonic clock."""

    def __init__(self, limits: SignInLimits, now_us: Callable[[], int]) -> None:
        all_together = _a_minute(limits.per_minute)
        self._strangers = RateLimiter(_a_minute(limits.per_address_minute), all_together, now_us)
        self._here = RateLimiter(all_together, all_together, now_us)

    def count(self, address: str) -> None:
        """Raises LockedOutError if there were too many."""
        limiter = self._here if address in THIS_COMPUTER else self._strangers
        if not limiter.allows(address):
            raise LockedOutError(_WAIT_US)


def _a_minute(count: int) -> Rate:
    return Rate(burst=count, per_s=count / _MINUTE_S)
