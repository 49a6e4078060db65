"""What the next run compares: events without their repetitions."""

from dataclasses import replace

import pyarrow as pa
import pytest

from recommender.errors import LossError
from recommender.inputs.catalogue import items_from
from recommender.inputs.history import events_from
from recommender.looks.pipeline.comparison import TrainedOn
from recommender.looks.pipeline.loss_check import check_losses, history_facts
from tests.recommender import toy_shop
from tests.recommender.small_model import small_model

ITEMS = items_from(toy_shop.catalogue())
TABLE = toy_shop.events(toy_shop.catalogue(), baskets=40)


def trained_on(table: pa.Table) -> TrainedOn:
    """A model that serves the items of the toy shop, with the facts of a history."""
    events = events_from(table, ITEMS)
    model = small_model()
    facts = {**events.sizes, **history_facts(events)}
    return TrainedOn.of(replace(model, items=replace(model.items, ids=ITEMS.ids), metadata=facts))


def test_a_night_after_an_export_with_every_row_twice_is_not_refused() -> None:
    twice = pa.concat_tables([TABLE, TABLE])
    check_losses(ITEMS, events_from(TABLE, ITEMS), trained_on(twice), 0.2)
    check_losses(ITEMS, events_from(twice, ITEMS), trained_on(TABLE), 0.2)


def test_half_of_the_history_is_refused_even_if_every_row_is_there_twice() -> None:
    half = TABLE.slice(0, TABLE.num_rows // 2)
    with pytest.raises(LossError, match="the served model was trained on"):
        check_losses(ITEMS, events_from(pa.concat_tables([half, half]), ITEMS), trained_on(TABLE), 0.2)
