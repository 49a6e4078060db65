"""Evaluation of sizes against simple rules, and of guests' confidence."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.sizes.evaluation.evaluate import auc, calibration_error, evaluate_size, macro_auc
from recommender.sizes.evaluation.evaluate_guests import evaluate_guests, guest_outcomes, guest_table
from recommender.sizes.serving.fit_table import read_fits
from recommender.sizes.training.make import build
from tests.recommender import fit_answers
from tests.recommender.quick import silent


@pytest.mark.full
def test_the_confidence_for_guests_is_calibrated(tmp_path: Path) -> None:
    path = fit_answers.write(tmp_path / "fits.parquet", fit_answers.draw(6000))
    fits = read_fits(path, answered=True)
    later = np.arange(len(fits)) >= 4800
    model = build(fits.where(~later), 7, silent)
    evaluations = evaluate_guests(model, fits.where(~later), fits.where(later), most=600)
    assert [it.known for it in evaluations] == [
        "the size carried in",
        "height and weight",
        "both",
        "the usual size",
        "usual size and body",
    ]
    for it in evaluations:
        # it is unknown which other size would have fitted: the right direction counts as a hit
        assert it.calibration < 0.13, it.known
        # the planted fault: a model that is always certain is caught
        assert replace(it, confidence=np.ones(len(it.confidence))).calibration > it.calibration
    assert guest_table(evaluations).count("\n") == 6
    for known, outcomes in guest_outcomes(model, fits.where(later)).items():
        areas = {name: macro_auc(outcomes.fit, chances) for name, chances in outcomes.chances.items()}
        assert areas["model"] > areas["model without trees"] - 0.01, known
        assert calibration_error(outcomes.fit, outcomes.chances["model"]) < 0.08, known
        # the planted fault: the outcomes of other trials are not predicted
        assert macro_auc(outcomes.fit[::-1], outcomes.chances["model"]) < areas["model"], known


def test_later_sizes_are_chosen_better_than_by_the_simple_rule(tmp_path: Path) -> None:
    path = fit_answers.write(tmp_path / "fits.parquet", fit_answers.draw(2500))
    fits = read_fits(path, answered=True)
    later = np.arange(len(fits)) >= 2000
    model = build(fits.where(~later), 7, silent)
    evaluation = evaluate_size(model, fits.where(~later), fits.where(later))
    assert evaluation.gain("most common size").low > 1.0
    assert evaluation.hits["model"].mean() <= evaluation.second.mean()
    # the planted fault: a rule that gives everybody the same size is worse
    assert evaluation.hits["most common size"].mean() < evaluation.hits["model"].mean()


def test_area_under_the_curve_counts_ties_half() -> None:
    wanted = np.array([True, False, True, False])
    assert auc(wanted, np.array([2.0, 1.0, 2.0, 1.0])) == 1.0
    assert auc(wanted, np.zeros(4)) == 0.5
    assert np.isnan(auc(np.ones(3, bool), np.arange(3.0)))
