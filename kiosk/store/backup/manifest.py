"""The list of what is in a back-up: its last member, with size and SHA-256 of each of the others."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.store.errors import BackupError

MANIFEST: Final = "manifest.json"
MAX_BYTES: Final = 1 << 26
CONFIG: Final = "config/store.yaml"
DATABASE: Final = "data/store.db"
LEDGER: Final = "data/ledger.db"
STATE: Final = "state/"
ELSEWHERE: Final = "elsewhere/"


def ledger_in_database(number: int) -> str:
    """The member of ledger `number` of a PostgreSQL database."""
    return f"data/ledger-{number}.db"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Member(_Part):
    """A file. `origin`: its path on the machine that was backed up; `mode`: its permissions."""

    name: str
    origin: str
    mode: int
    size: int
    sha256: str


class LedgerEnd(_Part):
    """Number and hash of the ledger's last entry, and the highest number of a receipt."""

    seq: int
    chain: str
    receipts: int


class Manifest(_Part):
    """`database`: what the store used; the member is an SQLite file in both cases. `revision`: of its tables. `rows`:
    rows by table. `references`: folders that are not in the back-up (feed, pictures, history). `missing`: files that
    the configuration names and that were not there."""

    version: str
    made_us: int
    shop: str
    config: str
    state: str
    database: Literal["sqlite", "postgresql"]
    database_file: str
    revision: str
    ledger_in_database: bool
    ledgers: tuple[int, ...]
    ledger_end: LedgerEnd
    rows: dict[str, int]
    references: tuple[str, ...]
    missing: tuple[str, ...]
    members: tuple[Member, ...]

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        """Raises BackupError."""
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            raise BackupError("the back-up has no usable list of its files") from None

    def member(self, name: str) -> Member | None:
        """The file of that name."""
        return next((member for member in self.members if member.name == name), None)
