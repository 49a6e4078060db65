"""Each reason is given exactly where its condition holds."""

import dataclasses

import numpy as np
import pytest

from recommender.looks.serving.reasons import Reason, ReasonKind, reason_for, reason_text, reasons_for
from tests.recommender.small_model import A_RED, B_RED, C_RED, D_RED, E_RED, JACKET, SHOES, small_model


def test_bought_together_needs_two_baskets() -> None:
    assert reason_for(small_model(), B_RED, [A_RED]) == Reason(ReasonKind.BOUGHT_TOGETHER, "a-red", 3)
    assert reason_for(small_model(), D_RED, [A_RED]).kind is not ReasonKind.BOUGHT_TOGETHER


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
