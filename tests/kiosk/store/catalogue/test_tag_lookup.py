"""Which tags are the shop's: by company prefix, by the catalogue, and not after their piece is sold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import (
    ArticleId,
    PieceId,
    article_of_gtin,
    article_of_sku,
    check_digit,
    parse_gtin,
    piece_id,
)
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.catalogue.tag_lookup import IgnoredTag, OwnPiece, TagLookup
from kiosk.store.db.database import Database
from kiosk.store.db.tables import SKU
from tests.kiosk.store.feed_import.taking import take
from tests.kiosk.store.sample_shop import PREFIX, START_US, gtin_of, piece_of, tag, write_feed

SHIRT = piece_of("S1", "WHI", "M")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    database = Database(f"sqlite:///{tmp_path / 's.db'}")
    take(database, write_feed(tmp_path / "feed"))
    yield Catalogue(database)
    database.close()


def unknown_piece(prefix: str) -> PieceId:
    """A piece of an article that is in no catalogue."""
    body = f"0{prefix}99999"
    return piece_id(article_of_gtin(parse_gtin(body + str(check_digit(body)))), "1")


def test_a_sku_is_the_shops_if_the_catalogue_has_it(catalogue: Catalogue) -> None:
    shirt = article_of_sku("SHIRT.7/M")
    with catalogue._database.writing() as connection:
        connection.execute(
            update(SKU).where(SKU.c.article == gtin_of("S1", "WHI", "M")).values(article=shirt)
        )
    lookup = TagLookup(catalogue, (PREFIX,))
    found = lookup.look_up(piece_id(shirt, "7"))
    assert isinstance(found, OwnPiece)
    assert found.garment is not None
    assert (found.garment.article, found.garment.size) == (shirt, "M")
    assert lookup.look_up(piece_id(article_of_sku("SHIRT.8/M"), "7")) is IgnoredTag.FOREIGN
    assert not catalogue.shares_prefix(shirt)


@pytest.mark.parametrize("prefixes", [(), (PREFIX,), ("4012345", PREFIX)])
def test_a_garment_of_the_catalogue_is_the_shops(catalogue: Catalogue, prefixes: tuple[str, ...]) -> None:
    found = TagLookup(catalogue, prefixes).look_up(SHIRT)
    assert isinstance(found, OwnPiece)
    assert found.garment is not None
    assert (found.article, found.garment.size) == (gtin_of("S1", "WHI", "M"), "M")


def test_with_a_prefix_an_unknown_article_of_the_shop_is_a_piece_without_garment(
    catalogue: Catalogue,
) -> None:
    found = TagLookup(catalogue, (PREFIX,)).look_up(unknown_piece(PREFIX))
    assert isinstance(found, OwnPiece)
    assert found.garment is None


def test_without_a_prefix_an_unknown_article_is_the_shops_if_its_gtin_begins_alike(
    catalogue: Catalogue,
) -> None:
    lookup = TagLookup(catalogue, ())
    assert isinstance(lookup.look_up(unknown_piece(PREFIX)), OwnPiece)
    assert lookup.look_up(unknown_piece("4012345")) is IgnoredTag.FOREIGN


class CountingCatalogue(Catalogue):
    """Counts the queries."""

    queries = 0

    def sold(self, pieces: Iterable[PieceId]) -> frozenset[PieceId]:
        self.queries += 1
        return super().sold(pieces)

    def garment(self, article: ArticleId) -> Garment | None:
        self.queries += 1
        return super().garment(article)


def test_a_foreign_tag_needs_no_database(catalogue: Catalogue) -> None:
    counting = CountingCatalogue(catalogue._database)
    lookup = TagLookup(counting, (PREFIX,))
    for each in (unknown_piece("4012345"), "E2003411B802011383258566", "no EPC"):
        assert lookup.look_up(each) is IgnoredTag.FOREIGN
    assert counting.queries == 0
    lookup.look_up(SHIRT)
    assert counting.queries == 2


def test_foreign_undecodable_and_sold_tags_are_ignored_and_counted(catalogue: Catalogue) -> None:
    lookup = TagLookup(catalogue, (PREFIX,))
    catalogue.sell([(SHIRT, gtin_of("S1", "WHI", "M"))], "o1", START_US)
    for each in (unknown_piece("4012345"), PieceId("00"), PieceId("no EPC"), SHIRT):
        assert isinstance(lookup.look_up(each), IgnoredTag)
    assert lookup.ignored == {IgnoredTag.FOREIGN: 3, IgnoredTag.SOLD: 1}


@pytest.mark.parametrize("prefixes", [(), (PREFIX,), ("9999999",)])
def test_whether_a_tag_is_the_shops_is_known_without_the_catalogue(
    catalogue: Catalogue, prefixes: tuple[str, ...]
) -> None:
    lookup = TagLookup(catalogue, prefixes)
    assert lookup.is_ours(tag("S1", "WHI", "M")) is (prefixes != ("9999999",))
    for foreign in ("E28011700000020A00000001", "nonsense", ""):
        assert not lookup.is_ours(foreign)
    assert lookup.ignored == dict.fromkeys(IgnoredTag, 0)
