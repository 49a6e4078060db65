"""Events of a charge or a refund at a payment terminal: the input of the state machines `payment` and `refund`.

Every event carries the time in microseconds UTC at which the store learned of it.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_QUERIES = 40
"""Queries for a lost reply before an associate is called: about 10 minutes with a back-off of at most 15 s."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The terminal has taken the charge up and waits for the card."""

    at_us: int


@dataclass(frozen=True, slots=True)
class Approved:
    """The amount was collected or paid back; `reference` is the acquirer's number."""

    at_us: int
    reference: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The terminal, the acquirer or the store refused it; `why` is a short code such as "declined"."""

    at_us: int
    why: str


@dataclass(frozen=True, slots=True)
class ReplyLost:
    """It was sent, and no reply came."""

    at_us: int


@dataclass(frozen=True, slots=True)
class NeverArrived:
    """Queried by key, the terminal says that it does not know the key; from now on the key moves no money."""

    at_us: int


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The terminal confirms that no money was moved and none will be."""

    at_us: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class StillUnknown:
    """The terminal could not be queried, or does not know the result yet."""

    at_us: int


@dataclass(frozen=True, slots=True)
class SettledByAssociate:
    """An associate looked at the terminal and says whether money was moved; `by` is the associate's id."""

    at_us: int
    by: str
    done: bool
    reference: str


TerminalEvent = (
    Sent | Approved | Refused | ReplyLost | NeverArrived | Cancelled | StillUnknown | SettledByAssociate
)
