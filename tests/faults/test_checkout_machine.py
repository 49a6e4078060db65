"""Checkout with terminals that change, forget, fail, answer late or for another, and cancels that get lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kiosk.connectors.payments.port import PaymentTerminal
from kiosk.core.domain.terminal_events import Cancelled, Forgotten, TerminalEvent
from kiosk.store.lifecycle import Store
from tests.faults.checkout_machine import STEPS, CheckoutMachine

ROW_1 = ["collect", "deaf", "next-shopper", "collect", "tap", "hear", "tap"]
"""Anna's cancel is lost for a moment when her visit ends; then Bea pays."""
ROW_2 = ["collect", "lose", "silence", "tap", "swap", "collect", "tap"]
"""Charged at A, the answer is lost; the configuration names B."""
ROW_3 = ["collect", "lose", "silence", "tap", "forget", "speak", "collect", "tap"]
"""Charged, the answer is lost, the terminal restarts with an empty book."""


def walks(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Runs a test on that many random sequences of steps."""
    play = settings(
        max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    return lambda test: play(given(st.lists(st.sampled_from(STEPS), min_size=2, max_size=14))(test))


@walks(1)
@example(steps=ROW_1)
@example(steps=ROW_2)
@example(steps=ROW_3)
def test_nobody_is_charged_twice_no_stranger_pays_and_nothing_hangs_unseen(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    assert CheckoutMachine(tmp_path_factory.mktemp("walk")).play(steps) == []


@pytest.mark.full
@pytest.mark.timeout(3600)
@walks(300)
def test_in_any_order_of_troubles_at_length(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    assert CheckoutMachine(tmp_path_factory.mktemp("walk")).play(steps) == []


def cancels_once(store: Store) -> None:
    """A wish that is not repeated, of a terminal that is offered all the same."""
    collector: Any = store.payments.collector
    collector._transactions.cancel_of = lambda _: None
    collector._occupancy.holder = lambda *_: None
    collector._occupancy.claim = lambda *_: True


def believes_not_found(store: Store) -> None:
    """A "never heard of it" ends what the terminal had taken up."""
    worker: Any = store.payments.collector.worker
    good = worker._event

    def gullible(*given: Any) -> TerminalEvent:
        event: TerminalEvent = good(*given)
        return Cancelled(event.at_us) if isinstance(event, Forgotten) else event

    worker._event = gullible


class ByName:
    """Finds the terminal by what the configuration names now, whatever is journaled."""

    def __init__(self, drivers: Mapping[str, PaymentTerminal]) -> None:
        self._drivers = drivers

    def find(self, *_: str) -> PaymentTerminal:
        return self._drivers["till"]


def forgets_the_terminal(store: Store) -> None:
    """Another terminal is asked about an attempt, and believed."""
    believes_not_found(store)
    store.payments.collector.worker._terminals = ByName(store.payments.terminals.drivers)  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("steps", "fault", "found"),
    [
        (ROW_1, cancels_once, "pays order-anna"),
        (ROW_2, forgets_the_terminal, "no task"),
        (ROW_3, believes_not_found, "no task"),
    ],
)
def test_planted_fault_is_caught(
    tmp_path: Path, steps: list[str], fault: Callable[[Store], None], found: str
) -> None:
    wrong = CheckoutMachine(tmp_path, fault).play(steps)
    assert any(found in one for one in wrong), wrong
