"""What a soak test has observed, as values: the judge decides from these alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """How long a shopper waited for the mirror's answer to a touch. `at_s`: seconds since the run began."""

    kind: str
    at_s: float
    ms: float


@dataclass(frozen=True, slots=True)
class Loop:
    """One turn of the calibration loop."""

    at_s: float
    ms: float


@dataclass(frozen=True, slots=True)
class ProcessSample:
    """The size of a process at one moment; `memory_kb` is its resident memory."""

    at_s: float
    memory_kb: int
    threads: int
    descriptors: int


@dataclass(frozen=True, slots=True)
class RequestEnd:
    """What became of a service request that the store had received, as the mirror showed it to the shopper."""

    request_id: str
    state: str
    """The last one that was shown."""
    open: bool
    waited_s: float
    withdrawn: bool = False
    """She has withdrawn it herself."""
    shown: bool = True
    """False: the mirror showed it no more, although she was still there."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What a terminal has of one charge: `minor` is what it keeps, `times` how often it was collected."""

    order: str
    key: str
    minor: int
    times: int
    reference: str = ""
    """The terminal's own number of it."""


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag task of the store: the pieces of this order are paid, and are to be packed. `receipt`: its number."""

    order: str
    receipt: str


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What is open after everybody has left: requests, payments and refunds without a result, bag tasks."""

    requests: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    bags: tuple[Bag, ...] = ()


@dataclass(frozen=True, slots=True)
class Books:
    """The store's ledger after the run, in minor units."""

    paid: Mapping[str, int] = field(default_factory=dict)
    """Order to what was paid, less what was paid back."""
    twice: tuple[str, ...] = ()
    """Orders that are paid more than once in the books."""
    receipts: frozenset[str] = frozenset()
    """Numbers of all receipts."""
    wrong: tuple[str, ...] = ()
    """What the audit found; empty for a sound ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything that was observed. Times in seconds since the run began."""

    run_s: float
    visits: int = 0
    answers: tuple[Answer, ...] = ()
    loops: tuple[Loop, ...] = ()
    disturbed: tuple[tuple[float, float], ...] = ()
    """Begin and end of each fault."""
    samples: Mapping[str, tuple[ProcessSample, ...]] = field(default_factory=dict)
    """Process to its samples, in order of time."""
    may_grow: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Process and measure to what it may gain beside the judge's own slack: connections and threads that each mirror
    opens when they are first needed."""
    crashes: tuple[str, ...] = ()
    given_up: tuple[str, ...] = ()
    """Shoppers who did not get an answer within their patience."""
    requests: tuple[RequestEnd, ...] = ()
    left: LeftOpen = field(default_factory=LeftOpen)
    charges: tuple[Charge, ...] = ()
    books: Books = field(default_factory=Books)
    receipts_shown: tuple[str, ...] = ()
    """Numbers of the receipts that shoppers saw at the end of their payments."""
    receipts_on_mirrors: frozenset[str] = frozenset()
    """Numbers of all receipts that any mirror has shown."""
    vanished: tuple[str, ...] = ()
    """Payments and receipts that were on a mirror and vanished from it while their shopper was there."""
    bagged: tuple[Bag, ...] = ()
    """Bag tasks that the desk has done."""
