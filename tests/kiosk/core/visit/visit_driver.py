"""A visit that tests drive with events, without hardware, store or clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import PieceId, RoomId, ShopperId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Order, OrderLine, PaymentState, Receipt
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.effects import Effect, PriceOrder
from kiosk.core.visit.events import Event, GarmentArrived, OrderPriced, PaymentChanged, StaffChanged, Tick
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.state import StepResult, Visit
from kiosk.core.visit.step import step
from tests.kiosk.core.garments import garment

A, B = PieceId("30A"), PieceId("30B")
SHIRT, COAT = garment("S1"), garment("C1", start=30, price=64000)
BELT = garment("A1", start=60, sizes="one", size="one")
CLARA = Shopper(ShopperId("s1"), Tier.PROVED, "Clara", "de", (), "card ending in 42")
TOTAL, TAX = Money(12000, "EUR"), Money(1916, "EUR")


class VisitDriver:
    """Steps a visit through events and collects its effects. Each event happens a microsecond after the last."""

    def __init__(self) -> None:
        self.visit = Visit(RoomId("1"), "boot")
        self.effects: list[Effect] = []
        self.now = 0
        self.stepped: Callable[[Visit, Event], StepResult] = step
        """Replaced by tests that plant a fault."""

    def send(self, *events: Event) -> Scene:
        """Step through the events; the scene after the last."""
        for event in events:
            self.now += 1
            self.visit, effects = self.stepped(self.visit, replace(event, at_us=max(self.now, event.at_us)))
            self.now = self.visit.now_us
            self.effects += effects
        return self.scene

    @property
    def scene(self) -> Scene:
        """What the mirror shows now."""
        return scene_of(self.visit)

    def last(self, kind: type) -> Effect:
        """The last effect of that type."""
        return [e for e in self.effects if isinstance(e, kind)][-1]

    def wait(self, seconds: float) -> Scene:
        """Let time pass, in ticks of a quarter of a second."""
        until = self.now + int(seconds * SECOND_US)
        while self.now < until:
            self.send(Tick(min(until, self.now + SECOND_US // 4)))
        return self.scene

    def price_order(self) -> Scene:
        """The store prices the order that was last asked for."""
        question = self.last(PriceOrder)
        assert isinstance(question, PriceOrder)
        lines = tuple(
            OrderLine(piece, article, SHIRT.name, SHIRT.colourway.name, "M", TOTAL)
            for piece, article in question.pieces
        )
        order = Order(question.order_id, RoomId("1"), self.visit.ticket, lines, TOTAL, TAX, 190)
        return self.send(OrderPriced(0, self.visit.ticket, question.order_id, order))

    def set_payment(self, state: PaymentState, why: str = "") -> Scene:
        """The store reports that state of the payment under way."""
        progress = self.visit.pay.progress
        assert progress is not None
        receipt = None
        if state is PaymentState.PAID:
            receipt = Receipt(progress.order_id, "1", TOTAL, TAX, progress.means, "http://x/r/1", self.now)
        return self.send(PaymentChanged(0, self.visit.ticket, progress.order_id, state, why, receipt))


def visit_with(*pieces: tuple[PieceId, Garment]) -> VisitDriver:
    """A visit with these pieces in the room (a shirt and a coat, if none are given) and one associate on duty."""
    room = VisitDriver()
    room.send(StaffChanged(0, ("Inès",), 2))
    for piece, worn in pieces or ((A, SHIRT), (B, COAT)):
        room.send(GarmentArrived(0, piece, worn))
    return room
