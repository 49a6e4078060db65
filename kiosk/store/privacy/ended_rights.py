"""Revoked devices and people of the staff whose access was ended, so that a restored back-up does not give it back.

They are lines of the list of erased members, which is kept beside the back-ups. A device is named by the keyed hash of
its token, which no other device ever has; a person by that of the id and the time, since a person may be added again
and removed again. Who was added again after that time keeps the access of the back-up.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, func, select, update

from kiosk.store.db.database import Database
from kiosk.store.db.tables import ASSOCIATE, KNOWN_DEVICE, SESSION, STAFF_LOG
from kiosk.store.privacy.erasure_list import OWN_FILE, ErasedMember, ErasureList, Kind
from kiosk.store.staff.devices import DeviceTokens, revoke
from kiosk.store.staff.staff_desk import Change
from kiosk.store.staff.tokens import SECRET_FILE, store_key

_DEVICE: Final = "device"
_PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class EndedAgain:
    """What a restore has ended again."""

    devices: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class EndedRights:
    """Notes ended rights in the store's own list, and ends them again. All methods raise OSError."""

    state: Path
    now_us: Callable[[], int] = field(repr=False)

    def device(self, token_mac: str) -> None:
        """A device with the token of this hash was revoked, or has another token now."""
        self._note(_DEVICE, token_mac, 0)

    def person(self, associate_id: str) -> None:
        """Somebody's access was ended in the shop."""
        self._note(_PERSON, associate_id, self.now_us())

    def end_again(self, database: Database, ended: Iterable[ErasedMember]) -> EndedAgain:
        """In a restored state folder and database. Raises SQLAlchemyError."""
        listed = {one.member_mac: one.erased_us for one in ended}
        times = frozenset(listed.values())
        if not listed:
            return EndedAgain()
        gone = [d for d in DeviceTokens(self.state).all() if self._mac(_DEVICE, d.token_mac, 0) in listed]
        for device in gone:
            revoke(self.state, device.device_id)
        with database.writing(durable=True) as connection:
            people = [
                who
                for who in connection.scalars(select(ASSOCIATE.c.associate_id).where(ASSOCIATE.c.active))
                if (at := max((t for t in times if self._mac(_PERSON, who, t) in listed), default=None))
                is not None
                and not _added_after(connection, who, at)
            ]
            _end(connection, people)
        return EndedAgain(len(gone), len(people))

    def _note(self, what: str, name: str, at_us: int) -> None:
        line = ErasedMember(self._mac(what, name, at_us), at_us or self.now_us(), Kind.RIGHT)
        with one_writer(self.state):
            ErasureList(store_key(self.state)).add(self.state / OWN_FILE, [line])

    def _mac(self, what: str, name: str, at_us: int) -> str:
        said = f"{Kind.RIGHT.value}: {what} {name} {at_us}".encode()
        return hmac.new(store_key(self.state), said, hashlib.sha256).hexdigest()


@contextmanager
def one_writer(state: Path) -> Iterator[None]:
    """The store and commands add to the store's own list, each by writing it anew. Raises OSError."""
    store_key(state)
    file = os.open(state / SECRET_FILE, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _added_after(connection: Connection, who: str, at_us: int) -> bool:
    last = select(func.max(STAFF_LOG.c.at_us)).where(
        STAFF_LOG.c.about == who, STAFF_LOG.c.what == Change.ADDED.value
    )
    added_us = connection.scalars(last).one()
    return added_us is not None and added_us > at_us


def _end(connection: Connection, people: list[str]) -> None:
    these = update(ASSOCIATE).where(ASSOCIATE.c.associate_id.in_(people))
    connection.execute(these.values(active=False, barred=True, pin_hash=""))
    for table in (SESSION, KNOWN_DEVICE):
        connection.execute(delete(table).where(table.c.associate_id.in_(people)))
