"""The piece of a tag's EPC, of a scanned label, or of what a person typed.

Here the values of `hardware.epc` and `hardware.labels` become the ids of `kiosk.core.domain.ids`. An SGTIN-96, an
SGTIN-198, an SGTIN+ and a label with the same GTIN and serial are one piece (GS1 EPC Tag Data Standard 2.3, clause
6.3.1: its pure identity is the GTIN and serial, whatever the encoding in the tag).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hardware.epc.codec import decode
from hardware.epc.gtin import Gtin
from hardware.errors import AmbiguousLabelError, EpcError, LabelError
from hardware.labels.label import Label, read_label
from hardware.labels.own_codes import own_code
from hardware.labels.piece_epc import piece_epc
from hardware.ports import KnownArticles
from kiosk.core.domain.ids import (
    ArticleId,
    PieceId,
    ScannedId,
    anonymous_piece,
    anonymous_prefix,
    article_of,
    article_of_gtin,
    is_anonymous,
    parse_article,
    parse_gtin,
    parse_piece,
    piece_id,
    piece_of_scan,
    scanned_id,
    serial_of,
)
from kiosk.store.errors import RefusedError

MAX_TYPED_CHARS: Final = 512
OwnCodes = Callable[[str], ArticleId | None]
"""Looks up the shop's own code (SKU) of an article, as it is printed on a label; None for any other text."""
_OLD_SCAN: Final = "scan-"
"""Begin of a serial that earlier versions gave to a label without one; kept in old sales and orders."""


def piece_of_epc(epc: str) -> PieceId | None:
    """The piece of a tag's EPC in hex; None for a tag that is no garment's."""
    try:
        tag = decode(epc)
        article = ArticleId(tag.gtin)
        if tag.serial.startswith(_OLD_SCAN):
            return anonymous_piece(article, tag.serial)
        return piece_id(article, tag.serial)
    except (EpcError, ValueError):
        return None


def piece_of_stored_epc(epc: str, gtin: str) -> PieceId:
    """The piece that an earlier version stored by its EPC, with the GTIN that stood beside it.

    An EPC that cannot be decoded keeps its last characters as a serial that equals no tag's.
    """
    return piece_of_epc(epc) or PieceId(anonymous_prefix(ArticleId(gtin)) + epc[-19:])


def epc_of_piece(piece: PieceId) -> str | None:
    """An EPC in hex of this piece, as `piece_of_epc` reads it; None where no EPC can hold the article or the serial."""
    serial = serial_of(piece)
    if is_anonymous(piece):
        number = piece.removeprefix(anonymous_prefix(article_of(piece)))
        serial = number if number.startswith(_OLD_SCAN) else f"{_OLD_SCAN}{number}"
    try:
        return piece_epc(Label(Gtin(article_of(piece)), serial))
    except EpcError:
        return None


def scanned_of_label(gtin: str, serial: str | None) -> ScannedId:
    """What a label identifies: its piece, or its article if it has no serial. Raises ValueError."""
    return scanned_id(article_of_gtin(parse_gtin(gtin)), serial)


def parse_scanned(
    text: str, known: KnownArticles | None = None, own_codes: OwnCodes | None = None
) -> ScannedId:
    """A piece or article from its id, an EPC in hex or the text of a label, as a program or a person gives it.

    `known` tells which articles the shop sells, for digits that can mean several; `own_codes` looks up the shop's own
    code of an article, for a text that is no label by GS1. Raises RefusedError.
    """
    content = text.strip()
    if len(content) > MAX_TYPED_CHARS:
        raise RefusedError("that is too long for a label")
    for parse in (parse_piece, parse_article):
        try:
            return ScannedId(parse(content))
        except ValueError:
            continue
    try:
        label = read_label(content, known=known)
        return scanned_of_label(label.gtin, label.serial)
    except (LabelError, ValueError) as error:
        own = own_codes(own_code(content)) if own_codes is not None else None
        if own is not None:
            return ScannedId(own)
        several = isinstance(error, AmbiguousLabelError)
        why = "these digits can mean several articles; give all 14 digits of the GTIN"
        raise RefusedError(why if several else "that is not a label") from error


def parse_typed_piece(text: str) -> PieceId:
    """As `parse_scanned`, for a place that needs one piece. Raises RefusedError for an article without serial."""
    scanned = parse_scanned(text)
    piece = piece_of_scan(scanned)
    if piece is None:
        raise RefusedError("that identifies an article, not one piece of it")
    return piece
