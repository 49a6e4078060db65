"""Numbers in every country's writing; what a number cannot prove is a mistake."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.connectors.feeds.values.numbers import decimal_of, proof_of
from kiosk.connectors.feeds.values.texts import FieldError

PROVED = {
    "3": "3", "3,00": "3", "2.0": "2", "1490.00": "1490", "1490,00": "1490", "1.490,00": "1490", "1,490.00": "1490",
    "1 490,00": "1490", "1\u00a0490,00": "1490", "1\u202f490,50": "1490.5", "1'490.50": "1490.5", "1’490,-": "1490",
    "1490,-": "1490", "1490.–": "1490", "1.234.567": "1234567", "1,234,567.89": "1234567.89",
    "12,34,567.5": "1234567.5", "0.490": "0.49", "0,125": "0.125", "77.0000": "77",
    "-1": "-1", "−1": "-1", "12-": "-12", "(3)": "-3", "+4": "4",
    "'3": "3", '="3"': "3", "1490.123": "1490.123", " 7 ": "7",
}  # fmt: skip
UNPROVED = {
    "1,490": ("1490", "1.49"),
    "1.490": ("1490", "1.49"),
    "12.000": ("12000", "12"),
    "999,999": ("999999", "999.999"),
}
NO_NUMBER = ("", "five", "1,2,3", "1.2.3", "1,49.0,0", "12 34", "1e5x", "--1", "1..2", "٣", "½")


@pytest.mark.parametrize(("text", "value"), PROVED.items())
@pytest.mark.parametrize("mark", ["", ".", ","])
def test_a_number_that_proves_itself_is_read_alike_with_any_mark(text: str, value: str, mark: str) -> None:
    assert decimal_of(text, mark) == Decimal(value)


@pytest.mark.parametrize(("text", "meanings"), UNPROVED.items())
def test_three_digits_after_a_mark_need_the_mark_of_the_file(text: str, meanings: tuple[str, str]) -> None:
    thousands, decimals = meanings
    used = "," if "," in text else "."
    assert decimal_of(text, used) == Decimal(decimals)
    assert decimal_of(text, "." if used == "," else ",") == Decimal(thousands)
    with pytest.raises(FieldError, match="can mean"):
        decimal_of(text, "")


@pytest.mark.parametrize("text", NO_NUMBER)
def test_what_is_no_number_is_a_mistake(text: str) -> None:
    with pytest.raises(FieldError):
        decimal_of(text, ".")


@pytest.mark.parametrize("text", ["1.49E+03", "9,52123E+12", "1e5"])
def test_scientific_notation_is_named_with_what_to_do(text: str) -> None:
    with pytest.raises(FieldError, match="format the column"):
        decimal_of(text, ".")


@pytest.mark.parametrize(
    ("text", "mark"),
    [("12.50", "."), ("12,5", ","), ("1.490,00", ","), ("1,490.00", "."), ("1.490.000", ","), ("1,490,000", "."),
     ("1 490,00", ","), ("1.490", ""), ("3", ""), ("", ""), ("EUR", ""), ("0,490", ",")],
)  # fmt: skip
def test_what_a_number_proves(text: str, mark: str) -> None:
    assert proof_of(text) == mark


@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("", ".")]),
)
def test_every_amount_is_read_as_it_was_written(value: Decimal, marks: tuple[str, str]) -> None:
    group, mark = marks
    text = f"{value:,.2f}".replace(",", "G").replace(".", mark).replace("G", group)
    assert decimal_of(text, "") == value


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_a_mistake(text: str) -> None:
    for mark in ("", ".", ","):
        with suppress(FieldError):
            assert decimal_of(text, mark).is_finite()
    assert proof_of(text) in ("", ".", ",")
