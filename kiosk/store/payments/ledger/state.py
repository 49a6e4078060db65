"""Whether a ledger takes entries; if not, why, and what the shop's technician can do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from typing import Final


@unique
class Condition(Enum):
    """What is wrong with a ledger. All but OK close payments; what is readable stays readable."""

    OK = "ok"
    DAMAGED = "damaged"
    """An entry was changed or is missing, or the file cannot be read as a database."""
    BEHIND = "behind"
    """Entries that the store has acknowledged are missing at the end: an old copy was put back."""
    OTHER_CHAIN = "other-chain"
    """An entry that the store has acknowledged is another one now: the ledger was written anew."""
    OTHER_KEY = "other-key"
    """It was written with another `store.key`."""
    NEWER = "newer"
    """It was written by a newer version of Cheval."""
    MISSING = "missing"
    """The ledger is gone, but the store's database knows that there was one."""
    REMOVED = "removed"
    """It was deleted or replaced while the store runs. What was begun is still written to the file that is open."""
    CHANGED = "changed"
    """Its file was changed by another program while the store runs."""
    AWAY = "away"
    """The database or the disk of the ledger does not answer. Payments open again by themselves when it does."""
    ARCHIVED = "archived"
    """It was closed when a new one was begun, and is read for its receipts and returns."""


_AUDIT: Final = "cheval ledger audit"
_REOPEN: Final = "cheval ledger reopen"
_ADVICE: Final = {
    Condition.OK: "",
    Condition.DAMAGED: f"`{_AUDIT}` lists what is damaged; put an undamaged newest copy back, or begin a new ledger:"
    f" `{_REOPEN}`",
    Condition.BEHIND: f"put the newest ledger back, or begin a new one: `{_REOPEN}`",
    Condition.OTHER_CHAIN: f"put the original ledger back, or begin a new one: `{_REOPEN}`",
    Condition.OTHER_KEY: f"put the store.key of this ledger back, or begin a new ledger: `{_REOPEN}`",
    Condition.NEWER: "install that version again",
    Condition.MISSING: f"put the ledger back, or begin a new one: `{_REOPEN}`",
    Condition.REMOVED: "restart the store: it puts its open ledger back, or keeps it beside, and checks what is there",
    Condition.AWAY: "check the disk of the ledger, or the database server and the network to it",
    Condition.ARCHIVED: "",
    Condition.CHANGED: f"restart the store, which checks it; `{_AUDIT}` checks all entries",
}


@dataclass(frozen=True, slots=True)
class LedgerState:
    """A ledger's condition, in words for a technician. `seq` is the first entry concerned; 0 if there is none."""

    condition: Condition = Condition.OK
    why: str = ""
    seq: int = 0

    @property
    def closed(self) -> bool:
        """Payments are closed: nothing is added, what is readable can be read."""
        return self.condition is not Condition.OK

    @property
    def takes_no_entries(self) -> bool:
        """Nothing at all can be written; a ledger that was removed is still written until the store restarts."""
        return self.condition not in (Condition.OK, Condition.REMOVED)

    @property
    def advice(self) -> str:
        """What to do, with the command; empty if nothing is wrong."""
        return _ADVICE[self.condition]

    def __str__(self) -> str:
        if not self.closed:
            return "ok"
        if self.condition is Condition.AWAY:
            return f"{self.why}; payments open again when this is over: {self.advice}"
        return f"{self.why}; payments stay closed until it is repaired: {self.advice}"
