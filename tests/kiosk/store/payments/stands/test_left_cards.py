"""A card that somebody has left on the reader of a stand buys nothing more, whatever the reader reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.ports import CardFact, CardReader, CardSession, CardTap
from hardware.sim.cards.pad import SimCardPad
from kiosk.clock import Clocks
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.sales.stand import StandSign
from kiosk.mirror.card_session import LastTapReader
from kiosk.mirror.device_states import DeviceWatch
from kiosk.mirror.stand_client import StandClient
from kiosk.mirror.stand_reader import StandReader
from kiosk.mirror.store_client import StoreClient
from kiosk.store.lifecycle import Store
from kiosk.store.payments.stands.earlier_taps import EarlierTaps
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import mirror_token
from tests.kiosk.store.payments.stands.sales_rigs import SalesRig
from tests.kiosk.store.payments.stands.stand_rigs import ring, simulated_reader
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock

FLICKERS = 12


class _FromShown(EarlierTaps):
    """The planted fault: the time of repetition is counted from the first sign alone."""

    def repeated(self, order_id: OrderId) -> None:
        del order_id


@pytest.mark.parametrize(("earlier", "bought"), [(EarlierTaps, 1), (_FromShown, 3)])
def test_a_card_that_is_found_anew_every_few_seconds_buys_once(
    store: Store, settings: StoreSettings, clock: ManualClock, earlier: type[EarlierTaps], bought: int
) -> None:
    rig = SalesRig(store, settings, Clocks(clock, clock), earlier=earlier)
    found = []
    for _ in range(FLICKERS):
        found.append(rig.shown(rig.tap()).order_id)
        clock.pass_s(4)
    assert len(set(found)) == bought


class _Unmarked:
    """The planted fault: nobody says that a card was there before."""

    def __init__(self, reader: CardReader) -> None:
        self._reader, self.name = reader, reader.name

    def start(self, post: Callable[[CardFact], None]) -> None:
        self._reader.start(
            lambda fact: post(replace(fact, was_there=False) if isinstance(fact, CardTap) else fact)
        )

    def close(self) -> None:
        self._reader.close()

    def session(self) -> CardSession:
        return self._reader.session()


@contextmanager
def reader_of(
    url: str, settings: StoreSettings, pads: SimCardPad, *, marked: bool
) -> Iterator[list[StandSign]]:
    """The program of the stand; the signs that it shows."""
    opened, signs = open_card_reader(pads.uri(), "stand"), list[StandSign]()
    taps = LastTapReader(opened if marked else _Unmarked(opened))
    client = StoreClient(url, "coat", mirror_token(settings.state, "coat"))
    stand = StandReader(
        taps, taps.session_for, StandClient(client, "coat"), signs.append, DeviceWatch(configured=True)
    )
    stand.start()
    try:
        yield signs
    finally:
        stand.close()
        client.close()


@pytest.mark.parametrize(("marked", "charged"), [(True, [1]), (False, [1, 1])])
def test_a_card_on_the_reader_buys_nothing_when_the_program_starts_again(
    url: str, settings: StoreSettings, store: Store, terminal: InProcessTerminal, clock: ManualClock,
    marked: bool, charged: list[int],
) -> None:  # fmt: skip
    with simulated_reader() as pads:
        with reader_of(url, settings, pads, marked=marked) as signs:
            pads.pad().lay(ring())
            until(store, lambda: StandSign.PAID in signs)
        clock.pass_s(60)
        with reader_of(url, settings, pads, marked=marked) as signs:
            until(store, lambda: marked or StandSign.PAID in signs)
            pads.pad().lay(ring(master=bytes(16)))
            until(store, lambda: StandSign.REFUSED in signs)
        assert (StandSign.PAID in signs) != marked
    assert terminal.collected() == charged
