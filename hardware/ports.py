"""Reads, taps and scans as values (facts), and the ports that every driver implements.

A driver posts its facts from a thread of its own to the callback that `start` got; the callback must not block.
Times are microseconds since 1970 UTC by this computer's clock, because a reader's own clock is often wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Final, NamedTuple, Protocol

MAX_ANTENNA: Final = 65_535
"""Largest number of an antenna port; they are numbered from 1 (LLRP 1.1, clause 17.2.1.1: AntennaID has 16 bits)."""


class TagRead(NamedTuple):
    """One read of a tag: EPC in upper-case hex, antenna port (from 1), peak signal in dBm, time.

    `antenna` and `rssi_dbm` are None if the reader did not send them: no value is assumed for them. `at_us` is always
    known, because it is a time of this computer.
    A named tuple, not a dataclass, for speed: up to 30,000 are made per second.
    """

    epc: str
    antenna: int | None
    rssi_dbm: float | None
    at_us: int


@dataclass(frozen=True, slots=True)
class TagReads:
    """The reads of one or more reports of a reader that came together, oldest first."""

    reader: str
    reads: tuple[TagRead, ...]


@dataclass(frozen=True, slots=True)
class ReaderUp:
    """The reader is connected and reports. Posted once per connection."""

    reader: str
    at_us: int


@dataclass(frozen=True, slots=True)
class ReaderDown:
    """The connection is lost; `why` is for a technician. Posted once per loss, also when the first attempt fails."""

    reader: str
    why: str
    at_us: int


@dataclass(frozen=True, slots=True)
class ReaderStillDown:
    """A lost connection cannot be made for another reason than before; `why` is for a technician."""

    reader: str
    why: str
    at_us: int


@unique
class NoteKind(Enum):
    """What a reader's note is about. The value is stable: it is used in JSON."""

    ANTENNA = "antenna"
    """An antenna is disconnected, or reports cannot be used because they name no antenna."""
    FAULT = "fault"
    """The reader reports a fault of its own."""
    SETTING = "setting"
    """A setting was not accepted, or another value is used instead (power, session, keep-alive, link monitor)."""
    SIGNAL = "signal"
    """Reads without signal strength."""
    REPORTS = "reports"
    """Reports were left out or lost: not understood, without EPC, or the reader's buffer was full."""
    NO_READS = "no-reads"
    """The reader is connected, but reads nothing although tags are there, or has no region and does not transmit. Its
    rooms are without radio."""
    SLOW_READS = "slow-reads"
    """Tags are read too seldom for the room decision, for example because of session 1."""
    FOREIGN_TAGS = "foreign-tags"
    """Many tags that are not this shop's."""
    NO_ROOM = "no-room"
    """Tags are read at an antenna that no room uses; these reads are left out."""


@dataclass(frozen=True, slots=True)
class ReaderNote:
    """Something about a reader that a technician should know; reads continue.

    Posted when it begins and, with `over`, when it ends; in between it stands. Kind and antenna identify it. A note
    about something that happened (a fault, lost reports) is posted again if it goes on, because it expires
    (`hardware.watches.reader_notes`).
    `text` is one sentence for a technician, with units. A new connection ends all notes of the last one.
    """

    reader: str
    kind: NoteKind
    text: str
    at_us: int
    antenna: int | None = None
    over: bool = False


@unique
class CardKind(Enum):
    """The kind of card or tag on the reader."""

    NTAG424 = "ntag424"
    NDEF = "ndef"
    UID = "uid"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class CardTap:
    """A card or tag laid on a reader. `uid` in upper-case hex (may be random for phones), `link` the URI of its
    NDEF message, if any; the link of an NTAG 424 holds a fresh message code (SUN) that only the store can check.

    `was_there`: the card was on the reader before the reader was connected; nobody need have laid it on just now.
    """

    reader: str
    kind: CardKind
    uid: str
    link: str | None
    at_us: int
    was_there: bool = False


@unique
class CardReadFailure(Enum):
    """Why a tap gave no credential."""

    TOO_SHORT = "too-short"
    PAYMENT_CARD = "payment-card"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class CardRefused:
    """A tap that gave no credential; a partial read is discarded."""

    reader: str
    failure: CardReadFailure
    at_us: int


@dataclass(frozen=True, slots=True)
class CardGone:
    """The card was removed."""

    reader: str
    at_us: int


@dataclass(frozen=True, slots=True)
class LabelScanned:
    """A scanned label: the article's GTIN-14 and, if the label identifies a single piece (QR), its serial."""

    reader: str
    gtin: str
    serial: str | None
    at_us: int


@dataclass(frozen=True, slots=True)
class LabelRefused:
    """A scan that identifies no article; `why` is the reason.

    `code` is the text if it may be the shop's own code of an article (`own_codes`), else empty. It may be private: it
    is looked up, but never logged or kept.
    """

    reader: str
    why: str
    at_us: int
    code: str = field(default="", repr=False, compare=False)


RadioFact = TagReads | ReaderUp | ReaderDown | ReaderStillDown | ReaderNote
LabelFact = LabelScanned | LabelRefused | ReaderUp | ReaderDown | ReaderStillDown
CardFact = CardTap | CardRefused | CardGone | ReaderUp | ReaderDown | ReaderStillDown


class TagReader(Protocol):
    """A source of tag reads.

    Promises: `start` is called once and returns at once. Facts are posted in order, from one thread. A lost
    reader is reconnected without end, with a capped back-off. `close` returns within 2 s and may be called twice;
    after it nothing is posted, and no thread or file descriptor is left.
    """

    @property
    def name(self) -> str: ...

    def start(self, post: Callable[[RadioFact], None]) -> None: ...

    def close(self) -> None: ...


KnownArticles = Callable[[tuple[str, ...]], Collection[str]]
"""Returns those of the given GTIN-14s that the shop sells; none if it cannot tell. Called by a scanner's thread, so it
returns within 1 s and raises nothing."""


class LabelReader(Protocol):
    """A source of scanned labels, with the promises of `TagReader`."""

    @property
    def name(self) -> str: ...

    def start(self, post: Callable[[LabelFact], None]) -> None: ...

    def close(self) -> None: ...


class CardSession(Protocol):
    """Exchanges commands with the card of the last `CardTap`; the mirror relays the store's commands.

    Promises: used from one thread at a time, any thread. Only commands that the shop's own cards need are sent,
    none to a payment application. Every error is a `hardware.errors.HardwareError`.
    """

    def exchange(self, command: bytes) -> bytes:
        """The card's response with its status word, within 5 s."""
        ...

    def close(self) -> None: ...


class CardReader(Protocol):
    """A source of taps, with the promises of `TagReader`. Each card that is laid on gives one `CardTap` or one
    `CardRefused`, then one `CardGone`, also before a `ReaderDown`."""

    @property
    def name(self) -> str: ...

    def start(self, post: Callable[[CardFact], None]) -> None: ...

    def close(self) -> None: ...

    def session(self) -> CardSession:
        """A session with the card that was just tapped. Raises HardwareError if it is gone or was refused."""
        ...
