"""Labels of other countries and the body chart, with the tables that are shipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.fit_feedback import BodyFacts, SizeLabel
from kiosk.core.domain.ids import ShopperId
from kiosk.core.domain.shopper import CategorySize
from kiosk.demo.invented_shop.sizes import SIZES
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.customers.customers import Customer

WOMEN, MEN, ALPHA = SIZES["eu-women"], SIZES["eu-men"], SIZES["alpha"]


@pytest.fixture(scope="module")
def tables() -> SizeTables:
    return SizeTables.shipped()


def member(**sizes: str) -> Customer:
    worn = tuple(CategorySize(kind.replace("_", "-"), size) for kind, size in sizes.items())
    return Customer(ShopperId("c"), "Ada", "en", worn, (), "")


def test_a_womens_38_has_a_label_in_each_country(tables: SizeTables) -> None:
    labels = {one.system: one.label for one in tables.labels("eu-women", WOMEN) if one.size == "38"}
    assert labels == {"FR": "40", "IT": "44", "UK": "12", "US": "8", "JP": "13"}


def test_american_sizes_have_european_labels(tables: SizeTables) -> None:
    assert SizeLabel("8", "EU", "38") in tables.labels("us-women", ("6", "8", "10"))


@pytest.mark.parametrize("system", ["", "alpha", "one-size", "sys-shirts", "eu-hats", "moon-women"])
def test_without_a_table_or_if_two_disagree_there_is_no_label(tables: SizeTables, system: str) -> None:
    assert tables.labels(system, ("S", "M", "38", "one")) == ()
    assert [run.system for run in tables.runs(system, ("S", "M"))] == [""]


def test_unisex_shoes_have_labels_if_both_tables_agree(tables: SizeTables) -> None:
    run = SIZES["eu-shoes"]
    systems = {one.system for one in tables.labels("eu-shoes", run) if one.size == "40"}
    assert "US" not in systems, "women's and men's sizes differ there"
    women = {one.system: one.label for one in tables.labels("eu-shoes", run[:4]) if one.size == "37"}
    assert "US" in women


def test_a_label_that_fits_is_found_in_the_run(tables: SizeTables) -> None:
    told = BodyFacts(kind="eu-women", system="FR", size="40")
    assert tables.size_for_label(told, ("eu-women", WOMEN)) == "38"
    assert tables.size_for_label(told, ("alpha", ALPHA)) == "S"
    assert tables.size_for_label(told, ("eu-shoes", SIZES["eu-shoes"])) == ""
    assert tables.size_for_label(BodyFacts(kind="alpha", size="M"), ("alpha", ALPHA)) == "M"
    assert tables.size_for_label(BodyFacts(kind="alpha", size="XXXL"), ("alpha", ALPHA)) == ""


def test_a_usual_size_of_another_country_is_converted(tables: SizeTables) -> None:
    assert tables.usual(member(us_women="8"), "coats", ("eu-women", WOMEN)) == "38"
    assert tables.usual(member(coats="40", us_women="8"), "coats", ("eu-women", WOMEN)) == "40"
    assert tables.usual(member(us_shoes="8"), "coats", ("eu-women", WOMEN)) == ""
    assert tables.usual(None, "coats", ("eu-women", WOMEN)) == ""


@pytest.mark.parametrize(("system", "run"), [("eu-women", WOMEN), ("eu-men", MEN), ("alpha", ALPHA)])
def test_heavier_bodies_get_no_smaller_size(tables: SizeTables, system: str, run: tuple[str, ...]) -> None:
    best = []
    for kilos in range(58, 96, 2):
        probabilities = tables.probabilities((system, run), BodyFacts(height_cm=172, weight_kg=kilos))
        assert sum(probabilities) == pytest.approx(1.0)
        best.append(probabilities.index(max(probabilities)))
    assert best == sorted(best)
    assert best[0] < best[-1]


RUNS = {
    **SIZES,
    "us-women": ("2", "6", "10", "14"),
    "it-men": ("44", "48", "52", "56", "60"),
    "us-shoes": ("6", "8", "10"),
}


@given(
    system=st.sampled_from(sorted(RUNS)),
    height=st.floats(120, 220),
    weights=st.tuples(st.floats(30, 200), st.floats(30, 200)),
)
def test_no_heavier_body_gets_a_smaller_size_in_any_system(
    tables: SizeTables, system: str, height: float, weights: tuple[float, float]
) -> None:
    light, heavy = (
        tables.probabilities((system, RUNS[system]), BodyFacts(height_cm=height, weight_kg=kilos))
        for kilos in sorted(weights)
    )
    if light and heavy:
        assert light.index(max(light)) <= heavy.index(max(heavy))


def test_taller_shoppers_get_longer_shoes(tables: SizeTables) -> None:
    run = SIZES["eu-shoes"][:7]
    short, tall = (
        tables.probabilities(("eu-shoes", run), BodyFacts(height_cm=h, weight_kg=62)) for h in (155, 178)
    )
    assert short.index(max(short)) < tall.index(max(tall))


@pytest.mark.parametrize(
    "told",
    [BodyFacts(), BodyFacts(height_cm=400, weight_kg=60), BodyFacts(height_cm=170, weight_kg=float("nan"))],
)
def test_bodies_outside_the_chart_get_no_advice(tables: SizeTables, told: BodyFacts) -> None:
    assert tables.probabilities(("eu-women", WOMEN), told) == ()
    assert tables.probabilities(("one-size", ("one",)), BodyFacts(height_cm=170, weight_kg=60)) == ()


def test_without_tables_only_the_shops_own_sizes_are_shown(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "systems.json").write_text("[]", "utf-8")
    bare = SizeTables.shipped(tmp_path)
    assert "own size system only" in caplog.text
    assert bare.labels("eu-women", WOMEN) == ()
    assert bare.probabilities(("eu-women", WOMEN), BodyFacts(height_cm=170, weight_kg=60)) == ()
    assert bare.usual(member(coats="38"), "coats", ("eu-women", WOMEN)) == "38"


def test_a_run_for_other_bodies_is_told_apart(tables: SizeTables) -> None:
    small, tall = BodyFacts(height_cm=160, weight_kg=50), BodyFacts(height_cm=175, weight_kg=92)
    assert tables.in_run(("eu-women", ("44", "46", "48")), small) < 0.1
    assert tables.in_run(("eu-women", ("32", "34")), tall) < 0.1
    assert tables.in_run(("eu-women", WOMEN), small) > 0.5
    assert tables.in_run(("waist", ("W30", "W31")), small) == 0
    assert tables.in_run(("eu-women", WOMEN), BodyFacts()) == 0
