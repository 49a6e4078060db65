"""Required figures on the real baskets of a large retailer. The data stay in the shared folder; without them
these tests are skipped.

R@10 of the model must be 1.12 times that of co-purchase neighbours, and so on: ratios of one run.
"""

from pathlib import Path

import numpy as np
import pytest

from recommender.looks.evaluation.evaluate import LooksEvaluation

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data" / "fashion"
pytestmark = [
    pytest.mark.full,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared fashion data is not on this machine"),
]


@pytest.fixture(scope="module")
def evaluation() -> LooksEvaluation:
    import pyarrow as pa
    import pyarrow.compute as compute
    import pyarrow.parquet as pq

    from recommender.inputs.catalogue import items_from
    from recommender.inputs.history import events_from
    from recommender.looks.evaluation.evaluate import evaluate
    from recommender.looks.training.hyperparameters import Hyperparameters

    articles = pq.read_table(SHARED / "articles.parquet")
    words = [
        name for name in articles.column_names if str(articles.schema.field(name).type).endswith("string")
    ]
    items = items_from(
        pa.table(
            {
                "item_id": articles["article_id"],
                "style_id": compute.cast(articles["product_code"], pa.string()),
                **{name: articles[name] for name in words if name != "article_id"},
            }
        )
    )
    sold = pq.read_table(SHARED / "transactions_6days.parquet")
    shopper = compute.cast(sold["customer_id"], pa.string())
    events = events_from(
        pa.table(
            {
                "basket_id": compute.binary_join_element_wise(
                    shopper, compute.cast(sold["t_dat"], pa.string()), "|"
                ),
                "shopper_id": shopper,
                "item_id": sold["article_id"],
                "at": sold["t_dat"],
                "kind": pa.array(np.repeat("purchase", sold.num_rows)),
                "channel": compute.cast(sold["sales_channel_id"], pa.string()),
            }
        ),
        items,
    )
    return evaluate(items, events, Hyperparameters(max_cases=8000), lambda *_: None)


def test_the_model_beats_counting_and_popularity(evaluation: LooksEvaluation) -> None:
    model, pairs, popular = (evaluation.recall(name) for name in ("model", "co-purchase", "popularity"))
    print(f"\nR@10 {model.at_10 / pairs.at_10:.3f} x, R@50 {model.at_50 / pairs.at_50:.3f} x co-purchase")
    assert model.at_10 >= 1.12 * pairs.at_10
    assert model.at_50 >= 1.14 * pairs.at_50
    assert model.at_10 >= 6.5 * popular.at_10
    assert evaluation.difference("model", "co-purchase", 10).low > 0


def test_complements_are_found_at_least_as_often(evaluation: LooksEvaluation) -> None:
    model, pairs = evaluation.recall("model"), evaluation.recall("co-purchase")
    assert model.complement_at_10 >= 1.05 * pairs.complement_at_10


def test_new_arrivals_have_their_place(evaluation: LooksEvaluation) -> None:
    assert evaluation.unseen_at_50("model") > 0.015
    assert evaluation.recall("model").at_10 >= 0.96 * evaluation.recall("model, no arrivals").at_10
