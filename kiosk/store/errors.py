"""The store's errors as one tree, each with its HTTP status; an error carries facts and renders its own message.

StoreError
├── RefusedError          the request does not fit the present state (HTTP 409)
│   ├── NotFoundError     there is no such object (404)
│   ├── ForbiddenError    the caller has no permission (403)
│   │   ├── UnpairedDeviceError  the device is not paired (403, code "device-unpaired")
│   │   ├── PinBlockedError  the PIN was tried too often in all (403, code "pin-blocked")
│   │   └── PinDueError   the PIN is right, and the associate must choose another one (403, code "pin-due")
│   ├── VisitOverError    the visit of the request has ended (409, code "visit-over")
│   ├── TryAgainError     something else must end first (409, code "passing")
│   ├── UnsettledError    it is not known yet whether it is paid (409, code "unsettled")
│   ├── SecondPersonError a second associate must confirm it with a PIN (409, code "second-person")
│   └── PieceTakenError   another order has bought or reserved the piece (409, code "piece-taken")
├── AdviceBusyError       more questions for advice wait than can be answered in time (503)
├── PicturesBusyError     more pictures wait to be scaled than are allowed, or this one is not ready (503)
├── UnauthenticatedError  the caller is unknown (401)
├── LockedOutError        too many wrong PINs, or tries at once (429)
├── TooManyMailsError     this receipt, or all together, were sent too often (429)
├── TooManyMessagesError  a mirror was sent too many messages within a minute (429)
├── BadPositionError, EventsGoneError, TooManyStreamsError  readers of events (400, 410, 429; in `event_log.errors`)
├── ImportStoppedError    the store is closed during an import, or while the sums of a week are written
├── ImportBusyError       another import of the same store runs (409)
├── StoreHeldError        another store holds the state folder or the database (503; in `db.holder`)
├── CertificateError      a certificate or its key cannot be used
├── BackupError           a back-up cannot be made, read or restored
├── DatabaseNewerError    the database was written by a newer version
├── LedgerBusyError       another store process has the ledger open
├── KnownKeyError         the key of a payment or refund is in the ledger already
├── PaymentsClosedError   the ledger takes no new orders (503, code "payments-closed")
│   └── NoSpaceError      the disk has less free space than the configuration wants (503, code "no-space")
├── LedgerDamagedError    the ledger is damaged (503)
└── LedgerFileError       a file of the ledger cannot be read or replaced before a person has done something
"""

from __future__ import annotations

from kiosk.clock import US


class StoreError(Exception):
    """Root of the store's errors. `status` is the HTTP status of the answer."""

    status = 500
    title = "The store failed"
    code = ""
    """Distinguishes errors of one status for a program; empty if no program needs it."""
    retry_after_s = 0
    """Seconds after which the same request may succeed; 0 if none are stated."""


class RefusedError(StoreError):
    """The request does not fit the present state."""

    status = 409
    title = "Refused"


class NotFoundError(RefusedError):
    """There is no such object."""

    status = 404
    title = "Not found"


class ForbiddenError(RefusedError):
    """The caller is known but has no permission."""

    status = 403
    title = "Not allowed"


class UnpairedDeviceError(ForbiddenError):
    """Associates may use the store from paired devices only, and this is none."""

    code = "device-unpaired"

    def __init__(self) -> None:
        super().__init__("this device is not paired; a manager shows a code for it")


class PinBlockedError(ForbiddenError):
    """The PIN was tried too often in all: it counts no more until somebody sets another one."""

    code = "pin-blocked"

    def __init__(self) -> None:
        super().__init__("this PIN was tried too often; a manager must set a new one")


class PinDueError(ForbiddenError):
    """The PIN is right, but it was made by the store or is too short for the role: another one must be chosen."""

    code = "pin-due"

    def __init__(self) -> None:
        super().__init__("this PIN is right for one sign-in only, which must name a new one")


class VisitOverError(RefusedError):
    """The visit of the request has ended."""

    code = "visit-over"

    def __init__(self) -> None:
        super().__init__("this visit is over")


class TryAgainError(RefusedError):
    """Something else must end first; the same request may succeed in a moment."""

    code = "passing"


class UnsettledError(RefusedError):
    """It is not known yet whether something is paid; that payment must be settled first."""

    code = "unsettled"


class SecondPersonError(RefusedError):
    """Above the shop's limit a second associate confirms it with a PIN."""

    code = "second-person"


class PieceTakenError(RefusedError):
    """Another order has bought the piece, or its payment is not finished."""

    code = "piece-taken"

    def __init__(self, piece: str, by_order: str) -> None:
        self.piece, self.by_order = piece, by_order
        super().__init__("another order has this piece")


class AdviceBusyError(StoreError):
    """More questions for advice wait than can be answered in time."""

    status = 503
    title = "Busy"

    def __init__(self) -> None:
        super().__init__("too many questions for advice wait; ask again in a moment")


class PicturesBusyError(StoreError):
    """More pictures wait to be scaled than are allowed, or this one is not ready yet."""

    status = 503
    title = "Busy"
    code = "passing"
    retry_after_s = 1

    def __init__(self) -> None:
        super().__init__("this picture is not ready; ask again")


class UnauthenticatedError(StoreError):
    """The caller is unknown: no valid token or session."""

    status = 401
    title = "Sign in first"


class LockedOutError(StoreError):
    """Too many wrong PINs, or too many tries at once; the next try counts after `wait_us` microseconds."""

    status = 429
    title = "Locked for a while"

    def __init__(self, wait_us: int) -> None:
        self.wait_us, self.retry_after_s = wait_us, max(1, wait_us // US)
        super().__init__(f"too many tries, wait {max(1, wait_us // US)} s")


class TooManyMailsError(StoreError):
    """The receipt was sent several times already, or too many wait for the mail server."""

    status = 429
    title = "Too many messages"

    def __init__(self) -> None:
        super().__init__("this receipt was sent several times already, or too many wait")


class TooManyMessagesError(StoreError):
    """A mirror was sent more messages than can be read; the next one is shown after `wait_us` microseconds."""

    status = 429
    title = "Too many messages"

    def __init__(self, wait_us: int) -> None:
        self.retry_after_s = max(1, -(-wait_us // US))
        super().__init__(f"this mirror was sent too many messages, wait {self.retry_after_s} s")


class ImportStoppedError(StoreError):
    """The store is closed during an import, or while the sums of a week are written: the rest follows after its next
    start."""

    def __init__(self) -> None:
        super().__init__("the work was stopped; the rest follows after the next start")


class ImportBusyError(StoreError):
    """Another import into the same store runs, in this or in another process."""

    status = 409
    title = "Another import runs"

    def __init__(self) -> None:
        super().__init__("another import runs; try again when it has ended")


class CertificateError(StoreError):
    """A file of a certificate or key cannot be used; the text says which and what to do."""


class BackupError(StoreError):
    """A back-up cannot be made, read or restored; the text says why and what to do."""

    status = 409
    title = "No back-up"


class DatabaseNewerError(StoreError):
    """The database has tables of a newer version, which this one does not know."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place} was written by a newer version of Cheval; install that version, or restore a backup"
        )


class LedgerIncompleteError(StoreError):
    """A part of a transaction of the ledger failed and the error was caught inside it: nothing of it is written."""

    def __init__(self) -> None:
        super().__init__("a part of a transaction of the ledger failed; nothing of it was written")


class LedgerBusyError(StoreError):
    """Another store process uses the same state folder."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is held by another store; two must not run on one state folder")


class KnownKeyError(StoreError):
    """The key of a payment or refund was written before; it is never sent a second time."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"the key {key} is in the ledger already")


class PaymentsClosedError(StoreError):
    """The ledger takes no new orders and refunds; everything else works."""

    status = 503
    title = "Payments are closed"
    code = "payments-closed"


class NoSpaceError(PaymentsClosedError):
    """The disk has less free space than `payments.min_free_mb`: no new order is begun. Sizes in MB."""

    title = "No space for new orders"
    code = "no-space"

    def __init__(self, folder: str, free_mb: int, floor_mb: int) -> None:
        super().__init__(f"{folder}: {free_mb} MB are free, {floor_mb} MB are wanted; free some space")


class LedgerDamagedError(StoreError):
    """The ledger cannot be used for new entries.

    `seq` is the first entry concerned, 0 if there is none; `condition` the value of a `ledger.state.Condition`.
    """

    status = 503
    title = "The ledger is damaged"
    code = "ledger-damaged"

    def __init__(self, path: str, seq: int, why: str, condition: str = "damaged") -> None:
        self.seq, self.why, self.condition = seq, why, condition
        super().__init__(f"{path}: entry {seq}: {why}" if seq else f"{path}: {why}")


class LedgerFileError(StoreError):
    """A file of the ledger cannot be read or replaced; `advice` is what a person must do first."""

    def __init__(self, path: str, why: str, advice: str) -> None:
        super().__init__(f"{path} {why}: {advice}, then run this again; nothing was changed")
