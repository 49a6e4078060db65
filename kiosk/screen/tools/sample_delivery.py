"""Scenes of the page of the ways, and of the pay page with what is promised."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.promise.values import DeliveryWay
from kiosk.core.scene.delivery_cards import DeliveryCard, DeliveryLineCard, WayCard, ZoneCard
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.service_cards import PayCard
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.screen.tools.sample_texts import SIZES, picture_path, texts_of
from kiosk.screen.tools.sample_wardrobe import total_of, wardrobe

_ORDER = tuple(DeliveryWay)


def way_card(language: str, way: DeliveryWay, count: int, of: int, *, member: bool = False) -> WayCard:
    """A way with an invented day and fee."""
    later = {
        DeliveryWay.SEND: (4 if member else 2, 590),
        DeliveryWay.COLLECT: (1, 0),
        DeliveryWay.BAG: (0, 0),
    }
    ahead, fee = later.get(way, (-1, 0))
    return WayCard(
        way, count, count == of, Money(fee, "EUR").formatted(language) if fee else "", ahead,
        (ahead + 1) % 7, 1 + ahead, 12, member, 130 if way is DeliveryWay.SEND else 0,
    )  # fmt: skip


def _line(language: str, n: int, way: DeliveryWay) -> DeliveryLineCard:
    name, colour, _ = texts_of(language, n)
    after = _ORDER[(_ORDER.index(way) + 1) % len(_ORDER)]
    return DeliveryLineCard(PieceId(f"p{n}"), name, SIZES[n], colour, picture_path(n), way, after)


def delivery_scenes(language: str) -> dict[str, Scene]:
    """One way for all, each its own, zones to choose from, and a store that does not answer."""

    def page(*ways: DeliveryWay, member: bool = False) -> Scene:
        scene = wardrobe(language, len(ways), len(ways), page=Page.DELIVERY, can_go_back=True)
        cards = tuple(way_card(language, way, ways.count(way), len(ways), member=member) for way in _ORDER)
        lines = tuple(_line(language, n, way) for n, way in enumerate(ways))
        return replace(
            scene,
            delivery=DeliveryCard(
                lines, cards, (), searching=False, unknown=False, sends=DeliveryWay.SEND in ways
            ),
        )

    send, take, bag, collect = DeliveryWay.SEND, DeliveryWay.TAKE, DeliveryWay.BAG, DeliveryWay.COLLECT
    three, one = page(send, take, collect, member=True), page(send)
    assert three.delivery is not None
    zones = (ZoneCard("home", "Österreich", chosen=True), ZoneCard("abroad", "Europa", chosen=False))
    names = tuple(f"{p.name} {p.size}".strip() for p in three.pieces)
    pay = PayCard(
        PayStage.READY, total_of(language, range(3)), "", "", names, PaymentMeans.TERMINAL, "", "",
        parcels=tuple(way_card(language, way, 1, 1, member=True) for way in (take, collect, send)),
    )  # fmt: skip
    return {
        "delivery-one": one,
        "delivery-guest": page(send, send, send),
        "delivery-mixed": three,
        "delivery-bag": page(bag, bag),
        "delivery-zones": replace(three, delivery=replace(three.delivery, zones=zones)),
        "delivery-searching": replace(
            one, delivery=DeliveryCard((), (), (), searching=True, unknown=False, sends=False)
        ),
        "delivery-unknown": replace(
            three, delivery=replace(three.delivery, ways=(), unknown=True, sends=False)
        ),
        "basket-delivery": replace(
            three, page=Page.BASKET, delivery=None, basket=replace(three.basket, can_send=True, later=2)
        ),
        "basket-can-send": replace(
            three, page=Page.BASKET, delivery=None, basket=replace(three.basket, can_send=True)
        ),
        "pay-parcels": replace(three, page=Page.PAY, delivery=None, pay=pay),
    }
