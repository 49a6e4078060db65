"""Retail bar codes: what their digits mean, with and without the AIM symbology identifier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.epc.gtin import Gtin, check_digit
from hardware.errors import AmbiguousLabelError, LabelError
from hardware.labels.label import Label, read_label
from hardware.labels.upc_e import expanded


def nobody(_gtins: tuple[str, ...]) -> tuple[str, ...]:
    return ()


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        ("01408911", "00014100000891"),
        ("04252614", "00042100005264"),
        ("]E001408911", "00014100000891"),
        ("]E0014100000891", "00014100000891"),
        ("]E00014100000891", "00014100000891"),
        ("]E496385074", "00000096385074"),
        ("]E301408911 12", "00014100000891"),
        ("]E30140891112345", "00014100000891"),
        ("0140891112", "00014100000891"),
        ("9638507412", "00000096385074"),
        ("]E49638507412345", "00000096385074"),
        ("]E40000096385074", "00000096385074"),
        ("001408911", "00014100000891"),
        ("]E0001408911", "00014100000891"),
        ("]E00000096385074", "00000096385074"),
        ("400638133393112", "04006381333931"),
        ("400638133393112345", "04006381333931"),
        ("]E3400638133393112", "04006381333931"),
        ("]E3614141123452 12345", "00614141123452"),
        ("61414112345212345", "00614141123452"),
        ("61414112345213", "00614141123452"),
        ("4 006381 333931", "04006381333931"),
        ("978-3-16-148410-0", "09783161484100"),
        ("]I180614141123458", "80614141123458"),
        ("]A04006381333931", "04006381333931"),
    ],
)
def test_the_article_of_a_bar_code(text: str, gtin: str) -> None:
    assert read_label(text) == Label(Gtin(gtin))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("123450", "1200000345"), ("123451", "1210000345"), ("123452", "1220000345"), ("123453", "1230000045"),
        ("123454", "1234000005"), ("123455", "1234500005"), ("123456", "1234500006"), ("123457", "1234500007"),
        ("123458", "1234500008"), ("123459", "1234500009"),
    ],
)  # fmt: skip
def test_the_zeros_of_a_upc_e(short: str, full: str) -> None:
    """General Specifications, clause 5.2.2.4.2: the ten digits between number system 0 and check digit."""
    upc_a = Gtin.of(int(full))
    assert read_label(f"]E00{short}{upc_a[-1]}") == Label(upc_a)


@pytest.mark.parametrize(
    "text",
    [
        "00000000",
        "0000000000000",
        "00000000000000",
        "]E000000000",
        "]E01408912",
        "]E0140891",
        "140891",
        "40063813339",
        "]E40140891",
        "]E04006381333930",
        "2026-12-31",
    ],
)
def test_other_digits_are_refused(text: str) -> None:
    with pytest.raises(LabelError):
        read_label(text)


def both() -> str:
    """Eight digits that fit EAN-8 and UPC-E as different articles."""
    for number in range(1_000_000, 2_000_000):
        digits = f"{number}"
        digits += str(check_digit(number))
        if expanded(digits)[-1] == str(check_digit(int(expanded(digits)[:-1]))):
            return digits
    raise AssertionError


def test_where_both_fit_the_symbology_identifier_decides_or_the_catalogue() -> None:
    digits = both()
    ean, upc = Gtin(digits), Gtin(expanded(digits))
    assert read_label(f"]E4{digits}").gtin == ean
    assert read_label(f"]E0{digits}").gtin == upc
    assert read_label(digits, known=lambda _: (ean,)).gtin == ean
    assert read_label(digits, known=lambda _: (upc,)).gtin == upc
    for known in (None, nobody, lambda gtins: gtins):
        with pytest.raises(AmbiguousLabelError) as refused:
            read_label(digits, known=known)
        assert set(refused.value.gtins) == {ean, upc}
        assert digits not in str(refused.value)


def test_an_ean_8_that_begins_with_0_is_a_number_of_the_shop_if_the_shop_knows_it() -> None:
    own, upc = Gtin("01408911"), Gtin("00014100000891")
    assert read_label("01408911", known=lambda _: (own,)).gtin == own
    assert read_label("01408911", known=nobody).gtin == upc
    with pytest.raises(AmbiguousLabelError):
        read_label("01408911", known=lambda gtins: gtins)


def test_fourteen_digits_are_a_gtin_unless_only_the_code_with_an_add_on_is_sold() -> None:
    digits = next(code for code in (f"614141123452{add_on:02d}" for add_on in range(100)) if check_fits(code))
    assert read_label(digits).gtin == digits
    assert read_label(digits, known=lambda _: ("00614141123452",)).gtin == "00614141123452"


def check_fits(code: str) -> bool:
    return check_digit(int(code[:13])) == int(code[13])


def meanings(digits: str) -> tuple[str, ...]:
    try:
        return (read_label(digits).gtin,)
    except AmbiguousLabelError as refused:
        return refused.gtins


@given(st.integers(0, 1), st.integers(0, 999_999))
def test_a_upc_e_is_never_another_article(system: int, body: int) -> None:
    digits = f"{system}{body:06d}0"
    full = expanded(digits)[:-1]
    digits = digits[:-1] + str(check_digit(int(full)))
    true = Gtin(expanded(digits))
    if int(true) == 0:
        return
    assert true in meanings(digits)
    assert read_label(f"]E0{digits}").gtin == true


@pytest.mark.parametrize("text", ["0140891", "21408911", "0140891a", "²1408911"])
def test_only_eight_digits_that_begin_with_0_or_1_are_a_upc_e(text: str) -> None:
    with pytest.raises(LabelError):
        expanded(text)
