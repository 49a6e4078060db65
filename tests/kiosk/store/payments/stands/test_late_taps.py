"""A tap that reaches the store after the stand has asked what became of it is not shown as refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.stands.late_request import LateRequest
from tests.kiosk.store.payments.stands.stand_rigs import PATIENCE_S, config_of, ring, shows, simulated_reader
from tests.kiosk.store.payments.stands.test_stand_reader import running
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock


@pytest.fixture
def proxy(url: str) -> Iterator[LateRequest]:
    """Between stand and store."""
    found = LateRequest(url)
    yield found
    found.close()


def test_it_is_paid_and_nothing_else_was_shown(
    proxy: LateRequest, settings: StoreSettings, clock: ManualClock, terminal: InProcessTerminal
) -> None:
    with simulated_reader() as pads, running(config_of(proxy.url, settings, pads.uri())):
        pads.pad().lay(ring())
        assert shows(pads, "done")
        assert proxy.seen.wait(PATIENCE_S)
        pads.pad().lift()
        clock.pass_s(60)
        # the last request of a tap is the one that buys
        proxy.hold = 2 * proxy.posts
        pads.pad().lay(ring())
        assert shows(pads, "done")
        assert proxy.delivered.is_set()
        assert "refused" not in pads.pad().signs()
    assert terminal.collected() == [1, 1]
