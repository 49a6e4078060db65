"""Faults that a test or a rehearsal plans for the next request of a kind."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

KINDS = (
    "never-arrives",
    "reply-lost",
    "in-progress",
    "error-after",
    "late",
    "twice",
    "nonsense",
    "reader-restart",
    "other-order",
    "other-key",
    "wrong-amount",
    "other-currency",
)
"""`error-after`: carried out, answered with 500, which is saved under the key. `reader-restart`: carried out, then the
reader has lost its action. The last four change what the next answer with a final state says."""
REFUSED = re.compile(r"refused-(?P<status>4[0-9]{2})(?::(?P<code>[a-z_]{1,60}))?")
"""`refused-403`, `refused-400:terminal_reader_timeout`: refused with that status and code, nothing is carried out."""
CHANGED = ("other-order", "other-key", "wrong-amount", "other-currency")
CALLS = ("create", "process", "read", "ended", "stop", "cancel", "capture", "confirm", "refund")
"""`ended`: a look at a reader whose action has ended."""
_FINAL = ("succeeded", "requires_capture", "canceled", "failed")


@dataclass(frozen=True, slots=True)
class Fault:
    """`call` is one of CALLS, `kind` one of KINDS or of the form REFUSED; `late_s` for `late`."""

    call: str
    kind: str
    late_s: float = 0.0


class Faults:
    """The planned faults, in order."""

    def __init__(self) -> None:
        self._planned: deque[Fault] = deque()

    def plan(self, call: str, kind: str, late_s: float = 0.0) -> None:
        """Raises ValueError for an unknown call or fault."""
        if call not in CALLS or not (kind in KINDS or REFUSED.fullmatch(kind)):
            raise ValueError(f"no fault {kind} of {call}")
        self._planned.append(Fault(call, kind, late_s))

    def next_of(self, call: str) -> Fault | None:
        """Takes the next fault of the way of such a call."""
        found = next((f for f in self._planned if f.call == call and f.kind not in CHANGED), None)
        if found is not None:
            self._planned.remove(found)
        return found

    def change(self, call: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer, changed by the next fault that changes answers if it has a final state."""
        found = next((f for f in self._planned if f.call == call and f.kind in CHANGED), None)
        if found is None or not (finals := list(_finals(body))):
            return body
        self._planned.remove(found)
        for final in finals:
            _changed(final, found.kind)
        return body


def _finals(body: Any) -> Iterator[dict[str, Any]]:
    """Every intent and refund of an answer that has ended."""
    if isinstance(body, dict):
        if body.get("object") in ("payment_intent", "refund") and body.get("status") in _FINAL:
            yield body
        for inner in body.values():
            yield from _finals(inner)
    elif isinstance(body, list):
        for inner in body:
            yield from _finals(inner)


def _changed(final: dict[str, Any], kind: str) -> None:
    if kind == "other-order":
        final["metadata"] = {**final["metadata"], "order": "order-of-another"}
    elif kind == "other-key":
        final["metadata"] = {**final["metadata"], "key": "0THERKEY00"}
    elif kind == "other-currency":
        final["currency"] = "sek" if final["currency"] != "sek" else "nok"
    else:
        final["amount"] += 100
        if "amount_received" in final:
            final["amount_received"] += 100
        if isinstance(charge := final.get("latest_charge"), dict):
            charge["amount"] += 100
