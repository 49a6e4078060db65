"""GTINs and their check digit; articles and pieces."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import (
    MAX_ARTICLE_LENGTH,
    ArticleId,
    anonymous_piece,
    anonymous_prefix,
    article_of,
    article_of_gtin,
    article_of_sku,
    check_digit,
    gtin_of,
    is_anonymous,
    parse_article,
    parse_gtin,
    parse_piece,
    piece_id,
    piece_of_scan,
    scanned_id,
    serial_of,
    sku_of,
)

SERIAL_CHARACTERS: Final = (
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
)
SERIALS: Final = st.text(SERIAL_CHARACTERS, min_size=1, max_size=20)
SHIRT: Final = article_of_gtin(parse_gtin("80614141123458"))


def _gtin(body: int) -> ArticleId:
    digits = f"{body:013d}"
    return article_of_gtin(parse_gtin(digits + str(check_digit(digits))))


def _fits(sku: str) -> bool:
    try:
        article_of_sku(sku)
    except ValueError:
        return False
    return True


SKUS: Final = st.text(min_size=1, max_size=24).filter(_fits)
ARTICLES: Final = st.integers(0, 10**13 - 1).map(_gtin) | SKUS.map(article_of_sku)


def test_a_gtin_checks_its_digit() -> None:
    assert parse_gtin("80614141123458") == "80614141123458"
    assert parse_gtin("4006381333931") == "04006381333931"
    with pytest.raises(ValueError, match="check digit"):
        parse_gtin("80614141123459")
    for junk in ("", "abc", "8" * 15, "123456789"):
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


def test_an_article_is_a_gtin_or_a_sku() -> None:
    assert (SHIRT, gtin_of(SHIRT), sku_of(SHIRT)) == ("80614141123458", "80614141123458", None)
    own = article_of_sku("AB.12/7 grün~")
    assert (own, gtin_of(own), sku_of(own)) == ("sku:AB%2E12%2F7%20gr%C3%BCn%7E", None, "AB.12/7 grün~")
    # A SKU that looks like a GTIN is still the shop's own.
    assert article_of_sku(SHIRT) != SHIRT


@pytest.mark.parametrize("sku", ["", " A", "A ", "A\nB", "A\0", "x" * 97, "\ud800"])
def test_what_is_no_sku_is_refused(sku: str) -> None:
    with pytest.raises(ValueError, match=r"SKU|encode"):
        article_of_sku(sku)


@given(SKUS, SKUS)
def test_two_skus_are_two_articles(one: str, other: str) -> None:
    first, second = article_of_sku(one), article_of_sku(other)
    assert (first == second) == (one == other)
    assert sku_of(first) == one
    assert len(first) <= MAX_ARTICLE_LENGTH
    assert first.isascii()


@given(ARTICLES, SERIALS)
def test_a_piece_is_its_article_and_its_serial(article: ArticleId, serial: str) -> None:
    piece = piece_id(article, serial)
    assert (article_of(piece), serial_of(piece), is_anonymous(piece)) == (article, serial, False)
    assert parse_piece(piece) == piece
    assert parse_article(article) == article
    assert len(piece) <= MAX_ARTICLE_LENGTH + 21
    assert (scanned_id(article, serial), scanned_id(article, None)) == (piece, article)


@given(ARTICLES, st.text(SERIAL_CHARACTERS, min_size=1, max_size=19), SERIALS)
def test_a_serial_that_the_store_made_equals_no_real_one(
    article: ArticleId, number: str, serial: str
) -> None:
    made = anonymous_piece(article, number)
    assert is_anonymous(made)
    assert made != piece_id(article, serial)
    assert article_of(made) == article
    assert parse_piece(made) == made


@pytest.mark.parametrize("serial", ["", "~1", "a b", "x" * 21, "grün", "a\x1d", "#"])
def test_what_is_no_serial_is_refused(serial: str) -> None:
    with pytest.raises(ValueError, match="not a serial"):
        piece_id(SHIRT, serial)


@pytest.mark.parametrize(
    "text",
    [
        "", SHIRT, "30361FAEF02A41C000000001", "80614141123459.1", "4006381333931.1", f"{SHIRT}.", f"{SHIRT}.~",
        f"{SHIRT}.~~1", f"{SHIRT}.~{'1' * 20}", "sku:.1", "sku:a/b.1", "sku:a%2f.1", "sku:%FF.1", "SKU:A.1",
    ],
)  # fmt: skip
def test_what_is_no_piece_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a|wrong check digit|decode|too long"):
        parse_piece(text)


@given(st.text(max_size=40))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        piece = parse_piece(text)
    except ValueError:
        return
    assert piece == text


@given(ARTICLES, SERIALS)
def test_a_scan_with_a_serial_is_a_piece_and_without_one_an_article(article: ArticleId, serial: str) -> None:
    assert piece_of_scan(scanned_id(article, serial)) == piece_id(article, serial)
    assert piece_of_scan(scanned_id(article, None)) is None


@given(ARTICLES, SERIALS)
def test_only_anonymous_pieces_of_the_article_have_its_anonymous_prefix(
    article: ArticleId, serial: str
) -> None:
    assert anonymous_piece(article, serial[:19]).startswith(anonymous_prefix(article))
    assert not piece_id(article, serial).startswith(anonymous_prefix(article))
