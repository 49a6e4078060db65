"""Receipts on paper: readable in every language and both widths, nothing cut off."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import paths
from kiosk.connectors.printers.addresses import parse_printer
from kiosk.connectors.printers.commands import slip_commands
from kiosk.connectors.printers.port import NoPrinterDriverError
from kiosk.connectors.printers.text_layout import TextLine, has_letters_for, text_lines
from kiosk.core.domain.slips.slip import Code, Line, Pair, Slip
from kiosk.core.domain.texts import LANGUAGES
from kiosk.pictures.slips.letters import Letters
from kiosk.store.pages.receipt_print import receipt_slip
from tests.kiosk.connectors.printers.escpos_reader import Paper, read_commands
from tests.kiosk.connectors.printers.sample_sale import ISSUER, LINK, SHOP, sample_sale

FONTS = paths.assets() / "fonts"
LATIN = ("en", "de", "fr", "es", "it")


def no_blanks(*texts: str) -> str:
    return "".join("".join(text.split()) for text in texts)


def printed(slip: Slip, options: str = "") -> Paper:
    return read_commands(slip_commands(slip, parse_printer(f"escpos+tcp://h:9100{options}"), FONTS))


WIDTHS = {"?width=80": (576, 48), "?columns=42": (504, 42), "?width=58": (384, 32)}
"""Options with the dots and letters of a line."""


@pytest.mark.parametrize("options", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_printed_in_all_widths(language: str, options: str) -> None:
    slip = receipt_slip(sample_sale(is_signed=True), SHOP, language, LINK)
    paper = printed(slip, options)
    dots, columns = WIDTHS[options]
    assert paper.cuts == 1
    assert all(picture.width == dots for picture in paper.pictures)
    assert all(len(row) <= columns for row in paper.rows if isinstance(row, str))
    assert bool(paper.text.strip()) is (language in LATIN)
    if language in LATIN:
        assert len(paper.pictures) == 2, "the register's code and the link's"
        assert no_blanks(*ISSUER.lines) in no_blanks(*paper.text.splitlines()), "wrapped, and all of it"
        for shown in ("001234", "Visa **** 4242", "A0000000031010", "123456", "TILL-0001"):
            assert shown in paper.text
        total = sample_sale().order.total.formatted(language, with_zeros=True)
        assert total.replace("\u00a0", " ").replace("\u202f", " ") in paper.text
    else:
        black = sum(byte.bit_count() for picture in paper.pictures for byte in picture.bits)
        assert black > 5000


def test_without_a_link_and_a_register_there_is_no_code() -> None:
    paper = printed(receipt_slip(sample_sale(), SHOP, "de", ""))
    assert paper.pictures == []
    assert "Die Kasse des Geschäfts erfasst diesen Verkauf." in paper.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_fonts_have_every_letter_of_a_receipt(language: str) -> None:
    letters = Letters(FONTS, language, 24)
    for row in receipt_slip(sample_sale(is_signed=True), SHOP, language, LINK).rows:
        for text in (
            (row.text,) if isinstance(row, Line) else (row.start, row.end) if isinstance(row, Pair) else ()
        ):
            assert letters.missing(text) == ""


def test_planted_a_letter_that_no_font_has_is_found() -> None:
    assert Letters(FONTS, "ja", 24).missing("a\U0001f9e5") == "\U0001f9e5"


def test_a_name_without_letters_in_the_code_page_is_printed_as_a_picture() -> None:
    assert has_letters_for(Slip("en", (Line("Prix : 12,00 € œuvre “x”"),)))
    polish = Slip("en", (Line("Łódź"),))
    assert not has_letters_for(polish)
    assert printed(polish).text.strip() == ""
    assert len(printed(polish).pictures) == 1
    assert len(printed(Slip("en", (Line("plain"),)), "?mode=image").pictures) == 1


COMMANDS = ("\x1bp\x00", "\x10\x14\x01\x00\x01", "\x1dV\x00", "".join(map(chr, range(0x20))), "\x7f")


def row_kinds(text: str) -> list[Line | Pair]:
    return [Line(text), Line(text, large=True, centred=True), Pair(text, "1"), Pair("x", text)]


def sent(row: Line | Pair) -> bytes:
    return slip_commands(Slip("en", (row,)), parse_printer("escpos+tcp://h:9100"), FONTS)


@pytest.mark.parametrize("command", COMMANDS, ids=ascii)
def test_no_text_is_a_command_to_the_printer(command: str) -> None:
    blank = "".join(" " if c < " " or c == "\x7f" else c for c in command)
    for hostile, harmless in zip(row_kinds(f"a{command}b"), row_kinds(f"a{blank}b"), strict=True):
        assert sent(hostile) == sent(harmless)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.builds(Line, st.text("ab é€-", max_size=90), st.booleans(), st.booleans()),
            st.builds(Pair, st.text("ab é", max_size=60), st.text("12,€ ", max_size=60), st.booleans()),
        ),
        max_size=6,
    ),
    st.sampled_from([48, 42, 32]),
)
def test_no_line_is_wider_than_the_paper_and_no_letter_is_lost(rows: list[Line | Pair], columns: int) -> None:
    lines = [line for line in text_lines(tuple(rows), columns) if isinstance(line, TextLine)]
    assert all(len(line.text) <= columns // (2 if line.large else 1) for line in lines)
    asked = "".join(row.text if isinstance(row, Line) else row.start + row.end for row in rows)
    assert sorted("".join(line.text for line in lines).replace(" ", "")) == sorted(asked.replace(" ", ""))


def test_the_code_of_a_link_is_printed_as_it_is_made() -> None:
    import segno

    (picture,) = printed(Slip("en", (Code(LINK),)), "?width=58").pictures
    matrix = [list(row) for row in segno.make(LINK, error="m", micro=False).matrix]
    module = max(2, min(8, 384 * 6 // 10 // (len(matrix) + 8)))
    left, image = (384 - len(matrix) * module) // 2, picture.image
    read = [
        [int(image.getpixel((left + x * module + 1, (4 + y) * module + 1)) == 0) for x in range(len(matrix))]
        for y in range(len(matrix))
    ]
    assert read == matrix


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("escpos+tcp://", "write escpos"), ("lp://x", "no driver for lp"), ("escpos+tcp://h:70000", "is no address"),
        ("escpos+tcp://u@h", "no user name"), ("escpos+tcp://h/x", "nothing after the port"),
        ("escpos+tcp://h?wdth=58", "no option wdth"), ("escpos+tcp://h?width=70", "none of 80, 58"),
        ("escpos+tcp://h?width=58&columns=42", "are for paper of 80 mm"),
        ("escpos+tcp://h?columns=40", "none of auto, 42"),
        ("escpos+file://dev/usb/lp0", "three slashes"), ("escpos+usb://epson", "as `lsusb` prints them"),
        ("escpos+file:///dev/usb/lp0?status=yes", "remove status=yes"),
    ],
)  # fmt: skip
def test_a_wrong_address_says_what_to_write(uri: str, words: str) -> None:
    with pytest.raises(NoPrinterDriverError) as caught:
        parse_printer(uri)
    assert words in str(caught.value)
