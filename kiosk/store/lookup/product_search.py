"""Finds products by their words, or by the tag, label or code of a piece; with the stock of every size.

Words are matched at their beginnings first, then inside, which is how a text without spaces is found. All words of the
question must be there, in any of their spellings (`asked_words`). SQLite and PostgreSQL scan one narrow table for it:
no index answers a part of a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, or_, select

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, StyleId, article_of, piece_of_scan
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.search_words import SHORT, AskedWord, asked_words
from kiosk.store.db.table_groups.search import STYLE_WORDS
from kiosk.store.errors import RefusedError
from kiosk.store.piece_ids import parse_scanned

MAX_PRODUCTS: Final = 20
MAX_WORDS: Final = 8
"""Further words of a question are not looked at."""
_Conditions = list[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class FoundProducts:
    """The products of a question. `more`: there are others. `article`: the one that a code named, else empty; `sold`:
    the piece that a tag or label names was sold."""

    products: tuple[Garment, ...] = ()
    more: bool = False
    article: str = ""
    sold: bool = False


class ProductSearch:
    """Answers questions for products. Safe from any thread."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database, self._catalogue = database, catalogue

    def find(self, question: str) -> FoundProducts:
        """The products of a tag's EPC, a label, a code of the shop, or words. Raises SQLAlchemyError."""
        return self._of_code(question) or self._of_words(question)

    def _of_code(self, question: str) -> FoundProducts | None:
        try:
            scanned = parse_scanned(question, self._catalogue.sold_here, self._catalogue.article_of_code)
        except RefusedError:
            return None
        piece = piece_of_scan(scanned)
        article = article_of(piece) if piece is not None else ArticleId(scanned)
        garment = self._catalogue.garment(article)
        if garment is None:
            return None
        product = self._catalogue.pattern(garment.style_id)
        sold = piece is not None and bool(self._catalogue.sold([piece]))
        return FoundProducts((product,) if product else (), article=article, sold=sold)

    def _of_words(self, question: str) -> FoundProducts:
        words = asked_words(question, MAX_WORDS)
        if not words:
            return FoundProducts()
        styles: list[str] = []
        with self._database.reading() as connection:
            for conditions in _stages(words):
                if len(styles) <= MAX_PRODUCTS:
                    styles += self._matching(connection, conditions, styles)
        products = (self._catalogue.pattern(StyleId(style)) for style in styles[:MAX_PRODUCTS])
        return FoundProducts(tuple(p for p in products if p is not None), more=len(styles) > MAX_PRODUCTS)

    @staticmethod
    def _matching(connection: Connection, conditions: _Conditions, known: list[str]) -> list[str]:
        """Styles that meet these conditions, by name, without the known ones; one more than are shown."""
        query = select(STYLE_WORDS.c.style_id).where(*conditions, STYLE_WORDS.c.style_id.not_in(known))
        return list(
            connection.scalars(query.order_by(STYLE_WORDS.c.words).limit(MAX_PRODUCTS + 1 - len(known)))
        )


def _stages(words: tuple[AskedWord, ...]) -> Iterator[_Conditions]:
    """What a style must have, word by word, the best first: short words together with a neighbour ("t shirt"), every
    word at the beginning of one, every word inside of one."""
    together = [word.joined if len(word.alone[0]) <= SHORT and word.joined else word.all for word in words]
    if together != [word.all for word in words]:
        yield [_begins(spellings) for spellings in together]
    yield [_begins(word.all) for word in words]
    yield [or_(_begins(word.all), *map(_is_inside, word.all)) for word in words]


def _begins(spellings: tuple[str, ...]) -> ColumnElement[bool]:
    """A word of the style begins so, as it is written or in another spelling."""
    columns = (STYLE_WORDS.c.words, STYLE_WORDS.c.spellings)
    return or_(*(column.contains(f" {one}", autoescape=True) for one in spellings for column in columns))


def _is_inside(spelling: str) -> ColumnElement[bool]:
    return STYLE_WORDS.c.words.contains(spelling, autoescape=True)
