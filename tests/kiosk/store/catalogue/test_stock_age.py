"""The age of the stock is that of its count, over imports, restarts and files that are only written again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kiosk.core.domain.ids import ArticleId, piece_id
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.sample_shop import START_US, ManualClock, gtin_of, sample_store
from tests.optional_values import present

DAY_US = 86_400_000_000
SHIRT, COAT = gtin_of("S1", "WHI", "M"), gtin_of("C1", "NVY", "38")


def counted_us(store: Store, article: ArticleId) -> int:
    return present(store.resources.catalogue.garment(article)).stock_at_us


def write_stock(settings: StoreSettings, at_us: int, *changes: dict[str, object]) -> Path:
    """The stock file with changed lines, written at a time; lines of the shirt and the coat are on the floor."""
    folder = present(settings.feeds)
    file = folder / "stock.jsonl"
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    for change in changes:
        (line,) = (one for one in lines if (one["gtin"], one["place"]) == (change["gtin"], "floor"))
        line |= change
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    os.utime(file, ns=(1000 * at_us, 1000 * at_us))
    return folder


def test_a_week_old_file_is_a_week_old_after_every_start(settings: StoreSettings, clock: ManualClock) -> None:
    week_ago = START_US - 7 * DAY_US
    write_stock(settings, week_ago)
    for _ in range(2):
        with sample_store(settings, clock) as store:
            assert counted_us(store, SHIRT) == week_ago
        clock.pass_s(3600)


def test_a_new_file_makes_every_count_young_that_has_no_time_of_its_own(
    settings: StoreSettings, clock: ManualClock
) -> None:
    own = "2026-09-14T14:13:20+00:00"
    write_stock(settings, START_US - DAY_US, {"gtin": SHIRT, "counted_at": own})
    with sample_store(settings, clock) as store:
        before = counted_us(store, SHIRT)
        assert (before < START_US - 6 * DAY_US, counted_us(store, COAT)) == (True, START_US - DAY_US)
        folder = write_stock(settings, START_US - 5, {"gtin": gtin_of("T1", "GRY", "36"), "count": 9})
        store.resources.import_feed(folder, clock())
        assert (counted_us(store, SHIRT), counted_us(store, COAT)) == (before, START_US - 5)


@pytest.mark.parametrize("ahead_us", [1, DAY_US])
def test_a_file_of_a_clock_that_is_ahead_is_of_now(
    settings: StoreSettings, clock: ManualClock, ahead_us: int
) -> None:
    write_stock(settings, START_US + ahead_us)
    with sample_store(settings, clock) as store:
        assert counted_us(store, SHIRT) == START_US


def here(store: Store, article: ArticleId) -> int:
    return present(present(store.resources.catalogue.garment(article)).stock_of(article))[1].here


@pytest.mark.parametrize("touched", [False, True], ids=["same file", "written again"])
def test_a_sold_piece_stays_sold_until_it_is_counted_after_the_sale(
    settings: StoreSettings, clock: ManualClock, touched: bool
) -> None:
    """The file says 1 on the floor and 2 in the stockroom; all three are sold."""
    write_stock(settings, START_US - DAY_US, {"gtin": SHIRT, "count": 1})
    pieces = [piece_id(SHIRT, str(n)) for n in range(3)]
    with sample_store(settings, clock) as store:
        assert here(store, SHIRT) == 3
        store.resources.catalogue.sell([(piece, SHIRT) for piece in pieces], "o", clock())
        assert here(store, SHIRT) == 0
    clock.pass_s(60)
    folder = write_stock(settings, START_US - DAY_US + touched)
    with sample_store(settings, clock) as store:
        assert here(store, SHIRT) == 0, "after a restart"
        store.resources.import_feed(folder, clock())
        assert here(store, SHIRT) == 0, "after the same file again"
        assert store.resources.catalogue.sold(pieces) == frozenset(pieces)
        clock.pass_s(60)
        write_stock(settings, clock(), {"gtin": SHIRT, "count": 4})
        store.resources.import_feed(folder, clock())
        assert here(store, SHIRT) == 6, "counted after the sales"
