"""Scenes with a message of an associate."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.floor.staff_message import MAX_TEXT, is_right_to_left
from kiosk.core.scene.scene import Notice, Scene
from kiosk.core.scene.service_cards import MessageCard
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


def message_scenes(language: str) -> dict[str, Scene]:
    """A line, a piece, both; long, in the other direction, with a full page, with a notice."""
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
        "message-ask": replace(empty_scene(language, Page.ASK), message=both),
    }
