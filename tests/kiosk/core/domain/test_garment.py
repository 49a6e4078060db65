"""Garments, their colours and stock, and pieces in a room."""

from __future__ import annotations

import pytest

from kiosk.core.domain.garment import Piece, displayed_size
from kiosk.core.domain.ids import ArticleId, PieceId
from tests.kiosk.core.garments import garment

SHIRT = garment()


def test_a_gtin_of_the_style_gives_its_colour_and_stock() -> None:
    other = SHIRT.colours[1].sizes[2]
    assert SHIRT.stock_of(other.article) == (SHIRT.colours[1], other)
    assert SHIRT.stock_of(ArticleId("00000000000000")) is None


def test_an_unknown_colour_is_the_garments_own() -> None:
    assert SHIRT.in_colour("SKY") is SHIRT.colours[1]
    assert SHIRT.in_colour("no such colour") is SHIRT.colourway


def test_one_size_is_not_displayed() -> None:
    assert (displayed_size("one"), displayed_size("M")) == ("", "M")


@pytest.mark.parametrize(
    ("known", "sure", "confirmed", "visible", "certain"),
    [
        (True, True, None, True, True),
        (True, False, None, True, False),
        (True, False, True, True, True),
        (True, True, False, False, False),
        (False, True, None, True, False),
    ],
)
def test_a_piece_is_certain_by_the_readers_or_by_the_shopper(
    known: bool, sure: bool, confirmed: bool | None, visible: bool, certain: bool
) -> None:
    piece = Piece(PieceId("30A"), SHIRT if known else None, sure, 0, confirmed)
    assert (piece.visible, piece.certain) == (visible, certain)
