"""Chances of a run: what is computed once for several questions equals what each question alone gives."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.sizes.serving.advisor import Body, FitTrial
from recommender.sizes.serving.fit_counts import FitCounts
from recommender.sizes.serving.fit_model import FitModel, model_of, read_fit_arrays
from recommender.sizes.serving.fit_table import FIT, FitAnswers
from recommender.sizes.serving.size_prior import SizePrior
from tests.recommender.fit_answers import RUN, TRUE

BODIES = (Body(162, 54), Body(168, 66), Body(None, 80), Body())


@pytest.fixture(scope="module")
def opened(six_thousand: Path) -> tuple[FitModel, SizePrior]:
    arrays = read_fit_arrays(six_thousand)
    model = model_of(arrays, six_thousand)
    return model, SizePrior(model, FitCounts.of(arrays["rates"], six_thousand))


@pytest.mark.parametrize("usual", ["", "M"])
@pytest.mark.parametrize("past", [(), (FitTrial("L", "large", "P05", "tops"),)])
def test_bodies_asked_together_are_answered_as_alone(
    opened: tuple[FitModel, SizePrior], usual: str, past: tuple[FitTrial, ...]
) -> None:
    prior = opened[1]
    measured = BODIES[:3]
    together, _ = prior.from_answers(prior.offer(TRUE, RUN, measured), usual, past)
    for row, body in enumerate(measured):
        alone, _ = prior.from_answers(prior.offer(TRUE, RUN, [body]), usual, past)
        assert together[row] == pytest.approx(alone[0], abs=1e-6)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("size", RUN)
def test_a_carried_size_fits_with_the_chance_that_the_outcome_model_predicts(
    opened: tuple[FitModel, SizePrior], body: Body, size: str
) -> None:
    model, prior = opened
    offer = prior.offer(TRUE, RUN, [body])
    chances = prior.from_carried(offer, size, np.full((1, len(RUN)), 1 / len(RUN)))
    text = np.array([""], dtype=object)
    measures = np.full((1, 5), np.nan)
    measures[0, :2] = [(body.weight_kg or np.nan) / 0.45359237, (body.height_cm or np.nan) / 2.54]
    asked = FitAnswers(
        text,
        np.array([TRUE], dtype=object),
        np.array([prior.category(TRUE)], dtype=object),
        np.array([size], dtype=object),
        text,
        measures,
        np.array([-1], np.int32),
        np.array([0], np.int64),
        text,
    )
    assert chances[0, RUN.index(size)] == pytest.approx(float(model.predict(asked)[0, FIT]), abs=1e-6)


@pytest.mark.parametrize("past", [(), (FitTrial("L", "large", "P05", "tops"),)])
def test_a_usual_size_counts_as_an_answer_that_it_fits_in_the_category(
    opened: tuple[FitModel, SizePrior], past: tuple[FitTrial, ...]
) -> None:
    prior = opened[1]
    offer = prior.offer(TRUE, RUN, BODIES[:2])
    answer = FitTrial("M", category=prior.category(TRUE))
    for usual, expected in zip(
        prior.from_answers(offer, "M", past), prior.from_answers(offer, "", (*past, answer)), strict=True
    ):
        assert np.asarray(usual) == pytest.approx(np.asarray(expected), abs=1e-9)
    # the planted fault: the answer that it was large is another one
    other, _ = prior.from_answers(offer, "", (*past, replace(answer, outcome="large")))
    assert np.abs(other - prior.from_answers(offer, "M", past)[0]).max() > 0.01
