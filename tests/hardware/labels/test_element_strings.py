"""Element strings: identifiers in any order, with separators in every form, and without them."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hardware.epc.gtin import Gtin
from hardware.errors import LabelError
from hardware.labels.label import Label, Reading, parse_label, read_label

GTIN = Gtin("80614141123458")
OTHERS = {
    "10": "LOT7",
    "11": "261231",
    "17": "270228",
    "20": "01",
    "22": "V2",
    "240": "STYLE-77",
    "241": "PART/9",
    "30": "12",
    "3103": "001250",
    "37": "6",
    "7003": "2612312359",
    "8200": "https://house.example/a",
    "91": "inner",
    "99": "210XYZ",
}
# what stands for a group separator; the last is missing
SEPARATORS = (
    "\x1d", "|", "^", "~", "]", "}", "{GS}", "<GS>", "[GS]", "<FNC1>", "\\x1d", "\\x1D", "^]", "~d029", "\u241d", "",
)  # fmt: skip
SERIALS = st.text("!\"%&'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz", min_size=1, max_size=20)
DIGITS = st.text("0123456789", min_size=1, max_size=20)


def joined(elements: list[tuple[str, str]], separator: str) -> str:
    """As a GS1 symbol sends it: a separator after each value that is not of predefined length, except the last."""
    out = ""
    for place, (identifier, value) in enumerate(elements):
        predefined = identifier[:2] in ("01", "11", "17", "20", "31")
        out += identifier + value + ("" if predefined or place == len(elements) - 1 else separator)
    return out


@pytest.mark.parametrize("identifier", OTHERS)
def test_an_element_before_the_serial(identifier: str) -> None:
    text = joined([("01", GTIN), (identifier, OTHERS[identifier]), ("21", "AB-1")], "\x1d")
    assert read_label(text) == Label(GTIN, "AB-1")


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("21AB-1\x1d0180614141123458", "AB-1"),
        ("10LOT7\x1d0180614141123458", None),
        ("112612310180614141123458", None),
        ("11261231018061414112345821AB-1", "AB-1"),
        ("\x1d018061414112345821AB-1\x1d", "AB-1"),
        ("]d218061414112345821", None),
        ("]C1018061414112345810LOT7\x1d21AB-1", "AB-1"),
        ("]e00180614141123458", None),
        ("]e080614141123458", None),
        ("]J1018061414112345821AB-1", "AB-1"),
        ("[)>\x1e05\x1d018061414112345821AB10X\x1e\x04", "AB10X"),
        ("018061414112345889NEW\x1d21AB-1", "AB-1"),
    ],
)
def test_elements_in_any_order(text: str, serial: str | None) -> None:
    if text.startswith("]d218"):
        with pytest.raises(LabelError):
            read_label(text)
    else:
        assert read_label(text) == Label(GTIN, serial)


@pytest.mark.parametrize("separator", [separator for separator in SEPARATORS if separator])
def test_a_separator_in_every_form(separator: str) -> None:
    text = joined([("01", GTIN), ("21", "AB10X"), ("10", "LOT7")], separator)
    assert parse_label(text) == Reading(Label(GTIN, "AB10X"), separated=True)


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        # one reading only
        ("018061414112345821AB-1", "AB-1"),
        ("21AB-10180614141123458", "AB-1"),
        ("01806141411234582112345", "12345"),
        # several readings: the serial, or the serial and another element
        ("018061414112345821AB10X", None),
        ("018061414112345810LOT21AB", None),
        ("01806141411234582119112345", None),
    ],
)
def test_without_separators_only_a_certain_serial_is_used(text: str, serial: str | None) -> None:
    assert parse_label(text) == Reading(Label(GTIN, serial), unclear=serial is None)


def test_a_scanner_that_is_known_to_send_separators_needs_none_in_the_text() -> None:
    assert read_label("018061414112345821AB10X", separators_sent=True) == Label(GTIN, "AB10X")


@pytest.mark.parametrize(
    "text",
    [
        "0180614141123459",
        "018061414112345801040063813339310",
        "01806141411234580104006381333931",
        "0280614141123458\x1d21A",
        "003401234500000000\x1d21A",
        "21AB\x1d10LOT",
        "9" * 300,
    ],
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(LabelError):
        read_label(text)


def test_a_value_that_is_too_long_for_its_identifier_makes_the_serial_unclear() -> None:
    reading = parse_label(f"01{GTIN}\x1d21{'A' * 15}10LOT712345")
    assert reading == Reading(Label(GTIN), separated=True, unclear=True)


@pytest.mark.parametrize("value", ["21A#B", f"21{'A' * 21}", "21A\u00e9", "21A B", "17261399"])
def test_the_article_before_a_value_that_is_not_valid_is_read_without_serial(value: str) -> None:
    assert parse_label(f"01{GTIN}{value}") == Reading(Label(GTIN), unclear=True)
    with pytest.raises(LabelError):
        read_label(f"01{GTIN}89{value}")
    with pytest.raises(LabelError):
        read_label(f"0180614141123459{value}")


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("(01)80614141123458(21)A(1)B", "A(1)B"),
        ("(01)80614141123458(21)A\\(10\\)B", "A(10)B"),
        ("(01)80614141123458(21)A(10)B", None),
        ("(01)80614141123458(21)A(10)", None),
        ("(01)80614141123458(21)A<GS>(10)B", "A"),
        ("(01)80614141123458(21)A\\(10)B", "A(10)B"),
        ("(01)80614141123458(21)12345678901(17)251231", "12345678901"),
        ("(01)80614141123458(21)1234567890(17)251231", None),
        ("(01)80614141123458(10)B(21)A", None),
        ("(01)80614141123458(10)B (21)A", "A"),
        ("(01)80614141123458(17)251231(21)A", "A"),
        ("(10)B(11)250101(21)A(01)80614141123458", None),
        ("(21)A(01)80614141123458(10)B", "A"),
        ("(01)80614141123458(21)A(240) (10)0", None),
        ("(01)80614141123458(21)two words", None),
        ("(01) 8061414 112345 8 (21) AB-1 (10) LOT", "AB-1"),
        ("(01) 80614141123458", None),
        ("(10)L(01)80614141123458(21)AB", "AB"),
        ("(240)A(3103)001250(01)80614141123458(21)AB", "AB"),
        ("(01)80614141123458\x1d(21)AB", "AB"),
    ],
)
def test_elements_with_brackets(text: str, serial: str | None) -> None:
    assert read_label(text) == Label(GTIN, serial)


@pytest.mark.parametrize(
    ("text", "why"),
    [("(01)80614141123459(21)A", "check digit"), ("(01)123(21)A", "digits"), ("(21)A", "no article")],
)
def test_brackets_without_an_article_are_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(LabelError, match=why):
        read_label(text)


@pytest.mark.parametrize("digits", ["0614141123452", "614141123452", "00614141123452"])
def test_a_gtin_in_brackets_may_lack_its_zeros(digits: str) -> None:
    assert read_label(f"(01){digits}(21)A") == Label(Gtin("00614141123452"), "A")


Parser = Callable[[str], Label]


def wrong_serial(parse: Parser, text: str, gtin: Gtin, serial: str | None) -> bool:
    """Whether a parser makes another article or another serial of a label than the true ones."""
    try:
        label = parse(text)
    except LabelError:
        return False
    return label.gtin != gtin or label.serial not in (serial, None)


@given(
    st.integers(1, 10**13 - 1).map(Gtin.of),
    SERIALS | DIGITS,
    st.lists(st.sampled_from(sorted(OTHERS)), unique=True, max_size=5),
    st.sampled_from(SEPARATORS),
    st.randoms(use_true_random=False),
)
def test_no_setting_of_a_scanner_makes_another_serial(
    gtin: Gtin, serial: str, others: list[str], separator: str, order: random.Random
) -> None:
    assume("<GS>" not in serial)
    elements = [("01", str(gtin)), ("21", serial), *((name, OTHERS[name]) for name in others)]
    order.shuffle(elements)
    text = joined(elements, separator)
    assert not wrong_serial(read_label, text, gtin, serial)
    if separator:
        assert parse_label(text, separators_sent=True).label == Label(gtin, serial)


BRACKETS = st.text("AB()0127", min_size=1, max_size=6) | st.sampled_from(
    ["A(10)B", "(21)A", "A(240)", "A(1)"]
)


def in_brackets(elements: list[tuple[str, str]], between: str) -> str:
    return between.join(f"({identifier}){value}" for identifier, value in elements)


@given(
    st.integers(1, 10**13 - 1).map(Gtin.of),
    BRACKETS,
    st.lists(st.tuples(st.sampled_from(["10", "240", "91"]), BRACKETS), unique_by=lambda e: e[0], max_size=2),
    st.sampled_from(["", " ", "<GS>"]),
    st.randoms(use_true_random=False),
)
def test_brackets_in_a_value_make_no_other_serial(
    gtin: Gtin, serial: str, others: list[tuple[str, str]], between: str, order: random.Random
) -> None:
    elements = [("01", str(gtin)), ("21", serial), *others]
    order.shuffle(elements)
    assert not wrong_serial(read_label, in_brackets(elements, between), gtin, serial)


def test_planted_a_parser_that_splits_at_every_bracket_makes_another_serial() -> None:
    def splitting(text: str) -> Label:
        return Label(GTIN, text.partition("(21)")[2].partition("(")[0])

    text = in_brackets([("01", GTIN), ("21", "A(10)B")], "")
    assert wrong_serial(splitting, text, GTIN, "A(10)B")
    assert not wrong_serial(read_label, text, GTIN, "A(10)B")


@given(st.integers(1, 10**13 - 1).map(Gtin.of), DIGITS, st.sampled_from(SEPARATORS))
def test_a_label_without_serial_gets_none(gtin: Gtin, batch: str, separator: str) -> None:
    text = joined([("10", batch), ("01", str(gtin)), ("240", batch), ("17", "270228")], separator)
    assert not wrong_serial(read_label, text, gtin, None)


def test_planted_a_parser_that_trusts_separators_makes_another_serial() -> None:
    def trusting(text: str) -> Label:
        return read_label(text, separators_sent=True)

    text = joined([("01", GTIN), ("21", "AB"), ("10", "LOT7")], "")
    assert wrong_serial(trusting, text, GTIN, "AB")
    assert not wrong_serial(read_label, text, GTIN, "AB")
