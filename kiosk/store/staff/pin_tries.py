"""Counts tries of a PIN before the PIN is checked, so that the count holds however many are tried at the same time.

Strangers have one count for each name. A device on which an associate has signed in before has a count of its own for
that associate, and so has an associate at the desk who asks another one for a PIN: strangers cannot lock them out. A
device is a random text in a cookie, stored as a hash.

Locks are for a while, so they alone would let somebody guess for ever. NIST SP 800-63B (5.2.2) allows 100 failed tries
in all: `MAX_IN_ALL` by strangers, and as many on all known devices together. After that the PIN is blocked there until
another one is set. The counts are in the database, so a restart removes none. A right PIN ends the count where it was
given, and nowhere else: an associate who signs in every day gives strangers no further tries.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Table, and_, delete, func, insert, select, update

from kiosk.clock import US
from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.tables import ASSOCIATE, KNOWN_DEVICE
from kiosk.store.errors import LockedOutError, PinBlockedError
from kiosk.store.staff.token_hash import token_hash

MAX_TRIES: Final = 5
"""Wrong PINs until the first lock; each further one locks for twice as long, up to `MAX_LOCK_US`."""
FIRST_LOCK_US: Final = 30 * US
MAX_LOCK_US: Final = 3600 * US
MAX_IN_ALL: Final = 50
"""Wrong PINs of strangers for one associate, and those on all known devices, after which the PIN is blocked there."""
MAX_DEVICES: Final = 40
"""Devices kept for one associate; the one not used for the longest time is forgotten first, and none with a count."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Where tries are counted: at a name, or at a device (by its hash) for a name."""

    associate_id: AssociateId
    device_mac: str = ""

    @property
    def _table(self) -> Table:
        return KNOWN_DEVICE if self.device_mac else ASSOCIATE

    @property
    def _row(self) -> Any:
        of_name = self._table.c.associate_id == self.associate_id
        if not self.device_mac:
            return of_name
        return and_(of_name, KNOWN_DEVICE.c.device_mac == self.device_mac)

    def take(self, connection: Connection, now_us: int) -> None:
        """Counts a try as a wrong one, until `succeeded`.

        Raises PinBlockedError, or LockedOutError while it is locked; such a try is not counted.
        """
        if self._in_all(connection) >= MAX_IN_ALL:
            raise PinBlockedError
        found = connection.execute(
            select(self._table.c.failures, self._table.c.locked_until_us).where(self._row)
        ).one_or_none()
        if found is None:
            self._begin(connection, now_us)
            failures = 1
        else:
            # a longer lock was written by a clock that was ahead
            if 0 < found.locked_until_us - now_us <= MAX_LOCK_US:
                raise LockedOutError(found.locked_until_us - now_us)
            failures = found.failures + 1
        self._set(connection, failures, now_us + _lock_us(failures) if failures >= MAX_TRIES else 0)

    def succeeded(self, connection: Connection) -> None:
        """The PIN was right: nothing is counted any more."""
        self._set(connection, 0, 0)

    def returned(self, connection: Connection) -> None:
        """A try that was taken was not made: too many others waited. It counts no more.

        A lock can only be the one that this try has set, since no try is taken while there is one; so it ends.
        """
        known = connection.execute(select(self._table.c.failures).where(self._row)).scalar_one_or_none()
        if known:
            self._set(connection, known - 1, 0)

    def _in_all(self, connection: Connection) -> int:
        """Wrong PINs of strangers, or of all known devices."""
        counted = func.coalesce(func.sum(self._table.c.failures), 0)
        return int(
            connection.scalars(select(counted).where(self._table.c.associate_id == self.associate_id)).one()
        )

    def _begin(self, connection: Connection, now_us: int) -> None:
        if self.device_mac:
            remember(connection, self.associate_id, self.device_mac, now_us)

    def _set(self, connection: Connection, failures: int, locked_until_us: int) -> None:
        connection.execute(
            update(self._table).where(self._row).values(failures=failures, locked_until_us=locked_until_us)
        )


def device_mac(device: str) -> str:
    """The hash of a device's cookie."""
    return token_hash(f"device/{device}")


def at_the_desk(who: AssociateId, second: AssociateId) -> Counted:
    """Where the tries of an associate at the desk are counted who asks a second one for a PIN."""
    return Counted(second, token_hash(f"desk/{who}"))


def knows(connection: Connection, mac: str, associate_id: AssociateId | None) -> bool:
    """Whether an associate, or anybody, has signed in on a device before."""
    query = select(KNOWN_DEVICE.c.seen_us).where(KNOWN_DEVICE.c.device_mac == mac)
    if associate_id is not None:
        query = query.where(KNOWN_DEVICE.c.associate_id == associate_id)
    return connection.execute(query.limit(1)).first() is not None


def remember(connection: Connection, associate_id: AssociateId, mac: str, now_us: int) -> None:
    """Notes a device as one of an associate; its count stays if it is one already."""
    row = (KNOWN_DEVICE.c.device_mac == mac, KNOWN_DEVICE.c.associate_id == associate_id)
    if connection.execute(update(KNOWN_DEVICE).where(*row).values(seen_us=now_us)).rowcount:
        return
    made = {
        "device_mac": mac,
        "associate_id": associate_id,
        "seen_us": now_us,
        "failures": 0,
        "locked_until_us": 0,
    }
    connection.execute(insert(KNOWN_DEVICE), [made])
    kept = (
        select(KNOWN_DEVICE.c.device_mac).where(KNOWN_DEVICE.c.associate_id == associate_id)
        .order_by(KNOWN_DEVICE.c.seen_us.desc()).limit(MAX_DEVICES)
    )  # fmt: skip
    connection.execute(
        delete(KNOWN_DEVICE).where(
            KNOWN_DEVICE.c.associate_id == associate_id,
            KNOWN_DEVICE.c.failures == 0,
            KNOWN_DEVICE.c.device_mac.not_in(kept),
        )
    )


def blocked(connection: Connection) -> frozenset[str]:
    """The associates whose PIN counts no more for strangers, or on known devices."""
    of_names = select(ASSOCIATE.c.associate_id).where(ASSOCIATE.c.failures >= MAX_IN_ALL)
    of_devices = (
        select(KNOWN_DEVICE.c.associate_id).group_by(KNOWN_DEVICE.c.associate_id)
        .having(func.sum(KNOWN_DEVICE.c.failures) >= MAX_IN_ALL)
    )  # fmt: skip
    return frozenset(map(str, (*connection.scalars(of_names), *connection.scalars(of_devices))))


def begin_anew(connection: Connection, associates: Collection[str]) -> None:
    """Another PIN was set for these associates: nothing is counted any more."""
    for table in (ASSOCIATE, KNOWN_DEVICE):
        these = update(table).where(table.c.associate_id.in_(associates))
        connection.execute(these.values(failures=0, locked_until_us=0))


def _lock_us(failures: int) -> int:
    return min(FIRST_LOCK_US << min(failures - MAX_TRIES, 8), MAX_LOCK_US)
