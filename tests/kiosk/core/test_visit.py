"""A visit as stories: events on the left, the scene on the right."""

from dataclasses import replace

from kiosk.core.advice import LookReason, SizeAdvice, SizeReason, Suggestion
from kiosk.core.effects import (
    AdviseSize,
    Collect,
    DropPayment,
    Effect,
    FindLooks,
    Identify,
    PriceOrder,
    SendRequest,
    TellVisit,
    Wipe,
)
from kiosk.core.events import (
    AdviceCame,
    Event,
    GarmentArrived,
    GarmentDoubt,
    GarmentLeft,
    OrderPriced,
    PaymentMoved,
    RadioLost,
    RequestChanged,
    RequestUnsent,
    ShopperCame,
    StaffChanged,
    StoreBack,
    StoreLost,
    SuggestionsCame,
    Tapped,
    Tick,
)
from kiosk.core.ids import Epc, RoomId, ShopperId
from kiosk.core.money import Money
from kiosk.core.payment import Means, Order, OrderLine, PayState, Receipt
from kiosk.core.scene import Notice, Offer, Scene, SizePlace
from kiosk.core.service_request import RequestKind, RequestState
from kiosk.core.shopper import Shopper, Tier
from kiosk.core.showing import scene_of
from kiosk.core.step import step
from kiosk.core.touches import (
    Asked,
    BasketToggled,
    GarmentOpened,
    JustMirror,
    NotThis,
    PayConfirmed,
    PayDropped,
    PayWished,
    Place,
    RequestWithdrawn,
    SaidMine,
    SizeChosen,
    SuggestionOpened,
    VisitClosed,
    WentBack,
    WentTo,
    Woken,
)
from kiosk.core.visit import SECOND, Page, PayStage, Visit
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
        until = self.now + int(seconds * SECOND)
        while self.now < until:
            self.tell(Tick(min(until, self.now + SECOND // 4)))
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

    def money(self, state: PayState) -> Scene:
        paying = self.visit.paying
        assert paying is not None
        receipt = None
        if state is PayState.PAID:
            total = Money(12000, "EUR")
            receipt = Receipt(
                paying.order_id, "1", total, Money(1916, "EUR"), paying.means, "http://x/r/1", self.now
            )
        return self.tell(PaymentMoved(0, self.visit.ticket, paying.order_id, state, "", receipt))


def in_the_room(*garments: tuple[Epc, object]) -> Room:
    room = Room()
    room.tell(StaffChanged(0, ("Inès",), 2))
    for epc, piece in garments or ((A, SHIRT), (B, COAT)):
        room.tell(GarmentArrived(0, epc, piece))  # type: ignore[arg-type]
    return room


def test_dark_until_a_piece_is_carried_in() -> None:
    room = Room()
    assert room.scene.page is Page.REST
    scene = room.tell(GarmentArrived(0, A, SHIRT))
    assert (scene.page, [p.name for p in scene.pieces]) == (Page.WARDROBE, ["Shirt S1"])
    assert [type(e) for e in room.done] == [TellVisit, FindLooks, AdviseSize]


def test_looks_are_asked_for_again_when_the_room_changes_and_late_answers_are_dropped() -> None:
    room = in_the_room((A, SHIRT))
    early = room.last(FindLooks)
    room.tell(GarmentArrived(0, B, COAT))
    assert isinstance(early, FindLooks)
    found = (Suggestion(BELT, LookReason.COMPLETES, SHIRT.name),)
    assert room.tell(SuggestionsCame(0, room.visit.ticket, early.asked, found)).looks == ()
    now = room.tell(SuggestionsCame(0, room.visit.ticket, early.asked + 1, found))
    assert [(look.name, look.about) for look in now.looks] == [("Shirt A1", "Shirt S1")]


def test_not_this_takes_the_suggestion_away_and_asks_for_another() -> None:
    room = in_the_room((A, SHIRT))
    room.tell(SuggestionsCame(0, room.visit.ticket, 1, (Suggestion(BELT, LookReason.POPULAR),)))
    scene = room.tell(NotThis(0, BELT.item))
    asked = room.last(FindLooks)
    assert scene.looks == ()
    assert isinstance(asked, FindLooks)
    assert asked.without == (BELT.item,)


def test_a_size_is_advised_alone_only_when_it_may_be() -> None:
    room = in_the_room((A, SHIRT))
    sure = SizeAdvice(("L", "M"), 0.7, SizeReason.RUNS_SMALL, "M", 41, 60)
    room.tell(AdviceCame(0, room.visit.ticket, SHIRT.gtin, sure), GarmentOpened(0, A))
    assert room.scene.garment is not None
    assert room.scene.garment.advice is not None
    assert room.scene.garment.advice.sizes == ("L",)
    assert room.scene.pieces[0].advised == "L"
    room.tell(AdviceCame(0, room.visit.ticket, SHIRT.gtin, replace(sure, confidence=0.5)))
    assert room.scene.garment.advice.sizes == ("L", "M")
    assert room.scene.pieces[0].advised == ""


def test_asking_for_another_size_is_two_touches_and_twice_is_once() -> None:
    room = in_the_room()
    room.tell(GarmentOpened(0, A), SizeChosen(0, "L"))
    card = room.scene.garment
    assert card is not None
    assert (card.offer, card.kind) == (Offer.BRING, RequestKind.SIZE)
    assert {s.size: s.place for s in card.sizes} == {
        "S": SizePlace.HERE,
        "M": SizePlace.IN_ROOM,
        "L": SizePlace.STOCKROOM,
        "XL": SizePlace.ELSEWHERE,
    }
    scene = room.tell(Asked(0, RequestKind.SIZE, card.gtin), Asked(0, RequestKind.SIZE, card.gtin))
    assert [(r.state, r.size) for r in scene.requests] == [(RequestState.SENDING, "L")]
    assert sum(isinstance(e, SendRequest) for e in room.done) == 1


def test_what_is_not_in_the_house_cannot_be_asked_for() -> None:
    room = in_the_room()
    room.tell(GarmentOpened(0, A), SizeChosen(0, "XL"))
    card = room.scene.garment
    assert card is not None
    assert (card.offer, card.elsewhere) == (Offer.ELSEWHERE, "Lyon")
    assert room.tell(Asked(0, RequestKind.SIZE, card.gtin)).requests == ()


def test_with_nobody_on_the_floor_nothing_is_promised() -> None:
    room = in_the_room()
    room.tell(StaffChanged(0, (), 0), GarmentOpened(0, A), SizeChosen(0, "L"))
    assert room.scene.garment is not None
    assert room.scene.garment.offer is Offer.NOBODY


def test_a_request_that_does_not_arrive_is_sent_again_under_its_own_number() -> None:
    room = in_the_room()
    room.tell(Asked(0, RequestKind.HELP))
    sent = room.last(SendRequest)
    assert isinstance(sent, SendRequest)
    room.tell(RequestUnsent(0, room.visit.ticket, sent.request.request_id))
    room.later(4)
    again = room.last(SendRequest)
    assert again is not sent
    assert isinstance(again, SendRequest)
    assert again.request.request_id == sent.request.request_id


def test_a_withdrawn_request_stays_withdrawn_whatever_comes_late() -> None:
    room = in_the_room()
    room.tell(Asked(0, RequestKind.DRINK))
    request = room.visit.requests[0]
    room.tell(RequestWithdrawn(0, request.request_id))
    late = replace(request, state=RequestState.CLAIMED, by="Inès")
    assert room.tell(RequestChanged(0, room.visit.ticket, late)).requests[0].state is RequestState.CANCELLED


def test_a_doubtful_piece_is_faint_and_never_in_the_basket_unconfirmed() -> None:
    room = Room()
    scene = room.tell(GarmentArrived(0, A, SHIRT, sure=False))
    assert scene.pieces[0].faint
    assert (scene.basket.count, scene.basket.uncertain) == (0, 1)
    assert room.tell(SaidMine(0, A, True)).basket.count == 1
    assert room.tell(SaidMine(0, A, False)).pieces == ()
    assert room.tell(GarmentDoubt(0, A, sure=True)).basket.count == 0


def test_a_piece_the_catalogue_does_not_know_is_shown_and_not_sold() -> None:
    scene = Room().tell(GarmentArrived(0, A, None))
    assert scene.pieces[0].unknown
    assert scene.basket.count == 0


def test_a_guest_pays_at_the_terminal_with_one_touch() -> None:
    room = in_the_room()
    room.tell(WentTo(0, Place.BASKET), BasketToggled(0, B), PayWished(0))
    assert room.scene.pay is not None
    assert room.scene.pay.stage is PayStage.PRICING
    room.priced()
    collect = room.last(Collect)
    assert isinstance(collect, Collect)
    assert (collect.means, collect.attempt) == (Means.TERMINAL, 1)
    assert room.money(PayState.SENT).pay.stage is PayStage.TAP  # type: ignore[union-attr]
    scene = room.money(PayState.PAID)
    assert scene.page is Page.RECEIPT
    assert scene.receipt is not None
    assert [p.bought for p in scene.pieces] == [True, False]
    assert [line.epc for line in scene.basket.lines] == [B]


def test_while_money_may_move_nothing_starts_another_try() -> None:
    room = in_the_room()
    room.tell(PayWished(0))
    room.priced()
    room.money(PayState.UNSURE)
    room.tell(PayWished(0), BasketToggled(0, A), PayDropped(0), VisitClosed(0))
    room.later(3600)
    assert sum(isinstance(e, Collect) for e in room.done) == 1
    assert room.scene.pay is not None
    assert room.scene.pay.stage is PayStage.RESOLVING
    assert room.money(PayState.PAID).page is Page.RECEIPT


def test_a_ring_pays_only_after_yes_on_the_glass() -> None:
    room = in_the_room((A, SHIRT))
    room.tell(Tapped(0, "ntag424", "04", "http://x"), ShopperCame(0, room.visit.ticket, CLARA), PayWished(0))
    assert room.priced().pay.stage is PayStage.READY  # type: ignore[union-attr]
    room.tell(Tapped(0, "ntag424", "04", "http://x"), ShopperCame(0, room.visit.ticket, CLARA))
    assert room.scene.pay is not None
    assert room.scene.pay.stage is PayStage.CONFIRM
    assert not any(isinstance(e, Collect) for e in room.done)
    room.tell(PayConfirmed(0))
    collect = room.last(Collect)
    assert isinstance(collect, Collect)
    assert collect.means is Means.STORED


def test_a_piece_that_comes_while_the_total_is_shown_takes_the_total_back() -> None:
    room = in_the_room((A, SHIRT))
    room.tell(ShopperCame(0, room.visit.ticket, CLARA), PayWished(0))
    room.priced()
    scene = room.tell(GarmentArrived(0, B, COAT))
    assert (scene.page, scene.pay, scene.basket.count) == (Page.BASKET, None, 2)


def test_dropping_a_started_payment_lets_the_terminal_decide() -> None:
    room = in_the_room((A, SHIRT))
    room.tell(PayWished(0))
    room.priced()
    room.money(PayState.SENT)
    room.tell(PayDropped(0))
    assert isinstance(room.done[-1], DropPayment)
    assert room.money(PayState.ABANDONED).pay.stage is PayStage.READY  # type: ignore[union-attr]


def test_a_known_shopper_is_greeted_and_advised_anew_in_her_language() -> None:
    room = in_the_room((A, SHIRT))
    before = len(room.done)
    scene = room.tell(Tapped(0, "ntag424", "04", "http://x"), ShopperCame(0, room.visit.ticket, CLARA))
    assert (scene.first_name, scene.language, scene.pieces[0].name) == ("Clara", "de", "Hemd S1")
    assert [type(e) for e in room.done[before:]] == [Identify, FindLooks, AdviseSize]


def test_a_clonable_number_shows_no_name() -> None:
    room = in_the_room((A, SHIRT))
    static = replace(CLARA, tier=Tier.STATIC)
    assert room.tell(ShopperCame(0, room.visit.ticket, static)).first_name == ""


def test_the_room_empties_and_the_mirror_forgets() -> None:
    room = in_the_room((A, SHIRT))
    room.tell(ShopperCame(0, room.visit.ticket, CLARA))
    ticket = room.visit.ticket
    room.tell(GarmentLeft(0, A))
    assert room.later(46).page is Page.AWAY
    scene = room.later(7)
    assert (scene.page, scene.first_name, scene.language, scene.pieces) == (Page.REST, "", "en", ())
    assert room.done[-1] == Wipe(ticket)
    assert room.tell(ShopperCame(0, ticket, CLARA)).first_name == ""


def test_a_lost_reader_never_ends_a_visit() -> None:
    room = in_the_room((A, SHIRT))
    room.tell(GarmentLeft(0, A), RadioLost(0))
    assert room.later(60).page is Page.WARDROBE
    assert room.scene.notice is Notice.RADIO_LOST


def test_after_the_store_was_away_everything_is_said_again_under_the_same_names() -> None:
    room = in_the_room((A, SHIRT))
    room.tell(Asked(0, RequestKind.HELP), PayWished(0))
    room.priced()
    assert room.tell(StoreLost(0)).notice is Notice.STORE_LOST
    before = len(room.done)
    room.tell(StoreBack(0))
    repeated = room.done[before:]
    assert [type(e) for e in repeated[:3]] == [TellVisit, SendRequest, Collect]
    assert repeated[2] == room.last(Collect)


def test_just_a_mirror_until_touched() -> None:
    room = in_the_room((A, SHIRT))
    assert room.tell(JustMirror(0)).dark
    scene = room.tell(Woken(0))
    assert (scene.dark, scene.page) == (False, Page.WARDROBE)


def test_back_leads_where_one_came_from() -> None:
    room = in_the_room((A, SHIRT))
    room.tell(SuggestionsCame(0, room.visit.ticket, 1, (Suggestion(BELT, LookReason.POPULAR),)))
    room.tell(WentTo(0, Place.LOOK), SuggestionOpened(0, BELT.item))
    assert room.scene.garment is not None
    assert room.scene.garment.kind is RequestKind.PIECE
    assert room.tell(WentBack(0)).page is Page.LOOK
    assert room.tell(WentBack(0)).page is Page.WARDROBE
    assert not room.scene.can_go_back


def test_what_comes_in_one_size_says_no_size() -> None:
    room = in_the_room((A, garment("B1", sizes="one", size="one")))
    room.tell(GarmentOpened(0, A))
    assert room.scene.pieces[0].size == ""
    assert room.scene.garment is not None
    assert (room.scene.garment.size, room.scene.garment.sizes) == ("", ())
