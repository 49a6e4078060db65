"""GTINs: padding to 14 digits, check digits, errors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.epc.gtin import Gtin, check_digit
from hardware.errors import GtinError
from kiosk.core.domain.ids import parse_gtin


@pytest.mark.parametrize(
    ("short", "full"),
    [("96385074", "00000096385074"), ("614141123452", "00614141123452"), ("4006381333931", "04006381333931")],
)
def test_shorter_gtins_are_padded_to_fourteen_digits(short: str, full: str) -> None:
    assert Gtin(short) == full


@pytest.mark.parametrize(
    "digits", ["4006381333932", "123", "40063813339x1", "٤006381333931", "4 06381333931"]
)
def test_a_wrong_gtin_is_refused(digits: str) -> None:
    with pytest.raises(GtinError):
        Gtin(digits)


@given(st.integers(0, 10**13 - 1))
def test_both_gtin_types_agree(first13: int) -> None:
    gtin = Gtin.of(first13)
    assert gtin == Gtin(gtin) == parse_gtin(gtin)
    assert int(gtin[-1]) == check_digit(first13)
