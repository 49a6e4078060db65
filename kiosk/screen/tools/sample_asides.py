"""Scenes with pieces that are put aside, and with the offer to do so."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.floor.aside import AsideState
from kiosk.core.domain.ids import ArticleId
from kiosk.core.domain.service_request import Reached, RequestState
from kiosk.core.scene.aside_cards import AsideCard
from kiosk.core.scene.garment_cards import Availability
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.asides.on_aside import MAX_WAITING
from kiosk.core.visit.navigation import Page
from kiosk.screen.tools import sample_cards as cards
from kiosk.screen.tools.sample_texts import SIZES, picture_path, texts_of
from kiosk.screen.tools.sample_wardrobe import wardrobe


def aside_card(language: str, n: int, state: AsideState) -> AsideCard:
    """An invented piece in that state; the first one hangs in the room."""
    name, colour, _ = texts_of(language, n)
    kept = state in (AsideState.ASKED, AsideState.TAKEN)
    return AsideCard(
        f"a{n}", state, name, SIZES[n], colour, picture_path(n), code="K7PX" if kept else "",
        by="Inès" if state is AsideState.TAKEN else "", day=1 if kept else 0, month=12 if kept else 0,
        time="19:00" if kept else "", in_room=n == 0, waits=state.waits_for_her,
    )  # fmt: skip


def aside_scenes(language: str) -> dict[str, Scene]:
    """The offers, and the pieces in each state."""
    three = wardrobe(language, 3, can_go_back=True)
    page = replace(three, page=Page.REQUEST)
    alone = replace(three, staff=())
    stock = replace(cards.garment_card(language, 1, offer=Availability.NOBODY), can_put_aside=True)
    hangs = replace(cards.garment_card(language, 1), can_put_aside=True)
    request = cards.request_card(language, 1, RequestState.RECEIVED, reached=Reached.NOBODY)
    unanswered = replace(request, lies="floor", can_put_aside=True, article=ArticleId("1"))
    states = (AsideState.TAKEN, AsideState.REFUSED, AsideState.ENDED)
    return {
        "garment-put-aside": replace(alone, page=Page.GARMENT, garment=stock),
        "garment-hangs-aside": replace(alone, page=Page.GARMENT, garment=hangs),
        "garment-is-aside": replace(
            three, page=Page.GARMENT, garment=replace(hangs, can_put_aside=False, is_aside=True)
        ),
        "request-put-aside": replace(page, staff=(), requests=(unanswered,)),
        "aside-sending": replace(page, asides=(aside_card(language, 1, AsideState.SENDING),)),
        "aside-asked": replace(page, asides=(aside_card(language, 0, AsideState.ASKED),)),
        "aside-others": replace(
            page, asides=tuple(aside_card(language, n + 1, state) for n, state in enumerate(states))
        ),
        "aside-many": replace(
            page,
            asides=tuple(
                replace(
                    aside_card(language, n % 3, AsideState.ASKED),
                    aside_id=f"m{n}",
                    in_room=False,
                    code="23CD",
                )
                for n in range(MAX_WAITING)
            ),
        ),
        "wardrobe-aside": replace(three, asides=(aside_card(language, 0, AsideState.ASKED),)),
    }
