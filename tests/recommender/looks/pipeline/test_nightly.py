"""Nightly training: from a shop without sales to a trained model, and models that are refused."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.artefacts import versions
from recommender.commands.renew import read_training_inputs
from recommender.inputs.history import concat_events, events_from
from recommender.inputs.stylist_looks import StylistLook
from recommender.inputs.tables import Events, Items
from recommender.looks.pipeline.cold_start import COLD_START, cold_start_model
from recommender.looks.pipeline.nightly import TrainingInputs, renew_model
from recommender.looks.serving import artefact
from recommender.looks.serving.looks import LooksRecommender, ReasonKind
from recommender.looks.serving.size_coverage import shares, size_bands
from recommender.looks.training.hyperparameters import Hyperparameters
from tests.optional_values import present
from tests.recommender import toy_shop
from tests.recommender.quick import silent

QUICK = Hyperparameters(dimensions=16, epochs=5, arrival_dimensions=8, arrival_epochs=3)
STYLISTS = (
    StylistLook("Evening", "Clara", ("0000-navy", "0004-olive", "0008-ivory")),
    StylistLook("Sea", "Mei", ("0001-navy", "0007-ivory", "0012-olive")),
)


def style(item: str) -> str:
    return item.split("-")[0]


def days(
    items: Items, first: int, last: int, kinds: tuple[str] = ("purchase",), seed: int = 7, wrong: bool = False
) -> Events:
    """The baskets from `first` to `last` of a toy history; with `wrong`, items are exchanged."""
    table = toy_shop.events(toy_shop.catalogue(), baskets=last, seed=seed, kinds=kinds)
    number = np.array([int(basket[1:]) for basket in table["basket_id"].to_pylist()])
    table = table.filter(pa.array(number >= first))
    if wrong:
        ids = toy_shop.catalogue()["item_id"].to_pylist()
        place = {item: at for at, item in enumerate(ids)}
        with_new_arrivals = np.random.default_rng(3).permutation(len(ids))
        found_kinds = [
            ids[with_new_arrivals[(place[item] * 7 + row) % len(ids)]]
            for row, item in enumerate(table["item_id"].to_pylist())
        ]
        table = table.set_column(table.column_names.index("item_id"), "item_id", pa.array(found_kinds))
    return events_from(table, items)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "looks"


def test_a_shop_without_sales_gets_a_model_from_its_catalogue_and_stylists(
    tables: tuple[Items, Events], root: Path
) -> None:
    items, _ = tables
    outcome = renew_model(TrainingInputs(items, None, STYLISTS), root, QUICK, silent)
    assert outcome.published
    assert outcome.kind == COLD_START
    looks = LooksRecommender.open(root, stylist=STYLISTS)
    category = looks.model.items.categories
    for room in (["0000-navy"], ["0030-olive"], []):
        found = looks.suggest(room, 6)
        assert len(found) == 6
        found_kinds = {one.reason.kind for one in found}
        assert (
            not found_kinds & {ReasonKind.BOUGHT_TOGETHER, ReasonKind.POPULAR, ReasonKind.NEW_ARRIVAL}
            or not room
        )
    kinds = [category[looks.model.items.index[one.item_id]] for one in looks.suggest(["0030-olive"], 6)]
    assert category[looks.model.items.index["0030-olive"]] not in kinds, (
        "another piece of its kind completes nothing"
    )
    assert {"0004-olive", "0008-ivory"} <= {one.item_id for one in looks.suggest(["0000-navy"], 6)}
    card = (versions.version_folder(root, outcome.version) / "MODEL_CARD.md").read_text()
    assert "History: none" in card


def test_text_features_are_used_before_any_sale(tables: tuple[Items, Events]) -> None:
    """The collection column holds the hidden taste; at random a fifth of the items would match it."""
    items, _ = tables
    looks = LooksRecommender(cold_start_model(items, ()))
    rooms = [item for item in items.ids if item.endswith("navy")]
    same = [int(one[:4]) % 5 == int(room[:4]) % 5 for room in rooms for one in looks.order([room], 10)]
    assert np.mean(same) > 0.5


def test_try_ons_of_the_first_weeks_change_the_ranking(tables: tuple[Items, Events], root: Path) -> None:
    """After three joint try-ons the item ranks higher, and its reason is not "bought together"."""
    items, _ = tables
    renew_model(TrainingInputs(items, None, STYLISTS), root, QUICK, silent)
    before = LooksRecommender.open(root).order(["0000-navy"], 180).index("0031-navy")
    table = pa.table(
        {
            "basket_id": [f"b{n}" for n in range(3) for _ in range(2)],
            "shopper_id": pa.array([None] * 6, pa.string()),
            "item_id": ["0000-navy", "0031-navy"] * 3,
            "at": ["2025-03-01"] * 6,
            "kind": ["tryon_left"] * 6,
            "channel": ["store"] * 6,
        }
    )
    looks = LooksRecommender(cold_start_model(items, STYLISTS, events_from(table, items)))
    assert looks.order(["0000-navy"], 180).index("0031-navy") < before
    found_kinds = {one.item_id: one.reason.kind for one in looks.rank(["0000-navy"], 20)}
    assert found_kinds["0031-navy"] is not ReasonKind.BOUGHT_TOGETHER


def test_the_trained_model_replaces_the_cold_one_as_baskets_come_in(
    tables: tuple[Items, Events], root: Path
) -> None:
    items, _ = tables
    renew_model(TrainingInputs(items, None, STYLISTS), root, QUICK, silent)
    early = renew_model(TrainingInputs(items, days(items, 0, 60), STYLISTS), root, QUICK, silent)
    assert (early.kind, early.published) == (COLD_START, True)
    assert present(early.evaluation)["against_published_at_10"]
    late = renew_model(TrainingInputs(items, days(items, 0, 900), STYLISTS), root, QUICK, silent)
    assert (late.kind, late.published) == ("learned", True)
    assert len(versions.read_served(root).previous) == 2
    again = renew_model(TrainingInputs(items, days(items, 0, 900), STYLISTS), root, QUICK, silent)
    assert not again.published
    assert again.version == late.version
    card = (versions.version_folder(root, late.version) / "MODEL_CARD.md").read_text()
    assert "## Evaluation before publishing" in card
    assert "Minus the model published before: " in card


def test_a_worse_model_is_not_published(tables: tuple[Items, Events], root: Path) -> None:
    """An export with exchanged items gives a model that is worse on days with correct data."""
    items, _ = tables
    good = renew_model(TrainingInputs(items, days(items, 0, 700), STYLISTS), root, QUICK, silent)
    spoilt = concat_events(days(items, 0, 700, wrong=True), days(items, 700, 1000))
    outcome = renew_model(TrainingInputs(items, spoilt, STYLISTS), root, QUICK, silent)
    assert not outcome.published
    assert outcome.version == good.version
    assert present(outcome.evaluation)["against_published_at_10"][2] < 0
    assert "worse" in outcome.message
    sound = renew_model(TrainingInputs(items, days(items, 0, 1000), STYLISTS), root, QUICK, silent)
    assert sound.published, "the same days told right are taken"


def test_histories_join_without_mixing_baskets(tables: tuple[Items, Events]) -> None:
    items, _ = tables
    one, other = days(items, 0, 30), days(items, 0, 30, seed=9)
    both = concat_events(one, other)
    assert len(both) == len(one) + len(other)
    assert len(np.unique(both.basket)) == len(np.unique(one.basket)) + len(np.unique(other.basket))
    assert (np.diff(both.at) >= 0).all()


def test_the_card_tells_whether_small_and_large_are_served_alike(
    tables: tuple[Items, Events], root: Path, tmp_path: Path
) -> None:
    items, _ = tables
    runs = [["36", "38", "40", "42"] if at % 2 else ["36", "38"] for at in range(len(items))]
    table = toy_shop.catalogue().append_column("sizes", pa.array(runs, pa.list_(pa.string())))
    pq.write_table(table, tmp_path / "items.parquet")
    inputs = read_training_inputs(tmp_path / "items.parquet", [], [])
    assert present(inputs.bands).mean(axis=0).tolist() == [1.0, 0.5, 0.5]
    found_kinds = {each.band: each for each in shares(cold_start_model(items, ()), present(inputs.bands))}
    assert found_kinds["small"].suggested == 1
    assert 0 < found_kinds["large"].suggested < 1
    outcome = renew_model(inputs, root, QUICK, silent)
    card = (versions.version_folder(root, outcome.version) / "MODEL_CARD.md").read_text()
    assert "| large | " in card
    assert artefact.read(versions.version_folder(root, outcome.version)).metadata["events"] == 0


def test_the_order_of_sizes_is_derived_from_the_runs() -> None:
    bands = size_bands([["S", "M"], ["M", "L"], ["L", "XL", "XXL"], ["one"]], ["a", "a", "a", "b"])
    assert bands.tolist() == [[True, False, False], [True, True, False], [False, True, True], [True] * 3]
