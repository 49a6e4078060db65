"""Table of the addresses of parcels that are still to be delivered."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table

from kiosk.store.db.metadata import METADATA

PARCEL_ADDRESS = Table(
    "parcel_address", METADATA,
    Column("parcel", String(160), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_us", BigInteger, nullable=False, index=True),
)  # fmt: skip
"""`parcel`: its key in the ledger. `sealed`: the lines of the address, encrypted."""
