"""How the push services do: how many calls to each are under way, and which ones are left alone for a while."""

from __future__ import annotations

from collections import Counter
from typing import Final
from urllib.parse import urlsplit

from kiosk.clock import US
from kiosk.connectors.web_push.https_push import PushAddress

AT_ONCE: Final = 2
"""Calls to one service at a time: a silent one leaves workers to the others."""
FIRST_WAIT_S: Final = 2.0
LONGEST_WAIT_S: Final = 60.0


def service_of(address: PushAddress) -> str:
    """The host of a service, which may be named in the log; the rest of the address is a secret."""
    return urlsplit(address.endpoint).netloc


class PushServices:
    """By host. Not thread-safe. Times in microseconds of a clock that nobody sets."""

    def __init__(self) -> None:
        self._under_way: Counter[str] = Counter()
        self._fails: Counter[str] = Counter()
        self._rests_until: dict[str, int] = {}

    def free_at(self, service: str, now_us: int) -> int | None:
        """When it may be called: now, or later; None while enough calls are under way."""
        if self._under_way[service] >= AT_ONCE:
            return None
        return max(now_us, self._rests_until.get(service, 0))

    def began(self, service: str) -> None:
        """A call begins."""
        self._under_way[service] += 1

    def ended(self, service: str) -> None:
        """A call has ended, in whatever way."""
        self._under_way[service] -= 1
        if not self._under_way[service]:
            del self._under_way[service]

    def answered(self, service: str) -> None:
        """It works."""
        self._fails.pop(service, None)
        self._rests_until.pop(service, None)

    def failed(self, service: str, now_us: int, after_s: float) -> bool:
        """It is away or asks to wait: it rests for 2, 4, 8 ... 60 s, or as it asks. Whether it worked before."""
        self._fails[service] += 1
        wait_s = min(FIRST_WAIT_S * 2 ** (self._fails[service] - 1), LONGEST_WAIT_S)
        self._rests_until[service] = now_us + int(max(wait_s, after_s) * US)
        return self._fails[service] == 1
