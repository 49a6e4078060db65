"""A model trained with Spark: the same files, published and served like any other.

The tests of serving run on it as well (see `tests/recommender/looks/serving/test_looks.py`). What Spark counts is
compared with memory in `tests/recommender/looks/signals/test_co_purchase_spark.py`, its recall with that of the single
machine in `tests/bench/looks/test_bench_spark.py`.
"""

from pathlib import Path

import pytest

from recommender.looks.pipeline.publish import publish
from recommender.looks.serving import artefact
from recommender.looks.serving.model_reloader import ModelReloader, ModelSource

pytestmark = [pytest.mark.full, pytest.mark.timeout(3600)]


def test_the_model_is_published_and_served_like_any_other(spark_model_folder: Path, tmp_path: Path) -> None:
    version = publish(spark_model_folder, tmp_path / "served", None)
    advice = ModelReloader(tmp_path / "served")
    assert advice.source is ModelSource.SERVED
    assert advice.version == version
    metadata = artefact.read(spark_model_folder).metadata
    assert metadata["learned_with"] == "Spark"
    assert metadata["sampled_baskets"] == metadata["baskets"]
    singles = ("popularity", "learned", "item factors", "co-purchase", "EASE")
    best = max(metadata["choice"][name]["at_10"] for name in singles)
    assert metadata["choice"][metadata["chosen"]]["at_10"] >= best
    assert metadata["chosen"] in (spark_model_folder / "MODEL_CARD.md").read_text()
