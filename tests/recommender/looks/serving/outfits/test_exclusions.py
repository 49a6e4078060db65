"""Rows that cannot complete a room, by rules and by what is bought, and reasons that keep to them."""

import dataclasses

import numpy as np
import pytest

from recommender.inputs.tables import Events, Items
from recommender.looks.pipeline.cold_start import cold_start_model
from recommender.looks.serving import artefact
from recommender.looks.serving.model import Attribute, LooksModel
from recommender.looks.serving.outfits.exclusions import learned_exclusions
from recommender.looks.serving.reasons import ReasonKind, reason_for, reasons_for
from recommender.looks.training.build import build
from tests.recommender.quick import QUICK, silent
from tests.recommender.small_model import A_BLUE, A_RED, B_RED, C_RED, D_RED, E_RED, small_model


def with_kinds(*kinds: str, **changed: object) -> LooksModel:
    """The small model (a-red, a-blue, b-red, c-red, d-red, e-red) with these kinds; - for an item of unknown kind."""
    model = small_model()
    values = tuple(sorted(set(kinds)))
    outfit = Attribute(np.array([values.index(kind) for kind in kinds], np.int32), values)
    items = dataclasses.replace(model.items, attributes={**model.items.attributes, "outfit": outfit})
    return dataclasses.replace(model, items=items, **changed)  # type: ignore[arg-type]  # fields by name


def rows(model: LooksModel, *room: int) -> list[int]:
    """The rows that one of the room's rows excludes."""
    everything = range(len(model.items))
    return [row for row in everything if any(model.outfits.excludes(row, other) for other in room)]


def test_slots_seasons_and_lines_of_a_room() -> None:
    model = with_kinds("dress/-/-", "dress/-/-", "bottom/-/-", "shoes/summer/-", "top/winter/men", "-/-/-")
    assert rows(model, A_RED) == [A_RED, A_BLUE, B_RED]
    assert rows(model, C_RED) == [C_RED, D_RED]
    assert rows(model, C_RED, B_RED) == [A_RED, A_BLUE, B_RED, C_RED, D_RED]
    assert rows(model, E_RED) == []


def test_what_was_bought_together_beyond_chance() -> None:
    """a-red and b-red were bought together in 3 baskets."""
    assert small_model().outfits.bought_together([A_RED]).tolist() == [B_RED]
    assert not len(small_model().outfits.bought_together([E_RED]))


def test_a_model_without_kinds_is_read_by_its_categories() -> None:
    """jacket, jacket, shirt, shoes, shirt, unknown"""
    model = small_model()
    assert rows(model, A_RED) == [A_RED, A_BLUE]
    assert rows(model, C_RED) == [C_RED]
    assert rows(model, E_RED) == []


def test_categories_that_are_hardly_bought_together_are_learned() -> None:
    pairs = np.full((4, 4), 100)
    pairs[0, 1] = pairs[1, 0] = 10
    assert np.argwhere(learned_exclusions(pairs)).tolist() == [[0, 1], [1, 0]]
    pairs[0, 1] = pairs[1, 0] = 60
    assert not learned_exclusions(pairs).any(), "less often is not never"
    assert not learned_exclusions(np.zeros((3, 3), np.int64)).any()
    assert not learned_exclusions(np.array([[0, 0, 3], [0, 0, 3], [3, 3, 0]])).any(), "too few to know"
    assert learned_exclusions(np.zeros((0, 0), np.int64)).shape == (0, 0)


def test_learned_exclusions_count_like_the_others() -> None:
    pairs = np.array([[500, 2, 900], [2, 500, 900], [900, 900, 500]])
    model = dataclasses.replace(small_model(), category_pairs=pairs)
    assert rows(model, A_RED) == [A_RED, A_BLUE, B_RED, D_RED], "jackets and shirts"
    assert np.flatnonzero(model.outfits.hardly_together([A_RED])).tolist() == [B_RED, D_RED]


def test_a_reason_names_nothing_that_it_cannot_be_worn_with() -> None:
    """c-red completes a-red by what is bought; not if both are shoes."""
    assert reason_for(small_model(), C_RED, [A_RED]).kind is ReasonKind.COMPLETES
    both_shoes = with_kinds("shoes/-/-", "-", "-", "shoes/-/-", "-", "-")
    assert reason_for(both_shoes, C_RED, [A_RED]).kind is not ReasonKind.COMPLETES
    summer = with_kinds("shoes/summer/-", "top/-/-", "-", "shoes/-/-", "accessory/winter/-", "-")
    assert reason_for(summer, C_RED, [A_RED, A_BLUE]).about == "a-blue"
    keeping = reason_for(with_kinds("-", "-", "bottom/-/-", "dress/-/-", "-", "-"), B_RED, [C_RED, D_RED])
    assert (keeping.kind, keeping.about) == (ReasonKind.IN_KEEPING, "d-red")
    alone = reason_for(with_kinds("-", "-", "bottom/-/-", "dress/-/-", "-", "-"), B_RED, [C_RED])
    assert (alone.kind, alone.about) == (ReasonKind.IN_KEEPING, None)


def test_planted_fault_reasons_without_exclusions_are_caught() -> None:
    """Planted fault: the same model, in which no kind is known."""
    assert reason_for(with_kinds("-", "-", "-", "-", "-", "-"), C_RED, [A_RED]).kind is ReasonKind.COMPLETES


@pytest.mark.parametrize("trained", [True, False])
def test_no_reason_of_a_model_joins_what_excludes_each_other(
    tables: tuple[Items, Events], trained: bool
) -> None:
    items, events = tables
    model = build(items, events, QUICK, silent)[0] if trained else cold_start_model(items, ())
    assert "dress/-/women" in model.items.attributes["outfit"].values
    everything = list(range(len(items)))
    joined = 0
    for room in everything[::9]:
        for row, reason in zip(everything, reasons_for(model, everything, [room]), strict=True):
            if reason.about and reason.kind in {ReasonKind.COMPLETES, ReasonKind.IN_KEEPING}:
                joined += 1
                assert not model.outfits.excludes(row, room)
    assert joined or not trained


def test_kinds_are_stored_with_the_model(model_folder: object, tables: tuple[Items, Events]) -> None:
    model = artefact.read(model_folder)  # type: ignore[arg-type]  # a fixture's folder
    kinds = model.items.attributes["outfit"]
    category = model.items.attributes["category"]
    names = {category.values[c]: kinds.values[k] for c, k in zip(category.codes, kinds.codes, strict=True)}
    assert names["trousers"].startswith("bottom/")
    assert names["dress"].startswith("dress/")
    assert len(kinds.codes) == len(tables[0])
