"""Which tags are the shop's: by company prefix, by the catalogue, and not after their piece is sold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.epc import codec as epc_codec
from kiosk.connectors.feeds import read_folder
from kiosk.core.domain.ids import Epc, check_digit
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.catalogue.feed_import import import_feed
from kiosk.store.catalogue.tag_lookup import IgnoredTag, OwnPiece, TagLookup, gtin_of
from kiosk.store.db.database import Database
from tests.kiosk.store.sample_shop import PREFIX, START_US, tag, write_feed
from tests.kiosk.store.sample_shop import gtin_of as gtin_of_sample

SHIRT = tag("S1", "WHI", "M")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    database = Database(f"sqlite:///{tmp_path / 's.db'}")
    import_feed(database, read_folder(write_feed(tmp_path / "feed")), lambda uid: uid, START_US)
    yield Catalogue(database)
    database.close()


def unknown_tag(prefix: str) -> Epc:
    """The tag of an article that is in no catalogue."""
    body = f"0{prefix}99999"
    return Epc(epc_codec.encode(body + str(check_digit(body)), 1, len(prefix), 1))


@pytest.mark.parametrize("prefixes", [(), (PREFIX,), ("4012345", PREFIX)])
def test_a_garment_of_the_catalogue_is_the_shops(catalogue: Catalogue, prefixes: tuple[str, ...]) -> None:
    found = TagLookup(catalogue, prefixes).look_up(SHIRT)
    assert isinstance(found, OwnPiece)
    assert found.garment is not None
    assert (found.gtin, found.garment.size) == (gtin_of_sample("S1", "WHI", "M"), "M")


def test_with_a_prefix_an_unknown_article_of_the_shop_is_a_piece_without_garment(
    catalogue: Catalogue,
) -> None:
    found = TagLookup(catalogue, (PREFIX,)).look_up(unknown_tag(PREFIX))
    assert isinstance(found, OwnPiece)
    assert found.garment is None


def test_without_a_prefix_an_unknown_article_is_the_shops_if_its_gtin_begins_alike(
    catalogue: Catalogue,
) -> None:
    lookup = TagLookup(catalogue, ())
    assert isinstance(lookup.look_up(unknown_tag(PREFIX)), OwnPiece)
    assert lookup.look_up(unknown_tag("4012345")) is IgnoredTag.FOREIGN


def test_foreign_undecodable_and_sold_tags_are_ignored_and_counted(catalogue: Catalogue) -> None:
    lookup = TagLookup(catalogue, (PREFIX,))
    catalogue.sell([(SHIRT, gtin_of_sample("S1", "WHI", "M"))], "o1", START_US)
    for each in (unknown_tag("4012345"), Epc("00"), Epc("no EPC"), SHIRT):
        assert isinstance(lookup.look_up(each), IgnoredTag)
    assert lookup.ignored == {IgnoredTag.FOREIGN: 3, IgnoredTag.SOLD: 1}
    assert gtin_of(Epc("00")) is None
