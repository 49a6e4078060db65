"""A tap that the store cannot work on at the moment, because its database is being written, is sent again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count
from typing import Any

import psycopg
import pytest

from hardware.ports import CardKind
from kiosk.core.domain.ids import Ticket
from kiosk.core.domain.sales.stand import StandAnswer, StandSign
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.core.visit.events import CardTapped
from kiosk.mirror.device_states import DeviceWatch
from kiosk.mirror.stand_client import StandClient
from kiosk.mirror.stand_reader import StandReader
from kiosk.mirror.store_client import StoreBusyError, StoreClient, StoreUnreachableError
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import mirror_token
from tests.kiosk.store.payments.payment_steps import CLARA
from tests.kiosk.store.payments.stands.test_waiting_taps import LinkReader
from tests.kiosk.store.sample_shop import InProcessTerminal
from tests.kiosk.store.shop_cards import link

HELD = 3


def another_writer(store: Store) -> Any:
    """A connection of another program that has changed the table of the cards and not committed yet."""
    if not store.settings.database:
        found: Any = sqlite3.connect(store.settings.state / "store.db", isolation_level=None)
        found.execute("begin immediate")
    else:
        found = psycopg.connect(store.settings.database)
        found.execute("lock table credential in exclusive mode")
    return found


class _Held(StandClient):
    """Another program writes to the database until this many taps were sent."""

    def __init__(self, client: StoreClient, writer: Any) -> None:
        super().__init__(client, "coat")
        self._writer, self.sent = writer, 0

    def tap(self, question: IdentifyShopper) -> StandAnswer:
        self.sent += 1
        if self.sent == HELD + 1:
            self._writer.rollback()
        return super().tap(question)


class _NotToldApart(_Held):
    """The planted fault: it does not matter whether the store has answered."""

    def tap(self, question: IdentifyShopper) -> StandAnswer:
        try:
            return super().tap(question)
        except StoreBusyError as error:
            raise StoreUnreachableError(str(error)) from None


@pytest.mark.parametrize(
    ("kind", "sign", "charged"), [(_Held, StandSign.PAID, [1]), (_NotToldApart, StandSign.UNSURE, [])]
)
def test_it_is_sent_again_until_the_database_is_free_and_charged_once(
    url: str, settings: StoreSettings, store: Store, terminal: InProcessTerminal,
    kind: type[_Held], sign: StandSign, charged: list[int],
) -> None:  # fmt: skip
    client, ticks = StoreClient(url, "coat", mirror_token(settings.state, "coat")), count()
    with closing(another_writer(store)) as writer:
        held, reader, shown = kind(client, writer), LinkReader(), list[StandSign]()
        stand = StandReader(
            reader, lambda _: reader.session(), held, shown.append, DeviceWatch(configured=True),
            lambda: next(ticks) / 10,
        )  # fmt: skip
        tap = CardTapped(1, CardKind.NTAG424.value, CLARA, link(CLARA, 1))
        assert stand.buy(IdentifyShopper(Ticket("tap-00000001"), tap)).sign is sign
    client.close()
    assert shown[-1] is sign
    assert held.sent == (HELD + 1 if charged else 1)
    assert terminal.collected() == charged
