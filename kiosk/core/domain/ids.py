"""Types of identifiers, parsed once where they enter the product.

An article is a GTIN, or the shop's own SKU where it has none. A piece is an article and a serial. Neither depends on
the bits of a tag: an SGTIN-96, an SGTIN-198, an SGTIN+ and a printed label of one garment identify the same piece.

`hardware.epc.gtin` checks GTINs as well: hardware may not import the shop's core, and the core imports no hardware.
"""

from __future__ import annotations

import re
from typing import Final, NewType

Gtin = NewType("Gtin", str)
"""GTIN-14 with a valid check digit; one for each style, colour and size."""
ArticleId = NewType("ArticleId", str)
"""A style in one colour and size: its GTIN-14, or `sku:` and the shop's own SKU, percent-encoded with no full stop."""
PieceId = NewType("PieceId", str)
"""One garment: its article, a full stop and its serial. A serial that the store made begins with `~`."""
ScannedId = NewType("ScannedId", str)
"""What a label identifies: a piece, or an article where the label has no serial."""
StyleId = NewType("StyleId", str)
ItemId = NewType("ItemId", str)
"""A style in one colour, in any size. Opaque: which style and colour it is, is looked up in the catalogue, since the
parts of an id may contain any separator and the retailer may choose the id."""
RoomId = NewType("RoomId", str)
Ticket = NewType("Ticket", str)
"""Id of one visit of one room. An answer with another ticket belongs to another visit."""
RequestId = NewType("RequestId", str)
OrderId = NewType("OrderId", str)
ShopperId = NewType("ShopperId", str)
AssociateId = NewType("AssociateId", str)

MAX_NUMBER_DIGITS: Final = 18
"""Longest number of a visit that is compared."""
MAX_ARTICLE_LENGTH: Final = 100
"""Characters of an article's id; with a serial of 20 characters a piece's id has at most 121."""
_MAX_SERIAL_LENGTH: Final = 20
_SKU: Final = "sku:"
_SEPARATOR: Final = "."
_ANONYMOUS: Final = "~"
# RFC 3986, section 2.3, without "." and "~", which have a meaning in the id of a piece
_PLAIN: Final = frozenset(b"-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_ENCODED_SKU: Final = re.compile(r"(?:[-_0-9A-Za-z]|%[0-9A-F]{2})+")
# GS1 General Specifications, figure 7.11-1: the 82 characters of a serial (AI 21). "~" is not among them.
_SERIAL_CHARACTERS: Final = frozenset(
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
)


def check_digit(digits: str) -> int:
    """Check digit of a GTIN given without it (GS1 General Specifications, section 7.9)."""
    odd = sum(map(int, digits[::-2]))
    even = sum(map(int, digits[-2::-2]))
    return -(3 * odd + even) % 10


def parse_gtin(text: str) -> Gtin:
    """A GTIN of 8, 12, 13 or 14 digits as GTIN-14. Raises ValueError if it is not one or its check digit is wrong."""
    if not (text.isascii() and text.isdigit() and len(text) in (8, 12, 13, 14)):
        raise ValueError(f"not a GTIN: {text!r}")
    padded = text.zfill(14)
    if check_digit(padded[:-1]) != int(padded[-1]):
        raise ValueError(f"GTIN {text} has a wrong check digit")
    return Gtin(padded)


def article_of_gtin(gtin: Gtin) -> ArticleId:
    """The article that a GTIN identifies."""
    return ArticleId(gtin)


def article_of_sku(sku: str) -> ArticleId:
    """The article of a shop's own SKU, which has no GTIN. Raises ValueError for one that is empty, too long or not
    printable, or that begins or ends with a space."""
    if not sku or not sku.isprintable() or sku != sku.strip():
        raise ValueError(f"not a SKU: {sku!r}")
    article = _SKU + "".join(chr(b) if b in _PLAIN else f"%{b:02X}" for b in sku.encode())
    if len(article) > MAX_ARTICLE_LENGTH:
        raise ValueError(f"a SKU of {len(sku)} characters is too long")
    return ArticleId(article)


def parse_article(text: str) -> ArticleId:
    """An article's id as this module writes it. Raises ValueError."""
    if not text.startswith(_SKU):
        if len(text) != 14:
            raise ValueError(f"not an article: {text!r}")
        return article_of_gtin(parse_gtin(text))
    if not _ENCODED_SKU.fullmatch(text, len(_SKU)) or article_of_sku(_decoded(text)) != text:
        raise ValueError(f"not an article: {text!r}")
    return ArticleId(text)


def gtin_of(article: ArticleId) -> Gtin | None:
    """The GTIN of an article; None for a shop's own SKU."""
    return None if article.startswith(_SKU) else Gtin(article)


def sku_of(article: ArticleId) -> str | None:
    """The shop's own SKU of an article; None where it has a GTIN."""
    return _decoded(article) if article.startswith(_SKU) else None


def _decoded(article: str) -> str:
    """The SKU of an article's id. Raises ValueError if its bytes are not UTF-8."""
    characters = re.findall(r"%([0-9A-F]{2})|(.)", article.removeprefix(_SKU))
    return bytes(int(code, 16) if code else ord(plain) for code, plain in characters).decode()


def piece_id(article: ArticleId, serial: str) -> PieceId:
    """The piece of an article with a serial of a tag or label. Raises ValueError for text that is no GS1 serial."""
    if not 1 <= len(serial) <= _MAX_SERIAL_LENGTH or not _SERIAL_CHARACTERS.issuperset(serial):
        raise ValueError(f"not a serial: {serial!r}")
    return PieceId(f"{article}{_SEPARATOR}{serial}")


def anonymous_piece(article: ArticleId, number: str) -> PieceId:
    """A piece that was scanned without a serial; `number` (1 to 19 characters) must not be used for a second one.

    Its serial begins with `~`, which GS1 serials cannot contain, so it never equals the piece of a tag.
    Raises ValueError.
    """
    if len(number) >= _MAX_SERIAL_LENGTH:
        raise ValueError(f"a number of {len(number)} characters is too long")
    return PieceId(anonymous_prefix(article) + serial_of(piece_id(article, number)))


def scanned_id(article: ArticleId, serial: str | None) -> ScannedId:
    """What a label identifies: a piece if it has a serial, else an article. Raises ValueError."""
    return ScannedId(article if serial is None else piece_id(article, serial))


def piece_of_scan(scanned: ScannedId) -> PieceId | None:
    """The piece that was scanned; None if the label has no serial, so that `scanned` is an article."""
    return PieceId(scanned) if _SEPARATOR in scanned else None


def anonymous_prefix(article: ArticleId) -> str:
    """With what the ids of the article's anonymous pieces begin, and no others."""
    return f"{article}{_SEPARATOR}{_ANONYMOUS}"


def parse_piece(text: str) -> PieceId:
    """A piece's id as this module writes it. Raises ValueError."""
    article, separator, serial = text.partition(_SEPARATOR)
    if not separator:
        raise ValueError(f"not a piece: {text!r}")
    if serial.startswith(_ANONYMOUS):
        return anonymous_piece(parse_article(article), serial.removeprefix(_ANONYMOUS))
    return piece_id(parse_article(article), serial)


def article_of(piece: PieceId) -> ArticleId:
    """The article of a piece."""
    return ArticleId(piece.partition(_SEPARATOR)[0])


def serial_of(piece: PieceId) -> str:
    """The serial of a piece; one that the store made begins with `~`."""
    return piece.partition(_SEPARATOR)[2]


def is_anonymous(piece: PieceId) -> bool:
    """Whether the piece was scanned without a serial, so that only its article is known."""
    return serial_of(piece).startswith(_ANONYMOUS)


def item_id(style: StyleId, colour: str) -> ItemId:
    """The id of a new item for which the retailer has given none. It cannot be taken apart again."""
    return ItemId(f"{style}-{colour}")


def is_later_visit(one: Ticket, other: Ticket) -> bool:
    """Whether `one` is a later visit of the same run of the same mirror: a ticket ends with the visit's number in it.

    False for tickets of different runs, whose order is not known.
    """
    (run, _, number), (other_run, _, other_number) = one.rpartition("."), other.rpartition(".")
    if not run or run != other_run or not (_is_number(number) and _is_number(other_number)):
        return False
    return int(number) > int(other_number)


def has_earlier_visit(ticket: Ticket) -> bool:
    """Whether the same run of its mirror had a visit before; False where the ticket does not say."""
    run, _, number = ticket.rpartition(".")
    return bool(run) and _is_number(number) and int(number) > 1


def is_same_run(one: Ticket, other: Ticket) -> bool:
    """Whether two tickets are of the same run of the same mirror."""
    return one.rpartition(".")[0] == other.rpartition(".")[0]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MAX_NUMBER_DIGITS
