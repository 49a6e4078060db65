"""Supervision of a connection: endless attempts, capped back-off, one report for each loss and each connection."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import ConnectionLostError
from hardware.supervise import Backoff, run_supervised


@given(st.floats(0.001, 10), st.floats(0.001, 60), st.floats(1, 10), st.integers(1, 10**9))
def test_the_delay_never_exceeds_its_cap(first: float, cap: float, factor: float, failures: int) -> None:
    assert 0 < Backoff(first, cap, factor).delay_s(failures) <= cap


def test_the_delay_doubles_up_to_its_cap() -> None:
    pauses = [Backoff(0.1, 1.0, 2.0).delay_s(n) for n in range(1, 7)]
    assert pauses == [0.1, 0.2, 0.4, 0.8, 1.0, 1.0]


class ScriptedConnection:
    """A list of attempts, "up" or an error; records the reports and the delays."""

    def __init__(self, *attempts: str) -> None:
        self.attempts = list(attempts)
        self.reports: list[str] = []
        self.delays: list[float] = []

    def attempt(self, on_connected: Callable[[], None]) -> None:
        if not self.attempts:
            return
        how = self.attempts.pop(0)
        if how.startswith("up"):
            on_connected()
        raise (OSError(111, "Connection refused") if how == "refused" else ConnectionLostError(how))

    def wait(self, seconds: float) -> bool:
        self.delays.append(seconds)
        return False

    def run(self) -> list[str]:
        run_supervised(
            "entrance",
            self.attempt,
            up=lambda: self.reports.append("up"),
            down=lambda why: self.reports.append(f"down: {why}"),
            wait=self.wait,
            backoff=Backoff(0.1, 0.4),
        )
        return self.reports


def test_one_report_for_each_loss_and_each_connection() -> None:
    connection = ScriptedConnection(
        "refused", "refused", "refused", "up, then silent", "refused", "up again, then silent"
    )
    assert connection.run() == [
        "down: connection refused",
        "up",
        "down: up, then silent",
        "up",
        "down: up again, then silent",
    ]
    # after a connection the delays start again
    assert connection.delays == [0.1, 0.2, 0.4, 0.1, 0.2, 0.1]


def test_one_log_line_for_each_loss_and_each_connection(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "hardware"):
        ScriptedConnection("refused", "refused", "up, then silent").run()
    assert [record.getMessage() for record in caplog.records] == [
        "reader entrance is not connected: connection refused",
        "reader entrance is connected",
        "reader entrance is not connected: up, then silent",
    ]


def test_the_wait_can_end_the_loop() -> None:
    connection = ScriptedConnection("refused", "refused")
    run_supervised("x", connection.attempt, up=lambda: None, down=lambda _: None, wait=lambda _: True)
    assert connection.attempts == ["refused"]


def test_programming_errors_are_not_hidden() -> None:
    def broken(_: Callable[[], None]) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_supervised("x", broken, up=lambda: None, down=lambda _: None, wait=lambda _: False)
