"""From trained to served and back, and what is advised when everything is broken."""

import json
import shutil

import pytest

from recommender.artefacts import versions
from recommender.errors import ModelError, PublishError, TableError
from recommender.inputs.stylist_looks import StylistLook, read_stylist_looks
from recommender.looks.pipeline.publish import publish, roll_back
from recommender.looks.serving.explain import explain
from recommender.looks.serving.looks import LooksRecommender, ReasonKind
from recommender.looks.serving.model_reloader import ModelReloader, ModelSource

GOOD = {"passes": True}
BAD = {"passes": False, "gain_at_10": [-0.02, -0.03, -0.01]}
EVENING = StylistLook("Evening", "Clara", ("0000-navy", "0004-olive", "0008-ivory"))


def style(item):
    return item.split("-")[0]


def test_the_gate_and_the_way_back(model_folder, tmp_path):
    root = tmp_path / "served"
    first = publish(model_folder, root, None)
    with pytest.raises(PublishError, match="verdict"):
        publish(model_folder, root, None)
    with pytest.raises(PublishError, match="worse"):
        publish(model_folder, root, BAD)
    assert versions.read_served(root).version == first
    second = publish(model_folder, root, GOOD)
    assert second != first
    assert LooksRecommender.open(root).has_item("0000-navy")
    assert roll_back(root) == first
    with pytest.raises(PublishError, match="earlier"):
        roll_back(root)


def test_rolling_back_passes_over_a_broken_version(model_folder, tmp_path):
    root = tmp_path / "served"
    names = [publish(model_folder, root, GOOD) for _ in range(3)]
    (versions.version_folder(root, names[1]) / "pairs.npz").write_bytes(b"")
    assert roll_back(root) == names[0]


def test_only_a_few_versions_are_kept(model_folder, tmp_path):
    root = tmp_path / "served"
    for _ in range(7):
        publish(model_folder, root, GOOD)
    assert len(versions.versions_on_disk(root)) == 5


def test_a_new_model_is_loaded_without_a_restart(model_folder, tmp_path):
    root = tmp_path / "served"
    models = ModelReloader(root)
    assert models.source is ModelSource.STYLIST
    assert models.looks is None
    version = publish(model_folder, root, None)
    assert models.refresh()
    assert (models.source, models.version) == (ModelSource.SERVED, version)
    assert not models.refresh()
    assert len(models.looks.suggest(["0000-navy"], 4)) == 4


def test_a_broken_version_is_replaced_by_the_one_before_and_then_by_best_sellers(model_folder, tmp_path):
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


def test_a_note_that_points_outside_is_not_followed(model_folder, tmp_path):
    root = tmp_path / "served"
    publish(model_folder, root, None)
    (root / "current").write_text(json.dumps({"version": "../../elsewhere", "before": []}))
    with pytest.raises(ModelError):
        LooksRecommender.open(root)
    assert ModelReloader(root).source in {ModelSource.SERVED, ModelSource.LAST_GOOD}


def test_the_stylist_is_heard_among_the_model(model_folder):
    looks = LooksRecommender.open(model_folder, stylist=[EVENING])
    found = looks.suggest(["0000-olive"], 6)
    worn = [one for one in found if one.reason.kind is ReasonKind.STYLIST]
    assert {one.item_id for one in worn} == {"0004-olive", "0008-ivory"}
    assert {one.reason.about for one in worn} == {"0000-olive"}
    assert all(one.reason.kind is not ReasonKind.STYLIST for one in looks.suggest(["0001-navy"], 6))


def test_the_stylist_file_names_every_mistake(tmp_path):
    file = tmp_path / "looks.yaml"
    file.write_text("looks:\n  - {name: A, by: B, pieces: [x, y]}\n")
    assert read_stylist_looks(file) == (StylistLook("A", "B", ("x", "y")),)
    file.write_text("looks:\n  - {name: A, pieces: [x]}\n  - {title: B, pieces: [x, y]}\n  - 7\n")
    with pytest.raises(TableError) as told:
        read_stylist_looks(file)
    assert len(told.value.mistakes) == 3
    for text in ("", "looks: !!python/object/apply:os.getcwd []", "looks: {"):
        file.write_text(text)
        with pytest.raises(TableError):
            read_stylist_looks(file)


def test_explaining_one_suggestion(looks):
    first = looks.rank(["0000-navy", "0005-navy"], 3, slot=0)[0]
    account = explain(looks, ["0000-navy", "0005-navy"], first.item_id)
    assert account.place == 1
    assert len(account.contributions) == 2
    assert json.dumps(account.as_json())
    assert explain(looks, ["0000-navy"], "0000-olive").left_out
    assert explain(looks, ["0000-navy"], "unheard-of") is None
