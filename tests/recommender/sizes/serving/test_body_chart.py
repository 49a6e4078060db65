"""Estimates from height and weight: the chart as it ships."""

import csv
import gzip
import io
import json
import math
from pathlib import Path

import pytest

from recommender.sizes.serving.body_chart import BodyChart
from recommender.sizes.serving.size_scale import size_position
from recommender.sizes.serving.size_systems import SizeSystems


def test_taller_and_heavier_bodies_get_no_smaller_letter(chart: BodyChart, systems: SizeSystems) -> None:
    for who in ("women", "men"):
        rungs = [size_position(chart.letters(who, 172, kilos, systems)[0])[1] for kilos in range(60, 95)]
        assert rungs == sorted(rungs)


@pytest.mark.parametrize(
    ("height", "weight"), [(math.nan, 60), (170, math.nan), (0, 0), (400, 60), (170, -1), (math.inf, 60)]
)
def test_bodies_that_were_not_measured_get_no_figure(
    chart: BodyChart, systems: SizeSystems, height: float | int, weight: float | int
) -> None:
    assert chart.letters("women", height, weight, systems) == ()
    assert chart.letters("nobody", 170, 60, systems) == ()


def test_the_population_of_the_survey_is_stated(chart: BodyChart) -> None:
    assert "United States Army" in chart.measured_on
    assert "1,986 women and 4,082 men" in chart.measured_on


def test_the_lines_are_those_of_the_survey(chart: BodyChart, shared_data: Path) -> None:
    for who, name in (("women", "FEMALE"), ("men", "MALE")):
        packed = (shared_data / "body" / f"ANSUR_II_{name}_Public.csv.gz").read_bytes()
        rows = list(csv.DictReader(io.StringIO(gzip.decompress(packed).decode("latin-1"))))
        assert len(rows) == {"women": 1986, "men": 4082}[who]
        line = chart.groups[who].lines["chest"]
        off = [
            float(row["chestcircumference"]) / 10
            - line.at(float(row["stature"]) / 10, float(row["weightkg"]) / 10)
            for row in rows
        ]
        assert abs(sum(off) / len(off)) < 0.1
        assert math.isclose(math.sqrt(sum(o * o for o in off) / len(off)), line.spread, abs_tol=0.05)


def test_no_row_of_the_survey_ships(tree: Path) -> None:
    told = json.loads((tree / "assets" / "sizes" / "body.json").read_text(encoding="utf-8"))
    figures = [
        figure
        for it in told["lines"].values()
        for line in it["measures"].values()
        for figure in line.values()
    ]
    assert len(figures) == 2 * 6 * 4
