"""Cards for the sample scenes: an invented wardrobe in English, German, Arabic and (names only) Japanese."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.advice import LookReason, SizeDoubt, SizeReason
from kiosk.core.domain.fit_feedback import AdviceBasis, FitArea, FitRating, SizeQuestion, fit_areas_of
from kiosk.core.domain.ids import ArticleId, ItemId, PieceId, RequestId
from kiosk.core.domain.service_request import AssociateReply, Reached, RequestKind, RequestState
from kiosk.core.scene.care_symbols import SYMBOLS
from kiosk.core.scene.garment_cards import (
    AdviceCard,
    Availability,
    ColourSwatch,
    FitFeedbackCard,
    GarmentCard,
    LookCard,
    PieceCard,
    SizeCard,
    SizeLocation,
)
from kiosk.core.scene.service_cards import BasketLineCard, RequestCard
from kiosk.core.visit.basket import WhyNot
from kiosk.screen.tools.sample_texts import (
    BEFORE,
    CARE,
    HEXES,
    MATERIAL,
    ORIGIN,
    SIZES,
    STORY,
    picture_path,
    texts_of,
)


def piece_card(
    language: str,
    n: int,
    *,
    faint: bool = False,
    bought: bool = False,
    advised: str = "",
    chosen: bool = False,
    why_not: WhyNot | None = None,
    name: str | None = None,
) -> PieceCard:
    own_name, colour, price = texts_of(language, n)
    reason = WhyNot.BOUGHT if bought else WhyNot.UNSURE if faint else why_not
    return PieceCard(
        PieceId(f"E{n}"),
        own_name if name is None else name,
        price,
        colour,
        SIZES[n % 12],
        picture_path(n),
        faint,
        unknown=False,
        bought=bought,
        advised=advised,
        chosen=chosen,
        why_not=reason,
    )


def unknown_piece_card() -> PieceCard:
    return PieceCard(
        PieceId("EX"),
        "",
        "",
        "",
        "",
        "",
        faint=False,
        unknown=True,
        bought=False,
        advised="",
        why_not=WhyNot.UNKNOWN,
    )


def look_card(
    language: str, n: int, reason: LookReason, about: int, *, count: int = 0, asked: bool = False
) -> LookCard:
    name, colour, price = texts_of(language, n)
    about_name = texts_of(language, about)[0]
    return LookCard(
        ItemId(f"I{n}"), name, price, colour, SIZES[n], picture_path(n), reason, about_name, count, asked
    )


def basket_line_card(
    language: str,
    n: int,
    *,
    taken: bool = True,
    gone: bool = False,
    why_not: WhyNot | None = None,
    name: str | None = None,
) -> BasketLineCard:
    own_name, colour, price = texts_of(language, n)
    return BasketLineCard(
        PieceId(f"E{n}"),
        own_name if name is None else name,
        colour,
        SIZES[n % 12],
        price,
        picture_path(n),
        taken,
        gone,
        why_not,
    )


def request_card(
    language: str,
    number: int,
    state: RequestState,
    *,
    kind: RequestKind = RequestKind.SIZE,
    by: str = "",
    answer: AssociateReply | None = None,
    minutes: int = 0,
    n: int = 1,
    waited: int = 8,
    reached: Reached = Reached.TEAM,
    whom: str = "",
    at_door: bool = False,
) -> RequestCard:
    name, colour, _ = texts_of(language, n)
    if kind not in (RequestKind.SIZE, RequestKind.PIECE):
        name = colour = ""
    picture = picture_path(n) if name else ""
    return RequestCard(
        RequestId(f"r{number}"), kind, state, name, "L" if name else "", colour, picture, by, answer, minutes, at_door,
        waited, int(reached is not Reached.TEAM), reached, whom, 4, "floor" if name else "", bool(whom),
    )  # fmt: skip


_FIVE_SIZES = (
    ("XS", SizeLocation.NOWHERE, 0, ""),
    ("S", SizeLocation.HERE, 2, ""),
    ("M", SizeLocation.IN_ROOM, 1, ""),
    ("L", SizeLocation.STOCKROOM, 3, ""),
    ("XL", SizeLocation.ELSEWHERE, 1, "Antwerp"),
)
_SIZES_ON_THE_WAY = (*_FIVE_SIZES[:4], ("XL", SizeLocation.EXPECTED, 4, ""))
_TEN_SIZES = tuple((str(34 + 2 * n), *_FIVE_SIZES[n % 5][1:]) for n in range(10))


def garment_card(
    language: str,
    n: int,
    *,
    chosen: str = "L",
    offer: Availability = Availability.BRING,
    advice: AdviceCard | None = None,
    ten: bool = False,
    picture: str | None = None,
    name: str | None = None,
    colours: int = 4,
    feel: FitFeedbackCard | None = None,
    home: str = "",
    sale: bool = False,
    photos: int = 1,
    buyable: bool = True,
    taken: bool = False,
    why_not: WhyNot | None = None,
) -> GarmentCard:
    default_name, colour, price = texts_of(language, n)
    rows = _TEN_SIZES if ten else _SIZES_ON_THE_WAY if offer is Availability.EXPECTED else _FIVE_SIZES
    best, advised = (advice.best, advice.sizes) if advice else ("", ())
    sizes = tuple(SizeCard(s, ArticleId(f"0952123400{i:04}"), s == chosen, s == best, p, c, e, _home_size(s, home),
                           s in advised and s != best)
                  for i, (s, p, c, e) in enumerate(rows))  # fmt: skip
    hexes = (HEXES[n], "#26344f", "#7d2f2a", "#6f7a63", "#d9c9b0", "#1a1a1c")[:colours]
    swatches = tuple(ColourSwatch(f"C{i}", colour, h, i == 0, picture_path(n)) for i, h in enumerate(hexes))
    first = picture_path(n) if picture is None else picture
    return GarmentCard(
        piece=PieceId(f"E{n}"), item=ItemId(f"I{n}"), name=name or default_name, price=price, colour=colour,
        size=chosen,
        picture=first, pictures=(first, *(picture_path((n + more) % 12) for more in range(1, photos))),
        story=STORY.get(language, STORY["en"]), material=MATERIAL.get(language, MATERIAL["en"]),
        care=CARE.get(language, CARE["en"]), price_before=BEFORE.get(language, BEFORE["en"]) if sale else "",
        lowest_price=BEFORE.get(language, BEFORE["en"]) if sale else "",
        origin=ORIGIN.get(language, ORIGIN["en"]), swatches=swatches, sizes=sizes, advice=advice, offer=offer,
        article=ArticleId("09521234000013"), kind=RequestKind.SIZE,
        elsewhere="Antwerp" if offer is Availability.ELSEWHERE else "",
        other_colour=texts_of(language, 2)[1] if offer is Availability.OTHER_COLOUR else "", other_code="C1",
        symbols=tuple(SYMBOLS[code] for code in ("wash-30-mild", "no-bleach", "flat-dry", "iron-110", "dryclean-p")),
        reason=None, about="", count=0, stock_minutes=4, feel=feel, also=_home_size(chosen, home),
        hangs=PieceId(f"E{n}") if offer is Availability.IN_ROOM and buyable else None, chosen=taken, why_not=why_not,
    )  # fmt: skip


def _home_size(size: str, home: str) -> str:
    """The size in another country: invented, one step higher."""
    return f"{home} {int(size) + 2}" if home and size.isdecimal() else ""


def fit_feedback_card(
    how: FitRating | None = None, spot: FitArea | None = None, size: str = "M"
) -> FitFeedbackCard:
    """The fit feedback for a shirt."""
    return FitFeedbackCard(
        size, how, spot, fit_areas_of("shirts") if how in (FitRating.TIGHT, FitRating.LOOSE) else ()
    )


RUNS_SMALL_ADVICE = AdviceCard(
    ("L",), sure=True, reason=SizeReason.RUNS_SMALL, usual="M", kept=41, of=60, best="L"
)
TWO_SIZES_ADVICE = AdviceCard(
    ("M", "L"), sure=False, reason=SizeReason.RUNS_SMALL, usual="M", kept=14, of=17, best="L"
)
TIGHT_ADVICE = AdviceCard(("L",), sure=True, reason=SizeReason.RUNS_SMALL, usual="M", kept=0, of=0, best="L",
                   felt=FitRating.TIGHT, tried="M")  # fmt: skip
LOOSE_ADVICE = AdviceCard(("S",), sure=True, reason=SizeReason.TRUE_TO_SIZE, usual="M", kept=0, of=0, best="S",
                   felt=FitRating.LOOSE, tried="M")  # fmt: skip
RIGHT_ADVICE = AdviceCard(("M",), sure=True, reason=SizeReason.TRUE_TO_SIZE, usual="M", kept=0, of=0, best="M",
                   felt=FitRating.RIGHT, tried="M")  # fmt: skip
TAKEN_UP_ADVICE = replace(RIGHT_ADVICE, felt=FitRating.LOOSE, taken_up=True)
NO_OTHER_SIZE_ADVICE = replace(TIGHT_ADVICE, sizes=(), sure=False, best="", tried="XL")
UNKNOWN_ADVICE = AdviceCard(
    (), sure=False, reason=SizeReason.NOT_SURE, usual="", kept=0, of=0, ask=SizeQuestion.BODY
)
SURVEY_ADVICE = AdviceCard(("M", "L"), sure=False, reason=SizeReason.NOT_SURE, usual="", kept=0, of=0, best="M",
                    basis=AdviceBasis.SURVEY)  # fmt: skip
CONTRADICTION_ADVICE = AdviceCard(
    ("S", "XL"), sure=False, reason=SizeReason.TRUE_TO_SIZE, usual="S", kept=0, of=0, best="XL",
    ask=SizeQuestion.LABEL, doubt=SizeDoubt.CONTRADICTION,
)  # fmt: skip
FEW_ALIKE_ADVICE = replace(
    CONTRADICTION_ADVICE, sizes=("L", "XL"), usual="", ask=SizeQuestion.NONE, doubt=SizeDoubt.FEW_ALIKE
)
SOLD_OUT_ADVICE = replace(RUNS_SMALL_ADVICE, sizes=(), sure=False, best="", missing="XS")
TRUE_TO_SIZE_ADVICE = AdviceCard(
    ("M",), sure=True, reason=SizeReason.TRUE_TO_SIZE, usual="M", kept=52, of=60, best="M"
)
