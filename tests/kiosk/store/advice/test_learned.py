"""What the store says about its models: when they were learned, on how much, and what is wrong."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.store.advice.learned import LearnedModels, looks_learned
from kiosk.store.advice.model_ranking import open_ranking
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.api.model_answers import looks_answer, sizes_answer
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from recommender.artefacts.freshness import ModelWarning
from recommender.artefacts.last_run import LastRun, RunOutcome, write_last_run
from recommender.artefacts.versions import read_served
from recommender.looks.pipeline.publish import publish
from recommender.looks.serving import artefact
from tests.bench.random_looks_model import plain_model
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, sample_store
from tests.optional_values import present

DAY_US = 86_400_000_000
LEARNED = {"golden": [], "items": 300, "events": 900, "baskets": 400, "matched": 0.974, "choice": {}}


def root_of(folder: Path) -> Path:
    artefact.write(plain_model(300, 8), folder / "model", LEARNED)
    publish(folder / "model", folder / "looks", None)
    return folder / "looks"


class Clock:
    """A clock in microseconds that is set by hand."""

    at_us = 0

    def __call__(self) -> int:
        return self.at_us


def test_a_published_model_and_its_age(store: Store, tmp_path: Path) -> None:
    root, clock, database = root_of(tmp_path), Clock(), store.resources.database
    ranking = open_ranking(root, database, store.resources.assortment, StylistLooks(database))
    models = LearnedModels(ranking, root, tmp_path / "sizes", 3, clock)
    looks = present(models.looks())
    assert looks.version == read_served(root).version
    assert (looks.items, looks.events, looks.baskets, looks.matched_percent) == (300, 900, 400, 97)
    clock.at_us = looks.learned_at_us + 3 * DAY_US
    assert present(models.looks()).warnings == ()
    clock.at_us += DAY_US
    assert present(models.looks()).warnings == (ModelWarning.STALE,)
    at = clock.at_us // 1_000_000
    write_last_run(root, LastRun(at, at, RunOutcome.REFUSED, "till.parquet: cannot be read"))
    looks = present(models.looks())
    assert looks.warnings == (ModelWarning.STALE, ModelWarning.REFUSED)
    assert (looks.last_run_at_us, looks.message) == (clock.at_us, "till.parquet: cannot be read")
    answer = present(looks_answer(looks)).model_dump(mode="json")
    assert (answer["last_run"], answer["warnings"]) == ("refused", ["stale", "refused"])
    assert "till.parquet" not in str(answer)
    assert present(models.sizes()).learned_at_us == 0


@pytest.mark.parametrize("damage", ["none", "a byte"])
def test_a_sizes_model_that_cannot_be_read_is_none_in_the_health(
    settings: StoreSettings,
    clock: ManualClock,
    terminal: InProcessTerminal,
    tmp_path: Path,
    tree: Path,
    damage: str,
) -> None:
    """The manifest still states its answers, but the store advises usual sizes."""
    shutil.copytree(
        tree / "tests" / "recommender" / "sizes" / "serving" / "models" / "fit_3", tmp_path / "sizes"
    )
    if damage != "none":
        with (tmp_path / "sizes" / "rates.npz").open("ab") as file:
            file.write(b"\0")
    with sample_store(replace(settings, sizes_model=tmp_path / "sizes"), clock, terminal) as store:
        found = present(store.health().sizes)
        assert (found.answers > 0, found.learned_at_us > 0) == (damage == "none", damage == "none")


def test_without_configured_models_there_is_nothing_to_say(store: Store) -> None:
    assert (store.models.looks(), store.models.sizes()) == (None, None)
    assert (store.health().looks, store.health().sizes) == (None, None)
    assert (looks_answer(None), sizes_answer(None)) == (None, None)


def test_a_folder_without_a_model(store: Store, tmp_path: Path) -> None:
    database = store.resources.database
    ranking = open_ranking(tmp_path, database, store.resources.assortment, StylistLooks(database))
    looks = present(LearnedModels(ranking, tmp_path, None, 3, lambda: 0).looks())
    assert (looks.learned_at_us, looks.events, looks.warnings) == (0, 0, (ModelWarning.NONE_PUBLISHED,))


@pytest.mark.parametrize("metadata", [{"events": "many"}, {"matched": None}, {"events": None}, {"blend": {}}])
def test_metadata_of_another_version_are_no_error(metadata: dict[str, object]) -> None:
    looks = looks_learned("1", metadata, 5, None, 3, 5)
    assert (looks.events, looks.matched_percent, looks.learned_at_us) == (0, -1, 5_000_000)
