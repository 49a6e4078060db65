"""Faults of the simulated terminal: what goes wrong with the next request of a kind."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from dataclasses import dataclass
from enum import Enum, unique
from typing import Any

CALLS = ("create", "collect", "ask", "cancel", "capture", "void", "refund")
"""The requests of a store that a fault can be set for."""
OTHER_KEY, OTHER_ORDER, OTHER_CURRENCY = "0THERKEY00", "another-order", "XTS"
"""What a reply about another transaction states (XTS: ISO 4217's code for tests)."""
MAX_LATE_S = 600.0


@unique
class SimFault(Enum):
    """What happens to one request.

    NEVER_ARRIVES: it is lost on its way. REPLY_LOST: it is carried out, its reply is lost. TAKEN_UP_LOST: as before,
    already the first message of a charge that waits for its card. IN_PROGRESS: refused, as a conflict. ERROR_AFTER: it
    is carried out, the reply is an error of the server. LATE: the reply comes after `late_s`. TWICE: it comes twice.
    OTHER_ORDER, WRONG_AMOUNT, OTHER_CURRENCY: the reply states another transaction, amount or currency. NONSENSE: the
    reply makes a careless reader raise something unexpected. EMPTY_BOOK: it is carried out, then the terminal restarts
    without its journal.
    """

    NEVER_ARRIVES = "never-arrives"
    REPLY_LOST = "reply-lost"
    TAKEN_UP_LOST = "taken-up-lost"
    IN_PROGRESS = "in-progress"
    ERROR_AFTER = "error-after"
    LATE = "late"
    TWICE = "twice"
    OTHER_ORDER = "other-order"
    WRONG_AMOUNT = "wrong-amount"
    OTHER_CURRENCY = "other-currency"
    NONSENSE = "nonsense"
    EMPTY_BOOK = "empty-book"


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """A fault and, for LATE, its delay in seconds."""

    fault: SimFault
    late_s: float = 0.0


class SimFaults:
    """The faults that are planned, per request, in the order of planning."""

    def __init__(self) -> None:
        self._planned: defaultdict[str, deque[PlannedFault]] = defaultdict(deque)

    def plan(self, call: str, fault: str, times: int = 1, late_s: float = 0.0) -> None:
        """Sets a fault for the next `times` requests of a kind. Raises ValueError."""
        if call not in CALLS or not 0 <= late_s <= MAX_LATE_S or not 1 <= times <= 10_000:
            raise ValueError(
                f"call is one of {', '.join(CALLS)}; late_s at most {MAX_LATE_S}; times 1 to 10000"
            )
        self._planned[call].extend([PlannedFault(SimFault(fault), late_s)] * times)

    def clear(self) -> None:
        self._planned.clear()

    def next(self, call: str) -> PlannedFault | None:
        """The fault of this request; None for none."""
        planned = self._planned[call]
        return planned.popleft() if planned else None


def garbled(reply: dict[str, Any], fault: SimFault) -> list[bytes]:
    """The lines that are sent instead of a reply."""
    body = encoded(reply)
    match fault:
        case SimFault.IN_PROGRESS:
            return [encoded({"key": reply.get("key", ""), "state": "busy"})]
        case SimFault.ERROR_AFTER:
            return [encoded({"error": 500})]
        case SimFault.TWICE:
            return [body, body]
        case SimFault.OTHER_ORDER:
            other = {"key": OTHER_KEY, "order": OTHER_ORDER, "references": {"reference": "SIM999999"}}
            return [encoded({**reply, **other})]
        case SimFault.WRONG_AMOUNT:
            return [encoded({**reply, "minor": (reply.get("minor") or 0) + 1100})]
        case SimFault.OTHER_CURRENCY:
            return [encoded({**reply, "currency": OTHER_CURRENCY})]
        case SimFault.NONSENSE:
            return [b"[" * 60_000 + b"\n"]
        case SimFault.REPLY_LOST | SimFault.EMPTY_BOOK | SimFault.NEVER_ARRIVES | SimFault.TAKEN_UP_LOST:
            return []
        case SimFault.LATE:
            return [body]


def encoded(reply: dict[str, Any]) -> bytes:
    """A message as it is sent."""
    return json.dumps(reply).encode() + b"\n"
