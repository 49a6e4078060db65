"""Requests to a payment terminal as the tests write them."""

from __future__ import annotations

from kiosk.connectors.payments.port import (
    REFERENCE,
    Charge,
    FollowUp,
    PaymentTerminal,
    Presented,
    TerminalReply,
    new_key,
)
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money

PRICE = Money(12_900, "EUR")


def presented(key: str, amount: Money = PRICE, order: str = "o1") -> Presented:
    """A charge with that key, as it is journaled."""
    return Presented(key, order, amount)


def refund_of(key: str, amount: Money, reference: str, of: str = "") -> FollowUp:
    """The refund of the charge with that reference."""
    return FollowUp(key, FollowUpKind.REFUND, amount, presented(of, amount), {REFERENCE: reference})


def charge_stored(terminal: PaymentTerminal, amount: Money, order: str = "o1") -> TerminalReply:
    """Charges stored means, so that no tap is needed; the approval."""
    charge = Charge(new_key(), order, amount, "s1")
    return terminal.present(charge, terminal.create(charge), lambda: None, 10)
