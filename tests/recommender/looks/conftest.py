"""A model of the toy shop trained with Spark; its tests are skipped without pyspark or Java."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def train_spark() -> Callable[..., Path]:
    """A function that runs `train-spark` in a process of its own, so that the JVM ends with it."""
    if find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("pyspark (extra 'spark') or Java 17 is not installed")

    def train(items: Path, events: Path, out: Path, rank: int = 16) -> Path:
        words = ["-m", "recommender", "train-spark", "--catalogue", items, "--events", events, "--out", out]
        done = subprocess.run(
            [sys.executable, *map(str, words), "--rank", str(rank), "--memory", "1g"],
            capture_output=True,
            text=True,
            check=False,
            timeout=500,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return out

    return train


@pytest.fixture(scope="session")
def spark_model_folder(
    train_spark: Callable[..., Path], shop: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    return train_spark(*shop, tmp_path_factory.mktemp("spark") / "looks")
