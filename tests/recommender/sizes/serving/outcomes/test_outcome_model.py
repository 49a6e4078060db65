"""Piecewise linear features and the models of all states of knowledge."""

import numpy as np
import pytest

from recommender.sizes.serving.body_knowledge import KNOWLEDGE_STATES
from recommender.sizes.serving.outcomes.outcome_model import (
    HingeFeatures,
    OutcomeModel,
    from_arrays,
    to_arrays,
)


def test_features_are_a_constant_and_standardised_columns_with_hinges() -> None:
    columns = np.linspace(0, 10, 101)[:, None]
    features = HingeFeatures.of(columns)
    found = features(columns)
    assert features.knots.ravel().tolist() == pytest.approx([1, 5, 9])
    assert found.shape == (101, 1 + 4)
    assert (found[:, 0] == 1).all()
    assert found[:, 1:].mean(axis=0).tolist() == pytest.approx([0] * 4, abs=1e-9)
    assert found[:, 1:].std(axis=0).tolist() == pytest.approx([1] * 4)
    slope = np.diff(found[:, 3])
    assert slope[:50].tolist() == pytest.approx([0] * 50), "the hinge at 5 is flat below it"
    assert (slope[51:] > 0).all()


def test_a_constant_column_has_no_effect_and_outliers_are_clipped() -> None:
    features = HingeFeatures.of(np.column_stack([np.full(20, 3.0), np.arange(20.0)]))
    found = features(np.array([[1e9, 1e9]]))
    assert np.abs(found[0, 1:]).max() <= 8
    assert found[0, [1, 3, 5, 7]].tolist() == pytest.approx([0] * 4, abs=1e-9)


def test_models_survive_being_written_as_arrays() -> None:
    rng = np.random.default_rng(1)
    models = tuple(
        OutcomeModel(HingeFeatures.of(rng.normal(size=(30, 2))), rng.normal(size=(9, 3)))
        for _ in KNOWLEDGE_STATES
    )
    columns = rng.normal(size=(5, 2))
    for model, read in zip(models, from_arrays(to_arrays(models)), strict=True):
        assert np.array_equal(model(columns), read(columns))
        assert model(columns).sum(axis=1).tolist() == pytest.approx([1] * 5)
    short = {name: array[:2] for name, array in to_arrays(models).items()}
    with pytest.raises(IndexError):
        from_arrays(short)
