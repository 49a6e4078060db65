"""A technician lists the terminals, tries one, and makes a test purchase that is given back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event

import pytest

from kiosk.connectors.payments.port import Capabilities
from kiosk.connectors.payments.sim import CAPABILITIES
from kiosk.store.errors import NotFoundError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.terminals.terminal_desk import TerminalDesk, TrialPurchase
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import associate
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build, served

WITHOUT_VOID = replace(CAPABILITIES, void=False)
DEAR = replace(CAPABILITIES, minimum_minor={"EUR": 50})


@contextmanager
def opened(settings: StoreSettings, clock: ManualClock, terminal: InProcessTerminal) -> Iterator[Store]:
    with build(settings, clock, {"till": terminal}) as store:
        yield store


def until(desk: TerminalDesk, test: TrialPurchase, true: Callable[[TrialPurchase], bool]) -> TrialPurchase:
    for _ in range(2000):
        if true(test):
            return test
        Event().wait(0.005)
        test = desk.test(test.order_id)
    raise AssertionError(test)


@pytest.mark.parametrize(
    "capabilities", [CAPABILITIES, WITHOUT_VOID, DEAR], ids=["void", "refund", "minimum"]
)
def test_a_test_purchase_is_given_back_and_sells_nothing(
    settings: StoreSettings, clock: ManualClock, capabilities: Capabilities
) -> None:
    terminal = InProcessTerminal(capabilities=capabilities)
    with opened(settings, clock, terminal) as store:
        desk = store.payments.terminal_desk
        begun = desk.begin_test("till", "a command")
        assert begun.amount.minor == (50 if capabilities is DEAR else 100)
        terminal.tap()
        ended = until(desk, begun, lambda test: test.ended)
        assert (ended.state, ended.reversed) == ("reversed", True)
        assert (terminal.approved(), terminal.book.taken()) == ([begun.amount.minor], 0)
        assert store.payments.book.receipt(begun.order_id) is None
        assert store.service.desk.unsettled() == ()


def test_a_test_that_is_declined_stopped_or_not_possible_says_so(
    settings: StoreSettings, clock: ManualClock, terminal: InProcessTerminal
) -> None:
    with opened(settings, clock, terminal) as store:
        desk = store.payments.terminal_desk
        begun = desk.begin_test("till", "a command")
        terminal.tap(good=False)
        assert until(desk, begun, lambda test: test.ended).why == "declined"
        begun = desk.begin_test("till", "a command")
        until(desk, begun, lambda test: test.state == "sent")
        assert desk.begin_test("till", "a command").why == "busy"
        desk.cancel_test(begun.order_id)
        assert until(desk, begun, lambda test: test.ended).state == "abandoned"
        assert terminal.book.taken() == 0
        for wrong in ("o1", "test-0"):
            with pytest.raises(NotFoundError):
                desk.test(type(begun.order_id)(wrong))
        with pytest.raises(NotFoundError, match="known: till"):
            desk.begin_test("desk", "a command")


def test_a_manager_uses_it_over_http_and_an_associate_may_not(
    settings: StoreSettings, clock: ManualClock, terminal: InProcessTerminal
) -> None:
    with opened(settings, clock, terminal) as store, served(store) as url:
        with associate(url, "m-mei", "920713") as mei:
            assert mei.ask("GET", "/api/v1/terminals")[1]["terminals"][0]["identity"] == "in-process:till"
            assert mei.ask("POST", "/api/v1/terminals/till/probe")[1]["probe"]["reachable"]
            assert mei.ask("POST", "/api/v1/terminals/none/probe")[0] == 404
            status, body = mei.ask("POST", "/api/v1/terminals/till/test")
            assert status == 202
            path = f"/api/v1/terminals/tests/{body['test']['order_id']}"
            assert mei.ask("GET", path)[0] == 200
            assert mei.ask("DELETE", path)[0] == 202
        with associate(url, "a-ines", "4711") as ines:
            assert ines.ask("POST", "/api/v1/terminals/till/test")[0] == 403
