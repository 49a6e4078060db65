"""A name server that hangs, as without a network: no call of a driver waits for it."""

from __future__ import annotations

from threading import Event

import pytest

from kiosk.connectors.payments.nexo.driver import NexoTerminal, Waits
from kiosk.connectors.payments.port import TerminalLostError
from tests.kiosk.connectors.payments.nexo.conftest import WAIT_S, Counter, charge, presented


def test_no_call_waits_for_a_name_server_that_hangs(counter: Counter) -> None:
    hang = Event()

    def resolve(host: str, port: int) -> list[str]:
        hang.wait(WAIT_S)
        return [host]

    driver = NexoTerminal(counter.driver._line, Waits(connect=0.1), resolve)
    for call in (
        lambda: driver.present(charge(), "", Event().set, WAIT_S),
        lambda: driver.query(presented(charge())),
        lambda: driver.cancel(presented(charge())),
    ):
        with pytest.raises(TerminalLostError, match="finds no address"):
            call()
    assert "finds no address" in driver.probe().findings[0].what
    hang.set()
    driver.close()
