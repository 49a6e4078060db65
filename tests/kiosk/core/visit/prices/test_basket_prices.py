"""What the glass says of promotions: each line its reason, the total of exactly what is added up, a new total before
the tap."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.ids import PieceId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import REPRICED, OrderLine, PaymentMeans, PaymentState
from kiosk.core.domain.promotions.discount import Discount
from kiosk.core.domain.texts import LocalizedText
from kiosk.core.scene.scene import Notice
from kiosk.core.visit.effects import CancelPayment, CollectPayment, PriceOrder, ReportBasket
from kiosk.core.visit.events import CardTapped, GarmentLeft, OrderPriced, ShopperIdentified
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.prices.basket_event import BasketPriced, CouponScanned
from kiosk.core.visit.touches import AllPiecesChosen, BasketToggled, PaymentConfirmed, PaymentRequested
from tests.kiosk.core.visit.visit_driver import CLARA, COAT, SHIRT, A, B, VisitDriver, visit_with

NAME = LocalizedText((("en", "Two together"), ("de", "Zwei zusammen")))


def line(piece: PieceId, minor: int, off: int = 0) -> OrderLine:
    garment = SHIRT if piece == A else COAT
    price = Money(minor - off, "EUR")
    plain = OrderLine(piece, garment.article, garment.name, garment.name, "M", price)
    if not off:
        return plain
    return replace(
        plain, before=Money(minor, "EUR"), discounts=(Discount("p", NAME, Money(off, "EUR")),), amount=price
    )


BOTH = (line(A, 12_000, 2_000), line(B, 64_000, 6_000))


def priced(room: VisitDriver, *lines: OrderLine) -> None:
    room.send(BasketPriced(0, room.visit.ticket, lines))


def test_each_line_says_why_and_the_total_is_that_of_the_store() -> None:
    room = visit_with()
    room.send(AllPiecesChosen(0))
    priced(room, *BOTH)
    basket = room.scene.basket
    assert [(li.price, li.price_before, li.reasons) for li in basket.lines] == [
        ("€100", "€120", ("Two together",)), ("€580", "€640", ("Two together",)),
    ]  # fmt: skip
    assert (basket.total, basket.saved) == ("€680", "€80")


def test_prices_of_other_pieces_are_not_shown() -> None:
    """A planted fault would be a total that keeps a discount for a piece that was taken out."""
    room = visit_with()
    room.send(AllPiecesChosen(0))
    priced(room, *BOTH)
    basket = room.send(BasketToggled(0, B)).basket
    assert (basket.total, basket.saved, basket.lines[0].price_before) == ("€120", "", "")
    priced(room, *BOTH)
    assert room.scene.basket.total == "€120", "a late answer about what was chosen before"
    priced(room, line(A, 12_000, 1_000))
    assert (room.scene.basket.total, room.scene.basket.saved) == ("€110", "€10")


def test_the_store_is_told_which_of_the_chosen_pieces_are_with_her() -> None:
    room = visit_with()
    room.send(AllPiecesChosen(0))
    room.send(GarmentLeft(0, B))
    report = room.last(ReportBasket)
    assert isinstance(report, ReportBasket)
    assert (report.pieces, report.here) == ((A, B), (A,))


def at_the_terminal(room: VisitDriver) -> None:
    room.send(AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()


def test_a_price_that_has_changed_is_shown_before_anything_is_charged() -> None:
    room = visit_with()
    at_the_terminal(room)
    before = room.last(PriceOrder)
    room.effects.clear()
    room.set_payment(PaymentState.DECLINED, REPRICED)
    asked = room.last(PriceOrder)
    assert isinstance(before, PriceOrder)
    assert isinstance(asked, PriceOrder)
    assert asked.order_id != before.order_id
    assert room.last(CancelPayment) == CancelPayment(room.visit.ticket, before.order_id)
    scene = room.price_order()
    assert scene.pay is not None
    assert (scene.page, scene.pay.stage, scene.pay.why) == (Page.PAY, PayStage.READY, REPRICED)
    assert not [e for e in room.effects if isinstance(e, CollectPayment)], "the terminal waits for her touch"
    room.send(PaymentRequested(0))
    assert [e.attempt for e in room.effects if isinstance(e, CollectPayment)] == [1]


def test_stored_means_are_confirmed_once_more_for_another_price() -> None:
    room = visit_with()
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA), AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    progress = room.visit.pay.progress
    assert progress is not None
    paying = replace(progress, stage=PayStage.STARTING, means=PaymentMeans.STORED, attempt=1)
    room.visit = replace(room.visit, pay=replace(room.visit.pay, progress=paying))
    room.set_payment(PaymentState.DECLINED, REPRICED)
    scene = room.price_order()
    assert scene.pay is not None
    assert (scene.pay.stage, scene.pay.why) == (PayStage.CONFIRM, REPRICED)
    room.effects.clear()
    room.send(PaymentConfirmed(0))
    assert [e.means for e in room.effects if isinstance(e, CollectPayment)] == [PaymentMeans.STORED]


def test_the_pay_page_says_what_each_promotion_takes_off() -> None:
    room = visit_with()
    at_the_terminal(room)
    progress = room.visit.pay.progress
    assert progress is not None
    assert progress.order is not None
    order = replace(progress.order, lines=BOTH)
    pricing = replace(progress, stage=PayStage.PRICING, order=None)
    room.visit = replace(room.visit, pay=replace(room.visit.pay, progress=pricing))
    scene = room.send(OrderPriced(0, room.visit.ticket, order.order_id, order))
    assert scene.pay is not None
    assert (scene.pay.discounts, scene.pay.discount_amounts) == (("Two together",), ("-€80",))


def test_a_coupon_that_was_scanned_is_confirmed_for_a_moment() -> None:
    room = visit_with()
    assert room.send(CouponScanned(0, room.visit.ticket, holds=True)).notice is Notice.COUPON
    assert room.send(CouponScanned(0, room.visit.ticket, holds=False)).notice is Notice.COUPON_OVER
    assert room.send(CouponScanned(0, Ticket("earlier"), holds=True)).notice is Notice.COUPON_OVER
    assert room.wait(30).notice is None


def lower(room: VisitDriver) -> None:
    """The store prices the basket for a member: 7,000 cents instead of the 12,000 of each piece of the order."""
    priced(room, *(line(piece, 12_000, 5_000) for piece in (A, B)))


def test_a_card_read_on_the_pay_page_lowers_the_total_before_the_bank_card() -> None:
    room = visit_with()
    at_the_terminal(room)
    room.set_payment(PaymentState.SENT)
    before = room.last(PriceOrder)
    room.effects.clear()
    lower(room)
    assert isinstance(before, PriceOrder)
    assert room.effects == [CancelPayment(room.visit.ticket, before.order_id)]
    lower(room)
    assert len(room.effects) == 1, "asked once"
    room.effects.clear()
    room.set_payment(PaymentState.ABANDONED, "dropped")
    asked = room.last(PriceOrder)
    assert isinstance(asked, PriceOrder)
    assert asked.order_id != before.order_id
    room.price_order()
    assert [e.attempt for e in room.effects if isinstance(e, CollectPayment)] == [1], (
        "the terminal has the new total"
    )


def test_a_bank_card_that_was_quicker_has_paid_what_was_shown() -> None:
    room = visit_with()
    at_the_terminal(room)
    room.set_payment(PaymentState.SENT)
    lower(room)
    scene = room.set_payment(PaymentState.PAID)
    assert scene.page is Page.RECEIPT
    assert len([e for e in room.effects if isinstance(e, PriceOrder)]) == 1


def test_the_same_or_a_higher_price_stops_no_terminal() -> None:
    room = visit_with()
    at_the_terminal(room)
    room.set_payment(PaymentState.SENT)
    room.effects.clear()
    priced(room, line(A, 12_000), line(B, 12_000))
    priced(room, *BOTH)
    priced(room, line(A, 12_000, 9_000))
    assert room.effects == []


def test_stored_means_that_wait_for_a_touch_get_the_new_total() -> None:
    room = visit_with()
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA), AllPiecesChosen(0), PaymentRequested(0))
    room.price_order()
    room.effects.clear()
    lower(room)
    assert [type(e) for e in room.effects] == [CancelPayment, PriceOrder]
    scene = room.price_order()
    assert scene.pay is not None
    assert scene.pay.stage is PayStage.READY


def test_a_ring_that_lowers_the_total_pays_after_one_touch_whatever_arrives_first() -> None:
    """The new prices and the end of the terminal's wait may come before the answer who she is."""
    room = visit_with()
    at_the_terminal(room)
    room.set_payment(PaymentState.SENT)
    room.send(CardTapped(0, "ntag424", "04", "http://x"))
    lower(room)
    room.set_payment(PaymentState.ABANDONED, "dropped")
    room.send(ShopperIdentified(0, room.visit.ticket, CLARA))
    scene = room.price_order()
    assert scene.pay is not None
    assert scene.pay.stage is PayStage.CONFIRM
    room.effects.clear()
    room.wait(3)
    room.send(PaymentConfirmed(0))
    assert [e.means for e in room.effects if isinstance(e, CollectPayment)] == [PaymentMeans.STORED]
