"""`cheval import FILE --mapping`: with a running store and without one, and wrong use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, create_engine, func, select

from kiosk.__main__ import main
from kiosk.store.db.tables import SKU, STOCK, STYLE
from kiosk.store.lifecycle import Store
from tests.kiosk.connectors.mapping.exports import shopify_rows, table, written
from tests.kiosk.store.sample_shop import STORE_DB, sample_store, served, settings_in


class Shop:
    """A shop without any catalogue. Its feed is an empty folder, or none is configured."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], *, feed: bool) -> None:
        self.folder, self._capsys = folder, capsys
        self.feed = folder / "own feed"
        self.feed.mkdir()
        self.settings = settings_in(folder, feeds=self.feed if feed else None)
        self.state = self.settings.state
        self.state.mkdir(mode=0o700, exist_ok=True)
        self.config = folder / "store.yaml"
        catalogue = {"feed": str(self.feed)} if feed else {}
        config = {"state": str(self.state), "rooms": {"1": {}, "2": {}}, "catalogue": catalogue}
        self.config.write_text(json.dumps(config), "utf-8")

    @contextmanager
    def running(self) -> Iterator[Store]:
        with sample_store(self.settings) as store, served(store) as url:
            store.local_access.publish(url)
            yield store
            store.local_access.withdraw()

    def say(self, *words: str) -> tuple[int, str, str]:
        code = main(["import", *words, "--config", str(self.config)])
        output = self._capsys.readouterr()
        return code, output.out, output.err

    def export(self, rows: list[list[str]], name: str = "products.csv") -> str:
        return str(written(self.folder, name, table(rows)))

    def count(self, of: Table) -> int:
        with self.database() as connection:
            return int(connection.execute(select(func.count()).select_from(of)).scalar_one())

    @contextmanager
    def database(self) -> Iterator[Connection]:
        engine = create_engine(f"sqlite:///{self.state / STORE_DB}")
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()


@pytest.fixture(params=["configured", "none"])
def shop(request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shop:
    return Shop(tmp_path, capsys, feed=request.param == "configured")


@pytest.fixture
def with_feed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shop:
    return Shop(tmp_path, capsys, feed=True)


def test_without_a_running_store_its_next_start_has_the_catalogue(shop: Shop) -> None:
    file = shop.export(shopify_rows(2))
    code, out, err = shop.say(file, "--mapping", "shopify")
    assert (code, "Traceback" in err) == (0, False), out
    assert "products.csv as shopify: 40 rows: 2 styles, 40 articles, 40 counts" in out
    assert (shop.count(STYLE), shop.count(SKU), shop.count(STOCK)) == (2, 40, 40)
    # a start of the store, which reads its feed again, keeps it
    with shop.running():
        pass
    assert shop.count(SKU) == 40
    assert shop.say(file, "--mapping", "shopify")[0] == 0
    assert shop.count(SKU) == 40


def test_a_running_store_has_the_catalogue_at_once(shop: Shop) -> None:
    rows = shopify_rows(2)
    rows[5][14] = "12345"
    with shop.running() as store:
        code, out, _ = shop.say(shop.export(rows), "--mapping", "shopify", "--json")
        result = json.loads(out)
        conversion = result["conversion"]
        assert (code, conversion["rows"], conversion["refused"], conversion["lines"]["items"]) == (
            1,
            40,
            1,
            39,
        )
        ((line, what),) = [(one["line"], one["what"]) for one in conversion["mistakes"]]
        assert (line, "'12345' is not a GTIN" in what) == (6, True)
        # the report of the store names the row of the export, and what is wrong
        assert any("products.csv:6: gtin: '12345' is not a GTIN" in text for text in result["mistakes"])
        assert shop.count(SKU) == 39
        assert store.resources.importer.report().mistake_count > 0


def test_a_dry_run_changes_nothing(shop: Shop) -> None:
    code, out, _ = shop.say(shop.export(shopify_rows(1)), "--mapping", "shopify", "--dry-run")
    assert code == 0
    assert "would be changed" in out
    assert (shop.count(SKU), list(shop.feed.iterdir())) == (0, [])
    assert not (shop.state / "mapped").exists()
    assert not list(shop.state.glob("mapping-*"))


def test_products_then_stock_of_each_place_then_a_delta(with_feed: Shop) -> None:
    shop = with_feed
    assert shop.say(shop.export(shopify_rows(1, ("S", "M"), 1)), "--mapping", "shopify")[0] == 0
    mapping = written(
        shop.folder,
        "ours.yaml",
        "extends: shopify-inventory\nplaces: {Paris: floor, Store room: stockroom}\n",
    )
    head = ["SKU", "Location", "Available"]
    full = [head, ["SKU-1", "Paris", "3"], ["SKU-1", "Store room", "9"], ["SKU-2", "Paris", "1"]]
    code, out, _ = shop.say(shop.export(full, "inventory.csv"), "--mapping", str(mapping))
    assert code == 0, out
    assert shop.count(STOCK) == 3
    delta = [head, ["SKU-2", "Paris", "5"]]
    code, out, _ = shop.say(shop.export(delta, "changes.csv"), "--mapping", str(mapping), "--delta")
    assert code == 0, out
    assert (shop.feed / "stock.delta-1.jsonl").exists()
    with shop.database() as connection:
        assert sorted(connection.execute(select(STOCK.c["count"])).scalars()) == [3, 5, 9]
    # products with a count of their own do not replace the stock of all places
    code, out, _ = shop.say(shop.export(shopify_rows(1, ("S", "M"), 1)), "--mapping", "shopify")
    assert (code, "its counts are not taken" in out) == (0, True)
    assert (shop.feed / "stock.delta-1.jsonl").exists()
    # a full file ends its deltas
    assert shop.say(shop.export(full, "inventory.csv"), "--mapping", str(mapping))[0] == 0
    assert not list(shop.feed.glob("*.delta*"))


def test_files_of_another_program_are_not_replaced(with_feed: Shop) -> None:
    shop = with_feed
    own = shop.feed / "styles.csv"
    own.write_text("style_id,name\n", "utf-8")
    code, _, err = shop.say(shop.export(shopify_rows(1)), "--mapping", "shopify")
    assert (code, "the feed has its own styles.csv" in err) == (2, True)
    own.unlink()
    assert shop.say(shop.export(shopify_rows(1)), "--mapping", "shopify")[0] == 0
    # changed by hand since: somebody else's now
    with (shop.feed / "items.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n")
    code, _, err = shop.say(shop.export(shopify_rows(1)), "--mapping", "shopify")
    assert (code, "the feed has its own items.jsonl" in err) == (2, True)


def test_a_refused_row_keeps_what_the_store_knows(with_feed: Shop) -> None:
    shop = with_feed
    rows = shopify_rows(1)
    assert shop.say(shop.export(rows), "--mapping", "shopify")[0] == 0
    for row in rows[1:10]:
        row[12] = "on request"
    code, out, _ = shop.say(shop.export(rows), "--mapping", "shopify")
    assert (code, "waits" in out, "9 refused" in out) == (1, False, True)
    assert (shop.count(SKU), shop.count(STOCK)) == (20, 20)


def test_a_large_loss_waits_for_a_yes(with_feed: Shop) -> None:
    shop = with_feed
    assert shop.say(shop.export(shopify_rows(6)), "--mapping", "shopify")[0] == 0
    file = shop.export(shopify_rows(2))
    code, out, _ = shop.say(file, "--mapping", "shopify")
    assert (code, "waits for a yes" in out, shop.count(STYLE)) == (1, True, 6)
    assert shop.say(file, "--mapping", "shopify", "--accept")[0] == 0
    assert shop.count(STYLE) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["FILE", "--mapping", "shopfy"], "did you mean `shopify`?"),
        (["FILE", "--mapping", "woocommerce"], "is no export of WooCommerce products"),
        (["nowhere.csv", "--mapping", "shopify"], "is no file"),
        (["--mapping", "shopify"], "name the file"),
        (["FILE", "--delta"], "--delta belongs to --mapping"),
        (["FILE"], "--mapping PRESET"),
    ],
)
def test_wrong_use(with_feed: Shop, words: list[str], said: str) -> None:
    file = with_feed.export(shopify_rows(1))
    code, _, err = with_feed.say(*[file if word == "FILE" else word for word in words])
    assert (code, said in err) == (2, True), err
    assert with_feed.count(SKU) == 0 if (with_feed.state / STORE_DB).exists() else True
