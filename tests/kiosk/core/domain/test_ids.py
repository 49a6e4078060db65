"""GTINs and their check digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import check_digit, parse_gtin


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
