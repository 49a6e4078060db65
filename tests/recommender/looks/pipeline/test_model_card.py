"""The model card: coverage, and its tables."""

from recommender.looks.pipeline.model_card import catalogue_coverage, evaluation_section, model_card
from recommender.looks.serving.size_coverage import SizeBandShare
from tests.recommender.small_model import small_model

METADATA = {
    "catalogue": "0123456789abcdef",
    "items": 6,
    "sold": 5,
    "events": 0,
    "chosen": "learned",
    "choice": {
        "learned": {"at_10": 0.2, "at_50": 0.4, "complement_at_10": 0.1},
        "popularity": {"at_10": 0.1, "at_50": 0.3, "complement_at_10": 0.05},
    },
    "intervals": {"learned": [0.15, 0.25]},
}


def test_a_model_that_ranks_every_item_covers_the_catalogue() -> None:
    assert catalogue_coverage(small_model()) == 1


def test_methods_stand_in_ascending_order_with_their_intervals() -> None:
    card = model_card(METADATA, 0.5, (SizeBandShare("large", 0.25, 0.5),))
    assert card.index("| popularity | 0.1000 |") < card.index("| learned | 0.2000 [0.1500, 0.2500] |")
    assert "| large | 25% | 50% |" in card
    assert "Catalogue 0123456789ab…: 6 items, 5 of them" in card
    assert "{" not in card
    assert "has no sizes" in model_card(METADATA, 0.5)


def test_the_evaluation_states_what_it_was_compared_with() -> None:
    methods = {"model": {"at_10": 0.3, "at_50": 0.4, "complement_at_10": 0.2, "unseen_at_50": 0.0}}
    text = evaluation_section(
        {"methods": methods, "questions": 30, "best_single": "EASE", "gain_at_10": [0.1, 0.05, 0.15]}
    )
    assert "EASE" in text
    assert "+0.1000 [+0.0500, +0.1500]" in text
    assert "published before" not in text
    assert "not known" in evaluation_section({})
