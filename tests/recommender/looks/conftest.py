"""A model of the toy shop trained with Spark; its tests are skipped without pyspark or Java."""

from pathlib import Path

import pytest

from tests.recommender.train_spark import ABSENT, WHY_ABSENT, train_spark


@pytest.fixture(scope="session")
def spark_model_folder(shop: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    if ABSENT:
        pytest.skip(WHY_ABSENT)
    folder = tmp_path_factory.mktemp("spark") / "looks"
    return train_spark(*shop, folder, "--rank", "16", "--rounds", "5")
