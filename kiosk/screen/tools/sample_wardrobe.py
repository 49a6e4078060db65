"""The wardrobe page with invented pieces, from which most sample scenes are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.floor.services import USUAL_SERVICES
from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import RIGHT_TO_LEFT
from kiosk.core.scene.garment_cards import LookCard
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.service_cards import BasketCard
from kiosk.core.scene.service_list import service_cards
from kiosk.core.visit.navigation import Page
from kiosk.screen.tools import sample_cards as cards
from kiosk.screen.tools.sample_texts import price_of


def total_of(language: str, pieces: Iterable[int]) -> str:
    """The total of these pieces, as the language writes it."""
    return Money(sum(price_of(n) for n in pieces), "EUR").formatted(language)


def empty_scene(language: str, page: Page) -> Scene:
    """A scene of that page without content."""
    return Scene(
        page=page, dark=False, house="Ostrevane", language=language, languages=("en", "de"),
        right_to_left=language in RIGHT_TO_LEFT, first_name="", known=False, pieces=(), garment=None, looks=(),
        finding=False, requests=(), basket=BasketCard((), "", 0, 0), pay=None, receipt=None,
        notice=None, staff=("Inès",), staff_minutes=2, can_go_back=page is not Page.WARDROBE,
        services=service_cards(USUAL_SERVICES, language),
    )  # fmt: skip


def looks(language: str, *, asked: bool = False) -> tuple[LookCard, ...]:
    return (
        cards.look_card(language, 5, LookReason.BOUGHT_TOGETHER, 0, count=17, asked=asked),
        cards.look_card(language, 3, LookReason.GOES_WITH, 2),
        cards.look_card(language, 7, LookReason.COMPLETES, 0),
        cards.look_card(language, 6, LookReason.NEW_ARRIVAL, 0),
        cards.look_card(language, 8, LookReason.STYLIST, 0),
    )


def wardrobe(language: str, count: int, taken: int = 0, **more: Any) -> Scene:
    """The wardrobe page with `count` pieces, of which the first `taken` are in the basket."""
    pieces = tuple(cards.piece_card(language, n, chosen=n < taken) for n in range(count))
    lines = tuple(cards.basket_line_card(language, n, taken=n < taken) for n in range(count))
    total = total_of(language, range(taken)) if taken else ""
    basket = BasketCard(lines, total, taken, 0, can_take_all=count > max(1, taken))
    suggested = looks(language) if count else ()
    return replace(
        empty_scene(language, Page.WARDROBE), pieces=pieces, basket=basket, looks=suggested, **more
    )
