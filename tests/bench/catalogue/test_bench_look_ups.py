"""Look-ups of the catalogue at any size, in the process, beside one read of a row by its primary key."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.core.domain.ids import PieceId, piece_id
from kiosk.store.catalogue.catalogue import MAX_CACHED_STYLES, Catalogue
from kiosk.store.catalogue.tag_lookup import IgnoredTag, OwnPiece, TagLookup
from kiosk.store.db.database import Database
from kiosk.store.db.tables import SKU
from tests.bench.catalogue.catalogue_shop import PER_STYLE, PREFIX, article, fill, sold_piece

LOOK_UPS = 1000
# A cold look-up is five queries and the making of a garment: 7 times one row was measured.
MOST_ROWS_COLD, MOST_ROWS_WARM, MOST_ROWS_SOLD, MOST_ROWS_PREFIX = 16.0, 4.0, 4.0, 8.0
MOST_P99 = 10.0
"""The 99th percentile of a cold look-up as a multiple of its median."""


class Shop:
    """A filled database; times look-ups in it."""

    def __init__(self, database: Database, variants: int, sold: int) -> None:
        self.database, self.variants, self.sold = database, variants, sold
        self.rng = random.Random(4)

    def pieces(self) -> list[PieceId]:
        """Unsold pieces, each of another style as far as there are styles."""
        styles = self.variants // PER_STYLE
        some = self.rng.sample(range(styles), min(LOOK_UPS, styles))
        return [piece_id(article(s * PER_STYLE + self.rng.randrange(PER_STYLE)), "new") for s in some]

    def read_row(self, number: int) -> object:
        """What is compared with: one row by its primary key."""
        with self.database.reading() as connection:
            return connection.execute(select(SKU).where(SKU.c.article == article(number))).one()


@pytest.fixture(
    scope="module",
    params=[(10_000, 20_000), pytest.param((200_000, 500_000), marks=pytest.mark.full)],
    ids=lambda sizes: f"{sizes[0]} variants",
)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    variants, sold = request.param
    file: Path = tmp_path_factory.mktemp("catalogue") / "store.db"
    database = Database(f"sqlite:///{file}")
    fill(database, variants, sold)
    yield Shop(database, variants, sold)
    database.close()


def timed(look_up: Callable[[int], object], numbers: Iterable[int]) -> list[float]:
    """Milliseconds of CPU time of each call, sorted. Garbage of other tests is collected before."""
    gc.collect()
    took = []
    for number in numbers:
        began = time.thread_time()
        look_up(number)
        took.append(1000 * (time.thread_time() - began))
    return sorted(took)


def p99(took: list[float]) -> float:
    return took[int(len(took) * 0.99)]


def told(name: str, took: list[float], row: float) -> float:
    median = statistics.median(took)
    print(f"{name}: p50 {median:.2f} ms, p99 {p99(took):.2f} ms: {median / row:.1f} times one row")
    return median / row


def test_look_ups(shop: Shop) -> None:
    catalogue = Catalogue(shop.database)
    tags = TagLookup(catalogue, (PREFIX,))
    shop.read_row(0)
    row = statistics.median(timed(shop.read_row, shop.rng.sample(range(shop.variants), LOOK_UPS)))
    pieces = shop.pieces()
    tags.look_up(pieces[0])
    assert isinstance(tags.look_up(pieces[1]), OwnPiece)
    catalogue.invalidate()

    def look_up(number: int) -> object:
        return tags.look_up(pieces[number])

    print(f"{shop.variants} variants, {shop.sold} sold; one row {row:.2f} ms")
    cold = timed(look_up, range(len(pieces)))
    assert told("tag, style not cached", cold, row) <= MOST_ROWS_COLD
    assert p99(cold) <= MOST_P99 * statistics.median(cold)
    assert told("tag, style cached", timed(look_up, range(len(pieces))), row) <= MOST_ROWS_WARM
    sold = shop.rng.sample(range(shop.sold), LOOK_UPS)
    found = timed(lambda number: tags.look_up(sold_piece(number, shop.variants)), sold)
    assert tags.ignored[IgnoredTag.SOLD] == LOOK_UPS
    assert told("tag of a sold piece", found, row) <= MOST_ROWS_SOLD
    unknown = timed(lambda number: catalogue.shares_prefix(article(shop.variants + number)), range(LOOK_UPS))
    assert told("prefix of an unknown article", unknown, row) <= MOST_ROWS_PREFIX


def test_a_sale_costs_no_other_look_up_anything(shop: Shop) -> None:
    catalogue = Catalogue(shop.database)
    numbers = [PER_STYLE * style for style in range(min(500, shop.variants // PER_STYLE))]
    for number in numbers:
        catalogue.garment(article(number))
    warm = statistics.median(timed(lambda number: catalogue.garment(article(number)), numbers[1:]))

    def after_a_sale(number: int) -> object:
        catalogue.changed(articles=[article(0)])
        return catalogue.garment(article(number))

    ratio = statistics.median(timed(after_a_sale, numbers[1:])) / warm
    print(f"look-up after a sale of another style: {ratio:.1f} times one without")
    assert ratio <= 8


def test_the_cache_is_bounded(shop: Shop) -> None:
    catalogue = Catalogue(shop.database)
    for style in range(0, shop.variants // PER_STYLE, 1 if shop.variants < 100_000 else 4):
        catalogue.garment(article(style * PER_STYLE))
    assert len(catalogue._styles) <= MAX_CACHED_STYLES
    assert len(catalogue._style_of) <= MAX_CACHED_STYLES * PER_STYLE
