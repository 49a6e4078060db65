"""Training from tables: histories that hold too little, and a history of one moment."""

from pathlib import Path

import numpy as np
import pytest

from recommender.errors import TrainingError
from recommender.inputs.tables import Events, Items
from tests.recommender.quick import QUICK, silent


def test_a_history_without_interactions_is_refused(tables: tuple[Items, Events]) -> None:
    from recommender.looks.training.build import build

    items, events = tables
    refused = events.where(np.zeros(len(events), np.bool_))
    with pytest.raises(TrainingError):
        build(items, refused, QUICK, silent)


def test_baskets_of_one_item_still_make_a_model(tables: tuple[Items, Events], tmp_path: Path) -> None:
    from recommender.looks.pipeline.make import make
    from recommender.looks.serving.looks import LooksRecommender

    items, events = tables
    _, first = np.unique(events.basket, return_index=True)
    alone = np.zeros(len(events), np.bool_)
    alone[first] = True
    make(items, events.where(alone), QUICK, tmp_path / "m", silent)
    assert len(LooksRecommender.open(tmp_path / "m").suggest(["0000-navy"], 5)) == 5


def test_the_blend_of_a_history_of_one_moment_is_still_chosen(tables: tuple[Items, Events]) -> None:
    import dataclasses

    from recommender.looks.training.build import build

    items, events = tables
    model, chosen = build(items, dataclasses.replace(events, at=np.zeros_like(events.at)), QUICK, silent)
    assert chosen.table
    assert len(model.items.sold)
