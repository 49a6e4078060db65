"""Scenes with pieces that wait for the shopper's appointment."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle, islice

from kiosk.core.domain.ids import ArticleId
from kiosk.core.scene.prepared_cards import PreparedCard, PreparedPieceCard, PreparedPlace
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.navigation import Page
from kiosk.screen.tools.sample_texts import SIZES, picture_path, texts_of
from kiosk.screen.tools.sample_wardrobe import empty_scene, wardrobe

_PLACES = (PreparedPlace.READY, PreparedPlace.FLOOR, PreparedPlace.STOCKROOM, PreparedPlace.GONE)


def prepared_card(language: str, count: int, by: str = "Inès") -> PreparedCard:
    """That many invented pieces, one after the other in each place, in two looks and on their own."""
    return PreparedCard(
        by, tuple(_piece(language, n, place) for n, place in enumerate(islice(cycle(_PLACES), count)))
    )


def _piece(language: str, n: int, place: PreparedPlace) -> PreparedPieceCard:
    name, colour, price = texts_of(language, n)
    rail = "Atelier 2" if place is PreparedPlace.FLOOR else ""
    look = 1 if n < 2 else 2 if n < 4 else 0
    return PreparedPieceCard(
        ArticleId(str(n)), name, price, colour, SIZES[n], picture_path(n), place, rail, look, asked=n == 2
    )


def prepared_scenes(language: str) -> dict[str, Scene]:
    """With empty hands, with pieces, without an associate, and the page with all of it."""
    page = replace(empty_scene(language, Page.PREPARED), can_go_back=True)
    return {
        "prepared-empty-hands": _hers(wardrobe(language, 0), prepared_card(language, 8)),
        "prepared-with-three": _hers(wardrobe(language, 3), prepared_card(language, 5)),
        "prepared-with-twelve": _hers(wardrobe(language, 12, 2), prepared_card(language, 3, "")),
        "prepared-all": replace(page, prepared=prepared_card(language, 12)),
        "prepared-all-here": page,
    }


def _hers(scene: Scene, card: PreparedCard) -> Scene:
    return replace(scene, first_name="Clara", known=True, prepared=card)
