"""Each reason is given exactly where its condition holds."""

import dataclasses

import numpy as np
import pytest

from recommender.inputs.baskets import baskets_of
from recommender.inputs.tables import Events, Items
from recommender.looks.serving.chance import NO_PURCHASES, PurchaseCounts
from recommender.looks.serving.model import LooksModel
from recommender.looks.serving.reasons import Reason, ReasonKind, reason_for, reason_text, reasons_for
from recommender.looks.training.build import build
from tests.recommender.quick import QUICK, silent
from tests.recommender.small_model import A_RED, B_RED, C_RED, D_RED, E_RED, JACKET, SHOES, small_model


def test_bought_together_needs_two_baskets() -> None:
    assert reason_for(small_model(), B_RED, [A_RED]) == Reason(ReasonKind.BOUGHT_TOGETHER, "a-red", 3)
    assert reason_for(small_model(), D_RED, [A_RED]).kind is not ReasonKind.BOUGHT_TOGETHER


def with_purchases(baskets: int, items: list[int], categories: float) -> LooksModel:
    """The small model, whose items and categories were bought that often."""
    chance = np.full((3, 3), categories, np.float32)
    return dataclasses.replace(
        small_model(), bought=PurchaseCounts(baskets, np.array(items, np.int32), chance)
    )


def test_what_chance_explains_is_not_said() -> None:
    """a-red and b-red were bought together in 3 baskets; shoes and jackets in 7."""
    for items, said in (
        ([5, 1, 3, 20, 2, 0], True),
        ([50, 1, 30, 20, 2, 0], False),
        ([30, 1, 10, 20, 2, 0], False),
    ):
        found = reason_for(with_purchases(100, items, 1.2), B_RED, [A_RED]).kind
        assert (found is ReasonKind.BOUGHT_TOGETHER) is said
    for chance, said in ((1.2, True), (6.9, False), (7.0, False), (11.0, False)):
        found = reason_for(with_purchases(100, [5, 1, 3, 20, 2, 0], chance), C_RED, [A_RED]).kind
        assert (found is ReasonKind.COMPLETES) is said


def test_a_model_without_counts_claims_nothing_about_baskets() -> None:
    """It was trained by an earlier version."""
    model = dataclasses.replace(small_model(), bought=NO_PURCHASES)
    kinds = {one.kind for one in reasons_for(model, [B_RED, C_RED, D_RED], [A_RED])}
    assert not kinds & {ReasonKind.BOUGHT_TOGETHER, ReasonKind.COMPLETES}


def test_no_claim_of_a_trained_model_is_below_chance(tables: tuple[Items, Events]) -> None:
    """Every pair of the toy shop, and every room of one item, against a count of the history itself."""
    items, events = tables
    model, _ = build(items, events, QUICK, silent)
    baskets = baskets_of(events)
    held = np.zeros((len(baskets), len(items)), np.bool_)
    held[np.repeat(np.arange(len(baskets)), baskets.sizes), baskets.items] = baskets.bought > 0
    codes = model.items.attributes["category"].codes
    kinds = np.stack([held[:, codes == code].any(axis=1) for code in range(codes.max() + 1)], axis=1)
    rows = model.items.sold.tolist()
    said = 0
    for room in rows[::7]:
        for row, reason in zip(rows, reasons_for(model, rows, [room]), strict=True):
            claimed = {
                ReasonKind.BOUGHT_TOGETHER: (held[:, row], held[:, room]),
                ReasonKind.COMPLETES: (kinds[:, codes[row]], kinds[:, codes[room]]),
            }.get(reason.kind)
            if claimed is not None and row != room:
                one, other = claimed
                said += 1
                assert (one & other).sum() == reason.count
                assert (one & other).sum() > one.sum() * other.sum() / len(held)
    assert said > 50


def test_a_category_that_is_not_in_the_room_completes_it_if_baskets_held_both() -> None:
    assert reason_for(small_model(), C_RED, [A_RED]) == Reason(ReasonKind.COMPLETES, "a-red", 7)
    assert reason_for(small_model(), C_RED, [B_RED]).kind is not ReasonKind.COMPLETES, (
        "four baskets are too few"
    )


def test_the_same_material_comes_before_the_same_designer() -> None:
    assert reason_for(small_model(), D_RED, [A_RED]) == Reason(ReasonKind.SAME_MATERIAL, "a-red")
    model = small_model()
    pairs = np.zeros_like(model.category_pairs)
    other = dataclasses.replace(model, category_pairs=pairs)
    assert reason_for(other, C_RED, [A_RED]) == Reason(ReasonKind.SAME_DESIGNER, "a-red")
    assert model.category_pairs[SHOES, JACKET] == 7


def test_an_item_without_another_reason_is_popular_or_in_keeping() -> None:
    assert reason_for(small_model(), C_RED, [B_RED]) == Reason(ReasonKind.POPULAR, count=20)
    assert reason_for(small_model(), B_RED, []) == Reason(ReasonKind.POPULAR, count=3)
    assert reason_for(small_model(), B_RED, [C_RED, D_RED]) == Reason(ReasonKind.IN_KEEPING, "d-red")


def test_a_stylist_and_a_new_arrival_go_before_everything() -> None:
    found = reasons_for(small_model(), [B_RED, E_RED], [A_RED], {B_RED: A_RED})
    assert found == [Reason(ReasonKind.STYLIST, "a-red"), Reason(ReasonKind.NEW_ARRIVAL)]


@pytest.mark.parametrize("kind", list(ReasonKind))
def test_every_reason_has_a_text_that_names_the_item(kind: ReasonKind) -> None:
    text = reason_text(Reason(kind, "a-red", 3), names=str.upper)
    assert text
    assert "{" not in text
    assert ("A-RED" in text) is (kind not in {ReasonKind.NEW_ARRIVAL, ReasonKind.POPULAR})


def test_a_stylists_choice_without_a_partner_has_its_own_text() -> None:
    assert reason_text(Reason(ReasonKind.STYLIST)) == "chosen by our stylist"
