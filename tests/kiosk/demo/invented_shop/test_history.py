"""The demo shop's past: enough of it, drawn as the model says, the same every time."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kiosk.demo.invented_shop import history
from kiosk.demo.shop import AS_OF

pyarrow_parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("past")
    history.write(directory, 7)
    return directory


def table(past: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = pyarrow_parquet.read_table(past / f"{name}.parquet").to_pydict()
    return found


def test_a_year_of_events_about_known_items(past: Path) -> None:
    events, catalogue = table(past, "events"), table(past, "catalogue")
    assert 50_000 < len(events["item_id"]) < 75_000
    assert set(events["item_id"]) <= set(catalogue["item_id"])
    assert set(events["channel"]) == {"store", "online"}
    kinds = {"purchase", "tryon_kept", "tryon_left", "request", "not_this", "return"}
    assert set(events["kind"]) == kinds
    span = max(events["at"]) - min(events["at"])
    assert 360 < span.days < 390
    assert max(events["at"]).date().isoformat() < AS_OF, "no event is left out as one of the future"


def test_nothing_is_sold_before_it_arrived(past: Path) -> None:
    events = table(past, "events")
    first = min(at for item, at in zip(events["item_id"], events["at"], strict=True) if item == "A004-BLK")
    assert first.date().isoformat() >= "2026-09-25"


def test_winter_coats_are_bought_in_winter(past: Path) -> None:
    events = table(past, "events")
    pairs = zip(events["item_id"], events["at"], events["kind"], strict=True)
    months = [at.month for item, at, kind in pairs if item.startswith("C101") and kind == "purchase"]
    cold = sum(month in {11, 12, 1, 2} for month in months)
    warm = sum(month in {5, 6, 7, 8} for month in months)
    assert cold > 3 * warm


def test_a_style_that_runs_small_is_felt_as_small(past: Path) -> None:
    fits = table(past, "fits")
    felt = {style: {"small": 0, "fit": 0, "large": 0} for style in ("D704", "K403")}
    for style, fit in zip(fits["item_id"], fits["fit"], strict=True):
        if style in felt:
            felt[style][fit] += 1
    assert felt["D704"]["small"] > 3 * felt["D704"]["large"]
    assert felt["K403"]["large"] > 3 * felt["K403"]["small"]


def test_pieces_of_one_basket_belong_together(past: Path) -> None:
    events, catalogue = table(past, "events"), table(past, "catalogue")
    family = dict(zip(catalogue["item_id"], catalogue["category"], strict=True))
    baskets: dict[str, set[str]] = {}
    for basket, item in zip(events["basket_id"], events["item_id"], strict=True):
        baskets.setdefault(basket, set()).add(family[item])
    with_jacket = [found for found in baskets.values() if "jackets" in found]
    without = [found for found in baskets.values() if "jackets" not in found]
    share = [np.mean(["shirts" in found for found in group]) for group in (with_jacket, without)]
    assert share[0] > 1.5 * share[1]


def test_the_same_seed_gives_the_same_rows(past: Path, tmp_path: Path) -> None:
    history.write(tmp_path, 7)
    for name in ("catalogue", "events", "fits"):
        assert table(tmp_path, name) == table(past, name)
