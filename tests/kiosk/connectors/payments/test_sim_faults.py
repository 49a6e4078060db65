"""Every fault of the simulated terminal over its control connection, as the driver of the store meets it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.port import (
    Charge,
    FollowUp,
    PaymentTerminal,
    Presented,
    TerminalBusyError,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
    new_key,
)
from kiosk.connectors.payments.sim import SimTerminalDriver
from kiosk.connectors.payments.sim_faults import CALLS, SimFault
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money
from tests.kiosk.store.terminal_process import TerminalProcess, terminal_process

PRICE = Money(12_900, "EUR")
REPLY_S = 0.5
LATE_S = 0.8
LOST = (
    SimFault.NEVER_ARRIVES, SimFault.REPLY_LOST, SimFault.ERROR_AFTER, SimFault.LATE, SimFault.NONSENSE,
    SimFault.EMPTY_BOOK,
)  # fmt: skip


@pytest.fixture(scope="module")
def process() -> Iterator[TerminalProcess]:
    with terminal_process() as running:
        yield running


@pytest.fixture
def driver(process: TerminalProcess) -> Iterator[PaymentTerminal]:
    process.do(do="no-faults")
    opened = SimTerminalDriver("127.0.0.1", process.port, reply_s=REPLY_S)
    yield opened
    opened.close()


class Shop:
    """A charge that was approved, and what a store asks about it."""

    def __init__(self, driver: PaymentTerminal) -> None:
        self.driver = driver
        self.of, self.paid = self.charge()

    def charge(self) -> tuple[Presented, TerminalReply]:
        charge = Charge(new_key(), "o1", PRICE, "s1")
        book = self.driver.create(charge)
        reply = self.driver.present(charge, book, lambda: None, 0.1)
        return Presented(charge.key, "o1", PRICE, book), reply

    def ask(self, call: str) -> TerminalReply:
        """One request of that kind."""
        if call in ("create", "collect"):
            return self.charge()[1]
        if call == "ask":
            return self.driver.query(self.of)
        if call == "cancel":
            self.driver.cancel(self.of)
            return self.paid
        kind = FollowUpKind(call)
        return self.driver.follow_up(FollowUp(new_key(), kind, PRICE, self.of, self.paid.references))


@pytest.mark.parametrize("fault", LOST)
@pytest.mark.parametrize("call", CALLS)
def test_a_request_without_a_usable_reply_is_lost(
    process: TerminalProcess, driver: PaymentTerminal, call: str, fault: SimFault
) -> None:
    shop = Shop(driver)
    late_s = LATE_S + (0.1 if call == "collect" else 0)
    assert process.do(do="fault", call=call, fault=fault.value, late_s=late_s) == {"ok": True}
    with pytest.raises(TerminalLostError):
        shop.ask(call)


@pytest.mark.parametrize("call", CALLS)
def test_a_conflict_is_busy(process: TerminalProcess, driver: PaymentTerminal, call: str) -> None:
    shop = Shop(driver)
    process.do(do="fault", call=call, fault="in-progress")
    if call == "cancel":
        shop.ask(call)
        return
    with pytest.raises((TerminalBusyError, TerminalLostError)):
        shop.ask(call)


@pytest.mark.parametrize("call", ["collect", "ask", "refund", "void"])
def test_a_reply_that_comes_twice_is_read_once(
    process: TerminalProcess, driver: PaymentTerminal, call: str
) -> None:
    shop = Shop(driver)
    process.do(do="fault", call=call, fault="twice")
    assert shop.ask(call).status is TerminalStatus.APPROVED


@pytest.mark.parametrize(
    ("fault", "field", "stated"),
    [
        ("other-order", "order_id", "another-order"),
        ("wrong-amount", "amount", Money(14_000, "EUR")),
        ("other-currency", "amount", Money(12_900, "XTS")),
    ],
)
@pytest.mark.parametrize("call", ["collect", "ask", "refund"])
def test_a_reply_states_what_the_terminal_says_and_not_what_was_asked(
    process: TerminalProcess, driver: PaymentTerminal, call: str, fault: str, field: str, stated: object
) -> None:
    shop = Shop(driver)
    process.do(do="fault", call=call, fault=fault)
    assert getattr(shop.ask(call), field) == stated


def test_a_fault_is_planned_for_some_requests_and_cleared(
    process: TerminalProcess, driver: PaymentTerminal
) -> None:
    shop = Shop(driver)
    process.do(do="fault", call="ask", fault="reply-lost", times=2)
    for _ in range(2):
        with pytest.raises(TerminalLostError):
            shop.ask("ask")
    assert shop.ask("ask").status is TerminalStatus.APPROVED
    process.do(do="fault", call="ask", fault="reply-lost", times=100)
    process.do(do="no-faults")
    assert shop.ask("ask").status is TerminalStatus.APPROVED


def test_after_a_restart_without_its_journal_not_found_is_no_answer(
    process: TerminalProcess, driver: PaymentTerminal
) -> None:
    shop = Shop(driver)
    process.do(do="forget")
    lost = shop.ask("ask")
    assert (lost.status, lost.book_lost) == (TerminalStatus.NOT_FOUND, True)
    unknown = Presented(new_key(), "o1", PRICE, driver.create(Charge("K", "o1", PRICE)))
    never = driver.query(unknown)
    assert (never.status, never.book_lost) == (TerminalStatus.NOT_FOUND, False)
    assert shop.ask("refund").status is TerminalStatus.APPROVED, "the bank knows the charge by its number"


@pytest.mark.parametrize(
    "order",
    [
        {"call": "dance", "fault": "late"},
        {"call": "ask", "fault": "dance"},
        {"call": "ask", "fault": "late", "late_s": 601},
        {"call": "ask", "fault": "late", "times": 0},
        {"call": "ask", "fault": "late", "times": "many"},
        {},
    ],
)
def test_a_wrong_order_is_refused_with_a_reason(process: TerminalProcess, order: dict[str, object]) -> None:
    found = process.do(do="fault", **order)
    assert (found["ok"], bool(found["error"])) == (False, True)


def test_serial_and_capabilities_are_in_the_address(process: TerminalProcess) -> None:
    driver = open_terminal(f"{process.uri}?serial=V400-7&without=void,capture")
    can = driver.capabilities
    assert (driver.identity, can.void, can.capture, can.stored_means) == ("sim:V400-7", False, False, True)
    driver.close()
