"""Scenes with a message of an associate."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.floor.staff_message import MAX_TEXT, is_right_to_left
from kiosk.core.domain.ids import ArticleId
from kiosk.core.scene.garment_cards import SizeLocation
from kiosk.core.scene.message_cards import MessageCard, MessagePieceCard
from kiosk.core.scene.scene import Notice, Scene
from kiosk.core.visit.navigation import Page
from kiosk.screen.tools.sample_cards import garment_card
from kiosk.screen.tools.sample_texts import SIZES, picture_path, texts_of
from kiosk.screen.tools.sample_wardrobe import empty_scene, wardrobe

TEXTS = {
    "en": "The navy one has just come in. I have put it aside for you.",
    "de": "Die marineblaue ist gerade gekommen. Ich habe sie für Sie zurückgelegt.",
    "ar": "وصلت القطعة الكحلية للتو، وقد وضعتها جانبًا لك.",
    "ja": "シャツをお持ちします。",
}


def message_card(language: str, text: str, n: int | None = None) -> MessageCard:
    """A message with this text, and with the invented piece of that number."""
    name, colour, price = texts_of(language, n) if n is not None else ("", "", "")
    return MessageCard(
        "m1", "Inès", text, is_right_to_left(text), name, price, colour,
        SIZES[n] if n is not None else "", picture_path(n) if n is not None else "", n is not None,
    )  # fmt: skip


_PLACES = (SizeLocation.HERE, SizeLocation.STOCKROOM, None, SizeLocation.IN_ROOM, SizeLocation.NOWHERE)


def look_card(language: str, count: int, text: str = "") -> MessageCard:
    """A look of so many invented pieces."""
    return replace(message_card(language, text), look=tuple(_piece_card(language, n) for n in range(count)))


def _piece_card(language: str, n: int) -> MessagePieceCard:
    name, colour, price = texts_of(language, n)
    place = _PLACES[n % len(_PLACES)]
    size = SIZES[n] if place is not None else ""
    return MessagePieceCard(
        ArticleId(str(n)), name, price, colour, size, picture_path(n), place, 1 + n % 3, asked=n == 3
    )


def message_scenes(language: str) -> dict[str, Scene]:
    """A line, a piece, both, looks; long, in the other direction, with a full page, with a notice."""
    text = TEXTS.get(language, TEXTS["en"])
    other = TEXTS["en" if language == "ar" else "ar"]
    long = (text + " ") * 9
    both, three = message_card(language, text, 2), wardrobe(language, 3)
    garment = replace(
        empty_scene(language, Page.GARMENT), garment=garment_card(language, 1), can_go_back=True
    )
    return {
        "message-line": replace(three, message=message_card(language, text)),
        "message-piece": replace(three, message=message_card(language, "", 2)),
        "message-both": replace(three, message=both),
        "message-long": replace(three, message=message_card(language, long[:MAX_TEXT].strip(), 2)),
        "message-other-way": replace(three, message=message_card(language, other)),
        "message-twelve": replace(wardrobe(language, 12, taken=2), message=both, notice=Notice.RADIO_LOST),
        "message-garment": replace(garment, message=both),
        "message-look-two": replace(three, message=look_card(language, 2, text)),
        "message-look-three": replace(three, message=look_card(language, 3)),
        "message-look-four": replace(wardrobe(language, 0), message=look_card(language, 4, text)),
        "message-look-six": replace(three, message=look_card(language, 6, long[:MAX_TEXT].strip())),
        "message-look-twelve": replace(wardrobe(language, 12, taken=2), message=look_card(language, 6, text)),
        "message-look-garment": replace(garment, message=look_card(language, 5, text)),
        "message-ask": replace(empty_scene(language, Page.ASK), message=both),
    }
