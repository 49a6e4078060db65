"""Members who were erased after a back-up was made: their list is kept beside the back-ups, and they are erased again
where one is restored."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.clock import now_us
from kiosk.commands.ledger_store import reason_of
from kiosk.store.customers.tombstones import Tombstones
from kiosk.store.db.database import Database
from kiosk.store.privacy.ended_rights import EndedRights
from kiosk.store.privacy.erased_again import erase_again
from kiosk.store.privacy.erasure_list import OWN_FILE, ErasureList, Listed
from kiosk.store.resources import import_settings
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.tokens import store_key


@dataclass(frozen=True, slots=True)
class Beside:
    """The list beside a back-up. `file` is empty if there is none; `failure`: why it could not be read."""

    file: str = ""
    listed: Listed = field(default_factory=Listed)
    failure: str = ""


@dataclass(frozen=True, slots=True)
class ErasedAgain:
    """What became of the list: `members` were there and were erased, of `listed`; `damaged` lines were not used."""

    file: str
    listed: int
    members: int
    damaged: int
    failure: str = ""
    devices: int = 0
    """Revoked devices that were in the back-up, and were revoked again."""
    people: int = 0
    """People of the staff whose access was ended again."""

    def lines(self) -> Iterator[str]:
        """For a technician."""
        if self.failure:
            yield f"the list of erased members cannot be read: {self.failure}"
        elif not self.file:
            yield "no list of erased members was found beside the back-up"
        else:
            yield f"members who were erased since the back-up: {self.members} erased again, {self.listed} in the list"
            yield (
                f"devices that were revoked since the back-up: {self.devices} revoked again;"
                f" people whose access was ended: {self.people}"
            )
        if self.damaged:
            yield f"{self.damaged} lines of {self.file} are damaged or were not written by this store"
        yield "erase the members of all proofs that are later than the list again"


def keep_list(state: Path, folder: Path) -> int:
    """Adds the members whom this store has erased to the list beside the back-ups; how many it erased.

    One who is erased meanwhile is added too. Raises OSError.
    """
    erasures = ErasureList(store_key(state))
    with _one_at_a_time(state):
        while True:
            own = erasures.read(state / OWN_FILE)
            erasures.add(folder / erasures.name, (*own.erased, *own.ended))
            if erasures.read(state / OWN_FILE) == own:
                return len(own.erased)


@contextmanager
def _one_at_a_time(state: Path) -> Iterator[None]:
    """The nightly back-up and the job after an erasure may run together, and both write the list anew.

    The lock is on the state folder: a folder for back-ups on another machine may have no locks.
    """
    folder = os.open(state, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def beside(settings: StoreSettings, folder: Path) -> Beside:
    """The list of this store in a folder. A list that cannot be read keeps no store from being restored.

    Raises OSError if the store's key cannot be read.
    """
    erasures = ErasureList(store_key(settings.state))
    file = folder / erasures.name
    try:
        listed = erasures.read(file)
        return Beside(str(file) if file.is_file() else "", listed)
    except OSError as error:
        return Beside(str(file), failure=reason_of(error))


def erase_listed(settings: StoreSettings, database: Database, found: Beside) -> ErasedAgain:
    """Erases again whom a list names, and adds it to the store's own. Raises SQLAlchemyError, OSError."""
    key = store_key(settings.state)
    erasures, own = ErasureList(key), settings.state / OWN_FILE
    erasures.add(own, (*found.listed.erased, *found.listed.ended))
    listed = erasures.read(own)
    members = erase_again(database, Tombstones(import_settings(settings, key).key), listed.erased, now_us)
    ended = EndedRights(settings.state, now_us).end_again(database, listed.ended)
    return ErasedAgain(
        found.file,
        len(listed.erased),
        members,
        found.listed.damaged,
        found.failure,
        ended.devices,
        ended.people,
    )
