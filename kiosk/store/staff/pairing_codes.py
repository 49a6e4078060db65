"""Codes of open pairings, each in a file: valid for two minutes, for one device, and for five tries of each address.

Files, because a command shows a code while another process, the store, checks it; a lock keeps both from writing
at one time. A try is written before its result is known, so neither a restart nor parallel tries give more of them.

A stranger uses up the tries of the own address only. All addresses together have 100 tries of the 10^8 codes, so a code
is guessed with a probability of at most 10^-6, however many addresses a stranger has. Strangers have 60 of them; the
others are for addresses that had a mirror or session lately. Of the 60, the third and further tries of an address may
use the first 20 only, so that 20 addresses leave some for the first tries of a new mirror.

A code that was tried so often stays, as one that is tried out, until its time is over: its manager is told.
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
MAX_TRIES_OF_STRANGERS: Final = 60
"""Of addresses from which nobody is known."""
FIRST_TRIES: Final = 2
MAX_FURTHER: Final = 20
"""As long as strangers have used fewer than this, one address may use more than its `FIRST_TRIES`."""
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
    """The address of each try of a stranger (`origin_of`)."""
    name: str = ""
    known_by: tuple[str, ...] = ()
    """The same of addresses that had a mirror or session lately."""

    def in_time(self, now_us: int) -> bool:
        """Whether its time is not over. A clock that was set back ends it, as time does."""
        return self.begun_us <= now_us < self.begun_us + VALID_US

    @property
    def tried_out(self) -> bool:
        """Whether a new address can try it no more."""
        return len(self.tried_by) >= MAX_TRIES_OF_STRANGERS

    def is_open(self, now_us: int) -> bool:
        """Whether some address may still try it."""
        return self.in_time(now_us) and len(self.tried_by) + len(self.known_by) < MAX_TRIES_IN_ALL

    def used_up_by(self, address: str) -> bool:
        """Whether an address has had all of its own tries."""
        return (*self.tried_by, *self.known_by).count(address) >= MAX_TRIES

    def tries_left(self, address: str, *, known: bool = False) -> int:
        """How often an address may still try it."""
        used = (*self.tried_by, *self.known_by).count(address)
        in_all = MAX_TRIES_IN_ALL - len(self.tried_by) - len(self.known_by)
        if known:
            return min(MAX_TRIES - used, in_all)
        left = min(MAX_TRIES - used, in_all, MAX_TRIES_OF_STRANGERS - len(self.tried_by))
        return min(left, max(FIRST_TRIES - used, MAX_FURTHER - len(self.tried_by)))

    def tried(self, address: str, *, known: bool) -> OpenCode:
        """With one more try."""
        if known:
            return replace(self, known_by=(*self.known_by, address))
        return replace(self, tried_by=(*self.tried_by, address))


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
        """The code of a target, tried out or not; None if there is none."""
        found = self._read(target)
        return found if found is not None and found.in_time(now_us) else None

    def take_try(self, target: str, now_us: int, address: str, *, known: bool = False) -> OpenCode:
        """Uses up one try of an address, for good, before the code is compared. Raises NotFoundError.

        `known`: a mirror or session was connected from the address lately.
        """
        with self._locked():
            found = self._read(target)
            if found is None or not found.in_time(now_us):
                self._file(target).unlink(missing_ok=True)
                raise NotFoundError("no code is open; show a new one at the store")
            if found.tries_left(address, known=known) <= 0:
                where = " from here" if found.used_up_by(address) else ""
                raise NotFoundError(f"this code was tried too often{where}; show a new one at the store")
            used = found.tried(address, known=known)
            self._write(used)
        if used.tried_out and not found.tried_out:
            log.warning(
                "pairing: strangers have used up the tries of the code for %s; show a new one", target
            )
        elif used.tries_left(address, known=known) <= 0:
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
                tuple(map(str, found.get("known_by", ()))),
            )
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError, RecursionError):
            return None

    def _write(self, opened: OpenCode) -> None:
        body = {
            "code": opened.code, "begun_us": opened.begun_us, "tried_by": opened.tried_by, "name": opened.name,
            "known_by": opened.known_by,
        }  # fmt: skip
        owned_like(self._state, self._folder)
        write_secret(self._file(opened.target), json.dumps(body).encode())

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
