"""A stand's real process is killed between the request of a tap and its reply: the tap is charged once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import mirror_token
from tests.kiosk.store.payments.stands.stand_process import HeldReply, StandProcess
from tests.kiosk.store.payments.stands.stand_rigs import PATIENCE_S, ring, shows, simulated_reader
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock

TRIES = 5


@pytest.fixture
def proxy(url: str) -> Iterator[HeldReply]:
    """Between stand and store; it keeps back the first answer that names an order."""
    found = HeldReply(url, b'"order_id":"stand-')
    yield found
    found.close()


@pytest.mark.timeout(300)
def test_charged_once(
    proxy: HeldReply, settings: StoreSettings, store: Store, terminal: InProcessTerminal, clock: ManualClock,
    tmp_path: Path,
) -> None:  # fmt: skip
    with simulated_reader() as pads:
        token = mirror_token(settings.state, "coat")
        stand = StandProcess(tmp_path, token, store=proxy.url, cards=pads.uri())
        try:
            stand.start()
            for _ in range(TRIES):  # a store on a busy machine does not answer each tap in time
                pads.pad().lift()
                pads.pad().lay(ring())
                if proxy.kept.wait(PATIENCE_S / TRIES):
                    break
            assert proxy.kept.is_set(), "the store has answered, and the stand does not know it"
            stand.kill()
            assert pads.pad().signs() == []
            pads.pad().lift()
            until(store, lambda: terminal.collected() == [1])
            proxy.keeping = False
            stand.start()
            pads.pad().lay(ring())
            assert shows(pads, "done")
            assert terminal.collected() == [1], "the second tap belongs to the purchase of the first one"
            # the planted fault: after the time of repetition a further tap is a new purchase, and is counted as one
            for _ in range(TRIES):
                clock.pass_s(60)
                pads.pad().lift()
                pads.pad().lay(ring())
                assert shows(pads, "done")
                if terminal.collected() == [1, 1]:
                    break
            assert terminal.collected() == [1, 1]
            assert stand.end() == 0
        finally:
            stand.close()
