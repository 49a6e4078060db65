"""The size tables and the body chart as they ship."""

from pathlib import Path

import pytest

from recommender.sizes.serving.body_chart import BodyChart
from recommender.sizes.serving.size_systems import SizeSystems


@pytest.fixture(scope="module")
def systems(tree: Path) -> SizeSystems:
    return SizeSystems.read(tree / "assets" / "sizes" / "systems.json")


@pytest.fixture(scope="module")
def chart(tree: Path) -> BodyChart:
    return BodyChart.read(tree / "assets" / "sizes" / "body.json")
