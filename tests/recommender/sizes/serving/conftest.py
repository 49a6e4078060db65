"""The size tables and the body chart as they ship."""

import pytest

from recommender.sizes.serving.body_chart import BodyChart
from recommender.sizes.serving.size_systems import SizeSystems


@pytest.fixture(scope="module")
def systems(tree):
    return SizeSystems.read(tree / "assets" / "sizes" / "systems.json")


@pytest.fixture(scope="module")
def chart(tree):
    return BodyChart.read(tree / "assets" / "sizes" / "body.json")
