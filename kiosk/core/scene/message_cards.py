"""The card of what an associate shows: a line of text, a piece, or a look of several pieces."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.core.domain.floor.asked_articles import articles_of
from kiosk.core.domain.floor.staff_message import LookPiece, is_right_to_left
from kiosk.core.domain.garment import displayed_size
from kiosk.core.domain.ids import ArticleId
from kiosk.core.scene.garment_card_of import size_place
from kiosk.core.scene.garment_cards import SizeLocation
from kiosk.core.scene.outline import Outline, outline_of
from kiosk.core.visit.messages.look import look_of
from kiosk.core.visit.navigation import UNATTENDED, Page
from kiosk.core.visit.state import Visit

_WITHOUT_MESSAGE = UNATTENDED | {Page.PAY}
"""Pages on which nothing of an associate is shown: no shopper is there, or she pays."""


@dataclass(frozen=True, slots=True)
class MessagePieceCard:
    """A piece of a look. `size` is empty where she chooses one, or there is only one; `asked`: she has asked for it."""

    article: ArticleId
    name: str
    price: str
    colour: str
    size: str
    picture: str
    place: SizeLocation | None
    """Where this size is; None where none is named."""
    count: int
    """Pieces at that place."""
    asked: bool
    outline: Outline = Outline.HANGER


@dataclass(frozen=True, slots=True)
class MessageCard:
    """What an associate shows. The text is as it was written; `right_to_left` is its own direction."""

    message_id: str
    by: str = field(repr=False)
    text: str = field(repr=False)
    right_to_left: bool
    name: str
    """Of the piece; it and the following are empty without one."""
    price: str
    colour: str
    size: str
    picture: str
    has_piece: bool
    outline: Outline = Outline.HANGER
    look: tuple[MessagePieceCard, ...] = ()


def message_card(visit: Visit) -> MessageCard | None:
    """What is shown now; None where nothing is."""
    message, language = visit.messages.shown, visit.language
    if message is None or visit.page in _WITHOUT_MESSAGE or visit.navigation.dark:
        return None
    look = tuple(_piece_card(visit, one) for one in look_of(visit))
    if message.look and not look and not message.text:
        return None
    garment = message.garment if not message.look else None
    return MessageCard(
        message_id=message.message_id,
        by=message.by,
        text=message.text,
        right_to_left=is_right_to_left(message.text),
        name=garment.name.in_language(language) if garment else "",
        price=garment.price.formatted(language) if garment else "",
        colour=garment.colourway.name.in_language(language) if garment else "",
        size=displayed_size(garment.size) if garment else "",
        picture=garment.colourway.picture if garment else "",
        has_piece=garment is not None,
        outline=outline_of(garment.category if garment else ""),
        look=look,
    )


def _piece_card(visit: Visit, piece: LookPiece) -> MessagePieceCard:
    garment, language = piece.garment, visit.language
    stock = garment.stock_of(garment.article)
    named = stock is not None and (piece.sized or not displayed_size(garment.size))
    place, count = size_place(visit, stock[1]) if stock is not None and named else (None, 0)
    return MessagePieceCard(
        article=garment.article,
        name=garment.name.in_language(language),
        price=garment.price_of(garment.article).now.formatted(language),
        colour=garment.colourway.name.in_language(language),
        size=displayed_size(garment.size) if piece.sized else "",
        picture=garment.colourway.picture,
        place=place,
        count=count,
        outline=outline_of(garment.category),
        asked=any(garment.article in articles_of(request) for request in visit.open_requests),
    )
