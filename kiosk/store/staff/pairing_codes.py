"""Codes of open pairings, each in a file: valid for two minutes, for one device, and for five tries of each address.

Files, because a command shows a code while another process, the store, checks it; a lock keeps both from writing
at one time. A try is written before its result is known, so neither a restart nor parallel tries give more of them.

A stranger uses up the tries of the own address only. All addresses together have 100 tries of the 10^8 codes, so a code
is guessed with a probability of at most 10^-6, however many addresses a stranger has.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from hardware.regular_files import read_regular
from kiosk.clock import US
from kiosk.pairing.exchange import new_code
from kiosk.store.errors import NotFoundError
from kiosk.store.staff.devices import mirror_id, owned_like
from kiosk.store.staff.tokens import write_secret

log = logging.getLogger(__name__)
PAIRING_FOLDER: Final = "pairing"
VALID_US: Final = 120 * US
MAX_TRIES: Final = 5
"""Of one address."""
MAX_TRIES_IN_ALL: Final = 100
_MAX_BYTES: Final = 1 << 14
ASSOCIATES: Final = "associates"
"""What a code is for: a device of associates, or the mirror of a room (`target_of`)."""


def target_of(room: str) -> str:
    """What the code of a room's mirror is for."""
    return mirror_id(room)


@dataclass(frozen=True, slots=True)
class OpenCode:
    """A code and what is left of it. `name`: that of the new device, for people."""

    target: str
    code: str = field(repr=False)
    begun_us: int
    tried_by: tuple[str, ...] = ()
    """The address of each try (`origin_of`)."""
    name: str = ""

    def is_open(self, now_us: int) -> bool:
        """Whether it may still be tried. A clock that was set back ends it, as time does."""
        in_time = self.begun_us <= now_us < self.begun_us + VALID_US
        return in_time and len(self.tried_by) < MAX_TRIES_IN_ALL

    def tries_left(self, address: str) -> int:
        """How often an address may still try it."""
        return min(
            MAX_TRIES - self.tried_by.count(address),
            MAX_TRIES_IN_ALL - len(self.tried_by),
        )


class PairingCodes:
    """The codes of a store with this state folder. All methods raise OSError."""

    def __init__(self, state: Path) -> None:
        self._state, self._folder = state, state / PAIRING_FOLDER

    def begin(self, target: str, now_us: int, name: str = "") -> OpenCode:
        """A new code; one for the same target that is still open ends."""
        opened = OpenCode(target, new_code(), now_us, name=name)
        with self._locked():
            self._write(opened)
        return opened

    def state(self, target: str, now_us: int) -> OpenCode | None:
        """The open code of a target; None if there is none."""
        found = self._read(target)
        return found if found is not None and found.is_open(now_us) else None

    def take_try(self, target: str, now_us: int, address: str) -> OpenCode:
        """Uses up one try of an address, for good, before the code is compared. Raises NotFoundError."""
        with self._locked():
            found = self._read(target)
            if found is None or not found.is_open(now_us):
                self._file(target).unlink(missing_ok=True)
                raise NotFoundError("no code is open; show a new one at the store")
            if found.tries_left(address) <= 0:
                raise NotFoundError("this code was tried too often from here; show a new one at the store")
            used = replace(found, tried_by=(*found.tried_by, address))
            self._write(used)
        if used.tries_left(address) <= 0:
            log.warning("pairing: %s has used its tries of the code for %s", address or "a caller", target)
        return used

    def use(self, opened: OpenCode) -> None:
        """Ends a code that was right. Raises NotFoundError if another device has used it meanwhile."""
        with self._locked():
            found = self._read(opened.target)
            if found is None or found.code != opened.code:
                raise NotFoundError("this code was used already; show a new one at the store")
            self._file(opened.target).unlink()

    def _file(self, target: str) -> Path:
        return self._folder / f"{target}.json"

    def _read(self, target: str) -> OpenCode | None:
        try:
            found: Any = json.loads(read_regular(self._file(target), _MAX_BYTES))
            return OpenCode(
                target,
                str(found["code"]),
                int(found["begun_us"]),
                tuple(map(str, found["tried_by"])),
                str(found["name"]),
            )
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError, RecursionError):
            return None

    def _write(self, opened: OpenCode) -> None:
        body = {
            "code": opened.code, "begun_us": opened.begun_us, "tried_by": opened.tried_by, "name": opened.name,
        }  # fmt: skip
        write_secret(self._file(opened.target), json.dumps(body).encode())
        owned_like(self._state, self._folder, self._file(opened.target))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = self._folder / "lock"
        number = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            owned_like(self._state, lock)
            fcntl.flock(number, fcntl.LOCK_EX)
            yield
        finally:
            os.close(number)
