"""The state of a purchase that is asked for while the tap is still worked on: never refused and charged."""

from __future__ import annotations

from threading import Thread

import pytest

from kiosk.clock import Clocks
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.sales.stand import StandAnswer, StandSign
from kiosk.store.lifecycle import Store
from kiosk.store.payments.spending_limit import SpendingLimit
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.stands.sales_rigs import COAT_STAND, SalesRig
from tests.kiosk.store.sample_shop import ManualClock

ORDER = OrderId("stand-tap-meanwhile")


class _Asking(SpendingLimit):
    """Between the order and its key, another request asks for it. `planted`: without waiting for the lock."""

    rig: SalesRig
    planted = False

    def refusal(self, uid_mac: str, amount: Money) -> str:
        self.answers: list[StandAnswer] = []
        self.asking = Thread(target=self._ask)
        if self.planted:  # by the thread that has the lock
            self._ask()
        self.asking.start()
        return super().refusal(uid_mac, amount)

    def _ask(self) -> None:
        self.answers.append(self.rig.sales.state(COAT_STAND, ORDER))


@pytest.mark.parametrize("planted", [False, True])
def test_it_is_not_shown_as_refused(
    store: Store, settings: StoreSettings, clock: ManualClock, planted: bool
) -> None:
    limit = _Asking(store.service.customers.book, store.payments.book, None, "Europe/Vienna", clock)
    rig = SalesRig(store, settings, Clocks(clock, clock), limit=limit)
    limit.rig, limit.planted = rig, planted
    rig.paid(rig.tap("tap-meanwhile"))
    limit.asking.join()
    assert (limit.answers[0].sign is StandSign.REFUSED) is planted
