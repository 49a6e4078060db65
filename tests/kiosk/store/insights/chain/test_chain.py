"""Three shops publish for their chain, and the guide's example runs over their files as it stands there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from kiosk.__main__ import main
from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, ITEM_EVENT, STYLE
from kiosk.store.insights.chain.publishing import publish
from kiosk.store.insights.history_export import event_schema, item_schema
from kiosk.store.insights.item_events import ItemEventKind
from tests.kiosk.store.backup.backed_up import shop_in
from tests.kiosk.store.store_process import ROOT

GUIDE = (ROOT / "packaging/guides/chain.md").read_text("utf-8")
TODAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
NOW_US = int(TODAY.timestamp()) * US
ITEMS = [f"item-{n}" for n in range(30)]
TOGETHER = ("item-3", "item-17")
SHOPS = ("vienna-1", "paris-2", "kyoto-3")


def shop_database(file: Path, seed: int, visits: int = 120) -> Database:
    """A shop whose visitors try two to four pieces over 20 days; whoever takes one of `TOGETHER` mostly takes both."""
    database, rng = Database(f"sqlite:///{file}"), Random(seed)
    with database.writing() as connection:
        for n, item in enumerate(ITEMS):
            style = {
                "style_id": f"S{n}", "name": json.dumps({"en": f"Style {n}"}), "category": f"kind-{n % 6}",
                "material": json.dumps({"en": ("wool", "silk", "linen")[n % 3]}), "origin": "{}", "sizes": '["S", "M"]',
                "price_minor": 1000 * (n + 1), "currency": "EUR",
            }  # fmt: skip
            connection.execute(STYLE.insert(), required(STYLE, style))
            colour = {
                "style_id": f"S{n}",
                "code": "BLK",
                "item": item,
                "name": '{"en": "black"}',
                "ordinal": 0,
            }
            connection.execute(COLOURWAY.insert(), required(COLOURWAY, colour))
        for visit in range(visits):
            at_us = NOW_US - int(rng.uniform(0.5, 20) * 86_400) * US
            pieces = set(rng.sample(ITEMS, rng.randint(2, 4)))
            if rng.random() < 0.3:
                pieces |= set(TOGETHER)
            for item in sorted(pieces):
                noted(connection, at_us, ItemEventKind.TRIED, item, f"v{visit}")
                if item in TOGETHER or rng.random() < 0.5:
                    noted(connection, at_us + US, ItemEventKind.BOUGHT, item, f"v{visit}")
    return database


def noted(connection: object, at_us: int, kind: ItemEventKind, item: str, basket: str) -> None:
    row = {"at_us": at_us, "kind": kind.value, "item": item, "basket": basket}
    connection.execute(ITEM_EVENT.insert(), row)  # type: ignore[attr-defined]


def required(table: object, row: dict[str, object]) -> dict[str, object]:
    """The row with an empty value in each other column that needs one."""
    for column in table.columns:  # type: ignore[attr-defined]
        if column.name not in row and not column.nullable and column.server_default is None:
            row[column.name] = "" if column.type.python_type is str else 0
    return row


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Database]:
    with closing(shop_database(tmp_path / "one.db", 1)) as database:
        yield database


def published_days(folder: Path, shop: str) -> list[date]:
    return sorted(date.fromisoformat(f.stem) for f in (folder / "v1/events" / shop).glob("*.parquet"))


def test_each_day_that_has_ended_is_there_once(one: Database, tmp_path: Path) -> None:
    chain = tmp_path / "chain"
    first = publish(one, chain, "vienna-1", NOW_US)
    days = published_days(chain, "vienna-1")
    assert (list(first.days), first.unchanged, first.items) == (days, 0, 30)
    assert max(days) < TODAY.date()
    again = publish(one, chain, "vienna-1", NOW_US)
    assert again.days == ()
    assert 0 < again.unchanged <= 8
    whole = publish(one, chain, "vienna-1", NOW_US, everything=True)
    assert (whole.days, whole.unchanged) == ((), len(days))
    # a late event of the last week changes its day alone; today waits until it has ended
    with one.writing() as connection:
        noted(connection, NOW_US - 2 * 86_400 * US, ItemEventKind.TRIED, "item-1", "late")
        noted(connection, NOW_US, ItemEventKind.TRIED, "item-1", "today")
    late = publish(one, chain, "vienna-1", NOW_US)
    assert late.days == (TODAY.date() - timedelta(days=2),)
    tomorrow = publish(one, chain, "vienna-1", NOW_US + 86_400 * US)
    assert tomorrow.days == (TODAY.date(),)


def test_a_file_that_is_damaged_or_half_written_is_made_anew(one: Database, tmp_path: Path) -> None:
    chain = tmp_path / "chain"
    day = publish(one, chain, "vienna-1", NOW_US).days[-1]
    file = chain / f"v1/events/vienna-1/{day}.parquet"
    content = pq.read_table(file)
    file.write_bytes(file.read_bytes()[:100])
    file.with_name(f".{file.name}").write_bytes(b"killed meanwhile")
    assert publish(one, chain, "vienna-1", NOW_US).days == (day,)
    assert pq.read_table(file).equals(content)


def test_the_schema_is_that_of_the_guide_and_has_no_persons(one: Database, tmp_path: Path) -> None:
    import pyarrow as pa

    publish(one, tmp_path, "vienna-1", NOW_US)
    files = {
        "items": [tmp_path / "v1/items/vienna-1.parquet"],
        "events": list((tmp_path / "v1/events").rglob("*.parquet")),
    }
    for name, schema in (("items", item_schema(pa)), ("events", event_schema(pa))):
        section = GUIDE.split(f"| `{name}` |")[1].split("\n\n")[0]
        told = set(
            re.findall(r"`([a-z_]+)`", " ".join(row.split("|")[1] for row in section.splitlines()[2:]))
        )
        assert told == {"shop", *schema.names}, name
        for file in files[name]:
            found = pq.read_table(file)
            assert found.schema.names == ["shop", *schema.names]
            assert found.schema.metadata[b"cheval.chain.version"] == b"1"
    events = pq.read_table(files["events"][0])
    assert set(events["shopper_id"].to_pylist()) == {None}
    assert not any(basket.startswith("v") for basket in events["basket_id"].to_pylist()), (
        "not the store's number"
    )


def test_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = str(shop_in(tmp_path).config)
    for shop, folder, told in (
        ("Vienna 1", tmp_path, "--shop: a-z"), ("../x", tmp_path, "--shop: a-z"),
        ("vienna-1", tmp_path / "gone", "is not a folder"),
    ):  # fmt: skip
        assert main(["insights", "publish", "--to", str(folder), "--shop", shop, "--config", config]) == 2
        assert told in capsys.readouterr().err
    assert (
        main(["insights", "publish", "--to", str(tmp_path), "--shop", "a", "--config", config, "--json"]) == 0
    )
    assert json.loads(capsys.readouterr().out)["items"] > 0


def statements(name: str) -> str:
    """The SQL of the guide below this name."""
    found = re.search(rf"```sql\n-- {name}\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None, name
    return found[1]


@pytest.mark.full
@pytest.mark.timeout(600)
def test_the_guides_example_runs_over_three_shops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb  # it reports leaks of its own at the end of a process that has loaded it

    chain = tmp_path / "chain"
    for seed, shop in enumerate(SHOPS):
        with closing(shop_database(tmp_path / f"{shop}.db", seed)) as database:
            publish(database, chain, shop, NOW_US)
    monkeypatch.chdir(chain)
    with closing(duckdb.connect()) as connection:
        found = connection.execute(statements("chain-insights")).fetchall()
        connection.execute(statements("chain-history"))
    visits = {
        (row["basket_id"], row["item_id"].replace("item-", "S"))
        for file in (chain / "v1/events").rglob("*.parquet")
        for row in pq.read_table(file).to_pylist()
        if row["kind"].startswith("tryon")
    }
    tried = Counter(style for _, style in visits)
    assert {row[0]: row[3] for row in found} == {style: n for style, n in tried.items() if n >= 10}
    assert {row[0] for row in found[-2:]} == {"S3", "S17"}, "bought by everybody who tries them"
    recommender = [sys.executable, "-m", "recommender"]
    trained = ["train", "--catalogue", "items.parquet", "--events", "events.parquet", "--out", "model"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([*recommender, *trained], check=True, timeout=500, env=environment)
    asked = ["suggest", "--model", "model", "--room", TOGETHER[0], "--k", "3", "--json"]
    answer = subprocess.run(
        [*recommender, *asked], check=True, capture_output=True, text=True, timeout=100, env=environment
    )
    assert TOGETHER[1] in answer.stdout
