"""GTINs as spreadsheets leave them: read where the check digit proves them, else named with what to do."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.connectors.feeds.values.articles import GtinType, SkuType
from kiosk.connectors.feeds.values.texts import FieldError
from kiosk.connectors.feeds.values.value_types import Reading
from kiosk.core.domain.ids import check_digit

READING = Reading()
EAN = "9521230009034"


@pytest.mark.parametrize(
    "written",
    [EAN, f" {EAN} ", f"'{EAN}", f'="{EAN}"', "9521 230009034", "952-1230-00903-4", "9521230009034.0", f"{EAN},00",
     int(EAN), Decimal(f"{EAN}.0"), f"0{EAN}", f"\ufeff{EAN}", "9521\u00a0230009034", f"’{EAN}"],
)  # fmt: skip
def test_a_gtin_is_read_from_every_writing(written: Any) -> None:
    assert GtinType().read(written, READING) == f"0{EAN}"


@pytest.mark.parametrize("written", ["12340000015", 12340000015, "012340000015"])
def test_a_upc_without_its_leading_zero_is_proved_by_the_check_digit(written: Any) -> None:
    assert GtinType().read(written, READING) == "00012340000015"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("9.52123E+12", "format the column as text"),
        ("9,52123E+12", "format the column as text"),
        ("9521230009035", "wrong check digit"),
        ("12340000016", "wrong check digit"),
        ("SEM GTIN", "give a sku where there is none"),
        ("False", "give a sku"),
        ("123", "8, 12, 13 or 14 digits"),
        ("٩٥٢١٢٣٠٠٠٩٠٣٤", "is not a GTIN"),
        (True, "true or false where a GTIN"),
        ([EAN], "a list where"),
        (Decimal("9.5"), "is not a GTIN"),
        (Decimal("1e99"), "is not a GTIN"),
        ("9" * 100, "longer than"),
    ],
)
def test_what_cannot_be_proved_is_named(written: Any, told: str) -> None:
    with pytest.raises(FieldError, match=told):
        GtinType().read(written, READING)


@given(st.integers(0, 10**12 - 1), st.sampled_from(["{}", " {} ", "'{}", '="{}"', "{}.0"]))
def test_every_valid_ean_is_read(body: int, writing: str) -> None:
    digits = f"{body:012d}"
    ean = digits + str(check_digit(digits))
    assert GtinType().read(writing.format(ean), READING) == f"0{ean}"


@given(st.integers(0, 10**12 - 1), st.integers(1, 9))
def test_no_ean_with_a_wrong_digit_is_read(body: int, wrong: int) -> None:
    digits = f"{body:012d}"
    with pytest.raises(FieldError, match="check digit"):
        GtinType().read(digits + str((check_digit(digits) + wrong) % 10), READING)


@pytest.mark.parametrize("sku", ["LINEN--LIG-S", "STRAIG-IND-W32/L34", "[FURN_0096]", "Ü 12", "4711"])
def test_a_sku_is_taken_as_it_is(sku: str) -> None:
    assert SkuType(64).read(sku, READING) == sku
    assert SkuType(64).read(f'="{sku}"', READING) == sku


@pytest.mark.parametrize("sku", ["x" * 65, "ü" * 40, "a\nb", "a\x00"])
def test_a_sku_that_is_too_long_or_not_printable_is_a_mistake(sku: str) -> None:
    with pytest.raises(FieldError):
        SkuType(64).read(sku, READING)
