"""Advice and stock say the same: no size is advised that cannot be had, and exactly one is "advised"."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.advice import SizeAdvice, SizeDoubt, SizeReason
from kiosk.core.domain.fit_feedback import FitRating
from kiosk.core.domain.garment import ElsewhereStock, Garment, SizeStock
from kiosk.core.scene.garment_cards import Availability, GarmentCard, SizeLocation
from kiosk.core.visit.events import SizeAdviceReceived, StaffChanged
from kiosk.core.visit.touches import ColourChosen, FitRated, GarmentOpened, SizeChosen
from tests.kiosk.core.garments import garment
from tests.kiosk.core.visit.visit_driver import A, VisitDriver, visit_with
from tests.optional_values import present

JEANS = garment("J1", sizes="S M L XL", size="M")
BOTH = SizeAdvice(("XL", "L"), 0.5, SizeReason.RUNS_SMALL, "L", alone=False)
SURE = replace(BOTH, confidence=0.9, alone=True)


def stocked(stock: dict[str, SizeStock]) -> Garment:
    """The jeans with the stock of colour and size ("WHI-XL"); what is not named is nowhere."""
    nowhere = {"floor": 0, "stockroom": 0, "elsewhere": (), "incoming": 0}
    colours = []
    for colour in JEANS.colours:
        sizes = []
        for one in colour.sizes:
            found = stock.get(f"{colour.code}-{one.size}")
            new = {n: getattr(found, n) for n in nowhere} if found else nowhere
            sizes.append(replace(one, **new))
        colours.append(replace(colour, sizes=tuple(sizes)))
    return replace(JEANS, colours=tuple(colours))


HERE = SizeStock("", JEANS.article, floor=1)
LYON = SizeStock("", JEANS.article, elsewhere=(ElsewhereStock("Lyon", 1),))
COMING = SizeStock("", JEANS.article, incoming=2)


def opened(stock: dict[str, SizeStock], advice: SizeAdvice, *, staff: bool = True) -> VisitDriver:
    room = visit_with((A, stocked(stock)))
    if not staff:
        room.send(StaffChanged(0, (), 0))
    room.send(GarmentOpened(0, A), SizeAdviceReceived(0, room.visit.ticket, JEANS.article, advice))
    return room


def card(room: VisitDriver) -> GarmentCard:
    return present(room.scene.garment)


def contradictions(shown: GarmentCard, tried: str = "") -> list[str]:
    """Where the card's advice says something else than its stock. `tried`: "M" if it tells what M, worn, is like."""
    advice, cells = shown.advice, {one.size: one for one in shown.sizes}
    gone = {size for size, one in cells.items() if one.place is SizeLocation.NOWHERE}
    marked = [size for size, one in cells.items() if one.advised]
    found = [f"{size} is gone and marked" for size in gone if cells[size].advised or cells[size].second]
    found += ["two are advised"] if len(marked) > 1 else []
    if advice is None:
        return found + (["marked without advice"] if marked else [])
    found += [f"{size} is gone and advised" for size in advice.sizes if size in gone]
    found += ["another is marked"] if marked != ([advice.best] if advice.best in cells else []) else []
    found += ["sure of nothing"] if advice.sure and not advice.best else []
    found += ["the missing one is here"] if advice.missing in cells and advice.missing not in gone else []
    return found


def test_of_jeans_that_are_sold_out_the_other_colour_is_said() -> None:
    room = opened({"WHI-M": HERE, "WHI-L": HERE, "SKY-XL": HERE}, SURE)
    advice = present(card(room).advice)
    assert (advice.sizes, advice.sure, advice.missing, advice.other_colour) == ((), False, "XL", "Sky")
    assert [one.size for one in card(room).sizes if one.advised or one.second] == []
    assert room.scene.pieces[0].advised == "", "the wardrobe does not say: try XL"
    room.send(SizeChosen(0, "XL"))
    shown = card(room)
    assert (shown.offer, shown.other_colour, shown.other_code) == (Availability.OTHER_COLOUR, "Sky", "SKY")
    room.send(ColourChosen(0, "SKY"))
    advice = present(card(room).advice)
    assert (advice.sizes, advice.sure, advice.missing) == (("XL",), True, "")
    assert (card(room).offer, card(room).other_colour) == (Availability.BRING, "")


@pytest.mark.parametrize(
    ("stock", "place", "offer"),
    [
        (LYON, SizeLocation.ELSEWHERE, Availability.ELSEWHERE),
        (COMING, SizeLocation.EXPECTED, Availability.EXPECTED),
    ],
)
def test_another_shop_or_a_delivery_is_a_way_to_have_it(
    stock: SizeStock, place: SizeLocation, offer: Availability
) -> None:
    room = opened({"WHI-M": HERE, "WHI-XL": stock, "SKY-XL": HERE}, SURE)
    assert (present(card(room).advice).best, present(card(room).advice).brought) == ("XL", False)
    assert room.scene.pieces[0].advised == "", "what is not here cannot be tried"
    room.send(SizeChosen(0, "XL"))
    cell = next(one for one in card(room).sizes if one.size == "XL")
    assert (cell.advised, cell.place, card(room).offer) == (True, place, offer)


def test_of_two_sizes_one_is_advised_and_the_other_one_is_second() -> None:
    room = opened({"WHI-M": HERE, "WHI-L": HERE, "WHI-XL": HERE}, BOTH)
    cells = card(room).sizes
    assert [one.size for one in cells if one.advised] == ["XL"]
    assert [one.size for one in cells if one.second] == ["L"]
    assert present(card(room).advice).brought
    alone = opened({"WHI-M": HERE, "WHI-L": HERE, "WHI-XL": HERE}, BOTH, staff=False)
    assert not present(card(alone).advice).brought, "nobody is signed in who would bring the other one"


def test_of_two_sizes_the_one_that_is_gone_is_not_advised() -> None:
    first = present(card(opened({"WHI-M": HERE, "WHI-L": HERE}, BOTH)).advice)
    assert (first.sizes, first.best, first.missing, first.other_colour) == (("L",), "L", "XL", "")
    second = present(card(opened({"WHI-M": HERE, "WHI-XL": HERE}, BOTH)).advice)
    assert (second.sizes, second.best, second.missing) == (("XL",), "XL", "")


def test_the_size_in_focus_follows_only_to_one_that_can_be_had() -> None:
    sizes = {}
    for name, more in {"gone": {}, "here": {"WHI-XL": HERE}}.items():
        room = opened({"WHI-M": HERE, **more}, SURE)
        room.send(FitRated(0, FitRating.TIGHT))
        learned = room.visit.fit.revision
        answer = replace(SURE, felt=FitRating.TIGHT, tried="M")
        room.send(SizeAdviceReceived(0, room.visit.ticket, JEANS.article, answer, learned))
        sizes[name] = card(room).size
    assert sizes == {"gone": "M", "here": "XL"}


def test_a_size_that_is_just_right_needs_no_stock() -> None:
    right = replace(SURE, sizes=("M",), felt=FitRating.RIGHT, tried="M")
    advice = present(card(opened({}, right)).advice)
    assert (advice.sizes, advice.missing) == (("M",), "")


_STOCKS = st.sampled_from([None, HERE, LYON, COMING])
_NAMES = [f"{colour}-{size}" for colour in ("WHI", "SKY") for size in ("S", "M", "L", "XL")]
_SIZES = st.lists(st.sampled_from(["S", "M", "L", "XL", "XXL"]), unique=True, max_size=3).map(tuple)


@given(
    st.fixed_dictionaries(dict.fromkeys(_NAMES, _STOCKS)),
    _SIZES,
    st.floats(0, 1),
    st.booleans(),
    st.sampled_from(SizeDoubt),
    st.sampled_from(["WHI", "SKY"]),
)
def test_whatever_the_stock_advice_never_contradicts_it(
    stock: dict[str, SizeStock | None],
    sizes: tuple[str, ...],
    confidence: float,
    alone: bool,
    doubt: SizeDoubt,
    colour: str,
) -> None:
    advice = SizeAdvice(sizes, confidence, SizeReason.TRUE_TO_SIZE, "M", alone=alone, doubt=doubt)
    room = opened({name: one for name, one in stock.items() if one}, advice)
    room.send(ColourChosen(0, colour))
    assert contradictions(card(room)) == []


def test_planted_contradictions_are_found() -> None:
    shown = card(opened({"WHI-M": HERE, "WHI-L": HERE, "SKY-XL": HERE}, SURE))
    advice = replace(present(shown.advice), sizes=("XL",), best="XL", missing="")
    marked = tuple(replace(one, advised=one.size in ("L", "XL")) for one in shown.sizes)
    faults = contradictions(replace(shown, advice=advice, sizes=marked))
    assert faults == [
        "XL is gone and marked",
        "two are advised",
        "XL is gone and advised",
        "another is marked",
    ]
