"""Supervision of a connection: endless attempts, capped back-off, one report for each loss and each connection."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import ConnectionLostError
from hardware.supervision.supervise import SETTLED_S, Backoff, run_supervised


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
        self.others: list[str] = []
        """Reasons of a loss that came after the first."""
        self.delays: list[float] = []
        self.now = 0.0

    def attempt(self, on_connected: Callable[[], None]) -> None:
        if not self.attempts:
            return
        how = self.attempts.pop(0)
        if how.startswith("up"):
            on_connected()
            self.now += 0.1 if "short" in how else SETTLED_S
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
            still=self.still,
            wait=self.wait,
            backoff=Backoff(0.1, 0.4),
            clock=lambda: self.now,
        )
        return self.reports

    def still(self, why: str) -> None:
        self.others.append(why)


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


def test_other_reasons_of_a_loss_are_logged_once_each(caplog: pytest.LogCaptureFixture) -> None:
    """A reader that starts refuses connections, then says what it lacks. Numbers make no other reason."""
    with caplog.at_level(logging.INFO, "hardware"):
        slow = ("no answer for 2.2 s", "no answer for 2.3 s")
        many = (f"reason {letter}" for letter in "abcdefgh")
        ScriptedConnection("refused", *slow, "no region", "refused", "no region", *many).run()
    assert [record.getMessage() for record in caplog.records] == [
        "reader entrance is not connected: connection refused",
        "reader entrance is still not connected: no answer for 2.2 s",
        "reader entrance is still not connected: no region",
        "reader entrance is still not connected: reason a",
        "reader entrance is still not connected: reason b",
    ]


def test_the_wait_can_end_the_loop() -> None:
    connection = ScriptedConnection("refused", "refused")
    run_supervised("x", connection.attempt, up=lambda: None, down=lambda _: None, wait=lambda _: True)
    assert connection.attempts == ["refused"]


def test_short_connections_one_after_another_are_retried_more_and_more_slowly() -> None:
    connection = ScriptedConnection("up, short", "up, short", "up, short", "up, short", "up, then silent")
    connection.run()
    assert connection.delays == [0.1, 0.2, 0.4, 0.4, 0.1]


FAULTS = (
    UnicodeError("label too long"),
    RecursionError(),
    OverflowError("cannot convert float infinity to integer"),
    ValueError("cannot convert float NaN to integer"),
    MemoryError(),
    KeyError("antenna"),
    AssertionError(),
    SystemExit(2),
    GeneratorExit(),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
@pytest.mark.parametrize("place", ["attempt", "up", "down"])
def test_no_exception_ends_the_loop(
    fault: BaseException, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Each is raised three times, in the driver or in the receiver of its reports; then all works."""
    remaining, reports = [fault] * 3, list[str]()

    def report(what: str) -> None:
        reports.append(what)
        if what.partition(":")[0] == place and remaining:
            raise remaining.pop()

    def attempt(on_connected: Callable[[], None]) -> None:
        report("attempt")
        on_connected()
        if reports.count("attempt") < 6:
            raise ConnectionLostError("the cable")

    run_supervised(
        "x",
        attempt,
        up=lambda: report("up"),
        down=lambda why: report(f"down: {why}"),
        wait=lambda _: False,
        clock=lambda: 0.0,
    )
    assert reports.count("attempt") >= 6
    assert reports[-1] == "up"
    downs = [what for what in reports if what.startswith("down")]
    assert downs
    if place != "down":
        assert type(fault).__name__ in downs[0], "the reason names the kind of fault"
    tracebacks = [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR]
    assert len(tracebacks) == 1, "once for each kind"
    assert "test_supervise.py" in tracebacks[0]


def test_another_reason_of_a_loss_is_reported_whenever_it_changes() -> None:
    attempts = (
        "refused",
        "refused",
        "silent for 3 s",
        "silent for 5 s",
        "wrong password",
        "refused",
        "up",
        "refused",
    )
    script = ScriptedConnection(*attempts)
    assert script.run() == ["down: connection refused", "up", "down: up"]
    assert script.others == ["silent for 3 s", "wrong password", "connection refused", "connection refused"]


def test_a_fault_in_the_receiver_of_another_reason_ends_nothing() -> None:
    class Faulty(ScriptedConnection):
        def still(self, why: str) -> None:
            super().still(why)
            raise ValueError(why)

    script = Faulty("refused", "wrong password", "up")
    assert script.run() == ["down: connection refused", "up", "down: up"]
    assert script.others == ["wrong password"]


def test_a_faults_message_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    """It may quote what was read from a card."""

    read = "04A1" + "B2C3D4E580"

    def broken(_: Callable[[], None]) -> None:
        raise ValueError(read)

    reasons = list[str]()
    run_supervised("x", broken, up=lambda: None, down=reasons.append, wait=lambda _: True)
    assert "04A1" not in caplog.text + "".join(reasons)
    assert "broken" in caplog.text


def test_faults_of_different_places_are_logged_each(caplog: pytest.LogCaptureFixture) -> None:
    texts = ["", "0", "x", "0", ""]

    def broken(_: Callable[[], None]) -> None:
        raise ZeroDivisionError(int(texts.pop()))

    run_supervised("x", broken, up=lambda: None, down=lambda _: None, wait=lambda _: len(texts) == 1)
    errors = [r.getMessage().partition(" in ")[0] for r in caplog.records if r.levelno == logging.ERROR]
    assert [error.rpartition(" ")[2] for error in errors] == ["ValueError", "ZeroDivisionError"]
