"""Prediction of a trial's outcome: accuracy on a toy shop, unknown shoppers, and damaged folders."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.errors import ModelError, TrainingError
from recommender.sizes.evaluation.evaluate import macro_auc
from recommender.sizes.serving.fit_layout import LAYOUTS
from recommender.sizes.serving.fit_model import FitModel
from recommender.sizes.serving.fit_table import FIT_CLASSES, FitAnswers, read_fits
from recommender.sizes.serving.outcomes.outcome_trees import OutcomeTrees
from recommender.sizes.training.make import build
from tests.recommender import fit_answers
from tests.recommender.quick import silent


def trained(fits: Path, out: Path, seed: int = 7) -> Path:
    """Trains by the command line, which uses one thread."""
    asked = [sys.executable, "-m", "recommender", "train-fit", "--fits", str(fits), "--out", str(out)]
    done = subprocess.run([*asked, "--seed", str(seed)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fit_answers.write(tmp_path_factory.mktemp("fits") / "fits.parquet", fit_answers.draw())


@pytest.fixture(scope="module")
def answers(table: Path) -> FitAnswers:
    return read_fits(table, answered=True)


@pytest.fixture(scope="module")
def folder(table: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trained(table, tmp_path_factory.mktemp("fit") / "model")


@pytest.fixture(scope="module")
def model(folder: Path) -> FitModel:
    return FitModel.open(folder)


@pytest.mark.full
def test_what_a_piece_is_tried_for_is_a_feature_and_may_be_unknown(tmp_path: Path) -> None:
    """Pieces for parties are worn closer in this shop: they feel small half a size earlier."""
    rows = fit_answers.draw(6500)
    rng = np.random.default_rng(3)
    rows["rented_for"] = [str(word) for word in rng.choice(["party", "work"], 6500)]
    rows["fit"] = [
        "small" if party == "party" and fit == "fit" and rng.random() < 0.6 else fit
        for party, fit in zip(rows["rented_for"], rows["fit"], strict=True)
    ]
    fits = read_fits(fit_answers.write(tmp_path / "fits.parquet", rows), answered=True)
    later = np.arange(len(fits)) >= 5500
    model, test = build(fits.where(~later), 7, silent), fits.where(later)
    assert model.trees.measured is not None
    without = replace(test, context=np.full(len(test), "", dtype=object))
    stranger = replace(test, context=np.full(len(test), "a ball", dtype=object))
    known, unknown = macro_auc(test.fit, model.predict(test)), macro_auc(test.fit, model.predict(without))
    assert known > unknown + 0.01
    assert np.array_equal(model.predict(without), model.predict(stranger))


def guests(answers: FitAnswers, columns: int) -> FitAnswers:
    """The same trials by unknown shoppers who state the first `columns` measures."""
    body = answers.body.copy()
    body[:, columns:] = np.nan
    nobody = np.full(len(answers), "", dtype=object)
    return replace(answers, body=body, user=nobody, shape=nobody)


@pytest.mark.parametrize("stated", [0, 1, 2])
def test_trees_serve_guests_whatever_they_state_and_measured_bodies(
    six_thousand: Path, answers: FitAnswers, stated: int
) -> None:
    """The mirror knows the size that a guest carries, and height and weight at most."""
    model = FitModel.open(six_thousand)
    assert model.trees.measured is not None
    assert model.trees.guests is not None
    plain = replace(model, trees=OutcomeTrees())
    for asked in (guests(answers, stated), answers):
        assert not np.allclose(model.predict(asked), plain.predict(asked))
        assert np.allclose(model.predict(asked).sum(axis=1), 1.0)
    without = replace(model, trees=replace(model.trees, guests=None))
    assert np.array_equal(without.predict(guests(answers, stated)), plain.predict(guests(answers, stated)))
    assert np.array_equal(without.predict(answers), model.predict(answers))


def test_later_trials_are_predicted_better_than_by_the_products_rate(answers: FitAnswers) -> None:
    later = np.arange(len(answers)) >= 2400
    model = build(answers.where(~later), 7, silent)
    asked = answers.where(later)
    odds = np.exp(model.statistics.odds(model.vocabulary.code(asked))[:, :2])
    rate = np.stack([odds[:, 0], np.ones(len(odds)), odds[:, 1]], axis=1)
    learned = macro_auc(asked.fit, model.predict(asked))
    plain = macro_auc(asked.fit, rate / rate.sum(axis=1, keepdims=True))
    assert learned > plain + 0.03
    # the planted fault: a model that confuses small and large is worse
    assert macro_auc(asked.fit, model.predict(asked)[:, ::-1]) < plain


def test_chances_add_up_and_are_finite_for_anybody(model: FitModel, tmp_path: Path) -> None:
    rows: dict[str, list[object]] = {
        "user_id": ["nobody", None, "u1", ""],
        "item_id": ["unknown", "P00", None, "P01"],
        "size": ["M", "petite", None, "XXXXL"],
        "category": ["hats", None, "tops", ""],
        "age": [116.0, float("nan"), 30.0, -5.0],
        "height_in": [float("inf"), None, 65.0, 1e30],
    }
    batch = read_fits(fit_answers.write(tmp_path / "odd.parquet", rows), answered=False)
    chances = model.predict(batch)
    assert chances.shape == (4, 3)
    assert np.isfinite(chances).all()
    assert (chances > 0).all()
    assert np.allclose(chances.sum(axis=1), 1.0)


def test_rows_without_product_or_size_are_predicted_from_the_rest(model: FitModel, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for at, columns in enumerate(({"item_id": ["P00", "?"]}, {"size": ["M", None]}, {"age": [116.0, 30.0]})):
        pq.write_table(pa.table(columns), tmp_path / f"{at}.parquet")
        told = model.predict(read_fits(tmp_path / f"{at}.parquet", answered=False))
        assert told.shape == (2, 3)
        assert np.allclose(told.sum(axis=1), 1.0)


def test_an_empty_batch_has_no_answers(model: FitModel, tmp_path: Path) -> None:
    batch = read_fits(
        fit_answers.write(tmp_path / "none.parquet", {"item_id": [], "size": []}), answered=False
    )
    assert model.predict(batch).shape == (0, len(FIT_CLASSES))


def test_predictions_do_not_depend_on_other_rows(model: FitModel, answers: FitAnswers) -> None:
    some = answers.where(np.arange(50))
    turned = model.predict(answers.where(np.arange(50)[::-1]))[::-1]
    assert np.allclose(model.predict(some), turned, atol=1e-12)


def test_same_answers_and_seed_give_the_same_bytes(table: Path, folder: Path, tmp_path: Path) -> None:
    trained(table, tmp_path / "again")
    for file in sorted(folder.iterdir()):
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()
    trained(table, tmp_path / "other", seed=8)
    assert (tmp_path / "other" / "manifest.json").read_bytes() != (folder / "manifest.json").read_bytes()


def test_no_shopper_is_named_in_the_model(folder: Path) -> None:
    content = b"".join(file.read_bytes() for file in folder.iterdir())
    assert b"u\0\0\x001\0\0\x007" not in content
    assert b"P\0\0\x000\0\0\x000" in content, "products are, which shows that the search can find"


@pytest.mark.parametrize("name", [f"{file}.npz" for file in LAYOUTS])
@pytest.mark.parametrize("damage", ["cut", "flip", "gone", "pickle", "longer"])
def test_a_damaged_file_is_refused(six_thousand: Path, tmp_path: Path, name: str, damage: str) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in six_thousand.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    whole = (copy / name).read_bytes()
    FitModel.open(copy)
    damages: dict[str, Callable[[], object]] = {
        "cut": lambda: (copy / name).write_bytes(whole[: len(whole) // 2]),
        "flip": lambda: (copy / name).write_bytes(whole[:-30] + bytes([whole[-30] ^ 1]) + whole[-29:]),
        "gone": (copy / name).unlink,
        "longer": lambda: (copy / name).write_bytes(whole + b"\0"),
        "pickle": lambda: (copy / name).write_bytes(b"\x80\x04cos\nsystem\n(S'true'\ntR."),
    }
    damages[damage]()
    with pytest.raises(ModelError) as refused:
        FitModel.open(copy)
    assert "\n" not in str(refused.value)


def test_too_few_answers_are_refused(answers: FitAnswers) -> None:
    with pytest.raises(TrainingError):
        build(answers.where(np.arange(5)), 7, silent)
    with pytest.raises(TrainingError):
        build(answers.where(answers.fit == 1), 7, silent)


def test_answers_without_bodies_dates_or_shoppers_are_enough(tmp_path: Path) -> None:
    columns = fit_answers.draw(600)
    plain = {name: columns[name] for name in ("item_id", "size", "fit")}
    model = build(read_fits(fit_answers.write(tmp_path / "plain.parquet", plain), answered=True), 7, silent)
    batch = read_fits(
        fit_answers.write(tmp_path / "batch.parquet", {"item_id": ["P00", "P01"], "size": ["M", "M"]}),
        answered=False,
    )
    small_runner, large_runner = model.predict(batch)
    assert small_runner[0] > large_runner[0]
    assert small_runner[2] < large_runner[2]


def test_the_command_line_answers_every_row_in_order(folder: Path, tmp_path: Path) -> None:
    columns = fit_answers.draw(40)
    del columns["fit"]
    batch = fit_answers.write(tmp_path / "batch.parquet", columns)
    asked = [
        sys.executable,
        "-m",
        "recommender",
        "predict-fit",
        "--model",
        str(folder),
        "--batch",
        str(batch),
    ]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(line) for line in lines] == [["small", "fit", "large"]] * 40
    want = FitModel.open(folder).predict(read_fits(batch, answered=False))
    assert np.allclose([list(line.values()) for line in lines], want, atol=1e-6)
