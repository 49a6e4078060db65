"""Sample scenes: every page in every important state, for the contact sheet and the tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.fit_feedback import FitArea, FitRating
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.service_request import AssociateReply, RequestKind, RequestState
from kiosk.core.domain.texts import LANGUAGES, RIGHT_TO_LEFT
from kiosk.core.scene.garment_cards import Availability, FitFormCard, LookCard
from kiosk.core.scene.scene import Notice, Scene
from kiosk.core.scene.service_cards import BasketCard, ReceiptCard
from kiosk.core.visit.fit_form import FitMethod
from kiosk.core.visit.navigation import Page
from kiosk.screen.tools import sample_cards as cards
from kiosk.screen.tools.sample_payments import payment_scenes

_LINK = "https://mirror.ostrevane.example/r/7Kq2vXw9sTn4"


def _empty_scene(language: str, page: Page) -> Scene:
    """A scene of that page without content."""
    return Scene(
        page=page, dark=False, house="Ostrevane", language=language, languages=("en", "de"),
        right_to_left=language in RIGHT_TO_LEFT, first_name="", known=False, pieces=(), garment=None, looks=(),
        finding=False, requests=(), basket=BasketCard((), _money(language, 0), 0, 0), pay=None, receipt=None,
        notice=None, staff=("Inès",), staff_minutes=2, can_go_back=page is not Page.WARDROBE,
    )  # fmt: skip


def _money(language: str, minor: int) -> str:
    return Money(minor, "EUR").formatted(language)


def _total(language: str) -> str:
    return _money(language, 179_000)


def _looks(language: str, *, asked: bool = False) -> tuple[LookCard, ...]:
    return (
        cards.look_card(language, 5, LookReason.BOUGHT_TOGETHER, 0, count=17, asked=asked),
        cards.look_card(language, 3, LookReason.GOES_WITH, 2),
        cards.look_card(language, 7, LookReason.COMPLETES, 0),
        cards.look_card(language, 6, LookReason.NEW_ARRIVAL, 0),
        cards.look_card(language, 8, LookReason.STYLIST, 0),
    )


def _wardrobe(language: str, count: int, **more: Any) -> Scene:
    """The wardrobe page with `count` pieces."""
    pieces = tuple(cards.piece_card(language, n) for n in range(count))
    lines = tuple(cards.basket_line_card(language, n) for n in range(count))
    basket = BasketCard(lines, _total(language), count, 0)
    looks = _looks(language) if count else ()
    return replace(_empty_scene(language, Page.WARDROBE), pieces=pieces, basket=basket, looks=looks, **more)


def _wardrobe_scenes(language: str) -> dict[str, Scene]:
    three = _wardrobe(language, 3)
    advised = (
        cards.piece_card(language, 0),
        cards.piece_card(language, 1, advised="L"),
        cards.piece_card(language, 2),
    )
    faint = (*three.pieces, cards.piece_card(language, 4, faint=True))
    coming = cards.request_card(
        language, 1, RequestState.CLAIMED, by="Inès", answer=AssociateReply.TWO_MINUTES, minutes=2
    )
    return {
        "wardrobe-empty": _wardrobe(language, 0),
        "wardrobe-one": _wardrobe(language, 1),
        "wardrobe-two": _wardrobe(language, 2),
        "wardrobe-three": replace(three, pieces=advised),
        "wardrobe-known": replace(three, pieces=advised, first_name="Clara", known=True),
        "wardrobe-faint": replace(three, pieces=faint, basket=replace(three.basket, uncertain=1)),
        "wardrobe-unknown": replace(three, pieces=(*three.pieces[:2], cards.unknown_piece_card())),
        "wardrobe-request": replace(three, requests=(coming,)),
        "wardrobe-six": _wardrobe(language, 6),
        "wardrobe-eight": _wardrobe(language, 8, requests=(coming,)),
        "wardrobe-twelve": _wardrobe(language, 12, requests=(coming,)),
        "wardrobe-bought": replace(
            three,
            pieces=tuple(cards.piece_card(language, n, bought=True) for n in range(3)),
            basket=_empty_scene(language, Page.REST).basket,
        ),
    }  # fmt: skip


def _garment_scenes(language: str) -> dict[str, Scene]:
    wardrobe = _wardrobe(language, 3)

    def page(**more: Any) -> Scene:
        arguments = {"language": language, "n": 1, "advice": cards.RUNS_SMALL_ADVICE, **more}
        return replace(wardrobe, page=Page.GARMENT, can_go_back=True, garment=cards.garment_card(**arguments))

    return {
        "garment": page(),
        "garment-between": page(advice=cards.TWO_SIZES_ADVICE, chosen="M", offer=Availability.IN_ROOM),
        "garment-true": page(advice=cards.TRUE_TO_SIZE_ADVICE, chosen="M", offer=Availability.IN_ROOM, n=0),
        "garment-nobody": replace(page(offer=Availability.NOBODY), staff=(), staff_minutes=0),
        "garment-elsewhere": page(chosen="XL", offer=Availability.ELSEWHERE, advice=None, n=9),
        "garment-contradiction": page(advice=cards.CONTRADICTION_ADVICE, chosen="S"),
        "garment-few-alike": page(advice=cards.FEW_ALIKE_ADVICE),
        "garment-choose": page(chosen="", offer=Availability.CHOOSE, advice=None),
        "garment-gone": page(chosen="XS", offer=Availability.NONE, advice=None),
        "garment-asked": page(offer=Availability.ASKED),
        "garment-sale": page(sale=True, photos=3),
        "garment-expected": page(chosen="XL", offer=Availability.EXPECTED, advice=None, sale=True),
        "garment-ten-sizes": page(n=2, ten=True, chosen="40", advice=None, colours=6),
        "garment-broken": page(picture="broken.png", n=2),
        "garment-long-name": page(name="Rückenfreies Donaudampfschifffahrtsgesellschaftskapitänskleid", n=9),
        "sizes": replace(page(), page=Page.SIZES),
        "sizes-expected": replace(
            page(chosen="XL", offer=Availability.EXPECTED, advice=None), page=Page.SIZES
        ),
        "sizes-ten": replace(page(n=2, ten=True, chosen="40", colours=6), page=Page.SIZES),
        "sizes-at-home": replace(
            page(n=2, ten=True, chosen="40", colours=6, home="UK 10 · US"), page=Page.SIZES
        ),
    }


def _fit_feedback_scenes(language: str) -> dict[str, Scene]:
    """The garment page of a piece in the room: the fit question and the advice after each answer."""
    wardrobe = _wardrobe(language, 3, page=Page.GARMENT, can_go_back=True)

    def page(**more: Any) -> Scene:
        arguments = {"language": language, "n": 1, "chosen": "M", "offer": Availability.IN_ROOM, **more}
        return replace(wardrobe, garment=cards.garment_card(**arguments))

    tight = cards.fit_feedback_card(FitRating.TIGHT)
    shoulder = cards.fit_feedback_card(FitRating.TIGHT, FitArea.SHOULDER)
    bring = {"chosen": "L", "offer": Availability.BRING}
    return {
        "feel": page(advice=cards.TRUE_TO_SIZE_ADVICE, feel=cards.fit_feedback_card()),
        "feel-where": page(advice=cards.TIGHT_ADVICE, feel=tight, **bring),
        "feel-tight": page(advice=cards.TIGHT_ADVICE, feel=shoulder, **bring),
        "feel-loose": page(
            advice=cards.LOOSE_ADVICE,
            feel=cards.fit_feedback_card(FitRating.LOOSE, FitArea.CHEST),
            chosen="S",
            offer=Availability.BRING,
        ),
        "feel-right": page(advice=cards.RIGHT_ADVICE, feel=cards.fit_feedback_card(FitRating.RIGHT)),
        "feel-taken-up": page(
            advice=cards.TAKEN_UP_ADVICE, feel=cards.fit_feedback_card(FitRating.LOOSE, FitArea.SLEEVE)
        ),
        "feel-no-other": page(
            advice=cards.NO_OTHER_SIZE_ADVICE,
            feel=cards.fit_feedback_card(FitRating.TIGHT, FitArea.CHEST, "XL"),
            chosen="XL",
        ),
        "garment-open": page(advice=cards.UNKNOWN_ADVICE, feel=cards.fit_feedback_card()),
        "garment-survey": page(advice=cards.SURVEY_ADVICE, feel=cards.fit_feedback_card()),
    }


def _fit_form_scenes(language: str) -> dict[str, Scene]:
    """The fit page in each of its forms."""
    garment = cards.garment_card(
        language, 1, chosen="M", offer=Availability.IN_ROOM, advice=cards.UNKNOWN_ADVICE
    )
    page = replace(_wardrobe(language, 3, can_go_back=True), page=Page.FIT, garment=garment)
    systems = ("", "FR", "IT", "UK", "US", "JP")
    body = FitFormCard(
        FitMethod.BODY, imperial=False, height="170", weight="68", systems=systems, system="", size="38"
    )
    return {
        "fit": replace(page, fit=body),
        "fit-feet": replace(page, fit=replace(body, imperial=True, height="5′ 11″", weight="150")),
        "fit-label": replace(page, fit=replace(body, way=FitMethod.LABEL, system="FR", size="40")),
        "fit-house": replace(page, fit=replace(body, way=FitMethod.LABEL)),
        "fit-bare": replace(page, fit=replace(body, systems=())),
    }


def _look_scenes(language: str) -> dict[str, Scene]:
    wardrobe = _wardrobe(language, 3)
    look = replace(wardrobe, page=Page.LOOK, can_go_back=True)
    return {
        "look": replace(look, looks=_looks(language, asked=True)),
        "look-two": replace(look, looks=_looks(language)[:2]),
        "look-finding": replace(look, looks=(), finding=True),
        "look-none": replace(look, looks=()),
    }


def _request_scenes(language: str) -> dict[str, Scene]:
    wardrobe = _wardrobe(language, 3, can_go_back=True)
    ask = replace(wardrobe, page=Page.ASK)

    def on(*requests: Any) -> Scene:
        return replace(wardrobe, page=Page.REQUEST, requests=requests)

    claimed = cards.request_card(
        language, 1, RequestState.CLAIMED, by="Inès", answer=AssociateReply.TWO_MINUTES, minutes=2
    )
    drink = cards.request_card(language, 2, RequestState.RECEIVED, kind=RequestKind.DRINK)
    return {
        "ask": ask,
        "ask-nobody": replace(ask, staff=(), staff_minutes=0),
        "request-sending": on(cards.request_card(language, 1, RequestState.SENDING)),
        "request-received": on(cards.request_card(language, 1, RequestState.RECEIVED)),
        "request-waiting": on(
            cards.request_card(language, 1, RequestState.RECEIVED, waited=190, escalated=1)
        ),
        "request-claimed": on(replace(claimed, at_door=True)),
        "request-door": on(cards.request_card(language, 1, RequestState.AT_THE_DOOR, by="Inès")),
        "request-sold": on(
            cards.request_card(
                language, 1, RequestState.DECLINED, by="Inès", answer=AssociateReply.LAST_ONE_SOLD
            )
        ),
        "request-three": on(
            claimed, drink, cards.request_card(language, 3, RequestState.UNSENT, kind=RequestKind.HELP)
        ),
    }


def _basket_scenes(language: str) -> dict[str, Scene]:
    wardrobe = _wardrobe(language, 3, page=Page.BASKET, can_go_back=True)
    aside = (*wardrobe.basket.lines[:2], cards.basket_line_card(language, 2, taken=False))
    twelve = _wardrobe(language, 12, can_go_back=True)
    return {
        "basket": wardrobe,
        "basket-aside": replace(wardrobe, basket=BasketCard(aside, _money(language, 147_000), 2, 2)),
        "basket-twelve": replace(twelve, page=Page.BASKET),
        "basket-tax-added": replace(wardrobe, basket=replace(wardrobe.basket, tax_added=True)),
        "basket-empty": replace(wardrobe, basket=BasketCard((), _money(language, 0), 0, 0)),
    }


def _payment_scenes(language: str) -> dict[str, Scene]:
    return payment_scenes(language, _wardrobe(language, 3, can_go_back=True))


def _end_scenes(language: str) -> dict[str, Scene]:
    receipt = ReceiptCard(
        "OST-2026-004711", _total(language), _money(language, 29_833), _LINK, PaymentMeans.TERMINAL
    )
    paid = replace(_empty_scene(language, Page.RECEIPT), receipt=receipt, can_go_back=True)
    door = cards.request_card(language, 1, RequestState.AT_THE_DOOR, by="Inès")
    return {
        "receipt": paid,
        "receipt-known": replace(paid, first_name="Clara", known=True),
        "away": _empty_scene(language, Page.AWAY),
        "rest": _empty_scene(language, Page.REST),
        "dark": replace(_wardrobe(language, 3), dark=True),
        "dark-door": replace(_wardrobe(language, 3), dark=True, requests=(door,)),
    }


def _notice_scenes(language: str) -> dict[str, Scene]:
    wardrobe = _wardrobe(language, 3, languages=LANGUAGES)
    return {f"notice-{notice.value}": replace(wardrobe, notice=notice) for notice in Notice}


def sample_scenes(language: str = "en") -> dict[str, Scene]:
    """The scenes by name, in the order of a visit."""
    parts = (
        _end_scenes,
        _wardrobe_scenes,
        _garment_scenes,
        _fit_feedback_scenes,
        _fit_form_scenes,
        _look_scenes,
        _request_scenes,
        _basket_scenes,
        _payment_scenes,
        _notice_scenes,
    )
    return {name: scene for part in parts for name, scene in part(language).items()}
