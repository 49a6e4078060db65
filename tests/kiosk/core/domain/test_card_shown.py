"""What may be shown of a card: no value can contain a card number."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.core.domain.card_shown import CardShown, card_shown, without_card_numbers

VISA = {
    "brand": "visa",
    "last_four": "4242",
    "application": "A0000000031010",
    "application_label": "VISA CREDIT",
    "method": "contactless",
    "authorisation": "123456",
}
NUMBER = "4111111111111111"


def test_the_fields_of_a_receipt_are_kept() -> None:
    assert card_shown(**VISA) == CardShown(**VISA)
    assert CardShown() == CardShown("", "", "", "", "", "")
    assert card_shown(brand=None, last_four="") is None


@pytest.mark.parametrize("name", list(VISA))
@pytest.mark.parametrize(
    "value",
    [
        NUMBER,
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "x" * 41,
        "٤١١١١١١١١١١١١١١١",
        "a\nb",
    ],
)
def test_a_value_that_may_contain_a_card_number_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"last_four|application|authorisation|card"):
        CardShown(**{name: value})
    kept = card_shown(**{**VISA, name: value})
    assert kept is not None
    assert getattr(kept, name) == ""


@pytest.mark.parametrize(
    "application", ["A0000000031010", "a0000000043060", "A0000000", "A00000000310", "4111111111111111", ""]
)
def test_an_application_is_an_aid(application: str) -> None:
    shown = card_shown(application=application)
    valid = 10 <= len(application) <= 32 and application[0] in "aA"
    assert (shown is not None and shown.application == application.upper()) is valid


AIDS = [
    "A0000000031010",
    "A0000000032010",
    "A0000000041010",
    "A0000000043060",
    "A00000002501",
    "A000000025010801",
    "A0000000421010",
    "A0000000651010",
    "A0000000980840",
    "A0000001211010",
    "A0000001523010",
    "A0000002771010",
    "A000000333010101",
    "A0000003591010028001",
    "A0000005241010",
    "A0000006581010",
    "D27600002545500100",
    "D27600002545500200",
    "D5780000021010",
    "D4100000030001",
]


@pytest.mark.parametrize("application", AIDS)
def test_the_applications_of_card_schemes_are_shown(application: str) -> None:
    assert card_shown(application=application) == CardShown(application=application)


@pytest.mark.parametrize(
    "number", ["4" + "1" * 15, "5555" * 3 + "4444", "37828224631" + "0005", "6011" + "1" * 11 + "7"]
)
@pytest.mark.parametrize("around", ["A{}A", "D{}F", "A000000003{}", "A{}0B"])
def test_an_application_that_hides_a_card_number_is_not_shown(number: str, around: str) -> None:
    hidden = around.format(number)
    hidden += "0" * (len(hidden) % 2)
    assert card_shown(**{**VISA, "application": hidden}) == CardShown(**{**VISA, "application": ""})
    # a ledger of an earlier version may have it
    assert CardShown(application=hidden).application == hidden


def test_a_number_mixed_with_letters_is_not_shown() -> None:
    assert card_shown(brand="v4111i1111s1111a1111") is None
    assert card_shown(application_label="Visa 1234") == CardShown(application_label="Visa 1234")


@given(st.dictionaries(st.sampled_from(list(VISA)), st.text() | st.from_regex(r"[0-9 -]{4,24}")))
@example({"brand": "0000--0"})
@example({"method": "4111 / 1111.1111_1111"})
def test_no_text_of_a_terminal_shows_more_than_four_digits_of_a_number(texts: dict[str, str]) -> None:
    shown = card_shown(**texts)
    if shown is not None:
        brand, last_four, _, label, method, authorisation = astuple(shown)
        assert len(last_four) <= 4
        assert len(authorisation) <= 8
        for text in (brand, label, method):
            assert sum(c.isdecimal() for c in text) < 5 or any(c.isalpha() for c in text)


NUMBER = "4" + "1" * 15


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"card {NUMBER} refused", "card **** refused"),
        (f"{NUMBER[:4]} {NUMBER[4:8]}-{NUMBER[8:12]} {NUMBER[12:]}", "****"),
        (f";{NUMBER}=2512101", ";****=2512101"), ("37828224631000" + "5", "****"), ("no funds", "no funds"),
        (NUMBER[:-1] + "2", NUMBER[:-1] + "2"), ("terminal 123456789012", "terminal 123456789012"), ("", ""),
    ],
)  # fmt: skip
def test_a_card_number_in_a_text_is_replaced(text: str, kept: str) -> None:
    assert without_card_numbers(text) == kept
