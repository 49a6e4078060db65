"""The shop's terminals for its technicians: what each is, what a probe finds, and a test purchase.

A test purchase is journaled and followed like every payment. It has no pieces and no receipt: its approval is voided,
or paid back where the terminal cannot void, in the same way as an approval that nobody wants.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from kiosk.connectors.payments.port import PaymentTerminal, TerminalProbe
from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import TEST_PREFIX, Attempt, Order, PaymentMeans, PaymentState, is_test
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.payments.collector import PaymentCollector
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.terminals.trial_amounts import trial_minor

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ConfiguredTerminal:
    """A terminal of the configuration. `smallest` is the amount of a test purchase."""

    name: str
    identity: str
    smallest: Money
    capture: bool
    void: bool
    partial_refund: bool
    refund_needs_card: bool
    stored_means: bool
    attended: bool


@dataclass(frozen=True, slots=True)
class TrialPurchase:
    """How far a test purchase has come. `ended`: it will not change any more; `reversed`: its amount was given back."""

    order_id: OrderId
    terminal: str
    amount: Money
    state: str
    why: str
    reference: str
    ended: bool
    reversed: bool


class TerminalDesk:
    """Lists, probes and tests the terminals. Safe to use from any thread."""

    def __init__(self, context: PaymentContext, collector: PaymentCollector, currency: str) -> None:
        self._context, self._collector, self._currency = context, collector, currency
        self._drivers = context.terminals.drivers

    def terminals(self) -> tuple[ConfiguredTerminal, ...]:
        """The terminals that can be used, in the order of the configuration."""
        return tuple(self._configured(name, driver) for name, driver in self._drivers.items())

    def probe(self, name: str) -> TerminalProbe:
        """What a terminal answers to a probe, which moves no money. Raises NotFoundError."""
        return self._driver(name).probe()

    def begin_test(self, name: str, by: str) -> TrialPurchase:
        """Starts a test purchase of the smallest amount. Raises NotFoundError, RefusedError."""
        driver = self._driver(name)
        if self._context.closed:
            raise RefusedError("the ledger takes no payments now")
        amount = self._smallest(driver)
        order_id = OrderId(f"{TEST_PREFIX}{secrets.token_hex(8)}")
        order = Order(order_id, RoomId(""), Ticket(order_id), (), amount, Money(0, amount.currency))
        with self._context.writer:
            self._context.book.put_order(order, self._context.now_us())
            attempt = self._collector.collect(order, PaymentMeans.TERMINAL, 1, terminal=name)
        log.warning("a test purchase of %s was begun at terminal %s by %s", order_id, name, by)
        return _purchase(attempt)

    def test(self, order_id: OrderId) -> TrialPurchase:
        """How far a test purchase has come. Raises NotFoundError."""
        attempts = self._context.book.attempts(order_id) if is_test(order_id) else ()
        if not attempts:
            raise NotFoundError("there is no such test purchase")
        return _purchase(attempts[-1])

    def cancel_test(self, order_id: OrderId) -> TrialPurchase:
        """Asks the terminal to stop waiting for the card. Raises NotFoundError."""
        self.test(order_id)
        self._collector.cancel(order_id)
        return self.test(order_id)

    def _driver(self, name: str) -> PaymentTerminal:
        driver = self._drivers.get(name)
        if driver is None:
            known = ", ".join(self._drivers) or "none"
            raise NotFoundError(f"there is no terminal of that name (known: {known})")
        return driver

    def _configured(self, name: str, driver: PaymentTerminal) -> ConfiguredTerminal:
        can = driver.capabilities
        return ConfiguredTerminal(
            name, driver.identity, self._smallest(driver), can.capture, can.void, can.partial_refund,
            can.refund_needs_card, can.stored_means, can.attended,
        )  # fmt: skip

    def _smallest(self, driver: PaymentTerminal) -> Money:
        """The amount of a test purchase: the provider's minimum, or a small one where it states none."""
        stated = driver.capabilities.minimum_minor.get(self._currency)
        return Money(trial_minor(self._currency, stated), self._currency)


def _purchase(attempt: Attempt) -> TrialPurchase:
    return TrialPurchase(
        attempt.order_id, attempt.terminal, attempt.amount, attempt.state.value, attempt.why, attempt.reference,
        attempt.state.is_final, attempt.state is PaymentState.REVERSED,
    )  # fmt: skip
