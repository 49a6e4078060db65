"""Sample scenes: every page in every important state, for the contact sheet and the tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.core.domain.fit_feedback import FitArea, FitRating
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.service_request import AssociateReply, Reached, RequestKind, RequestState
from kiosk.core.domain.slips.printing import PrintState
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.scene.garment_cards import Availability, FitFormCard
from kiosk.core.scene.scene import Notice, Scene
from kiosk.core.scene.service_cards import ReceiptCard
from kiosk.core.visit.basket import WhyNot
from kiosk.core.visit.fit_form import FitMethod
from kiosk.core.visit.navigation import Page
from kiosk.screen.tools import sample_cards as cards
from kiosk.screen.tools.sample_asides import aside_scenes
from kiosk.screen.tools.sample_delivery import delivery_scenes
from kiosk.screen.tools.sample_messages import message_scenes
from kiosk.screen.tools.sample_pairing import pairing_scenes
from kiosk.screen.tools.sample_payments import basket_scenes, payment_scenes, tax_of
from kiosk.screen.tools.sample_prepared import prepared_scenes
from kiosk.screen.tools.sample_services import service_scenes
from kiosk.screen.tools.sample_texts import texts_of
from kiosk.screen.tools.sample_wardrobe import empty_scene, looks, total_of, wardrobe

_LINK = "https://mirror.ostrevane.example/r/7Kq2vXw9sTn4"


def _wardrobe_scenes(language: str) -> dict[str, Scene]:
    three = wardrobe(language, 3)
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
        "wardrobe-empty": wardrobe(language, 0),
        "wardrobe-one": wardrobe(language, 1),
        "wardrobe-two": wardrobe(language, 2),
        "wardrobe-three": replace(three, pieces=advised),
        "wardrobe-chosen": wardrobe(language, 3, 2),
        "wardrobe-known": replace(three, pieces=advised, first_name="Clara", known=True),
        "wardrobe-faint": replace(three, pieces=faint, basket=replace(three.basket, uncertain=1)),
        "wardrobe-unknown": replace(three, pieces=(*three.pieces[:2], cards.unknown_piece_card())),
        "wardrobe-request": replace(three, requests=(coming,)),
        "wardrobe-six": wardrobe(language, 6),
        "wardrobe-eight": wardrobe(language, 8, requests=(coming,)),
        "wardrobe-twelve": wardrobe(language, 12, 9, requests=(coming,)),
        "wardrobe-eleven": wardrobe(language, 11),
        "wardrobe-thirty-six": wardrobe(language, 36, 20, requests=(coming,)),
        "wardrobe-four": wardrobe(language, 4, 4),
        "wardrobe-not-for-sale": replace(
            three,
            pieces=(
                three.pieces[0],
                cards.piece_card(language, 1, why_not=WhyNot.SOLD),
                cards.piece_card(language, 2, why_not=WhyNot.NO_PRICE),
            ),
        ),
        "wardrobe-bought": replace(
            three,
            pieces=tuple(cards.piece_card(language, n, bought=True) for n in range(3)),
            basket=empty_scene(language, Page.REST).basket,
        ),
    }  # fmt: skip


def _garment_scenes(language: str) -> dict[str, Scene]:
    three = wardrobe(language, 3)

    def page(**more: Any) -> Scene:
        arguments = {"language": language, "n": 1, "advice": cards.RUNS_SMALL_ADVICE, **more}
        return replace(three, page=Page.GARMENT, can_go_back=True, garment=cards.garment_card(**arguments))

    return {
        "garment": page(),
        "garment-between": page(advice=cards.TWO_SIZES_ADVICE, chosen="M", offer=Availability.IN_ROOM),
        "garment-taken": page(
            advice=cards.TRUE_TO_SIZE_ADVICE, chosen="M", offer=Availability.IN_ROOM, taken=True
        ),
        "garment-sold": page(
            advice=cards.TRUE_TO_SIZE_ADVICE, chosen="M", offer=Availability.IN_ROOM, why_not=WhyNot.SOLD
        ),
        "garment-true": page(advice=cards.TRUE_TO_SIZE_ADVICE, chosen="M", offer=Availability.IN_ROOM, n=0),
        "garment-nobody": replace(page(offer=Availability.NOBODY), staff=(), staff_minutes=0),
        "garment-elsewhere": page(chosen="XL", offer=Availability.ELSEWHERE, advice=None, n=9),
        "garment-contradiction": page(advice=cards.CONTRADICTION_ADVICE, chosen="S"),
        "garment-few-alike": page(advice=cards.FEW_ALIKE_ADVICE),
        "garment-choose": page(chosen="", offer=Availability.CHOOSE, advice=None),
        "garment-gone": page(chosen="XS", offer=Availability.NONE, advice=None),
        "garment-sold-out": page(chosen="XS", offer=Availability.NONE, advice=cards.SOLD_OUT_ADVICE),
        "garment-other-colour": page(
            chosen="XS",
            offer=Availability.OTHER_COLOUR,
            advice=replace(cards.SOLD_OUT_ADVICE, other_colour=texts_of(language, 2)[1]),
        ),
        "garment-exchange": replace(page(), garment=replace(cards.garment_card(language, 1), exchange=True)),
        "garment-asked": page(offer=Availability.ASKED),
        "garment-sale": page(sale=True, photos=3),
        "garment-expected": page(chosen="XL", offer=Availability.EXPECTED, advice=None, sale=True),
        "garment-ten-sizes": page(n=2, ten=True, chosen="40", advice=None, colours=6),
        "garment-broken": page(picture="broken.png", n=2),
        "garment-long-name": page(name="Rückenfreies Donaudampfschifffahrtsgesellschaftskapitänskleid", n=9),
        "sizes": replace(page(), page=Page.SIZES),
        "sizes-two": replace(page(advice=cards.TWO_SIZES_ADVICE), page=Page.SIZES),
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
    three = wardrobe(language, 3, page=Page.GARMENT, can_go_back=True)

    def page(**more: Any) -> Scene:
        arguments = {"language": language, "n": 1, "chosen": "M", "offer": Availability.IN_ROOM, **more}
        return replace(three, garment=cards.garment_card(**arguments))

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
    page = replace(wardrobe(language, 3, can_go_back=True), page=Page.FIT, garment=garment)
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
    three = wardrobe(language, 3)
    look = replace(three, page=Page.LOOK, can_go_back=True)
    return {
        "look": replace(look, looks=looks(language, asked=True)),
        "look-two": replace(look, looks=looks(language)[:2]),
        "look-finding": replace(look, looks=(), finding=True),
        "look-none": replace(look, looks=()),
    }


def _request_scenes(language: str) -> dict[str, Scene]:
    three = wardrobe(language, 3, can_go_back=True)
    ask = replace(three, page=Page.ASK)

    def on(*requests: Any) -> Scene:
        return replace(three, page=Page.REQUEST, requests=requests)

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
            cards.request_card(
                language, 1, RequestState.RECEIVED, waited=190, reached=Reached.ASSOCIATE, whom="Jonas"
            )
        ),
        "request-nobody": replace(
            on(cards.request_card(language, 1, RequestState.RECEIVED, waited=190, reached=Reached.NOBODY)),
            staff=(),
        ),
        "request-open-again": on(cards.request_card(language, 1, RequestState.RECEIVED, whom="Inès")),
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


def _end_scenes(language: str) -> dict[str, Scene]:
    receipt = ReceiptCard(
        "OST-2026-004711", total_of(language, range(3)), tax_of(language), _LINK, PaymentMeans.TERMINAL
    )
    paid = replace(empty_scene(language, Page.RECEIPT), receipt=receipt, can_go_back=True)
    door = cards.request_card(language, 1, RequestState.AT_THE_DOOR, by="Inès")
    return {
        "receipt": paid,
        "receipt-known": replace(paid, first_name="Clara", known=True),
        "receipt-number": replace(paid, receipt=replace(receipt, link="", can_print=True)),
        "receipt-printing": replace(paid, receipt=replace(receipt, printing=PrintState.WAITING)),
        "receipt-not-printed": replace(
            paid, receipt=replace(receipt, can_print=True, printing=PrintState.NOT_PRINTED)
        ),
        "still-there": empty_scene(language, Page.STILL_THERE),
        "still-there-request": replace(
            empty_scene(language, Page.STILL_THERE),
            requests=(cards.request_card(language, 1, RequestState.CLAIMED, by="Inès", minutes=4),),
        ),
        "away": empty_scene(language, Page.AWAY),
        "rest": empty_scene(language, Page.REST),
        "dark": replace(wardrobe(language, 3), dark=True),
        "dark-door": replace(wardrobe(language, 3), dark=True, requests=(door,)),
    }


def _notice_scenes(language: str) -> dict[str, Scene]:
    three = wardrobe(language, 3, languages=LANGUAGES)
    return {f"notice-{notice.value}": replace(three, notice=notice) for notice in Notice}


def sample_scenes(language: str = "en") -> dict[str, Scene]:
    """The scenes by name: the page before the first visit, then in the order of a visit."""
    parts = (
        pairing_scenes,
        _end_scenes,
        _wardrobe_scenes,
        _garment_scenes,
        _fit_feedback_scenes,
        _fit_form_scenes,
        _look_scenes,
        _request_scenes,
        service_scenes,
        message_scenes,
        prepared_scenes,
        aside_scenes,
        delivery_scenes,
        basket_scenes,
        payment_scenes,
        _notice_scenes,
    )
    return {name: scene for part in parts for name, scene in part(language).items()}
