"""Addresses of parcels: taken down by an associate, encrypted, and erased when the parcel is delivered."""

from __future__ import annotations

import hmac
import json
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select

from kiosk.core.domain.floor.legible import has_too_many_marks, is_visible
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.parcels import PARCEL_ADDRESS
from kiosk.store.db.upsert import upsert
from kiosk.store.errors import RefusedError

MIN_LINES: Final = 2
MAX_LINES: Final = 7
MAX_LINE: Final = 80
_NONCE_BYTES: Final = 12


def address_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of an address without blank ones and blanks at their ends. Raises RefusedError, without their text."""
    found = tuple(stripped for line in lines if (stripped := line.strip()))
    if not MIN_LINES <= len(found) <= MAX_LINES or any(len(line) > MAX_LINE for line in found):
        raise RefusedError(
            f"an address has {MIN_LINES} to {MAX_LINES} lines of at most {MAX_LINE} characters"
        )
    if not all(line.isprintable() and is_visible(line) and not has_too_many_marks(line) for line in found):
        raise RefusedError("the address has signs that cannot be read")
    return found


class AddressRows:
    """The addresses in the database. AES-256-GCM under a key that is derived from the store's key; an address is bound
    to its parcel. Methods raise SQLAlchemyError."""

    def __init__(self, database: Database, store_key: bytes) -> None:
        self._database = database
        self._cipher = AESGCM(hmac.digest(store_key, b"addresses of parcels", "sha256"))

    def put(self, parcel: str, lines: tuple[str, ...], at_us: int) -> None:
        """Writes the address of a parcel, in the place of an earlier one."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, json.dumps(lines).encode(), parcel.encode())
        with self._database.writing() as connection:
            upsert(connection, PARCEL_ADDRESS, [{"parcel": parcel, "sealed": sealed, "made_us": at_us}])

    def all(self) -> dict[str, tuple[str, ...]]:
        """The addresses by parcel; what another key has encrypted is left out."""
        with self._database.reading() as connection:
            rows = connection.execute(select(PARCEL_ADDRESS.c.parcel, PARCEL_ADDRESS.c.sealed)).all()
        opened = ((row.parcel, self._opened(row.parcel, bytes(row.sealed))) for row in rows)
        return {parcel: lines for parcel, lines in opened if lines}

    def parcels(self) -> tuple[str, ...]:
        """The keys of all parcels that have an address."""
        with self._database.reading() as connection:
            return tuple(connection.execute(select(PARCEL_ADDRESS.c.parcel)).scalars())

    def delete(self, parcel: str) -> None:
        """Erases the address of a parcel."""
        with self._database.writing() as connection:
            connection.execute(delete(PARCEL_ADDRESS).where(PARCEL_ADDRESS.c.parcel == parcel))

    def _opened(self, parcel: str, sealed: bytes) -> tuple[str, ...]:
        try:
            text = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], parcel.encode())
        except (InvalidTag, ValueError):
            return ()
        return tuple(json.loads(text))


def delete_addresses_before(database: Database, before_us: int) -> None:
    """Erases what was taken down before this time. Raises SQLAlchemyError."""
    with database.writing() as connection:
        connection.execute(delete(PARCEL_ADDRESS).where(PARCEL_ADDRESS.c.made_us < before_us))
