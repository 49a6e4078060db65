"""What holds of the basket after every event of a visit. Used by the random walks."""

from __future__ import annotations

from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.effects import CollectPayment, Effect, PriceOrder
from kiosk.core.visit.events import Event, GarmentArrived, ShopperIdentified, StoreBack
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import AllPiecesChosen, BasketToggled, PaymentConfirmed


def check_basket(
    before: Visit, event: Event, after: Visit, effects: tuple[Effect, ...], scene: Scene
) -> None:
    """Raises AssertionError where something is chosen without her touch, added up without being chosen, or paid."""
    _only_by_touch(before, event, after)
    _sum_of_what_is_chosen(after, scene)
    assert {p.piece_id for p in after.pay.left} <= after.pay.chosen
    for effect in effects:
        if isinstance(effect, PriceOrder):
            assert {piece for piece, _ in effect.pieces} <= before.pay.chosen, (
                "an order of pieces she did not choose"
            )
        if isinstance(effect, CollectPayment) and effect.means is PaymentMeans.STORED:
            _stored_means_by_her_will(before, event)


def _only_by_touch(before: Visit, event: Event, after: Visit) -> None:
    new = after.pay.chosen - before.pay.chosen
    if isinstance(event, GarmentArrived) and event.replaces in before.pay.chosen:
        new -= {event.piece}
    if isinstance(event, BasketToggled):
        new -= {event.piece}
    assert not new or isinstance(event, AllPiecesChosen), f"{event} put {new} into the basket"


def _sum_of_what_is_chosen(visit: Visit, scene: Scene) -> None:
    """The prices without promotions, or those of the store if it has priced exactly these pieces."""
    counted = {
        p.piece_id: p.garment.price.minor
        for p in visit.pieces
        if p.piece_id in visit.pay.chosen - visit.pay.bought
        and p.garment
        and not p.sold
        and p.confirmed is not False
        and (p.sure or p.confirmed)
    }
    priced = {line.piece: line.price.minor for line in visit.pay.priced}
    prices = priced if priced.keys() == counted.keys() else counted
    shown = Money(sum(prices.values()), "EUR").formatted(visit.language) if counted else ""
    assert (scene.basket.total, scene.basket.count) == (shown, len(counted))
    assert [line.piece for line in scene.basket.lines if line.taken] == [p.piece_id for p in visit.basket]


def _stored_means_by_her_will(before: Visit, event: Event) -> None:
    """By her confirmation, by a tap while the total was shown, or the same attempt sent again."""
    tapped = before.pay.tapped and isinstance(event, ShopperIdentified)
    progress = before.pay.progress
    waited = progress is not None and progress.stored_next
    again = isinstance(event, StoreBack) and progress is not None and progress.busy
    assert tapped or waited or again or isinstance(event, PaymentConfirmed), f"{event} paid by itself"
