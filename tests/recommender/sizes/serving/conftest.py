"""The size tables and the body chart as they ship, and a model of the toy shop."""

import subprocess
import sys
from pathlib import Path

import pytest

from recommender.sizes.serving.advisor import SizeAdvisor
from recommender.sizes.serving.body_chart import BodyChart
from recommender.sizes.serving.size_systems import SizeSystems
from tests.recommender import fit_answers


@pytest.fixture(scope="module")
def systems(tree: Path) -> SizeSystems:
    return SizeSystems.read(tree / "assets" / "sizes" / "systems.json")


@pytest.fixture(scope="module")
def chart(tree: Path) -> BodyChart:
    return BodyChart.read(tree / "assets" / "sizes" / "body.json")


@pytest.fixture(scope="session")
def six_thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model of 6,000 answers: enough for trees."""
    folder = tmp_path_factory.mktemp("sizes")
    fits = fit_answers.write(folder / "fits.parquet", fit_answers.draw(6000))
    asked = [
        sys.executable,
        "-m",
        "recommender",
        "train-fit",
        "--fits",
        str(fits),
        "--out",
        str(folder / "model"),
    ]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "model"


@pytest.fixture(scope="session")
def folder(six_thousand: Path) -> Path:
    return six_thousand


@pytest.fixture(scope="session")
def advisor(folder: Path) -> SizeAdvisor:
    return SizeAdvisor.open(folder)
