"""Hashes and checks PINs: a few at a time, since each costs some 30 ms of computing and 19 MB."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import Lock, Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.clock import US
from kiosk.config.limits import SignInLimits
from kiosk.store.errors import LockedOutError

_BUSY_US = 2 * US


class PinChecks:
    """Safe to use from any thread. OWASP: argon2id with at least 19 MiB, 2 passes, 1 lane."""

    def __init__(self, limits: SignInLimits, hasher: PasswordHasher | None = None) -> None:
        self.hasher = hasher or PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._turn, self._max = Semaphore(limits.at_once), limits.at_once + limits.waiting
        self._asking, self._lock = 0, Lock()

    @property
    def waiting(self) -> int:
        """Checks in progress, and those that wait for their turn."""
        with self._lock:
            return self._asking

    def matches(self, pin_hash: str, pin: str) -> bool:
        """Whether a PIN is the one of a hash; an empty hash takes as long, and matches nothing.

        Raises LockedOutError at once if too many wait already.
        """
        with self._place(), self._turn:
            return self._is(pin_hash or self._no_pin, pin)

    def hash(self, pin: str, known: str) -> str:
        """The hash of a PIN from a feed; the known one if it is of the same PIN. Waits for its turn."""
        if not pin:
            return ""
        with self._turn:
            return known if known and self._is(known, pin) else self.hasher.hash(pin)

    def _is(self, pin_hash: str, pin: str) -> bool:
        try:
            return self.hasher.verify(pin_hash, pin)
        except (VerificationError, InvalidHashError):
            return False

    @contextmanager
    def _place(self) -> Iterator[None]:
        with self._lock:
            if self._asking >= self._max:
                raise LockedOutError(_BUSY_US)
            self._asking += 1
        try:
            yield
        finally:
            with self._lock:
                self._asking -= 1

    @cached_property
    def _no_pin(self) -> str:
        """A hash that no PIN matches."""
        return self.hasher.hash(secrets.token_hex(32))
