"""Ids, money, words and their shape on the wire."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import Epc, check_digit, parse_gtin
from kiosk.core.domain.money import Money, tax_within, total
from kiosk.core.domain.texts import LANGUAGES, LocalizedText
from kiosk.core.visit.events import GarmentArrived, GarmentLeft, StoreEvent
from kiosk.core.wire import WireError, plain, read
from tests.kiosk.core.rack import garment


def test_a_gtin_checks_its_digit() -> None:
    assert parse_gtin("80614141123458") == "80614141123458"
    assert parse_gtin("4006381333931") == "04006381333931"
    with pytest.raises(ValueError, match="check digit"):
        parse_gtin("80614141123459")
    for junk in ("", "abc", "８0614141123458", "123456789"):
        with pytest.raises(ValueError, match="GTIN"):
            parse_gtin(junk)


@given(st.integers(0, 10**13 - 1), st.integers(0, 12), st.integers(1, 9))
def test_any_single_wrong_digit_is_found(body: int, place: int, shift: int) -> None:
    digits = f"{body:013d}"
    good = digits + str(check_digit(digits))
    bad = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]
    assert parse_gtin(good)
    with pytest.raises(ValueError, match="check digit"):
        parse_gtin(bad)


@pytest.mark.parametrize(
    ("minor", "currency", "language", "text"),
    [
        (64000, "EUR", "en", "€\u00a0640"),
        (64000, "EUR", "de", "640\u00a0€"),
        (123456, "EUR", "de", "1.234,56\u00a0€"),
        (123456, "EUR", "en", "€\u00a01,234.56"),
        (123456, "EUR", "fr", "1\u202f234,56\u00a0€"),
        (9800, "JPY", "ja", "¥\u00a09,800"),
        (-500, "EUR", "de", "-5\u00a0€"),
        (7, "XXX", "en", "XXX\u00a00.07"),
    ],
)
def test_money_is_written_as_each_language_does(minor: int, currency: str, language: str, text: str) -> None:
    assert Money(minor, currency).formatted(language) == text


def test_money_of_two_currencies_does_not_add_up() -> None:
    assert total([Money(1, "EUR"), Money(2, "EUR")], "EUR") == Money(3, "EUR")
    with pytest.raises(ValueError, match="add up"):
        total([Money(1, "EUR"), Money(2, "USD")], "EUR")


@given(st.integers(0, 10**9), st.integers(0, 270))
def test_the_tax_within_a_price_is_right_to_half_a_cent(gross: int, permille: int) -> None:
    tax = tax_within(Money(gross, "EUR"), permille).minor
    assert abs(tax - gross * permille / (1000 + permille)) <= 0.5 + 1e-6


def test_words_fall_back_to_english_then_to_whatever_there_is() -> None:
    words = LocalizedText.of({"en": "Shirt", "de": "Hemd"})
    assert [words.in_language(lang) for lang in ("de", "fr", "en")] == ["Hemd", "Shirt", "Shirt"]
    assert LocalizedText.of({"it": "Camicia"}).in_language("de") == "Camicia"
    assert LocalizedText().in_language("en") == ""
    assert "ar" in LANGUAGES


def test_a_value_comes_over_the_wire_as_it_was() -> None:
    arrived = GarmentArrived(5, Epc("30AA"), garment(), sure=False)
    assert read(StoreEvent, json.loads(json.dumps(plain(arrived)))) == arrived
    left = GarmentLeft(6, Epc("30AA"))
    assert read(StoreEvent, {**plain(left), "newer": 1}) == left  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"is": "GarmentLeft", "at_us": "soon", "epc": "A"}, "at_us"),
        ({"is": "GarmentLeft", "at_us": 1}, "without epc"),
        ({"is": "Nothing"}, "none of"),
        ([], "none of"),
        ({"is": "GarmentLeft", "at_us": True, "epc": "A"}, "at_us"),
    ],
)
def test_what_was_not_agreed_is_refused_with_its_place(body: object, says: str) -> None:
    with pytest.raises(WireError, match=says):
        read(StoreEvent, body)
