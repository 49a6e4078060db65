"""One piece id for one garment, in whatever form a tag, a label or a person names it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.epc.codec import encode, encode_198
from kiosk.core.domain.ids import (
    ArticleId,
    anonymous_piece,
    article_of_gtin,
    article_of_sku,
    is_anonymous,
    parse_gtin,
    parse_piece,
    piece_id,
)
from kiosk.store.errors import RefusedError
from kiosk.store.piece_ids import (
    epc_of_piece,
    parse_scanned,
    parse_typed_piece,
    piece_of_epc,
    piece_of_stored_epc,
    scanned_of_label,
)
from tests.kiosk.store.label_forms import GTINS, NUMBERS, SERIALS, labels, tags, without_separators

GTIN = "80614141123458"
ARTICLE = article_of_gtin(parse_gtin(GTIN))


@given(GTINS, SERIALS)
@settings(max_examples=150)
def test_every_tag_and_every_label_of_a_garment_is_one_piece(gtin: str, serial: str) -> None:
    piece = piece_id(ArticleId(gtin), serial)
    for name, epc in tags(gtin, serial).items():
        assert piece_of_epc(epc) == piece, name
        if epc.isdigit():
            continue  # typed digits may be an element string as well; then they are refused
        assert parse_typed_piece(epc) == parse_typed_piece(epc.lower()) == piece, name
    for name, label in labels(gtin, serial).items():
        assert parse_typed_piece(label) == piece, (name, label)
    assert parse_scanned(without_separators(gtin, serial)) in (piece, gtin), (
        "the piece or the article, no other piece"
    )
    assert parse_typed_piece(piece) == parse_scanned(f" {piece}\n") == piece
    assert scanned_of_label(gtin, serial) == piece


def _by_bits(epc: str) -> str:
    """Planted: a piece is identified by the bits of its tag."""
    return epc


@given(GTINS, NUMBERS)
def test_planted_fault_identity_by_bits_is_caught(gtin: str, serial: str) -> None:
    forms = tags(gtin, serial).values()
    assert len({_by_bits(epc) for epc in forms}) == len(forms) == 15
    assert len({piece_of_epc(epc) for epc in forms}) == 1


@given(GTINS, SERIALS, SERIALS)
def test_two_serials_are_two_pieces(gtin: str, one: str, other: str) -> None:
    first, second = (piece_of_epc(encode_198(gtin, serial)) for serial in (one, other))
    assert (first == second) == (one == other)


@given(GTINS)
def test_a_label_without_serial_is_an_article(gtin: str) -> None:
    short = gtin.lstrip("0")
    for label in (gtin, f"(01){gtin}", f"https://id.gs1.org/01/{gtin}", f"]C101{gtin}"):
        assert parse_scanned(label) == gtin
        with pytest.raises(RefusedError, match="not one piece"):
            parse_typed_piece(label)
    if len(short) == 13:
        assert parse_scanned(short) == gtin


def test_digits_that_mean_several_articles_are_those_that_the_shop_sells() -> None:
    digits = "10000007"
    meanings: list[str] = []

    def sold_first(gtins: tuple[str, ...]) -> tuple[str, ...]:
        meanings.extend(gtins)
        return gtins[:1]

    assert parse_scanned(digits, sold_first) == meanings[0]
    assert len(set(meanings)) == 2
    assert parse_scanned(digits, lambda gtins: gtins[1:]) == meanings[1]
    with pytest.raises(RefusedError, match="all 14 digits"):
        parse_scanned(digits)


def test_ids_are_taken_as_they_are() -> None:
    own = article_of_sku("SHIRT.7/M")
    for text in (own, piece_id(own, "7"), anonymous_piece(own, "7"), anonymous_piece(ARTICLE, "7")):
        assert parse_scanned(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "no label", "x" * 600, "30" * 600, f"{GTIN}.", f"{GTIN}.~", "80614141123459", "E2003411B80201138325",
        "3074257BF7194E", f"https://id.gs1.org/01/{GTIN}/21/~1", f"https://id.gs1.org/01/{GTIN}/21/a%20b", "sku:a b",
    ],
)  # fmt: skip
def test_what_identifies_nothing_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        parse_scanned(text)


@given(st.text(max_size=80) | st.binary(max_size=40).map(bytes.hex))
def test_any_text_is_a_piece_an_article_or_refused(text: str) -> None:
    try:
        found = parse_scanned(text)
    except RefusedError:
        return
    assert "." not in found or parse_piece(found) == found


def test_a_stored_epc_of_an_earlier_version_is_the_same_piece() -> None:
    """Earlier versions gave a scan without serial the serial `scan-`, and stored labels with a prefix of 7 digits."""
    assert piece_of_stored_epc(encode(GTIN, "5", 7), GTIN) == piece_id(ARTICLE, "5")
    scan = piece_of_stored_epc(encode_198(GTIN, "scan-18f2a", 7), GTIN)
    assert is_anonymous(scan)
    assert scan == anonymous_piece(ARTICLE, "scan-18f2a")
    broken = piece_of_stored_epc("FF" * 12, GTIN)
    assert is_anonymous(broken)
    assert parse_piece(broken) == broken
    assert broken != piece_of_stored_epc("EE" * 12, GTIN)


@given(GTINS, SERIALS)
def test_a_piece_has_an_epc_of_its_own(gtin: str, serial: str) -> None:
    for piece in (piece_id(ArticleId(gtin), serial), anonymous_piece(ArticleId(gtin), "scan-18f2a")):
        epc = epc_of_piece(piece)
        assert epc is not None
        assert piece_of_epc(epc) == piece
    assert epc_of_piece(piece_id(article_of_sku("A"), "1")) is None
