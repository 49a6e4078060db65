"""Whether terminals can be reached: asked for one after the other, those in a payment left alone."""

from __future__ import annotations

from kiosk.store.fleet.terminal_watch import TerminalHealth, TerminalWatch
from tests.kiosk.store.payments.in_process_terminal import InProcessTerminal


def test_a_terminal_is_asked_unless_a_payment_occupies_it() -> None:
    till, occupied = InProcessTerminal(), set[str]()
    watch = TerminalWatch({"till": till}, occupied.__contains__, lambda: 7)
    assert watch.health() == {"till": TerminalHealth()}
    occupied.add(till.identity)
    watch.look()
    assert watch.health() == {"till": TerminalHealth()}, "not asked"
    occupied.clear()
    watch.look()
    assert watch.health()["till"].asked_us == 7
    watch.close()
