"""Sample scenes of the pay page: every stage, several rates of tax, tax that is added."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.tax import percent_text
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.service_cards import PayCard
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage


def payment_scenes(language: str, wardrobe: Scene) -> dict[str, Scene]:
    """The pay page in each state, for the pieces of a wardrobe."""
    names = tuple(f"{p.name} {p.size}" for p in wardrobe.pieces)
    tax = _money(language, 29_833)
    rates = (percent_text(200_000, language),)

    def at(
        stage: PayStage, means: PaymentMeans = PaymentMeans.TERMINAL, stored: str = "", why: str = ""
    ) -> Scene:
        pay = PayCard(stage, _money(language, 179_000), tax, "20", names, means, stored, why, rates, (tax,))
        return replace(wardrobe, page=Page.PAY, pay=pay)

    ready = at(PayStage.READY)
    parts = (_money(language, 28_180), _money(language, 720))
    reduced = (*rates, percent_text(55_000, language))
    two_rates = _with_pay(ready, tax_rates=reduced, tax_amounts=parts)
    state_tax = {"tax_rates": (percent_text(88_750, language),), "tax_amounts": (_money(language, 14_591),)}
    with_tax = _with_pay(ready, net=_money(language, 164_409), **state_tax)
    blank = PayCard(PayStage.PRICING, "", "", "", (), PaymentMeans.TERMINAL, "", "")
    return {
        "pay-pricing": replace(wardrobe, page=Page.PAY, pay=blank),
        "pay-ready": ready,
        "pay-two-rates": two_rates,
        "pay-tax-added": with_tax,
        "pay-ready-stored": at(PayStage.READY, stored="Visa ·· 4242"),
        "pay-confirm": at(PayStage.CONFIRM, PaymentMeans.STORED, "Visa ·· 4242"),
        "pay-starting": at(PayStage.STARTING),
        "pay-tap": at(PayStage.TAP),
        "pay-resolving": at(PayStage.RESOLVING),
        "pay-declined": at(PayStage.DECLINED),
        "pay-over-limit": at(PayStage.DECLINED, PaymentMeans.STORED, "Visa ·· 4242", "over-limit"),
        "pay-under-way": at(PayStage.DECLINED, why="under-way"),
        "pay-parked": at(PayStage.PARKED),
        "pay-unpriced": replace(wardrobe, page=Page.PAY, pay=replace(blank, stage=PayStage.UNPRICED)),
    }


def _with_pay(scene: Scene, **changes: Any) -> Scene:
    assert scene.pay is not None
    return replace(scene, pay=replace(scene.pay, **changes))


def _money(language: str, minor: int) -> str:
    return Money(minor, "EUR").formatted(language)
