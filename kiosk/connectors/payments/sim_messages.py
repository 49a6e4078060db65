"""Messages between the driver `sim://` and the simulated terminal, as JSON objects."""

from __future__ import annotations

from typing import Any

from kiosk.connectors.payments.port import (
    Charge,
    FollowUp,
    Presented,
    TerminalBusyError,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
)
from kiosk.core.domain.card_shown import card_shown
from kiosk.core.domain.money import Money

MAX_LINE_BYTES = 65_536
"""Longest message in either direction."""
_MAX_REFERENCES = 8


def charge_request(charge: Charge, wait_s: float) -> dict[str, Any]:
    """Collect a charge."""
    return {
        "do": "collect",
        "key": charge.key,
        "order": charge.order_id,
        "minor": charge.amount.minor,
        "currency": charge.amount.currency,
        "stored": charge.stored,
        "capture": charge.capture,
        "wait_s": wait_s,
    }


def follow_up_request(wanted: FollowUp) -> dict[str, Any]:
    """Capture, void or refund a charge."""
    return {
        "do": wanted.kind.value,
        "key": wanted.key,
        "order": wanted.order_id,
        "minor": wanted.amount.minor,
        "currency": wanted.amount.currency,
        "reference": wanted.references.get("reference", ""),
        "of": wanted.of.key,
    }


def key_request(what: str, wanted: Presented | FollowUp) -> dict[str, Any]:
    """Query ("ask") or cancel a key."""
    return {"do": what, "key": wanted.key}


def reply_of(body: dict[str, Any]) -> TerminalReply:
    """The reply in a message. Raises TerminalBusyError if it says that the request was not taken up, TerminalLostError
    if it is not valid."""
    try:
        if body["state"] == "busy":
            raise TerminalBusyError("the terminal waits for another card")
        return TerminalReply(
            TerminalStatus(body["state"]),
            key=_text(body, "key"),
            order_id=_text(body, "order"),
            amount=_amount(body),
            references=_references(body),
            card=card_shown(**body["card"]) if body.get("card") else None,
            why=_text(body, "why"),
            captured=body.get("captured") is True,
            taken_up=body["state"] == "pending",
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise TerminalLostError(f"the terminal's reply is not valid: {type(error).__name__}") from error


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name) or ""
    if not isinstance(value, str):
        raise TypeError(name)
    return value[:200]


def _amount(body: dict[str, Any]) -> Money | None:
    minor, currency = body.get("minor"), _text(body, "currency")
    if minor is None or not currency:
        return None
    if type(minor) is not int:
        raise TypeError("minor")
    return Money(minor, currency)


def _references(body: dict[str, Any]) -> dict[str, str]:
    """The references of a reply; `book` is the number of the terminal's journal where it states it."""
    found = body.get("references") or {}
    if len(found) > _MAX_REFERENCES:
        raise ValueError("too many references")
    book = {} if body.get("book") is None else {"book": str(body["book"])[:40]}
    return {name: _text(found, name) for name in found} | (book if body["state"] == "not-found" else {})
