"""Promotions as a shopper meets them: a mirror's shell and a store over real HTTP, from the hanger to the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from hardware.ports import CardKind, CardTap, LabelRefused
from hardware.rooms.changes import TagArrived
from kiosk.clock import now_us
from kiosk.core.domain.ids import PieceId, RoomId
from kiosk.core.scene.scene import Notice, Scene
from kiosk.core.visit.events import Event, ShopDescribed
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import AllPiecesChosen, BasketToggled, Destination, PageOpened, PaymentRequested
from kiosk.mirror.effect_runner import EffectRunner
from kiosk.mirror.event_stream import StoreEventStream
from kiosk.mirror.shell import Shell
from kiosk.mirror.store_client import StoreClient
from kiosk.store.lifecycle import Store
from tests.kiosk.mirror.mirror_rig import Seen
from tests.kiosk.store.http_clients import mirror_token
from tests.kiosk.store.payments.payment_steps import CLARA, COAT
from tests.kiosk.store.payments.pricing.test_coupons import TEN
from tests.kiosk.store.payments.pricing.test_promotions_over_http import PROMOTIONS, SHIRTS, write
from tests.kiosk.store.sample_shop import START_US, InProcessTerminal, sample_store, served, settings_in
from tests.kiosk.store.shop_cards import key_file, link
from tests.optional_values import present


@dataclass
class Room:
    """Room 1: its mirror's shell, what it shows, the store and the terminal."""

    store: Store
    terminal: InProcessTerminal
    shell: Shell
    seen: Seen

    def carry(self, *pieces: PieceId) -> None:
        for piece in pieces:
            self.store.service.floor.rooms_changed([TagArrived("1", piece, True, 0.99, START_US)])
        self.seen.until(lambda scene: len(scene.pieces) >= len(pieces))

    def touch(self, *touches: Event) -> None:
        for each in touches:
            self.shell.post(replace(each, at_us=now_us()))

    def until(self, total: str) -> Scene:
        """The scene once the basket costs that."""
        return self.seen.until(lambda scene: scene.basket.total == total)

    def at_the_terminal(self, total: str) -> Scene:
        """The pay page with that total, once the terminal waits for a card."""
        return self.seen.until(
            lambda s: (
                s.page is Page.PAY
                and s.pay is not None
                and s.pay.stage is PayStage.TAP
                and s.pay.total == total
            )
        )


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    terminal = InProcessTerminal()
    settings = settings_in(tmp_path, keys=key_file(tmp_path))
    write(present(settings.feeds), *PROMOTIONS, TEN)
    settings = replace(settings, timeouts=replace(settings.timeouts, first_query_us=1000))
    with ExitStack() as open_:
        store = open_.enter_context(sample_store(settings, now_us, terminal))
        client = StoreClient(open_.enter_context(served(store)), "1", mirror_token(settings.state, "1"))
        open_.callback(client.close)
        seen = Seen()

        def tell(*events: Event) -> None:
            for event in events:
                shell.post(event)

        effects = EffectRunner(client, tell, now_us)
        shell = Shell(
            Visit(RoomId("1"), "boot"), now_us=now_us, show=seen.show, wipe=seen.wipe, run=effects.run
        )
        stream = StoreEventStream(client, shell.post_message, shell.present)
        shell.start()
        stream.start()
        for thing in (effects, shell, stream):
            open_.callback(thing.close)
        shell.post(ShopDescribed(now_us(), "Ostrevane", "en", ("en", "de"), "EUR"))
        yield Room(store, terminal, shell, seen)


def reasons(scene: Scene) -> list[Any]:
    return [(line.price, line.price_before, line.reasons) for line in scene.basket.lines if line.taken]


def test_three_shirts_cost_two_on_every_page_and_on_the_receipt(room: Room) -> None:
    pieces = [piece for piece, _ in SHIRTS]
    room.carry(*pieces)
    room.touch(PageOpened(0, Destination.BASKET), AllPiecesChosen(0))
    scene = room.until("€258")
    assert reasons(scene) == [("€86", "€129", ("3 for 2",))] * 3
    assert scene.basket.saved == "€129"
    room.touch(BasketToggled(0, pieces[0]))
    assert reasons(room.seen.until(lambda s: s.basket.count == 2)) == [
        ("€129", "", ()), ("€129", "", ()),
    ]  # fmt: skip
    room.touch(BasketToggled(0, pieces[0]), PaymentRequested(0))
    scene = room.at_the_terminal("€258")
    assert present(scene.pay).discounts == ("3 for 2",)
    assert present(scene.pay).discount_amounts == ("-€129",)
    room.terminal.tap()
    scene = room.seen.until(lambda s: s.page is Page.RECEIPT)
    assert present(scene.receipt).total == "€258"


def test_a_coupon_and_a_card_at_the_mirror_lower_what_is_shown_and_charged(room: Room) -> None:
    room.carry(COAT[0])
    room.touch(PageOpened(0, Destination.BASKET), AllPiecesChosen(0))
    room.until("€980")
    room.shell.post_label(LabelRefused("scanner", "no label by GS1", now_us(), "TEN-2026"))
    scene = room.until("€970")
    assert reasons(scene) == [("€970", "€980", ("Your voucher",))]
    room.seen.until(lambda s: s.notice is Notice.COUPON)
    room.touch(PaymentRequested(0))
    room.at_the_terminal("€970")
    # her card is read while the terminal waits: her price is lower, and the terminal gets that
    room.shell.post_card(CardTap("pad", CardKind.NTAG424, CLARA, link(CLARA, 5), now_us()))
    scene = room.seen.until(lambda s: s.pay is not None and s.pay.total == "899\N{NO-BREAK SPACE}€")
    assert present(scene.pay).discounts == ("Mitgliederpreis",), "in her language"
    assert sum(room.terminal.collected()) == 0
