"""Sample scenes of the basket page and the pay page: every stage, several rates of tax, tax that is added."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.tax import percent_text
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.service_cards import BasketCard, BasketLineCard, PayCard
from kiosk.core.visit.basket import WhyNot
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.screen.tools import sample_cards as cards
from kiosk.screen.tools.sample_wardrobe import total_of, wardrobe

LONG_NAMES = (
    "Rückenfreies Donaudampfschifffahrtsgesellschaftskapitänskleid",
    "Doppelreihiger Wintermantel mit abnehmbarem Lammfellkragen",
    "قميص بوبلين بياقة إيطالية وأكمام طويلة قابلة للطي",
    "手織りツイードのノーカラージャケット(取り外し可能な裏地付き)",
)


def tax_of(language: str) -> str:
    """The tax in the total of the first three pieces."""
    return _money(language, 29_833)


def _money(language: str, minor: int) -> str:
    return Money(minor, "EUR").formatted(language)


def _with_pay(scene: Scene, **changes: Any) -> Scene:
    assert scene.pay is not None
    return replace(scene, pay=replace(scene.pay, **changes))


THREE_FOR_TWO = {
    "en": "3 for 2",
    "de": "3 für 2 auf alle Hemden und Blusen der Herbstkollektion",
    "fr": "3 pour 2",
    "es": "3 por 2",
    "it": "3 per 2",
    "ja": "3点で2点の価格",
    "zh": "三件只付两件",
    "ar": "3 بسعر 2",
}
"""Name of a promotion, long in German."""
MEMBER_PRICE = {"en": "Member price", "de": "Mitgliederpreis", "ar": "سعر الأعضاء"}


def lowered_lines(language: str) -> tuple[BasketLineCard, ...]:
    """Lines whose prices promotions lower; the last one has two reasons."""
    names = (THREE_FOR_TWO[language], MEMBER_PRICE.get(language, MEMBER_PRICE["en"]))
    return tuple(
        replace(
            cards.basket_line_card(language, n, taken=True),
            price=_money(language, 86_000 - n), price_before=_money(language, 129_000),
            reasons=names if n == 2 else names[n : n + 1] or names[:1],
            lowest_price=_money(language, 119_000) if n == 1 else "",
        )
        for n in range(3)
    )  # fmt: skip


def basket_scenes(language: str) -> dict[str, Scene]:
    """The basket page: nothing chosen, some, all; what has left the room and what cannot be bought."""

    def page(count: int, taken: int) -> Scene:
        return wardrobe(language, count, taken, page=Page.BASKET, can_go_back=True)

    two = page(3, 2)
    left = (
        *two.basket.lines[:2],
        cards.basket_line_card(language, 3, taken=False, why_not=WhyNot.UNSURE),
        cards.basket_line_card(language, 4, taken=False, why_not=WhyNot.SOLD),
        cards.basket_line_card(language, 5, taken=False, why_not=WhyNot.NO_PRICE),
        cards.basket_line_card(language, 2, taken=False, gone=True),
    )
    long = tuple(
        cards.basket_line_card(language, n, taken=True, name=name) for n, name in enumerate(LONG_NAMES)
    )
    return {
        "basket": two,
        "basket-none": page(3, 0),
        "basket-one": page(1, 1),
        "basket-four": page(4, 4),
        "basket-twelve": page(12, 9),
        "basket-twelve-none": page(12, 0),
        "basket-thirty-six": page(36, 20),
        "basket-left": replace(
            two, basket=replace(two.basket, lines=left, uncertain=1, gone=1, can_take_all=False)
        ),
        "basket-long-names": replace(page(4, 4), basket=replace(page(4, 4).basket, lines=long)),
        "basket-promotions": replace(
            page(3, 3),
            basket=replace(
                page(3, 3).basket,
                lines=lowered_lines(language),
                saved=_money(language, 129_000),
                total=_money(language, 257_997),
            ),
        ),
        "basket-tax-added": replace(two, basket=replace(two.basket, tax_added=True)),
        "basket-empty": replace(two, basket=BasketCard((), "", 0, 0)),
    }


def payment_scenes(language: str) -> dict[str, Scene]:
    """The pay page in each stage."""
    three = wardrobe(language, 3, 3, can_go_back=True)
    rates = (percent_text(200_000, language),)

    def names(scene: Scene) -> tuple[str, ...]:
        return tuple(f"{p.name} {p.size}".strip() for p in scene.pieces)

    def at(
        stage: PayStage,
        means: PaymentMeans = PaymentMeans.TERMINAL,
        stored: str = "",
        why: str = "",
        *,
        count: int = 3,
        recognised: bool = False,
    ) -> Scene:
        scene = wardrobe(language, count, count, page=Page.PAY, can_go_back=True)
        total = total_of(language, range(count))
        tax = tax_of(language)
        pay = PayCard(
            stage, total, tax, "20", names(scene), means, stored, why, rates, (tax,), recognised=recognised
        )
        return replace(scene, pay=pay)

    blank = PayCard(PayStage.PRICING, "", "", "", (), PaymentMeans.TERMINAL, "", "")
    four = at(PayStage.READY, count=4)
    parts = (_money(language, 28_180), _money(language, 720))
    reduced = (*rates, percent_text(55_000, language))
    state_tax = {"tax_rates": (percent_text(88_750, language),), "tax_amounts": (_money(language, 14_591),)}
    net = _money(language, 164_409)
    return {
        "pay-pricing": replace(three, page=Page.PAY, pay=blank),
        "pay-ready": at(PayStage.READY),
        "pay-ready-stored": at(PayStage.READY, stored="Visa ·· 4242"),
        "pay-one": at(PayStage.READY, count=1),
        "pay-two-rates": _with_pay(at(PayStage.READY), tax_rates=reduced, tax_amounts=parts),
        "pay-tax-added": _with_pay(at(PayStage.READY), net=net, **state_tax),
        "pay-promotions": _with_pay(
            at(PayStage.TAP),
            discounts=(THREE_FOR_TWO[language], MEMBER_PRICE.get(language, MEMBER_PRICE["en"])),
            discount_amounts=(_money(language, -4_300), _money(language, -8_150)),
        ),
        "pay-repriced": at(PayStage.READY, why="repriced"),
        "pay-four": four,
        "pay-twelve": at(PayStage.READY, count=12),
        "pay-twelve-tap": at(PayStage.TAP, count=12),
        "pay-twenty": at(PayStage.READY, count=20),
        "pay-thirty-six": at(PayStage.READY, count=36),
        "pay-long-names": _with_pay(four, pieces=LONG_NAMES),
        "pay-confirm": at(PayStage.CONFIRM, PaymentMeans.STORED, "Visa ·· 4242"),
        "pay-recognised": at(PayStage.TAP, stored="Visa ·· 4242", recognised=True),
        "pay-starting": at(PayStage.STARTING),
        "pay-tap": at(PayStage.TAP),
        "pay-resolving": at(PayStage.RESOLVING),
        "pay-declined": at(PayStage.DECLINED),
        "pay-over-limit": at(PayStage.DECLINED, PaymentMeans.STORED, "Visa ·· 4242", "over-limit"),
        "pay-under-way": at(PayStage.DECLINED, why="under-way"),
        "pay-moment": at(PayStage.STARTING, why="moment"),
        "pay-busy": at(PayStage.DECLINED, why="busy"),
        "pay-too-late": at(PayStage.DECLINED, why="too-late"),
        "pay-unwanted": at(PayStage.UNWANTED, why="cancelled"),
        "pay-unwanted-part": at(PayStage.UNWANTED, why="partial"),
        "pay-reversed": at(PayStage.REVERSED),
        "pay-parked": at(PayStage.PARKED),
        "pay-no-space": replace(
            three, page=Page.PAY, pay=replace(blank, stage=PayStage.UNPRICED, why="no-space")
        ),
        "pay-no-space-declined": at(PayStage.DECLINED, why="no-space"),
        "pay-closed": at(PayStage.DECLINED, why="closed"),
        "pay-unpriced": replace(three, page=Page.PAY, pay=replace(blank, stage=PayStage.UNPRICED)),
    }
