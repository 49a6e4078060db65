"""Terminals of the configuration, and payments that are resumed together."""

from __future__ import annotations

import pytest

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.visit.effects import PriceOrder
from kiosk.store.lifecycle import Store
from kiosk.store.payments.terminals.configured import open_terminals
from kiosk.store.settings import TerminalSettings
from tests.kiosk.store.payments.payment_steps import SHIRT, TICKET


def test_a_terminal_that_cannot_be_used_is_left_out_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    configured = (TerminalSettings("till", "sim://127.0.0.1:9"), TerminalSettings("other", "bank://x"))
    opened = open_terminals(configured)
    assert list(opened) == ["till"]
    assert "terminal other cannot be used: no driver for bank://" in caplog.text
    opened["till"].close()


def test_a_second_name_for_one_terminal_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    configured = (
        TerminalSettings("till", "sim://127.0.0.1:9?serial=S1"),
        TerminalSettings("other", "sim://localhost:10?serial=s1"),
    )
    opened = open_terminals(configured)
    assert list(opened) == ["till"]
    assert "terminal other is left out: it is the terminal till already" in caplog.text
    opened["till"].close()


def test_open_payments_of_the_last_run_are_counted_in_the_log(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    order = store.service.price_order("1", PriceOrder(TICKET, OrderId("o1"), (SHIRT,), None))  # type: ignore[arg-type]
    attempt = Attempt("KEY0000001", order.order_id, PaymentMeans.TERMINAL, order.total, changed_us=1)
    store.payments.book.put_key(attempt, 1)
    store.payments.resume()
    assert "1 payment(s) were open when the store stopped" in caplog.text
    known = store.payments.book.attempt("KEY0000001")
    assert known is not None
    assert known.state in (PaymentState.UNSURE, PaymentState.ABANDONED)
