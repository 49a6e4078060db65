"""What members say of 2,000 styles in 20,000 reviews of 52 weeks: what it adds to the answer of the tables.

The same request is asked of the same store with and without reviews, through the API, in languages that nobody has
asked for yet (the tables are made of the prepared sums) and once more (the tables are kept). Computing of the whole
store, which other programs do not change, is compared; elapsed time is printed beside it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import create_engine, func, select

from kiosk.clock import US, now_us
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.clues.sentiment.calibration import OfLanguage, Shown
from kiosk.store.clues.sentiment.calibration_file import as_json
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.opinions import INSIGHT_OPINION, INSIGHT_OPINION_WEEK
from kiosk.store.db.tables import SHOPPER
from kiosk.store.insights.week_book import LATE_US, WEEKS_BACK, WeekBook
from kiosk.store.insights.weeks import Period, ShopWeeks
from tests.bench.insights.counted_shop import CountedShop
from tests.bench.insights.test_bench_insights import ZONE, prepared
from tests.bench.large_shop import ASSOCIATE, BATCH, LargeShop
from tests.bench.large_store import cpu_ms_of
from tests.kiosk.store.clues.sentiment.reviews import review, text, written
from tests.kiosk.store.http_clients import HttpClient, associate
from tests.kiosk.store.sample_shop import MANAGER_PIN, PREFIX
from tests.kiosk.store.store_process import StoreProcess
from tests.kiosk.store.terminal_process import terminal_process

SHOP: Final = LargeShop(styles=2_000, colours=3, sizes=5)
MEMBERS, TEXTS = 12_000, 20_000
STARRED = 0.6
"""Share of reviews with stars."""
RATIO: Final = 1.5
WEEK_US: Final = 7 * 24 * 3600 * US


def reviews() -> Iterator[dict[str, Any]]:
    """Few styles have many reviews, most have few (Zipf, exponent 1.1); a quarter is German."""
    random, words = np.random.default_rng(1), Random(1)
    ranks = np.arange(1, len(SHOP.items) + 1) ** -1.1
    items = random.choice(len(SHOP.items), TEXTS, p=ranks / ranks.sum()).tolist()
    ages = random.random(TEXTS).tolist()
    newest_us = now_us()
    for number, (item, age) in enumerate(zip(items, ages, strict=True)):
        stars = words.choice((1, 2, 3, 4, 5, 5))
        yield review(
            f"m{number * 7 % MEMBERS}", SHOP.items[item * 7919 % len(SHOP.items)], text(words, stars),
            stars if words.random() < STARRED else 0, language="de" if number % 4 == 0 else "en",
            at_us=newest_us - int(age * 53 * WEEK_US),
        )  # fmt: skip


def write_shop(folder: Path) -> None:
    """The catalogue, a year of sums, members, reviews and their calibration."""
    SHOP.write(folder / "state")
    database = Database(f"sqlite:///{folder / 'state' / 'store.db'}")
    shop = CountedShop(SHOP, ShopWeeks(ZoneInfo(ZONE)))
    every = list(shop.weeks.before(now_us() - LATE_US, WEEKS_BACK))
    shop.write_events(database, every[0])
    WeekBook(database, shop.weeks).sum_up(now_us())
    shop.copy_sums(database, every[0], every[1 : Period.YEAR])
    shop.mark(database, every[Period.YEAR :])
    members = [
        {"shopper_id": f"m{n}", "member": True, "consents": json.dumps(["clues", "reviews"])} for n in range(MEMBERS)
    ]  # fmt: skip
    with database.writing(30) as connection:
        for start in range(0, MEMBERS, BATCH):
            connection.execute(SHOPPER.insert(), members[start : start + BATCH])
    database.close()
    good = Shown(0.4, 0.9, 100)
    (folder / "sentiment.json").write_text(as_json([OfLanguage("en", 400, good, good, 0.5)]), "utf-8")


@contextmanager
def running(folder: Path) -> Iterator[StoreProcess]:
    """The store after its count of what was said, with prepared tables."""
    clues = {"records": str(folder / "members.jsonl"), "sentiment": str(folder / "sentiment.json")}
    with terminal_process() as terminal, closing(
        StoreProcess(
            folder, terminal.uri, catalogue={"company_prefixes": [PREFIX[:6]]}, rooms={"1": {"title": "Room 1"}},
            clues=clues,
        )
    ) as process:  # fmt: skip
        process.start()
        deadline = time.monotonic() + 600
        while not marks(folder)[0]:
            assert time.monotonic() < deadline
            time.sleep(1)
        prepared(process)
        yield process


def asked(process: StoreProcess, manager: HttpClient, language: str) -> tuple[float, float, Any]:
    """Elapsed time and computing of one answer, in ms, and its tables."""
    cpu_ms, began = cpu_ms_of(process.number), time.perf_counter()
    status, body = manager.ask("GET", f"/api/v1/insights/tables?weeks=52&language={language}", timeout=300)
    took_ms = 1000 * (time.perf_counter() - began)
    assert status == 200
    return took_ms, cpu_ms_of(process.number) - cpu_ms, {t["name"]: t["rows"] for t in body["tables"]}


def measured(process: StoreProcess) -> tuple[list[tuple[float, float]], list[tuple[float, float]], Any]:
    """Elapsed times and computing of each language the first time, and again; and the tables."""
    with associate(process.url, ASSOCIATE, MANAGER_PIN) as manager:
        first = [asked(process, manager, language) for language in LANGUAGES]
        again = [asked(process, manager, language) for language in LANGUAGES]
    return [one[:2] for one in first], [one[:2] for one in again], first[0][2]


def marks(folder: Path) -> tuple[int, int]:
    """How many counts are marked, and how many rows they have."""
    engine = create_engine(f"sqlite:///{folder / 'state' / 'store.db'}")
    with engine.connect() as connection:
        found = [
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (INSIGHT_OPINION_WEEK, INSIGHT_OPINION)
        ]
    engine.dispose()
    return found[0], found[1]


def count_anew(folder: Path) -> None:
    """As if what was said had not been counted yet."""
    database = Database(f"sqlite:///{folder / 'state' / 'store.db'}")
    with database.writing(30) as connection:
        connection.execute(INSIGHT_OPINION_WEEK.delete())
    database.close()


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_the_tables_of_a_year_with_and_without_what_members_say(tmp_path: Path) -> None:
    write_shop(tmp_path)
    with running(tmp_path) as process:
        assert marks(tmp_path) == (1, 0)
        without = measured(process)
    count_anew(tmp_path)
    written(tmp_path / "members.jsonl", reviews())
    with running(tmp_path) as process:
        beside = measured(process)
    rows = {name: len(found) for name, found in beside[2].items()}
    print(f"\n{TEXTS} reviews, {marks(tmp_path)[1]} rows; rows of the tables: {rows}")
    assert rows["sentiment"] > 100
    assert (len(without[2]["sentiment"]), rows["styles"]) == (0, len(without[2]["styles"]))
    for name, base, more in zip(("first", "again"), without[:2], beside[:2], strict=True):
        elapsed, computed = (
            (median(one[place] for one in more), median(one[place] for one in base)) for place in (0, 1)
        )
        print(
            f"  {name:5}: {elapsed[0]:.0f} against {elapsed[1]:.0f} ms ({elapsed[0] / elapsed[1]:.2f} x), of computing"
            f" {computed[0]:.0f} against {computed[1]:.0f} ms: {computed[0] / computed[1]:.2f} x, limit {RATIO} x"
        )
        assert computed[0] <= RATIO * computed[1]
