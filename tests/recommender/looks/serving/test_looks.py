"""Suggestions for a room: what is recommended, what is excluded, and true reasons."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from recommender.inputs.tables import Events, Items
from recommender.looks.serving.looks import (
    LooksRecommender,
    Reason,
    ReasonKind,
    ScoredItem,
    ShopperProfile,
    StockFilter,
)
from recommender.looks.serving.reasons import reason_text
from tests.optional_values import present

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module", params=["one machine", pytest.param("spark", marks=pytest.mark.full)])
def model_folder(request: pytest.FixtureRequest) -> Path:
    """Every test runs on a model trained on one machine and on one trained with Spark."""
    return request.getfixturevalue("spark_model_folder" if request.param == "spark" else "toy_model_folder")


@pytest.fixture(scope="module")
def looks(model_folder: Path) -> LooksRecommender:
    return LooksRecommender.open(model_folder)


def style(item: str) -> str:
    return item.split("-")[0]


def test_suggestions_never_repeat_the_room_in_any_colour(looks: LooksRecommender) -> None:
    for room in (["0000-navy"], ["0001-olive", "0006-navy"], ["0003-ivory", "0013-navy", "0023-olive"]):
        found = looks.suggest(room, 8)
        assert len(found) == 8
        assert not {style(one.item_id) for one in found} & {style(item) for item in room}
        assert len({style(one.item_id) for one in found}) == 8


def test_the_hidden_taste_is_found(looks: LooksRecommender) -> None:
    hits = [int(one.item_id[:4]) % 5 == 2 for one in looks.suggest(["0002-navy", "0007-navy"], 6)]
    assert sum(hits) >= 5


def test_an_empty_room_and_unknown_garments_get_best_sellers(looks: LooksRecommender) -> None:
    for room in ([], ["not of this house"]):
        found = looks.suggest(room, 5)
        assert len(found) == 5
        assert {one.reason.kind for one in found} <= {ReasonKind.POPULAR, ReasonKind.NEW_ARRIVAL}


@pytest.mark.parametrize("shape", ["set", "callable", "list", "mask"])
def test_only_what_is_in_stock(looks: LooksRecommender, shape: str) -> None:
    stock = {item for item in looks.model.items.ids if item.endswith("ivory")}
    shapes: dict[str, StockFilter] = {
        "set": stock,
        "callable": stock.__contains__,
        "list": sorted(stock),
        "mask": looks.stock_mask(stock),
    }
    found = looks.suggest(["0000-navy"], 6, in_stock=shapes[shape])
    assert len(found) == 6
    assert all(one.item_id in stock for one in found)


def test_one_ranking_is_read_for_several_parts_of_the_stock(looks: LooksRecommender) -> None:
    ids = looks.model.items.ids
    for here in (ids[::2], ids[20:24]):
        stock = looks.stock_mask(here)
        parts = [stock & looks.stock_mask(ids[at::3]) for at in range(3)]
        ranking = looks.ranking(["0000-navy"], allowed=stock)
        for part in parts:
            found = [ids[row] for row in ranking.rows(6, part)]
            marked = {ids[row] for row in part.nonzero()[0].tolist()}
            for stocked in (part, marked.__contains__):
                again = looks.candidates(["0000-navy"], 6, in_stock=stocked)
                assert found == [one.item_id for one in again]


def test_candidates_begin_with_the_suggestions_and_go_on_with_everything_else(
    looks: LooksRecommender,
) -> None:
    for room in (["0000-navy"], ["0004-navy"], []):
        every = list(looks.candidates(room, 6))
        assert tuple(every[:6]) == looks.suggest(room, 6)
        styles = [style(one.item_id) for one in every]
        assert len(set(styles)) == len(styles)
        assert set(styles) == {style(item) for item in looks.model.items.ids} - {style(item) for item in room}


def test_disliked_owned_and_excluded_items_are_not_shown(looks: LooksRecommender) -> None:
    first = looks.suggest(["0000-navy"], 4)
    refused = ShopperProfile(disliked=frozenset({first[0].item_id}), owned=frozenset({first[1].item_id}))
    again = looks.suggest(["0000-navy"], 6, shopper=refused, exclude={first[2].item_id})
    shown = {one.item_id for one in again}
    assert style(first[0].item_id) not in {style(item) for item in shown}
    assert not {first[1].item_id, first[2].item_id} & shown


def test_a_past_changes_the_ranking_of_one_request_only(looks: LooksRecommender) -> None:
    guest = looks.suggest([], 6)
    known = looks.suggest([], 6, shopper=ShopperProfile(past=("0003-navy", "0008-navy")))
    assert [one.item_id for one in known] != [one.item_id for one in guest]
    assert looks.suggest([], 6) == guest


def false_reasons(
    found: Sequence[ScoredItem],
    room: list[str],
    baskets: dict[int, set[str]],
    materials: dict[str, int],
) -> list[ScoredItem]:
    """The suggestions whose reason contradicts the data."""
    wrong = []
    for one in found:
        reason, both = one.reason, {one.item_id, one.reason.about}
        true = reason.about is None or reason.about in room
        if reason.kind is ReasonKind.BOUGHT_TOGETHER:
            true = true and sum(both <= held for held in baskets.values()) == reason.count
        if reason.kind is ReasonKind.NEW_ARRIVAL:
            true = not any(one.item_id in held for held in baskets.values())
        if reason.kind is ReasonKind.SAME_MATERIAL:
            true = true and materials[one.item_id] == materials[present(reason.about)]
        if not true or not reason_text(reason):
            wrong.append(one)
    return wrong


@pytest.fixture
def truth(tables: tuple[Items, Events]) -> tuple[dict[int, set[str]], dict[str, int]]:
    items, events = tables
    baskets: dict[int, set[str]] = {}
    for basket, item in zip(events.basket.tolist(), events.item.tolist(), strict=True):
        baskets.setdefault(basket, set()).add(items.ids[item])
    material = items.text("material")
    return baskets, dict(zip(items.ids, present(material).codes.tolist(), strict=True))


def test_reasons_are_true(looks: LooksRecommender, truth: tuple[dict[int, set[str]], dict[str, int]]) -> None:
    for room in (["0000-navy"], ["0001-navy", "0006-ivory"], ["0059-olive"]):
        assert not false_reasons(looks.suggest(room, 8), room, *truth)


def test_a_false_reason_is_caught(
    looks: LooksRecommender, truth: tuple[dict[int, set[str]], dict[str, int]]
) -> None:
    room = ["0000-navy"]
    first = looks.suggest(room, 1)[0]
    for kind in (ReasonKind.BOUGHT_TOGETHER, ReasonKind.NEW_ARRIVAL):
        assert false_reasons([first._replace(reason=Reason(kind, "0000-navy", 4711))], room, *truth)
    other = next(item for item, cloth in truth[1].items() if cloth != truth[1]["0000-navy"])
    assert false_reasons(
        [ScoredItem(other, 1.0, Reason(ReasonKind.SAME_MATERIAL, "0000-navy"))], room, *truth
    )


def test_scores_of_the_ranking_descend_and_new_arrivals_have_fixed_positions(looks: LooksRecommender) -> None:
    bare = looks.rank(["0000-navy"], 50, slot=0)
    assert len(bare) == 50
    assert all(better.score >= worse.score for better, worse in pairwise(bare))
    with_new_arrivals = looks.rank(["0000-navy"], 50)
    fresh = [at for at, one in enumerate(with_new_arrivals) if one.reason.kind is ReasonKind.NEW_ARRIVAL]
    assert fresh == [10, 19, 39]


def test_opening_twice_gives_the_same(model_folder: Path, looks: LooksRecommender) -> None:
    assert LooksRecommender.open(model_folder).suggest(["0000-navy"], 6) == looks.suggest(["0000-navy"], 6)


def test_a_share_of_short_lists_ends_with_a_new_arrival(looks: LooksRecommender) -> None:
    items = [item for item in looks.model.items.ids if item.endswith("navy")]

    def share(k: int) -> float:
        lists = [looks.suggest([item], k) for item in items]
        assert all(one.reason.kind is not ReasonKind.NEW_ARRIVAL for found in lists for one in found[: k - 1])
        return sum(found[-1].reason.kind is ReasonKind.NEW_ARRIVAL for found in lists) / len(lists)

    assert share(10) == 1
    assert 0.3 < share(5) < 0.7
    assert looks.order(items[:1], 10) == looks.order(items[:1], 50)[:10]
