"""Order of sizes without a list of the feed: every usual ladder, in every spelling, from any order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.garment import ONE_SIZE
from kiosk.core.domain.size_order import in_size_order, plain_size, size_rank

LADDERS = {
    "letters": "XXS XS S M L XL XXL XXXL",
    "letters with numbers": "3XS 2XS XS S M L XL 2XL 3XL 4XL 5XL",
    "mixed spellings": "xxs XS s M l XL 2XL 3xl",
    "plus sizes": "L XL 1X 2X 3X",
    "ranges": "XS/S S/M M/L L/XL",
    "lengths of letters": "S,M Petite,M,M Tall,L",
    "numbers": "4 6 8 10 12 14",
    "half sizes": "7 7.5 8 8½ 9 9,5 10 101/2",
    "fractions": "39,39 1/2,40,40 2/3",
    "prefixed": "EU 36,EU 38,EU 40,EU 102",
    "suffixed": "36 EU,38 EU,100 EU",
    "waist and length": "28/30 28/32 32/30 32/34 34/30",
    "waist and length spelled": "W28/L30 W28/L32 W32/L34 W34/L30",
    "waist x length": "28x30 30x28 100x30",
    "suits": "38S 38R 38L 40S 40R 40L",
    "bras": "70AA 70A 70B 70C 70D 70DD 70E 75A 75B 100A",
    "months": "0-3M 3-6M 6-9M 9-12M 12-18M",
    "months to years": "Newborn,0-3 months,12M,18M,24M,3T,4T,5Y",
    "years": "2 years,3 years,4-5 years,6-7 years,10-11 years",
    "ages in French": "6 mois,12 mois,3 ans,10 ans",
    "shoes of children": "17 18 19 20 31 32",
    "socks": "35-38 39-42 43-46",
    "centimetres": "92 98 104 110 116",
    "belts": "75 cm,80 cm,85 cm,105 cm",
}


def ladder(text: str) -> list[str]:
    return text.split(",") if "," in text.replace("9,5", "") else text.split()


@pytest.mark.parametrize("text", LADDERS.values(), ids=LADDERS)
def test_a_ladder_is_put_in_its_order(text: str) -> None:
    sizes = ladder(text)
    for seed in range(5):
        shuffled = random.Random(seed).sample(sizes, len(sizes))
        assert list(in_size_order(shuffled)) == sizes


def test_alphabetic_order_would_not_do() -> None:
    wrong = [name for name, text in LADDERS.items() if sorted(ladder(text)) == ladder(text)]
    assert len(wrong) < len(LADDERS) / 2


def test_listed_sizes_come_first_in_their_order() -> None:
    assert in_size_order(["XL", "s", "M", "XS"], ["M", "S"]) == ("M", "s", "XS", "XL")


@pytest.mark.parametrize(
    "one", ["one", "One Size", "ONESIZE", "O/S", "TU", "Taille unique", "Einheitsgröße", "フリー"]
)
def test_every_text_for_one_size_is_one(one: str) -> None:
    assert plain_size(one) == ONE_SIZE
    assert size_rank(one) < size_rank("XXS")


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("m", "M"),
        ("xxl", "XXL"),
        ("2xl", "2XL"),
        ("s/m", "S/M"),
        ("38", "38"),
        ("w32/l34", "w32/l34"),
        ("Onyx", "Onyx"),
    ],
)
def test_letter_sizes_are_stored_in_capitals(given: str, plain: str) -> None:
    assert plain_size(given) == plain


def test_xxl_and_2xl_are_one_step() -> None:
    assert size_rank("2XL")[:2] == size_rank("XXL")[:2]
    assert size_rank("3XL")[:2] == size_rank("XXXL")[:2]


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_texts_have_one_order(sizes: list[str]) -> None:
    ordered = in_size_order(sizes)
    assert sorted(ordered) == sorted(sizes)
    assert in_size_order(reversed(ordered)) == in_size_order(ordered) or len(
        {s.casefold() for s in sizes}
    ) < len(sizes)
