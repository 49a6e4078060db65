"""The basket says that tax is added, and the pay page shows the tax of each rate before the card is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Order
from kiosk.core.domain.tax import taxed
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.scene.service_cards import PayCard
from kiosk.core.visit.events import GarmentArrived, ShopDescribed
from kiosk.core.visit.payment_progress import Payment, PaymentProgress, PayStage
from tests.kiosk.core.visit.visit_driver import COAT, SHIRT, A, VisitDriver
from tests.optional_values import present


def order_of(rates: tuple[int, int], *, added: bool) -> Order:
    """An order of a shirt of 120.00 and a coat of 640.00 with these rates."""
    found = taxed((SHIRT.price, COAT.price), rates, "EUR", added=added)
    return Order(
        OrderId("o"),
        RoomId("1"),
        Ticket("t"),
        (),
        found.total("EUR"),
        found.tax("EUR"),
        190,
        found.taxes,
        added,
    )


def shown(order: Order) -> PayCard:
    """The pay page of an order that is ready to be paid."""
    progress = PaymentProgress(order.order_id, PayStage.READY, order)
    visit = replace(VisitDriver().visit, pay=Payment(progress=progress))
    return present(scene_of(visit).pay)


def test_two_rates_are_shown_each_with_its_tax() -> None:
    pay = shown(order_of((55_000, 200_000), added=False))
    assert (pay.tax_rates, pay.net) == (("20%", "5.5%"), "")
    assert pay.tax_amounts == (Money(10_667, "EUR").formatted("en"), Money(626, "EUR").formatted("en"))
    assert pay.total == Money(76_000, "EUR").formatted("en")


def test_tax_that_is_added_is_in_the_total_before_the_tap() -> None:
    pay = shown(order_of((0, 88_750), added=True))
    assert (pay.net, pay.tax_rates, pay.tax_amounts) == ("€760", ("8.875%",), ("€56.80",))
    assert pay.total == "€816.80"


def test_an_order_of_an_earlier_store_has_one_rate() -> None:
    order = order_of((200_000, 200_000), added=False)
    pay, earlier = shown(order), shown(replace(order, taxes=(), tax_permille=200))
    assert (
        (earlier.tax_rates, earlier.tax_amounts)
        == (pay.tax_rates, pay.tax_amounts)
        == (("20%",), ("€126.67",))
    )


@pytest.mark.parametrize("added", [True, False])
def test_the_basket_says_whether_tax_comes_on_top(added: bool) -> None:
    driver = VisitDriver()
    scene = driver.send(
        ShopDescribed(0, "Shop", "en", ("en",), "EUR", added), GarmentArrived(0, A, SHIRT, True)
    )
    assert scene.basket.tax_added is added
