"""A room whose visit is told events, for stories."""

from dataclasses import replace

from kiosk.core.domain.ids import Epc, RoomId, ShopperId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Order, OrderLine, PaymentState, Receipt
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.effects import (
    Effect,
    PriceOrder,
)
from kiosk.core.visit.events import (
    Event,
    GarmentArrived,
    OrderPriced,
    PaymentChanged,
    StaffChanged,
    Tick,
)
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.state import Visit
from kiosk.core.visit.step import step
from tests.kiosk.core.rack import garment

A, B = Epc("30A"), Epc("30B")
SHIRT, COAT = garment("S1"), garment("C1", start=30, price=64000)
BELT = garment("A1", start=60, sizes="one", size="one")
CLARA = Shopper(ShopperId("s1"), Tier.PROVED, "Clara", "de", (), "card ending in 42")


class Room:
    """A visit that is told events and remembers what it wanted done."""

    def __init__(self) -> None:
        self.visit = Visit(RoomId("1"), "boot")
        self.done: list[Effect] = []
        self.now = 0

    def tell(self, *events: Event) -> Scene:
        for event in events:
            self.now += 1
            self.visit, effects = step(self.visit, replace(event, at_us=max(self.now, event.at_us)))
            self.now = self.visit.now_us
            self.done += effects
        return self.scene

    @property
    def scene(self) -> Scene:
        return scene_of(self.visit)

    def last(self, kind: type) -> Effect:
        return [e for e in self.done if isinstance(e, kind)][-1]

    def later(self, seconds: float) -> Scene:
        until = self.now + int(seconds * SECOND_US)
        while self.now < until:
            self.tell(Tick(min(until, self.now + SECOND_US // 4)))
        return self.scene

    def priced(self) -> Scene:
        question = self.last(PriceOrder)
        assert isinstance(question, PriceOrder)
        lines = tuple(
            OrderLine(e, g, SHIRT.name, SHIRT.colourway.name, "M", Money(12000, "EUR"))
            for e, g in question.pieces
        )
        order = Order(
            question.order_id,
            RoomId("1"),
            self.visit.ticket,
            lines,
            Money(12000, "EUR"),
            Money(1916, "EUR"),
            190,
        )
        return self.tell(OrderPriced(0, self.visit.ticket, question.order_id, order))

    def money(self, state: PaymentState) -> Scene:
        paying = self.visit.pay.progress
        assert paying is not None
        receipt = None
        if state is PaymentState.PAID:
            total = Money(12000, "EUR")
            receipt = Receipt(
                paying.order_id, "1", total, Money(1916, "EUR"), paying.means, "http://x/r/1", self.now
            )
        return self.tell(PaymentChanged(0, self.visit.ticket, paying.order_id, state, "", receipt))


def in_the_room(*garments: tuple[Epc, object]) -> Room:
    room = Room()
    room.tell(StaffChanged(0, ("Inès",), 2))
    for epc, piece in garments or ((A, SHIRT), (B, COAT)):
        room.tell(GarmentArrived(0, epc, piece))  # type: ignore[arg-type]
    return room
