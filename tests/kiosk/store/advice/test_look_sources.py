"""The promises of `kiosk.store.advice.port.LookSource`, for the model and for the fallback ranking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import ItemId, StyleId
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.advice.model_ranking import open_ranking
from kiosk.store.advice.port import RankedItem, RoomQuestion
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import COLOURWAY, LOOK, STYLE
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents
from recommender.looks.serving.model_reloader import ModelSource
from tests.kiosk.store.sample_shop import START_US
from tests.recommender import toy_shop

TABLE = toy_shop.catalogue().select(["item_id", "style_id"]).to_pylist()
STYLES = {ItemId(row["item_id"]): StyleId(row["style_id"]) for row in TABLE}
ITEMS = list(STYLES)


@pytest.fixture(scope="module")
def shop_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('shop') / 's.db'}")
    ItemEvents(database).add(
        ItemEventKind.BOUGHT, [(item, "M") for item in ITEMS[30:60] for _ in range(2)], START_US
    )
    with database.writing() as connection:
        styles = [
            {
                "style_id": style_id, "category": "any", "name": "{}", "price_minor": 100, "currency": "EUR",
                "since": "",
            }
            for style_id in dict.fromkeys(STYLES.values())
        ]  # fmt: skip
        connection.execute(STYLE.insert(), styles)
        colours = [
            {"style_id": STYLES[item], "code": item, "ordinal": 0, "name": "{}", "item": item}
            for item in ITEMS
        ]
        connection.execute(COLOURWAY.insert(), colours)
        look = {"look_id": "l1", "items": compact_json(ITEMS[:6]), "stylist": "Mei"}
        connection.execute(LOOK.insert(), [look])
    yield database
    database.close()


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from recommender.inputs.catalogue import read_items
    from recommender.inputs.history import read_events
    from recommender.looks.pipeline.make import make
    from recommender.looks.training.hyperparameters import Hyperparameters

    folder = tmp_path_factory.mktemp("toy")
    item_file, event_file = toy_shop.write(folder)
    items = read_items(item_file)
    quick = Hyperparameters(dimensions=8, epochs=3, arrival_dimensions=8, arrival_epochs=2)
    make(items, read_events(event_file, items), quick, folder / "looks", lambda *_: None)
    return folder / "looks"


class Source:
    """A ranking of the shop, asked by items. `key`: that of the model's seal."""

    def __init__(
        self, database: Database, model: Path | None, looks: Path | None = None, key: bytes | None = None
    ):
        self.index = AssortmentIndex(database)
        self.looks = StylistLooks(database, looks)
        self.ranking = open_ranking(model, database, self.index, self.looks, key)

    def suggest(
        self, room: Iterable[str], without: Iterable[str], in_stock: Iterable[str], past: Iterable[str], k: int
    ) -> list[RankedItem]:  # fmt: skip
        """All items of the ranking, best first."""
        assortment = self.index.present()
        items, others, owned, stock = (
            [ItemId(i) for i in given] for given in (room, without, past, in_stock)
        )
        eligible = np.zeros(len(assortment), np.bool_)
        eligible[assortment.rows(stock)] = True
        joined = self.looks.joined(assortment, assortment.rows(items))
        ranking = self.ranking.rank(RoomQuestion(assortment, items, others, owned, eligible, k, joined))
        rows = [row for batch in ranking.batches(eligible) for row in batch.tolist()]
        picks = ranking.explain(rows)
        assert [assortment.item(row) for row in rows] == [pick.item for pick in picks]
        assert [ranking.is_arrival(row) for row in rows] == [
            p.reason is LookReason.NEW_ARRIVAL for p in picks
        ]
        return picks


@pytest.fixture(scope="module", params=["fallback", "model"])
def source(request: pytest.FixtureRequest, shop_database: Database) -> Source:
    if request.param == "fallback":
        return Source(shop_database, None)
    found = Source(shop_database, request.getfixturevalue("model_folder"))
    assert found.ranking.source is ModelSource.SERVED
    return found


def style(item: str) -> str:
    return STYLES[ItemId(item)]


some = st.lists(st.sampled_from(ITEMS), max_size=5, unique=True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    room=some,
    without=some,
    past=some,
    stock=st.sets(st.sampled_from(ITEMS), max_size=60),
    k=st.integers(1, 12),
)
def test_only_items_in_stock_that_are_not_excluded_are_suggested(
    source: Source,
    room: list[ItemId],
    without: list[ItemId],
    past: list[ItemId],
    stock: set[ItemId],
    k: int,
) -> None:
    picks = tuple(source.suggest(room, without, stock, past, k))
    items = [p.item for p in picks]
    assert len(set(items)) == len(items)
    assert set(items) <= stock
    assert not set(items) & {*room, *without, *past}
    assert not {style(i) for i in items} & {style(i) for i in room}
    assert len({style(i) for i in items}) == len(items)
    assert all(p.about is None or p.about in room for p in picks)


def test_with_full_stock_the_list_is_full(source: Source) -> None:
    assert len(tuple(source.suggest(ITEMS[:1], (), set(ITEMS), (), 6))) >= 6
    assert len(tuple(source.suggest((), (), set(ITEMS), (), 6))) >= 6


def test_the_ranking_is_deterministic(source: Source) -> None:
    first, second = (tuple(source.suggest(ITEMS[:2], (), set(ITEMS), (), 6)) for _ in range(2))
    assert first == second


def test_an_unknown_item_is_ignored(source: Source) -> None:
    assert source.suggest(["unheard-of"], (), set(ITEMS), (), 3)


def test_the_fallback_ranks_stylists_looks_then_best_sellers(shop_database: Database) -> None:
    picks = tuple(Source(shop_database, None).suggest(ITEMS[:1], (), set(ITEMS), (), 4))
    assert picks[0].reason is LookReason.STYLIST
    assert picks[0].item == ITEMS[3]
    assert picks[1].reason is LookReason.POPULAR
    assert picks[1].count == 2
    assert picks[-1].reason is LookReason.GOES_WITH


def test_the_model_gives_the_count_of_joint_purchases(shop_database: Database, model_folder: Path) -> None:
    found = Source(shop_database, model_folder)
    told = [p for i in range(10) for p in found.suggest([ITEMS[i]], (), set(ITEMS), (), 6)]
    together = [p for p in told if p.reason is LookReason.BOUGHT_TOGETHER]
    assert together
    assert all(p.count >= 2 and p.about is not None for p in together)


@pytest.mark.parametrize("harm", ["cut", "gone", "noise"])
def test_a_damaged_model_leaves_the_fallback_and_one_log_line(
    shop_database: Database, model_folder: Path, tmp_path: Path, harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    import shutil

    copy = tmp_path / "looks"
    shutil.copytree(model_folder, copy)
    victim = max(copy.iterdir(), key=lambda f: f.stat().st_size)
    content = victim.read_bytes()
    if harm == "gone":
        victim.unlink()
    else:
        victim.write_bytes(content[: len(content) // 2] if harm == "cut" else b"\x00" + content[1:])
    assert Source(shop_database, copy).ranking.source is ModelSource.STYLIST
    assert len([r for r in caplog.records if r.levelname == "WARNING"]) == 1


def test_with_a_key_only_models_sealed_with_it_are_served(
    shop_database: Database, model_folder: Path, tmp_path: Path
) -> None:
    from recommender.artefacts.sealed_arrays import read_sealed, write_sealed
    from recommender.looks.serving.artefact import KIND

    sealed = read_sealed(model_folder, KIND)
    write_sealed(tmp_path, KIND, sealed.metadata, sealed.arrays, b"the shop's key")

    def source_of(model: Path, key: bytes) -> ModelSource:
        return Source(shop_database, model, key=key).ranking.source

    assert source_of(tmp_path, b"the shop's key") is ModelSource.SERVED
    assert source_of(model_folder, b"the shop's key") is ModelSource.STYLIST
    assert source_of(tmp_path, b"another") is ModelSource.STYLIST


def test_a_changed_stylists_file_is_read_and_a_broken_one_is_not(
    shop_database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "looks.yaml"
    file.write_text("looks:\n  - {name: A, by: Jo, pieces: [0030-navy, 0031-navy]}\n")
    found = Source(shop_database, None, file)
    ranking = found.ranking

    def first() -> ItemId:
        return found.suggest(["0030-navy"], (), set(ITEMS), (), 6)[0].item

    assert first() == "0031-navy"
    file.write_text("looks:\n  - {name: A, by: Jo, pieces: [0030-navy, 0032-olive]}\n  \n")
    ranking.refresh()
    assert first() == "0032-olive"
    file.write_text("looks: nonsense")
    for _ in range(3):
        ranking.refresh()
    assert first() == "0032-olive"
    assert len([r for r in caplog.records if r.levelname == "WARNING"]) == 1
