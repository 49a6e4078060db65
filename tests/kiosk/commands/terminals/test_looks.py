"""What a probe of a terminal becomes for a technician: a finding for each thing, each with what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.commands.doctor.finding import State
from kiosk.commands.terminals.looks import findings, look
from kiosk.config.store import Terminal
from kiosk.connectors.payments.attended import AttendedTerminal
from kiosk.connectors.payments.port import ProbeFinding, TerminalMode, TerminalProbe
from tests.kiosk.store.payments.in_process_terminal import InProcessTerminal
from tests.kiosk.store.terminal_process import terminal_process

KEY_REFUSED = ProbeFinding("the key is refused", "make a new key")


@pytest.mark.parametrize(
    ("probe", "states", "said"),
    [
        (TerminalProbe(reachable=False), ["bad"], "does not answer"),
        (TerminalProbe(reachable=False, findings=(KEY_REFUSED,)), ["bad"], "the key is refused"),
        (TerminalProbe(reachable=True, paired=False), ["bad"], "does not take the keys"),
        (TerminalProbe(reachable=True, paired=False, findings=(KEY_REFUSED,)), ["bad"], "the key is refused"),
        (TerminalProbe(reachable=True, mode=TerminalMode.LIVE), ["good"], "charges real cards"),
        (TerminalProbe(reachable=True, mode=TerminalMode.TEST), ["good", "note"], "answers"),
        (TerminalProbe(reachable=True, clock_difference_s=-90.0), ["good", "bad"], "answers"),
        (TerminalProbe(reachable=True, clock_difference_s=59.0), ["good"], "answers"),
        (TerminalProbe(reachable=True, certificate="until 2030-01-01"), ["good", "good"], "answers"),
        (
            TerminalProbe(reachable=True, model="V400m", serial="324688179"),
            ["good"],
            "serial number 324688179",
        ),
    ],
)
def test_each_thing_of_a_probe_is_a_finding(probe: TerminalProbe, states: list[str], said: str) -> None:
    found = list(findings("terminal till", InProcessTerminal(), probe))
    assert [one.state.value for one in found] == states
    assert said in found[0].found
    assert all(one.advice for one in found if one.state is State.BAD)


def test_a_terminal_is_tried_and_what_is_wrong_has_advice(
    free_port: Callable[[], int], tmp_path: Path
) -> None:
    with terminal_process() as process:
        tried = list(look(Terminal(name="till", uri=process.uri)))
    assert [one.state for one in tried] == [State.GOOD, State.NOTE]
    assert "simulated" in tried[0].found
    away = list(look(Terminal(name="till", uri=f"sim://127.0.0.1:{free_port()}")))
    assert (away[0].state, bool(away[0].advice)) == (State.BAD, True)
    keys = tmp_path / "keys"
    keys.write_text("x: 1")
    keys.chmod(0o644)
    wrong = list(look(Terminal(name="till", uri="nexo://192.0.2.7/V400m-1", key_file=keys)))
    assert (wrong[0].state, "chmod 600" in wrong[0].found) == (State.BAD, True)


def test_two_names_for_one_device_are_found_by_its_serial_number() -> None:
    with terminal_process() as process:
        port = process.uri.rpartition(":")[2]
        devices: dict[str, str] = {}
        first = list(look(Terminal(name="till", uri=process.uri), devices))
        second = list(look(Terminal(name="other", uri=f"sim://localhost:{port}"), devices))
    assert State.BAD not in [one.state for one in first]
    assert [one.found for one in second if one.state is State.BAD] == [
        f"it is the same device as terminal till (serial number SIM-{port})"
    ]


def test_an_associates_terminal_needs_no_connection() -> None:
    found = list(look(Terminal(name="desk", uri="attended://desk")))
    assert [one.state for one in found] == [State.GOOD, State.NOTE]


class Broken(AttendedTerminal):
    """A driver whose probe raises, against the port's promise."""

    def probe(self) -> TerminalProbe:
        raise ZeroDivisionError


def test_planted_a_driver_that_fails_is_a_finding_and_not_the_end() -> None:
    from kiosk.commands.terminals.looks import _probed

    found = list(findings("terminal till", Broken("desk"), _probed(Broken("desk"))))
    assert [one.state for one in found] == [State.BAD]
    assert "ZeroDivisionError" in found[0].found
