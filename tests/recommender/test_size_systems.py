"""Sizes in other countries' words and what height and weight say: the tables as they ship."""

import csv
import gzip
import io
import json
import math

import pytest

from recommender.errors import TableError
from recommender.sizes.serving.body_chart import BodyChart
from recommender.sizes.serving.size_scale import size_position
from recommender.sizes.serving.size_systems import SizeSystems, inches


@pytest.fixture(scope="module")
def systems(tree):
    return SizeSystems.read(tree / "assets" / "sizes" / "systems.json")


@pytest.fixture(scope="module")
def chart(tree):
    return BodyChart.read(tree / "assets" / "sizes" / "body.json")


@pytest.mark.parametrize(
    ("to", "size"),
    [("FR", "40"), ("IT", "44"), ("UK", "12"), ("US", "8"), ("JP", "13"), ("alpha", "S"), ("EU", "38")],
)
def test_a_womens_38_in_other_words(systems, to, size):
    assert systems.tables["women"].convert("38", "EU", to) == (size,)


def test_there_and_back_again(systems):
    for ladder in systems.tables.values():
        for of in ladder.systems:
            for to in ladder.systems:
                for row in ladder.rows:
                    assert row[of] in {
                        back
                        for there in ladder.convert(row[of], of, to)
                        for back in ladder.convert(there, to, of)
                    }


def test_rows_rise_in_every_system(systems):
    for ladder in systems.tables.values():
        for system in ladder.systems:
            rungs = [size_position(row[system])[1] for row in ladder.rows]
            assert rungs == sorted(rungs), (ladder.name, system)


def test_a_letter_may_hold_two_sizes(systems):
    assert systems.tables["women"].convert("m", "alpha", "EU") == ("40", "42")


def test_what_is_not_in_the_table_is_not_guessed(systems):
    ladder = systems.tables["women"]
    assert ladder.convert("39", "EU", "US") == ()
    assert ladder.convert("38", "MOON", "US") == ()
    assert systems.tables["men"].convert("48", "EU", "JP") == ()


def test_every_table_names_its_source(systems):
    assert all(ladder.source for ladder in systems.tables.values())
    assert "EN 13402" in systems.source


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("W32/L34", (32, 34)),
        ("w32 l34", None),
        ("32x34", (32, 34)),
        ("32/34", (32, 34)),
        ("XL", None),
        ("", None),
    ],
)
def test_waist_and_inseam(label, told):
    assert inches(label) == told


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"ladders": 1, "letters": {}}', '{"letters": {"source": 1}}', "\x00"]
)
def test_a_broken_table_is_one_clear_error(tmp_path, content):
    path = tmp_path / "t.json"
    path.write_text(content, encoding="utf-8")
    for reader in (SizeSystems, BodyChart):
        with pytest.raises(TableError, match=r"t\.json"):
            reader.read(path)


def test_taller_and_heavier_bodies_get_no_smaller_letter(chart, systems):
    for who in ("women", "men"):
        rungs = [size_position(chart.letters(who, 172, kilos, systems)[0])[1] for kilos in range(60, 95)]
        assert rungs == sorted(rungs)


@pytest.mark.parametrize(
    ("height", "weight"), [(math.nan, 60), (170, math.nan), (0, 0), (400, 60), (170, -1), (math.inf, 60)]
)
def test_bodies_that_were_not_measured_get_no_figure(chart, systems, height, weight):
    assert chart.letters("women", height, weight, systems) == ()
    assert chart.letters("nobody", 170, 60, systems) == ()


def test_it_is_said_whom_the_chart_was_measured_on(chart):
    assert "United States Army" in chart.measured_on
    assert "1,986 women and 4,082 men" in chart.measured_on


def test_the_lines_are_those_of_the_survey(chart, shared_data):
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


def test_no_row_of_the_survey_ships(tree):
    told = json.loads((tree / "assets" / "sizes" / "body.json").read_text(encoding="utf-8"))
    figures = [
        figure
        for it in told["lines"].values()
        for line in it["measures"].values()
        for figure in line.values()
    ]
    assert len(figures) == 2 * 6 * 4
