"""Cards about what associates have prepared for the shopper's appointment."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique

from kiosk.core.domain.floor.asked_articles import articles_of
from kiosk.core.domain.floor.prepared import PreparedPiece
from kiosk.core.domain.garment import displayed_size
from kiosk.core.domain.ids import ArticleId
from kiosk.core.scene.outline import Outline, outline_of
from kiosk.core.visit.prepared.on_prepared import waiting
from kiosk.core.visit.state import Visit


@unique
class PreparedPlace(Enum):
    """Where a piece is that waits for the shopper."""

    READY = "ready"
    """An associate has fetched it."""
    FLOOR = "floor"
    STOCKROOM = "stockroom"
    GONE = "gone"
    """None is in the shop any more."""


@dataclass(frozen=True, slots=True)
class PreparedPieceCard:
    """A piece that waits. `rail`: its rail, where the place is the floor and the plan of the shop knows it.

    `look`: number of the look to which it belongs, 0 for none. `asked`: she has asked for it.
    """

    article: ArticleId
    name: str
    price: str
    colour: str
    size: str
    picture: str
    place: PreparedPlace
    rail: str
    look: int
    asked: bool
    outline: Outline = Outline.HANGER


@dataclass(frozen=True, slots=True)
class PreparedCard:
    """What waits. `by`: first name of the associate, empty where nobody looks after it."""

    by: str = field(repr=False)
    pieces: tuple[PreparedPieceCard, ...]


def prepared_card(visit: Visit) -> PreparedCard | None:
    """What still waits for the shopper, look by look; None where nothing does."""
    pieces, shopper = waiting(visit), visit.shopper
    if not pieces or shopper is None or shopper.prepared is None:
        return None
    asked = {article for request in visit.open_requests for article in articles_of(request)}
    together = sorted(pieces, key=lambda one: (not one.look, one.look))
    cards = (_piece_card(one, visit.language, asked=one.garment.article in asked) for one in together)
    return PreparedCard(shopper.prepared.by, tuple(cards))


def _piece_card(piece: PreparedPiece, language: str, *, asked: bool) -> PreparedPieceCard:
    garment, place = piece.garment, _place(piece)
    return PreparedPieceCard(
        article=garment.article,
        name=garment.name.in_language(language),
        price=garment.price_of(garment.article).now.formatted(language),
        colour=garment.colourway.name.in_language(language),
        size=displayed_size(garment.size),
        picture=garment.colourway.picture,
        place=place,
        rail=piece.rail if place is PreparedPlace.FLOOR else "",
        look=piece.look,
        asked=asked,
        outline=outline_of(garment.category),
    )


def _place(piece: PreparedPiece) -> PreparedPlace:
    if piece.ready:
        return PreparedPlace.READY
    return PreparedPlace(piece.lies) if piece.lies else PreparedPlace.GONE
