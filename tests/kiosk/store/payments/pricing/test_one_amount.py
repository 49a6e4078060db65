"""Random baskets with random promotions: glass, basket, terminal, receipt, cash register, books and refunds state the
same amounts, to the cent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

import pytest

from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Order, OrderLine, PaymentMeans, Receipt
from kiosk.core.domain.promotions.rule import Group, GroupKind, Rule
from kiosk.core.domain.sales.taken_back import tax_of
from kiosk.core.wire import from_json, to_json
from kiosk.store.catalogue.tax_rates import taxed_order
from kiosk.store.lifecycle import Store
from kiosk.store.pages.receipt_view import receipt_view
from kiosk.store.payments.order_book import Sale
from kiosk.store.payments.pricing.order_prices import OrderPrices
from kiosk.store.settings import TaxRule, TaxSettings
from tests.kiosk.core.domain.promotions.promotion_baskets import MEMBER, random_rule
from tests.kiosk.store.sample_shop import START_US, STYLES, gtin_of, piece_of

TAXES = (
    TaxSettings(190_000, (TaxRule(70_000, category="shirts"), TaxRule(0, below_minor=10_000))),
    TaxSettings(88_750, (TaxRule(0, category="shoes"),), added=True),
)
GROUPS = (*(Group(GroupKind.CATEGORY, style[1]) for style in STYLES), Group(GroupKind.STYLE, "S1"))
PIECES = [(s, c, z) for s, _, _, _, colours, sizes in STYLES for c in colours for z in sizes]


def rules_of(random: Random) -> list[Rule]:
    """Random rules for the sample shop's categories and styles."""
    made = [random_rule(random, number) for number in range(random.randint(0, 4))]
    return [replace(r, groups=tuple(random.choice(GROUPS) for _ in r.groups)) for r in made]


@dataclass(frozen=True, slots=True)
class Shown:
    """What one place states: the total, and the amount of each piece."""

    where: str
    total: int
    pieces: tuple[int, ...]


def places(order: Order, basket: Sequence[OrderLine], prices: OrderPrices) -> list[Shown]:
    """The amounts in every place, each from what that place reads."""
    stored: Order = from_json(Order, to_json(order))
    back = tuple(line.paid.minor for line in stored.lines)
    register = [tax_of(line, stored) for line in stored.lines]
    return [
        Shown("basket of the glass", prices.total_of(basket).minor, back),
        Shown("terminal", stored.total.minor, back),
        Shown("prices and taxes", sum(tax.gross.minor for tax in stored.tax_lines), back),
        Shown("refunds of all pieces", sum(back), back),
        Shown("register", sum(t.gross.minor for t in register), tuple(t.gross.minor for t in register)),
    ]


def receipt_sum(order: Order, store: Store) -> int:
    """What the lines of the receipt and their discounts sum to, read as a person reads them."""
    receipt = Receipt(order.order_id, "1", order.total, order.tax, PaymentMeans.TERMINAL, "x", START_US)
    view = receipt_view(Sale(order, receipt), store.settings.shop, "en")
    texts = [text for line in view.lines for text in (line.price, *(d.value for d in line.discounts))]
    return sum(int(text.replace("€", "").replace(",", "").replace(".", "")) for text in texts)


Change = Callable[[Order], Order]


def differences(store: Store, count: int, seed: int, change: Change = lambda order: order) -> list[str]:
    """Baskets for which places differ, or a line does not sum to its price before."""
    random, wrong = Random(seed), []
    rules: list[Rule] = []
    for number in range(count):
        shop = replace(store.settings.shop, tax=TAXES[number % 2])
        prices = OrderPrices(shop, store.resources.catalogue, lambda: rules, lambda: START_US)
        rules[:] = rules_of(random)
        chosen = random.sample(PIECES, random.randint(1, 7))
        pieces = [(piece_of(*one, serial=n), gtin_of(*one)) for n, one in enumerate(chosen, 1)]
        basket = prices.priced(pieces, MEMBER)
        order = change(
            taxed_order(OrderId("o"), RoomId("1"), Ticket("t"), basket, shop.currency, added=shop.tax.added)
        )
        found = places(order, basket, prices)
        sums = {
            "discounts": [li.listed.minor - sum(d.amount.minor for d in li.discounts) for li in order.lines]
            == [li.price.minor for li in order.lines],
            "receipt": receipt_sum(order, store) == sum(li.price.minor for li in order.lines),
            "places": len({(one.total, one.pieces) for one in found}) == 1,
            "below zero": all(li.paid.minor >= 0 for li in order.lines),
        }
        wrong += [f"basket {number}: {what} {found}" for what, holds in sums.items() if not holds]
    return wrong


def test_every_place_states_the_same_amounts(store: Store) -> None:
    assert differences(store, 3_000, 1) == []


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_every_place_states_the_same_amounts_of_100_000_baskets(store: Store) -> None:
    assert differences(store, 100_000, 2) == []


def test_a_cent_that_a_line_loses_is_noticed(store: Store) -> None:
    def a_cent_less(order: Order) -> Order:
        first = order.lines[0]
        line = replace(first, amount=Money(first.paid.minor - 1, "EUR"))
        return replace(order, lines=(line, *order.lines[1:]))

    assert len(differences(store, 20, 3, a_cent_less)) >= 20
