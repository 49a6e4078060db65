"""What can go wrong in the store, drawn as one tree; each error carries facts and renders itself.

StoreError
├── RefusedError          what was asked does not fit what is (HTTP 409)
│   ├── MissingError      there is no such thing (404)
│   ├── NotAllowedError   not yours to do (403)
│   ├── PassingError      not now; in a moment perhaps (409, code "passing")
│   └── UnsettledError    nobody knows yet whether it is paid (409, code "unsettled")
├── UnknownCallerError    nobody knows who asks (401)
├── LockedOutError        too many wrong PINs (429)
├── ImportRefusedError    a feed that would lose too much
├── LedgerBusyError       another store holds the money journal
└── LedgerDamagedError    the money journal does not hold together
"""

from __future__ import annotations


class StoreError(Exception):
    """Root of the store's errors. `status` is what the API answers."""

    status = 500
    title = "The store failed"
    code = ""
    """A word by which a program tells this error from others of its status; empty where none has to."""


class RefusedError(StoreError):
    """What was asked does not fit what is."""

    status = 409
    title = "Refused"


class MissingError(RefusedError):
    """There is no such thing."""

    status = 404
    title = "Not found"


class NotAllowedError(RefusedError):
    """Known who asks, but it is not theirs to do."""

    status = 403
    title = "Not allowed"


class PassingError(RefusedError):
    """Not now: something else is being ended first. May be asked again in a moment."""

    code = "passing"


class UnsettledError(RefusedError):
    """It is not known whether something is paid; that must be settled first."""

    code = "unsettled"


class UnknownCallerError(StoreError):
    """Nobody knows who asks."""

    status = 401
    title = "Sign in first"


class LockedOutError(StoreError):
    """Too many wrong PINs; `wait_us` until the next try counts."""

    status = 429
    title = "Locked for a while"

    def __init__(self, wait_us: int) -> None:
        self.wait_us = wait_us
        super().__init__(f"too many wrong tries, wait {max(1, wait_us // 1_000_000)} s")


class ImportRefusedError(StoreError):
    """A feed was refused as a whole, since taking it would lose too much of what is known."""

    def __init__(self, feed: str, known: int, kept: int) -> None:
        self.feed, self.known, self.kept = feed, known, kept
        super().__init__(f"{feed}: would keep only {kept} of {known} entries; nothing was changed")


class LedgerBusyError(StoreError):
    """Another store runs on the same state folder."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is held by another store; two must not run on one state folder")


class LedgerDamagedError(StoreError):
    """The money journal does not hold together from this entry on."""

    def __init__(self, path: str, seq: int, why: str) -> None:
        self.seq, self.why = seq, why
        super().__init__(f"{path}: entry {seq}: {why}; payments stay closed until a person has looked")
