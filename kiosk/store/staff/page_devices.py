"""On which devices associates may use the store, and when a session on a shared device ends because nobody uses it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address
from threading import Lock
from typing import Final

from kiosk.store.staff.devices import Device, DeviceKind, DeviceTokens

MAX_SESSIONS: Final = 4096
"""Sessions whose last use is remembered; the one that was used longest ago is forgotten first, and has the whole
time again."""


class PageDevices:
    """The devices of associates. `only_paired`: others may not, except this computer itself."""

    def __init__(self, devices: DeviceTokens, *, only_paired: bool) -> None:
        self._devices, self._only_paired = devices, only_paired

    def device(self, token: str) -> Device | None:
        """The device with this token."""
        found = self._devices.of(token) if token else None
        return found if found is not None and found.kind is DeviceKind.ASSOCIATES else None

    def may(self, device: Device | None, client: str) -> bool:
        """Whether associates may use the store from this device. `client`: the address of the request."""
        return device is not None or not self._only_paired or _is_this_computer(client)


class IdleSessions:
    """Ends sessions that were not used for a while. `idle_us` is 0 for never; `now_us` is a monotonic clock.

    Kept in memory: after a restart a session has the whole time again. Thread-safe.
    """

    def __init__(self, idle_us: int, now_us: Callable[[], int]) -> None:
        self._idle_us, self._now = idle_us, now_us
        self._used: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()

    def used(self, token_mac: str) -> None:
        """Somebody uses the session now."""
        with self._lock:
            self._used[token_mac] = self._now()
            self._used.move_to_end(token_mac)
            self._forget()

    def begin(self, token_mac: str) -> None:
        """A page uses this session; one that is not known yet counts from now on."""
        with self._lock:
            self._used.setdefault(token_mac, self._now())
            self._forget()

    def __len__(self) -> int:
        with self._lock:
            return len(self._used)

    def is_over(self, token_mac: str) -> bool:
        """Whether it was not used for too long. Sessions that no page has used (those of programs) never are."""
        with self._lock:
            used_us = self._used.get(token_mac)
            return used_us is not None and bool(self._idle_us) and self._now() - used_us >= self._idle_us

    def _forget(self) -> None:
        while len(self._used) > MAX_SESSIONS:
            self._used.popitem(last=False)


def _is_this_computer(client: str) -> bool:
    try:
        return ip_address(client).is_loopback
    except ValueError:
        return False
