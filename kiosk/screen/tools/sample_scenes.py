"""Sample scenes: every page in every important state, for the contact sheet and the tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.fit_feedback import FitArea, FitRating
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.service_request import AssociateReply, RequestKind, RequestState
from kiosk.core.domain.texts import LANGUAGES, RIGHT_TO_LEFT
from kiosk.core.scene.garment_cards import Availability, FitFormCard, LookCard
from kiosk.core.scene.scene import Notice, Scene
from kiosk.core.scene.service_cards import BasketCard, PayCard, ReceiptCard
from kiosk.core.visit.fit_form import FitMethod
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.screen.tools import sample_cards as made

_TOTAL = {"de": "1.790\u00a0€", "ar": "1,790\u00a0€"}
_TAX = {"de": "298,33\u00a0€", "ar": "298.33\u00a0€"}
_LINK = "https://mirror.ostrevane.example/r/7Kq2vXw9sTn4"


def _bare(language: str, page: Page) -> Scene:
    """A scene of that page without content."""
    return Scene(
        page=page, dark=False, house="Ostrevane", language=language, languages=("en", "de"),
        right_to_left=language in RIGHT_TO_LEFT, first_name="", known=False, pieces=(), garment=None, looks=(),
        finding=False, requests=(), basket=BasketCard((), _money(language, "0"), 0, 0), pay=None, receipt=None,
        notice=None, staff=("Inès",), staff_minutes=2, can_go_back=page is not Page.WARDROBE,
    )  # fmt: skip


def _money(language: str, number: str) -> str:
    return f"{number}\u00a0€" if language in ("de", "ar") else f"€\u00a0{number}"


def _total(language: str) -> str:
    return _TOTAL.get(language, "€\u00a01,790")


def _looks(language: str, *, asked: bool = False) -> tuple[LookCard, ...]:
    return (
        made.look(language, 5, LookReason.BOUGHT_TOGETHER, 0, count=17, asked=asked),
        made.look(language, 3, LookReason.GOES_WITH, 2),
        made.look(language, 7, LookReason.COMPLETES, 0),
        made.look(language, 6, LookReason.NEW_ARRIVAL, 0),
        made.look(language, 8, LookReason.STYLIST, 0),
    )


def _room(language: str, many: int, **more: Any) -> Scene:
    """The wardrobe page with `many` pieces."""
    pieces = tuple(made.piece(language, n) for n in range(many))
    lines = tuple(made.line(language, n) for n in range(many))
    basket = BasketCard(lines, _total(language), many, 0)
    looks = _looks(language) if many else ()
    return replace(_bare(language, Page.WARDROBE), pieces=pieces, basket=basket, looks=looks, **more)


def _wardrobes(language: str) -> dict[str, Scene]:
    three = _room(language, 3)
    advised = (made.piece(language, 0), made.piece(language, 1, advised="L"), made.piece(language, 2))
    faint = (*three.pieces, made.piece(language, 4, faint=True))
    coming = made.request(
        language, 1, RequestState.CLAIMED, by="Inès", answer=AssociateReply.TWO_MINUTES, minutes=2
    )
    return {
        "wardrobe-empty": _room(language, 0),
        "wardrobe-one": _room(language, 1),
        "wardrobe-two": _room(language, 2),
        "wardrobe-three": replace(three, pieces=advised),
        "wardrobe-known": replace(three, pieces=advised, first_name="Clara", known=True),
        "wardrobe-faint": replace(three, pieces=faint, basket=replace(three.basket, uncertain=1)),
        "wardrobe-unknown": replace(three, pieces=(*three.pieces[:2], made.stranger())),
        "wardrobe-request": replace(three, requests=(coming,)),
        "wardrobe-six": _room(language, 6),
        "wardrobe-eight": _room(language, 8, requests=(coming,)),
        "wardrobe-twelve": _room(language, 12, requests=(coming,)),
        "wardrobe-bought": replace(
            three,
            pieces=tuple(made.piece(language, n, bought=True) for n in range(3)),
            basket=_bare(language, Page.REST).basket,
        ),
    }  # fmt: skip


def _garments(language: str) -> dict[str, Scene]:
    room = _room(language, 3)

    def page(**more: Any) -> Scene:
        made_of = {"language": language, "n": 1, "advice": made.SMALL, **more}
        return replace(room, page=Page.GARMENT, can_go_back=True, garment=made.garment(**made_of))

    bare = page(offer=Availability.NOBODY)
    return {
        "garment": page(),
        "garment-between": page(advice=made.BETWEEN, chosen="M", offer=Availability.IN_ROOM),
        "garment-true": page(advice=made.TRUE, chosen="M", offer=Availability.IN_ROOM, n=0),
        "garment-nobody": replace(bare, staff=(), staff_minutes=0),
        "garment-elsewhere": page(chosen="XL", offer=Availability.ELSEWHERE, advice=None, n=9),
        "garment-gone": page(chosen="XS", offer=Availability.NONE, advice=None),
        "garment-asked": page(offer=Availability.ASKED),
        "garment-ten-sizes": page(n=2, ten=True, chosen="40", advice=None, colours=6),
        "garment-broken": page(picture="broken.png", n=2),
        "garment-long-name": page(name="Rückenfreies Donaudampfschifffahrtsgesellschaftskapitänskleid", n=9),
        "sizes": replace(page(), page=Page.SIZES),
        "sizes-ten": replace(page(n=2, ten=True, chosen="40", colours=6), page=Page.SIZES),
        "sizes-at-home": replace(
            page(n=2, ten=True, chosen="40", colours=6, home="UK 10 · US"), page=Page.SIZES
        ),
    }


def _feelings(language: str) -> dict[str, Scene]:
    """The garment page of a piece in the room: the fit question and the advice after each answer."""
    room = _room(language, 3, page=Page.GARMENT, can_go_back=True)

    def page(**more: Any) -> Scene:
        made_of = {"language": language, "n": 1, "chosen": "M", "offer": Availability.IN_ROOM, **more}
        return replace(room, garment=made.garment(**made_of))

    tight = made.felt(FitRating.TIGHT)
    shoulder = made.felt(FitRating.TIGHT, FitArea.SHOULDER)
    bring = {"chosen": "L", "offer": Availability.BRING}
    return {
        "feel": page(advice=made.TRUE, feel=made.felt()),
        "feel-where": page(advice=made.TIGHT, feel=tight, **bring),
        "feel-tight": page(advice=made.TIGHT, feel=shoulder, **bring),
        "feel-loose": page(
            advice=made.LOOSE,
            feel=made.felt(FitRating.LOOSE, FitArea.CHEST),
            chosen="S",
            offer=Availability.BRING,
        ),
        "feel-right": page(advice=made.RIGHT, feel=made.felt(FitRating.RIGHT)),
        "feel-taken-up": page(advice=made.TAKEN_UP, feel=made.felt(FitRating.LOOSE, FitArea.SLEEVE)),
        "feel-no-other": page(
            advice=made.NO_OTHER, feel=made.felt(FitRating.TIGHT, FitArea.CHEST, "XL"), chosen="XL"
        ),
        "garment-open": page(advice=made.OPEN, feel=made.felt()),
        "garment-survey": page(advice=made.SURVEY, feel=made.felt()),
    }


def _fitting(language: str) -> dict[str, Scene]:
    """The fit page in each of its forms."""
    garment = made.garment(language, 1, chosen="M", offer=Availability.IN_ROOM, advice=made.OPEN)
    page = replace(_room(language, 3, can_go_back=True), page=Page.FIT, garment=garment)
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


def _looking(language: str) -> dict[str, Scene]:
    room = _room(language, 3)
    look = replace(room, page=Page.LOOK, can_go_back=True)
    return {
        "look": replace(look, looks=_looks(language, asked=True)),
        "look-two": replace(look, looks=_looks(language)[:2]),
        "look-finding": replace(look, looks=(), finding=True),
        "look-none": replace(look, looks=()),
    }


def _asking(language: str) -> dict[str, Scene]:
    room = _room(language, 3, can_go_back=True)
    ask = replace(room, page=Page.ASK)

    def on(*requests: Any) -> Scene:
        return replace(room, page=Page.REQUEST, requests=requests)

    claimed = made.request(
        language, 1, RequestState.CLAIMED, by="Inès", answer=AssociateReply.TWO_MINUTES, minutes=2
    )
    drink = made.request(language, 2, RequestState.RECEIVED, kind=RequestKind.DRINK)
    return {
        "ask": ask,
        "ask-nobody": replace(ask, staff=(), staff_minutes=0),
        "request-sending": on(made.request(language, 1, RequestState.SENDING)),
        "request-received": on(made.request(language, 1, RequestState.RECEIVED)),
        "request-waiting": on(made.request(language, 1, RequestState.RECEIVED, waited=190, escalated=1)),
        "request-claimed": on(replace(claimed, at_door=True)),
        "request-door": on(made.request(language, 1, RequestState.AT_THE_DOOR, by="Inès")),
        "request-sold": on(
            made.request(language, 1, RequestState.DECLINED, by="Inès", answer=AssociateReply.LAST_ONE_SOLD)
        ),
        "request-three": on(
            claimed, drink, made.request(language, 3, RequestState.UNSENT, kind=RequestKind.HELP)
        ),
    }


def _baskets(language: str) -> dict[str, Scene]:
    room = _room(language, 3, page=Page.BASKET, can_go_back=True)
    aside = (*room.basket.lines[:2], made.line(language, 2, taken=False))
    twelve = _room(language, 12, can_go_back=True)
    return {
        "basket": room,
        "basket-aside": replace(room, basket=BasketCard(aside, _money(language, "1,470"), 2, 2)),
        "basket-twelve": replace(twelve, page=Page.BASKET),
        "basket-empty": replace(room, basket=BasketCard((), _money(language, "0"), 0, 0)),
    }


def _payments(language: str) -> dict[str, Scene]:
    room = _room(language, 3, can_go_back=True)
    names = tuple(f"{p.name} {p.size}" for p in room.pieces)
    tax = _TAX.get(language, "€\u00a0298.33")

    def at(
        stage: PayStage, means: PaymentMeans = PaymentMeans.TERMINAL, stored: str = "", why: str = ""
    ) -> Scene:
        pay = PayCard(stage, _total(language), tax, "20", names, means, stored, why)
        return replace(room, page=Page.PAY, pay=pay)

    blank = PayCard(PayStage.PRICING, "", "", "", (), PaymentMeans.TERMINAL, "", "")
    return {
        "pay-pricing": replace(room, page=Page.PAY, pay=blank),
        "pay-ready": at(PayStage.READY),
        "pay-ready-stored": at(PayStage.READY, stored="Visa ·· 4242"),
        "pay-confirm": at(PayStage.CONFIRM, PaymentMeans.STORED, "Visa ·· 4242"),
        "pay-starting": at(PayStage.STARTING),
        "pay-tap": at(PayStage.TAP),
        "pay-resolving": at(PayStage.RESOLVING),
        "pay-declined": at(PayStage.DECLINED),
        "pay-over-limit": at(PayStage.DECLINED, PaymentMeans.STORED, "Visa ·· 4242", "over-limit"),
        "pay-under-way": at(PayStage.DECLINED, why="under-way"),
        "pay-parked": at(PayStage.PARKED),
        "pay-unpriced": replace(room, page=Page.PAY, pay=replace(blank, stage=PayStage.UNPRICED)),
    }


def _ends(language: str) -> dict[str, Scene]:
    receipt = ReceiptCard(
        "OST-2026-004711", _total(language), _TAX.get(language, "€\u00a0298.33"), _LINK, PaymentMeans.TERMINAL
    )
    paid = replace(_bare(language, Page.RECEIPT), receipt=receipt, can_go_back=True)
    door = made.request(language, 1, RequestState.AT_THE_DOOR, by="Inès")
    return {
        "receipt": paid,
        "receipt-known": replace(paid, first_name="Clara", known=True),
        "away": _bare(language, Page.AWAY),
        "rest": _bare(language, Page.REST),
        "dark": replace(_room(language, 3), dark=True),
        "dark-door": replace(_room(language, 3), dark=True, requests=(door,)),
    }


def _troubled(language: str) -> dict[str, Scene]:
    many = _room(language, 3, languages=LANGUAGES)
    return {f"notice-{notice.value}": replace(many, notice=notice) for notice in Notice}


def sample_scenes(language: str = "en") -> dict[str, Scene]:
    """The scenes by name, in the order of a visit."""
    parts = (
        _ends,
        _wardrobes,
        _garments,
        _feelings,
        _fitting,
        _looking,
        _asking,
        _baskets,
        _payments,
        _troubled,
    )
    return {name: scene for part in parts for name, scene in part(language).items()}
