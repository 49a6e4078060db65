"""The browsers on which associates are notified, in the database: each with the person who is signed in there.

A subscription outlives the idle end of its session: a phone that is locked uses nothing. It ends when the person signs
out there, when all sessions of the person end (`staff/ended_sessions`), when the paired device is revoked, or with the
session's longest time. One that cannot be read counts as none: others are notified all the same, and the page offers to
switch notifications on again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, select

from kiosk.connectors.web_push.encryption import BadKeysError, base64url, receiver_keys
from kiosk.connectors.web_push.https_push import PushAddress
from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.push import PUSH_SUBSCRIPTION
from kiosk.store.db.tables import ASSOCIATE, SESSION
from kiosk.store.db.upsert import upsert
from kiosk.store.errors import UnauthenticatedError
from kiosk.store.staff.roles import ON_FLOOR

MAX_OF_ONE: Final = 6
"""Subscriptions of one person; of more, those that end first are deleted."""
_ROW: Final = PUSH_SUBSCRIPTION.c


@dataclass(frozen=True, slots=True)
class Subscription:
    """A browser. `session`, `device`: hashes of the tokens; `device` is empty on the store's own computer."""

    address: PushAddress
    associate_id: AssociateId
    session: str
    device: str = ""
    language: str = "en"

    @property
    def mac(self) -> str:
        """Names the subscription: the hash of its address."""
        return hashlib.sha256(self.address.endpoint.encode()).hexdigest()


class SubscriptionBook:
    """Safe from any thread. Every method raises SQLAlchemyError. `session_us`: the longest time of a session;
    `is_paired`: whether a device (hash of its token) may still be used."""

    def __init__(self, database: Database, session_us: int, is_paired: Callable[[str], bool]) -> None:
        self._database, self._session_us, self._is_paired = database, session_us, is_paired

    def keep(self, new: Subscription) -> bool:
        """Keeps a subscription, in place of another one of its session; False if it was known with this person.

        Raises UnauthenticatedError for a session that has ended meanwhile.
        """
        with self._database.writing() as connection:
            since_us = connection.scalar(select(SESSION.c.since_us).where(SESSION.c.token_mac == new.session))
            if since_us is None:
                raise UnauthenticatedError("sign in first")
            known = connection.execute(
                select(_ROW.associate_id).where(_ROW.endpoint_mac == new.mac)
            ).scalar_one_or_none()
            connection.execute(delete(PUSH_SUBSCRIPTION).where(_ROW.session_mac == new.session))
            upsert(connection, PUSH_SUBSCRIPTION, [_row_of(new, since_us + self._session_us)])
            newest = (
                select(_ROW.endpoint_mac)
                .where(_ROW.associate_id == new.associate_id)
                .order_by(_ROW.until_us.desc(), _ROW.endpoint_mac)
                .limit(MAX_OF_ONE)
            )
            connection.execute(
                delete(PUSH_SUBSCRIPTION).where(
                    _ROW.associate_id == new.associate_id,
                    _ROW.endpoint_mac != new.mac,
                    _ROW.endpoint_mac.not_in(newest),
                )
            )
        return known != new.associate_id

    def of_session(self, session: str) -> Subscription | None:
        """The subscription of a session."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(PUSH_SUBSCRIPTION).where(_ROW.session_mac == session).limit(1)
            ).one_or_none()
        return None if row is None else _subscription(row)

    def on_floor(self, now_us: int) -> tuple[Subscription, ...]:
        """Those of people who have access, serve shoppers, and whose session has not ended by time."""
        return self._notified(now_us)

    def present(self, known: Subscription, now_us: int) -> Subscription | None:
        """A subscription as it is now; None if its person is not notified there any more (`on_floor`)."""
        same = known.session, known.associate_id
        found = self._notified(now_us, _ROW.endpoint_mac == known.mac)
        return next((each for each in found if (each.session, each.associate_id) == same), None)

    def _notified(self, now_us: int, *which: Any) -> tuple[Subscription, ...]:
        query = (
            select(PUSH_SUBSCRIPTION)
            .join(ASSOCIATE, ASSOCIATE.c.associate_id == _ROW.associate_id)
            .where(
                *which,
                ASSOCIATE.c.active,
                ASSOCIATE.c.role.in_(sorted(role.value for role in ON_FLOOR)),
                # one that ends later than a whole session from now was begun by a clock that was ahead
                _ROW.until_us.between(now_us, now_us + 2 * self._session_us),
            )
            .order_by(_ROW.endpoint_mac)
        )
        with self._database.reading() as connection:
            found = [_subscription(row) for row in connection.execute(query)]
        readable = (each for each in found if each is not None)
        return tuple(each for each in readable if not each.device or self._is_paired(each.device))

    def end(self, mac: str) -> None:
        """A subscription has ended."""
        self._delete(_ROW.endpoint_mac == mac)

    def end_session(self, session: str) -> None:
        """The person has signed out there, or has switched notifications off."""
        self._delete(_ROW.session_mac == session)

    def delete_before(self, now_us: int) -> None:
        """Deletes those whose session has ended by time."""
        self._delete(_ROW.until_us < now_us)

    def _delete(self, which: Any) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(PUSH_SUBSCRIPTION).where(which))


def _row_of(new: Subscription, until_us: int) -> dict[str, object]:
    keys = new.address.keys
    return {
        "endpoint_mac": new.mac, "associate_id": new.associate_id, "session_mac": new.session,
        "device_mac": new.device, "endpoint": new.address.endpoint, "p256dh": base64url(keys.public),
        "auth": base64url(keys.auth), "language": new.language, "until_us": until_us,
    }  # fmt: skip


def _subscription(row: Any) -> Subscription | None:
    try:
        keys = receiver_keys(row.p256dh, row.auth)
    except BadKeysError:
        return None
    return Subscription(
        PushAddress(row.endpoint, keys),
        AssociateId(row.associate_id),
        row.session_mac,
        row.device_mac,
        row.language,
    )
