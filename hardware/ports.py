"""What radio and cards report, as facts, and the two ports every driver stands behind.

A driver runs in threads of its own and posts facts to the sink it was started with; a sink must not block.
Times are microseconds since 1970-01-01 UTC by the clock of the computer the reader hangs on, since a reader's
own clock is often wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, unique
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TagRead:
    """One sighting of a tag: EPC in upper-case hex, antenna port (1-based), peak signal in dBm."""

    epc: str
    antenna: int
    rssi_dbm: float
    at_us: int


@dataclass(frozen=True, slots=True)
class TagReads:
    """The reads of one report of one reader, or of several that came together, oldest first."""

    reader: str
    reads: tuple[TagRead, ...]


@dataclass(frozen=True, slots=True)
class ReaderUp:
    """The reader answers and reports (again). Posted once per time the link comes up."""

    reader: str
    at_us: int


@dataclass(frozen=True, slots=True)
class ReaderDown:
    """The reader is lost; why, in words for a technician. Posted once per loss, also when the first try fails."""

    reader: str
    why: str
    at_us: int


@unique
class CardKind(Enum):
    """What was laid on the reader, as far as it could be told."""

    NTAG424 = "ntag424"
    NDEF = "ndef"
    UID = "uid"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class CardTap:
    """A credential laid on a reader. `uid` in upper-case hex (may be random for phones), `link` the URI of its
    NDEF message, if any; a link of an NTAG 424 carries a fresh message code (SUN), which only the store can check."""

    reader: str
    kind: CardKind
    uid: str
    link: str | None
    at_us: int


@unique
class CardReadFailure(Enum):
    """Why a tap gave no credential."""

    TOO_SHORT = "too-short"
    PAYMENT_CARD = "payment-card"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class CardRefused:
    """A tap that gave no credential; nothing half-read is kept."""

    reader: str
    trouble: CardReadFailure
    at_us: int


@dataclass(frozen=True, slots=True)
class CardGone:
    """The card was taken away."""

    reader: str
    at_us: int


@dataclass(frozen=True, slots=True)
class LabelScanned:
    """A printed label that was held before a scanner: the article's GTIN-14 and, where the label tells it (a QR of
    the single piece), its serial."""

    reader: str
    gtin: str
    serial: str | None
    at_us: int


@dataclass(frozen=True, slots=True)
class LabelRefused:
    """Something was scanned that names no article; why, in words. What it said is not kept, it may be private."""

    reader: str
    why: str
    at_us: int


RadioFact = TagReads | ReaderUp | ReaderDown
LabelFact = LabelScanned | LabelRefused | ReaderUp | ReaderDown
CardFact = CardTap | CardRefused | CardGone | ReaderUp | ReaderDown


class TagReader(Protocol):
    """A source of tag reads.

    Promises: `start` returns at once and is called once; facts are posted in order, from one thread;
    a lost reader is tried again for ever with a capped back-off; `close` returns within 2 s, after it nothing is
    posted, no thread and no descriptor is left; `close` may be called twice.
    """

    @property
    def name(self) -> str: ...

    def start(self, post: Callable[[RadioFact], None]) -> None: ...

    def close(self) -> None: ...


class LabelReader(Protocol):
    """A source of scanned labels, with the promises of `TagReader`."""

    @property
    def name(self) -> str: ...

    def start(self, post: Callable[[LabelFact], None]) -> None: ...

    def close(self) -> None: ...


class CardSession(Protocol):
    """A way to the card of the last `CardTap`, for as long as it lies there: the store talks, the mirror passes on.

    Promises: used from one thread at a time, any thread; only commands that a card of the house understands are
    passed, none to a payment application; every trouble is a `hardware.errors.HardwareError`.
    """

    def exchange(self, command: bytes) -> bytes:
        """The card's answer with its status word, within 5 s."""
        ...

    def close(self) -> None: ...


class CardReader(Protocol):
    """A source of taps, with the promises of `TagReader`; each laying of a card gives one `CardTap` or one
    `CardRefused`, then one `CardGone`, which also comes before a `ReaderDown`."""

    @property
    def name(self) -> str: ...

    def start(self, post: Callable[[CardFact], None]) -> None: ...

    def close(self) -> None: ...

    def session(self) -> CardSession:
        """Reach the card that was just tapped; raises a `HardwareError` where it is gone or was refused."""
        ...
