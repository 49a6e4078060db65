"""Reloading of published models, and the fallback to earlier versions."""

import json
import shutil
from pathlib import Path

import pytest

from recommender.artefacts import versions
from recommender.errors import ModelError
from recommender.inputs.stylist_looks import StylistLook
from recommender.looks.pipeline.publish import publish
from recommender.looks.serving.looks import LooksRecommender, ReasonKind
from recommender.looks.serving.model_reloader import ModelReloader, ModelSource
from tests.optional_values import present

GOOD = {"passes": True}
EVENING = StylistLook("Evening", "Clara", ("0000-navy", "0004-olive", "0008-ivory"))


def test_a_new_model_is_loaded_without_a_restart(model_folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "served"
    models = ModelReloader(root)
    assert models.source is ModelSource.STYLIST
    first: LooksRecommender | None = models.looks
    assert first is None
    version = publish(model_folder, root, None)
    assert models.refresh()
    assert (models.source, models.version) == (ModelSource.SERVED, version)
    assert not models.refresh()
    assert len(present(models.looks).suggest(["0000-navy"], 4)) == 4


def test_a_broken_version_is_replaced_by_the_one_before_and_then_by_best_sellers(
    model_folder: Path, tmp_path: Path
) -> None:
    root = tmp_path / "served"
    names = [publish(model_folder, root, GOOD) for _ in range(2)]
    (versions.version_folder(root, names[1]) / "vectors.npz").write_bytes(b"broken")
    models = ModelReloader(root, [EVENING])
    assert models.source is ModelSource.LAST_GOOD
    assert models.version == names[0]
    assert models.problems
    shutil.rmtree(versions.version_folder(root, names[0]))
    models = ModelReloader(root, [EVENING])
    assert models.source is ModelSource.BEST_SELLERS
    sales = [count for _, count in models.best_sellers]
    assert sales == sorted(sales, reverse=True)
    assert min(sales) > 0
    (root / "popular.json").write_text("[[1]]")
    models = ModelReloader(root, [EVENING])
    assert models.source is ModelSource.STYLIST
    assert models.best_sellers == ()


def test_a_pointer_outside_of_the_root_is_not_followed(model_folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "served"
    publish(model_folder, root, None)
    (root / "current").write_text(json.dumps({"version": "../../elsewhere", "before": []}))
    with pytest.raises(ModelError):
        LooksRecommender.open(root)
    assert ModelReloader(root).source in {ModelSource.SERVED, ModelSource.LAST_GOOD}


def test_items_of_stylists_are_mixed_into_the_ranking(model_folder: Path) -> None:
    looks = LooksRecommender.open(model_folder, stylist=[EVENING])
    found = looks.suggest(["0000-olive"], 6)
    worn = [one for one in found if one.reason.kind is ReasonKind.STYLIST]
    assert {one.item_id for one in worn} == {"0004-olive", "0008-ivory"}
    assert {one.reason.about for one in worn} == {"0000-olive"}
    assert all(one.reason.kind is not ReasonKind.STYLIST for one in looks.suggest(["0001-navy"], 6))


def test_the_loaded_model_is_kept_until_the_second_refresh_without_a_folder(
    model_folder: Path, tmp_path: Path
) -> None:
    root = tmp_path / "served"
    shutil.copytree(model_folder, root)
    models = ModelReloader(root)
    assert (models.source, models.version) == (ModelSource.SERVED, "")
    loaded = models.looks
    root.rename(tmp_path / "moved")
    assert not models.refresh()
    assert models.source is ModelSource.SERVED, "the new model may be about to be moved into place"
    assert not models.refresh()
    assert models.source is ModelSource.LAST_GOOD
    assert models.looks is loaded
    shutil.copytree(model_folder, root)
    assert models.refresh()
    assert models.source is ModelSource.SERVED


def test_changed_looks_of_stylists_are_used_without_reading_the_model_again(
    model_folder: Path, tmp_path: Path
) -> None:
    root = tmp_path / "served"
    publish(model_folder, root, None)
    models = ModelReloader(root)
    model = present(models.looks).model
    assert all(
        one.reason.kind is not ReasonKind.STYLIST for one in present(models.looks).suggest(["0000-navy"], 6)
    )
    models.set_stylist_looks([EVENING])
    assert present(models.looks).model is model
    assert any(
        one.reason.kind is ReasonKind.STYLIST for one in present(models.looks).suggest(["0000-navy"], 6)
    )
    before = models.looks
    models.set_stylist_looks([EVENING])
    assert models.looks is before
    assert not models.refresh()


def test_a_model_sealed_with_another_key_is_not_loaded(model_folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "served"
    publish(model_folder, root, None)
    models = ModelReloader(root, key=b"the shop's key")
    assert models.looks is None
    assert len(models.problems) == 1
