"""Key events become texts, however the scanner types them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.epc.gtin import Gtin
from hardware.errors import LabelError
from hardware.labels.key_strokes import KeyStrokeDecoder, alt_character
from hardware.labels.keyboard_layouts import LAYOUTS, UNKNOWN, US, Key, Layout
from hardware.labels.label import Label, read_label
from hardware.labels.scans import FUNCTION_KEY, Scan, cleaned
from tests.hardware.labels.key_strokes import (
    ALL_LAYOUTS,
    ALT,
    ALTGR,
    CAPS_LOCK,
    CTRL,
    END_KEYS,
    EVENT,
    SHIFT,
    KeyboardScanner,
    Separator,
    Typing,
    alt_code,
    raw,
    strokes,
    tap,
)

GTIN = Gtin("80614141123458")
LINK = f"https://house.example/01/{GTIN}/21/Yz-7_a"
SERIALS = st.text("!\"%&'()*+,-./0123456789:;<=>?AMQWXYZ_amqwxyz", min_size=1, max_size=20)


def texts(events: bytes, layout: Layout = US, *, caps: bool = False) -> list[str]:
    decoder = KeyStrokeDecoder(layout, caps=caps)
    scans = decoder.feed(events) + decoder.pause()
    assert all(not scan.fault for scan in scans)
    return [scan.text for scan in scans]


@pytest.mark.parametrize("cut", [1, 5, 24, 1000])
def test_key_strokes_with_shift_become_texts(cut: int) -> None:
    events, decoder = strokes("4006381333931") + strokes("Hh://"), KeyStrokeDecoder()
    scans = [scan for at in range(0, len(events), cut) for scan in decoder.feed(events[at : at + cut])]
    assert [(scan.text, scan.end) for scan in scans] == [("4006381333931", "Enter"), ("Hh://", "Enter")]


@pytest.mark.parametrize("layout", ALL_LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("typing", Typing)
def test_a_link_in_every_layout_and_mode(layout: Layout, typing: Typing) -> None:
    for caps, ctrl_alt in ((False, False), (True, True)):
        scanner = KeyboardScanner(layout, typing, caps=caps, altgr_as_ctrl_alt=ctrl_alt)
        assert scanner.can_type(LINK)
        assert texts(scanner.types(LINK), layout, caps=caps) == [LINK]


@pytest.mark.parametrize("end", END_KEYS)
def test_every_end(end: str) -> None:
    decoder = KeyStrokeDecoder()
    scans = decoder.feed(KeyboardScanner(end=end).types("4006381333931"))
    assert decoder.pending == (not end)
    assert [(scan.text, scan.end) for scan in scans + decoder.pause()] == [("4006381333931", end)]
    assert not decoder.pending


@pytest.mark.parametrize("separator", Separator)
@pytest.mark.parametrize("name", ["us", "de", "fr", "ch", "dk"])
def test_a_group_separator(separator: Separator, name: str) -> None:
    scanner = KeyboardScanner(LAYOUTS[name], separator=separator)
    typed = {Separator.MISSING: "", Separator.F8: FUNCTION_KEY, Separator.ARROW_DOWN: FUNCTION_KEY}
    expected = f"21A{typed.get(separator, chr(29))}10B"
    assert texts(scanner.types("21A\x1d10B"), LAYOUTS[name]) == [expected]


@pytest.mark.parametrize("name", ["de", "fr", "ch", "it", "es", "tr", "br", "uk"])
def test_a_group_separator_as_ctrl_and_the_keys_of_a_bracket_with_altgr(name: str) -> None:
    layout = LAYOUTS[name]
    codes = [code for code in range(1, 128) if layout.character(Key(code, altgr=True)) == "]"]
    assert codes
    for code in codes:
        pressed = raw((CTRL, 1), (ALTGR, 1), *tap(code), (ALTGR, 0), (CTRL, 0))
        events = KeyboardScanner(layout, end="").types("21A") + pressed + KeyboardScanner(layout).types("10B")
        assert texts(events, layout) == ["21A\x1d10B"]


def test_dead_keys() -> None:
    dead = KeyboardScanner(LAYOUTS["us-intl"])
    assert texts(dead.types("A'B\"C^1"), LAYOUTS["us-intl"]) == ["A'B\"C^1"]
    # dead acute and e, dead acute and b, dead acute at the end
    events = raw(*tap(40), *tap(18), *tap(40), *tap(48), *tap(40), *tap(28))
    assert texts(events, LAYOUTS["us-intl"]) == ["\u00e9'b'"]


def test_alt_codes() -> None:
    assert alt_character("65") == alt_character("0065") == "A"
    assert alt_character("130") == "\u00e9"
    assert alt_character("0233") == "\u00e9"
    assert alt_character("8364") == "\u20ac"
    assert {alt_character(code) for code in ("0", "", "1.5", "55555", "99999999")} == {UNKNOWN}
    assert texts(raw(*alt_code("65"), *alt_code("13"), *alt_code("066"), *alt_code("9"))) == ["A", "B"]
    assert texts(raw((ALT, 1), *tap(30), (ALT, 0), *tap(28))) == [UNKNOWN]


def test_caps_lock_that_the_scanner_presses_itself() -> None:
    events = (
        raw(*tap(CAPS_LOCK)) + KeyboardScanner(caps=True).types("aB1") + raw(*tap(CAPS_LOCK)) + strokes("aB1")
    )
    assert texts(events) == ["aB1", "aB1"]


def test_repeated_keys_and_keys_that_are_released_elsewhere_are_ignored() -> None:
    events = raw((2, 1), (2, 2), (2, 2), (2, 0), (3, 0), (28, 1), (28, 2))
    assert texts(events) == ["1"]


def test_keys_of_control_characters_and_function_keys() -> None:
    # STX, a text, ETX
    events = (
        raw((CTRL, 1), *tap(48), (CTRL, 0)) + KeyboardScanner(end="").types("12") + raw((CTRL, 1), *tap(46))
    )
    (scan,) = KeyStrokeDecoder().feed(events)
    assert (cleaned(scan.text), scan.end) == ("12", "ETX")
    # F1, a text, arrow down
    events = raw(*tap(59)) + KeyboardScanner(end="").types("12") + raw(*tap(108))
    assert texts(events) == [f"{FUNCTION_KEY}12{FUNCTION_KEY}"]
    assert cleaned(texts(events)[0]) == "12"


def test_a_key_without_a_character_is_not_left_out() -> None:
    assert texts(raw(*tap(2), *tap(150), *tap(3), *tap(28))) == [f"1{UNKNOWN}2"]
    assert texts(raw((CTRL, 1), *tap(52), (CTRL, 0), *tap(28))) == [UNKNOWN]


def test_lost_events_spoil_one_text() -> None:
    decoder = KeyStrokeDecoder()
    dropped = EVENT.pack(0, 0, 0, 3, 0)
    scans = decoder.feed(raw((SHIFT, 1)) + dropped + strokes("12") + strokes("34"))
    assert [(bool(scan.fault), scan.text) for scan in scans] == [(True, "12"), (False, "34")]
    assert decoder.feed(dropped) == []
    (lost,) = decoder.pause()
    assert lost.fault


def test_the_text_that_has_begun_is_known_and_not_taken() -> None:
    decoder = KeyStrokeDecoder()
    assert decoder.begun() is None
    decoder.feed(KeyboardScanner(end="").types("4006"))
    for _ in range(2):
        begun = decoder.begun()
        assert begun is not None
        assert begun.text == "4006"
    assert [scan.text for scan in decoder.feed(strokes("3"))] == ["40063"]


def test_empty_texts_are_ignored() -> None:
    decoder = KeyStrokeDecoder()
    assert decoder.feed(raw(*tap(28), *tap(96), *tap(15))) == []
    assert not decoder.pending
    assert decoder.pause() == []


@given(st.binary(max_size=2000), st.integers(1, 50))
def test_any_bytes_are_accepted(events: bytes, cut: int) -> None:
    decoder = KeyStrokeDecoder(LAYOUTS["us-intl"])
    for at in range(0, len(events), cut):
        decoder.feed(events[at : at + cut])
    decoder.pause()


@given(st.lists(st.tuples(st.integers(0, 130), st.integers(0, 2)), max_size=60), st.sampled_from(ALL_LAYOUTS))
def test_any_keys_are_accepted(keys: list[tuple[int, int]], layout: Layout) -> None:
    decoder = KeyStrokeDecoder(layout)
    for scan in [*decoder.feed(raw(*keys)), *decoder.pause()]:
        assert isinstance(scan, Scan)


def outcome(scanner: KeyboardScanner, text: str) -> Label | None:
    decoder = KeyStrokeDecoder(scanner.layout, caps=scanner.caps)
    (scan,) = decoder.feed(scanner.types(text)) or decoder.pause()
    try:
        return read_label(cleaned(scan.text))
    except LabelError:
        return None


SCANNERS = st.builds(
    KeyboardScanner,
    st.sampled_from(ALL_LAYOUTS),
    st.sampled_from(Typing),
    st.sampled_from(Separator),
    st.sampled_from(list(END_KEYS)),
    st.booleans(),
    st.booleans(),
)


@given(SCANNERS, st.integers(1, 10**13 - 1).map(Gtin.of), SERIALS)
def test_no_setting_of_a_scanner_makes_another_piece(
    scanner: KeyboardScanner, gtin: Gtin, serial: str
) -> None:
    text = f"10LOT7\x1d01{gtin}21{serial}\x1d240X"
    if scanner.typing in (Typing.KEYS, Typing.KEYPAD) and not scanner.can_type(text):
        return
    label = outcome(scanner, text)
    if scanner.separator is Separator.MISSING:
        assert label is None or (label.gtin == gtin and label.serial in (serial, None))
    else:
        assert label == Label(gtin, serial)
