"""Body measures as people write them, in every unit, and what is left out with its number."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.sizes.serving.body_measures import HEIGHT, MEASURES, WEIGHT, Reading
from recommender.sizes.serving.fit_table import BODY, FitAnswers, read_fits

INCHES, POUNDS = 167.64 / 2.54, 62 / 0.45359237


@pytest.mark.parametrize(
    ("column", "value", "inches"),
    [
        *(("height_in", value, 66.0) for value in (
            66, 66.0, "66", " 66 ", "66.0", "66,0", '66"', "66 in", "66 inches", "66in.", "5' 6\"", "5'6", "5'6''",
            "5’6”", "5′ 6″", "5 ft 6 in", "5ft6", "5 ft. 6 in.", "5 feet 6 inches", "5 foot 6", "5'-6\"", "5' 6.0\"",
            "6.6e1",
        )),
        *(("height_in", value, INCHES) for value in (
            167.64, "167.64", "167,64", "167.64 cm", "167.64cm", "1.6764 m", "1,6764m", 1.6764,
        )),
        *(("height_cm", value, INCHES) for value in (167.64, "167.64", "167.64 cm", "1.6764", "5' 6\"", 66, '66"')),
        *(("height", value, 66.0) for value in ("5' 6\"", "66", "167.64 cm")),
        ("height_in", "6'", 72.0),
        ("height_in", "5' 11 1", None),
        *(("height_in", value, None) for value in (
            0, -66, 900, 5.6, "5.6", "5,6", "5'13\"", "5'66", "tall", "66 kg", "1 68", float("inf"), True, "66-68", "٥",
        )),
    ],
)  # fmt: skip
def test_heights(column: str, value: object, inches: float | None) -> None:
    found, how = HEIGHT.read(value, column)
    if inches is None:
        assert (np.isnan(found), how) == (True, Reading.IMPLAUSIBLE)
    else:
        assert found == pytest.approx(inches, abs=1e-9)


@pytest.mark.parametrize(
    ("column", "value", "pounds"),
    [
        *(("weight_lbs", value, 137.0) for value in (137, "137", "137lbs", "137 lb", "137 lbs.", "137 pounds",
                                                      "9 st 11", "9st 11lb", "9 stone 11 pounds")),
        *(("weight_lbs", value, POUNDS) for value in ("62 kg", "62kg", "62,0 kgs", "62 kilos")),
        *(("weight_kg", value, POUNDS) for value in (62, "62", "62,0", "62kg")),
        ("weight_kg", "137 lbs", 137.0),
        ("weight", "137lbs", 137.0),
        ("weight", "62 kg", POUNDS),
        # pounds and kilograms cannot be told apart by their size
        ("weight_lbs", 100, 100.0),
        ("weight_kg", 100, 100 / 0.45359237),
        *((column, value, None) for column, value in (
            ("weight", 137), ("weight", "137"), ("weight_lbs", 62), ("weight_kg", 500), ("weight_lbs", "9 st 15"),
            ("weight_lbs", "heavy"), ("weight_lbs", "66 in"), ("weight_kg", 0),
        )),
    ],
)  # fmt: skip
def test_weights(column: str, value: object, pounds: float | None) -> None:
    found, how = WEIGHT.read(value, column)
    if pounds is None:
        assert (np.isnan(found), how) == (True, Reading.IMPLAUSIBLE)
    else:
        assert (found, how) == (pytest.approx(pounds), Reading.READ)


@given(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans()))
def test_any_value_of_any_column_is_plausible_or_unknown(value: object) -> None:
    for measure in MEASURES.values():
        for column in measure.columns:
            found, how = measure.read(value, column)
            read = how in (Reading.READ, Reading.OTHER_UNIT)
            assert read == (measure.low <= found <= measure.high)


@given(st.floats(122.0, 218.0))
def test_a_height_is_the_same_in_every_unit_and_column(cm: float) -> None:
    written = (cm, f"{cm:.6f}", f"{cm:.6f} cm", f"{cm / 2.54:.6f} in", f"{cm / 100:.8f} m")
    for column in HEIGHT.columns:
        for value in written:
            assert HEIGHT.read(value, column)[0] == pytest.approx(cm / 2.54, abs=1e-4)


def read(tmp_path: Path, **columns: Sequence[Any]) -> FitAnswers:
    rows = len(next(iter(columns.values())))
    given = {"item_id": ["a"] * rows, "size": ["M"] * rows, **columns}
    pq.write_table(pa.table(given), tmp_path / "fits.parquet")
    return read_fits(tmp_path / "fits.parquet", answered=False, now=1_790_000_000)


def of(fits: FitAnswers, name: str) -> list[float]:
    column: list[float] = fits.body[:, BODY.index(name)].tolist()
    return column


def noted(fits: FitAnswers) -> list[str]:
    return [note for note in fits.notices if "no column" not in note]


def test_what_is_left_out_is_noted_with_its_number(tmp_path: Path) -> None:
    fits = read(
        tmp_path,
        height_in=["66", "168", "5' 6\"", "900", "", None, "tall"],
        weight_lbs=[137, 5, 62, None, 1, 2, 3],
    )
    assert noted(fits) == [
        "fits.parquet: 5 of 6 values of weight_lbs are implausible, or no measure, and are left out",
        "fits.parquet: 2 of 5 values of height_in are implausible, or no measure, and are left out",
        "fits.parquet: 1 of 5 values of height_in are written in another unit than the column's and were read as that",
    ]
    assert of(fits, "height_in")[1] == pytest.approx(168 / 2.54)


def test_unstated_values_are_no_mistakes(tmp_path: Path) -> None:
    empty = [None, "", "nan", "None", "null", "-", "n/a"]
    assert noted(read(tmp_path, height_in=empty, weight_kg=empty, age=empty, bust_size_letter=empty)) == []


def test_metric_columns_fill_the_gaps_of_the_others(tmp_path: Path) -> None:
    fits = read(tmp_path, height_in=[66.0, None], height_cm=[180.0, 180.0], weight_kg=[62.0, None])
    assert of(fits, "height_in") == [66.0, pytest.approx(180 / 2.54)]
    assert of(fits, "weight_lbs")[0] == pytest.approx(POUNDS)
    assert not [note for note in fits.notices if "height" in note or "weight" in note], "no column is missing"


def test_a_bra_size_in_one_column(tmp_path: Path) -> None:
    fits = read(tmp_path, bust_size=["34d", "36 DD", "34", "ddd", "32a+", "75B", None])
    assert of(fits, "bust_size_num")[:3] == [34.0, 36.0, 34.0]
    assert of(fits, "bust_size_letter")[:2] == [4.0, 6.0]
    # the European band is not plausible as one of the United States, and not guessed
    assert np.isnan(of(fits, "bust_size_num")[5])
    assert any("1 of 5 values of bust_size_num" in note for note in fits.notices)
    assert not any("no column bust" in note for note in fits.notices)


@pytest.mark.parametrize(
    "column", ["height_in", "height_cm", "height", "weight_lbs", "weight_kg", "weight", "age", "bust_size_num",
               "bust_size_letter", "bust_size", "review_date"],
)  # fmt: skip
def test_no_column_is_dropped_without_a_note(tmp_path: Path, column: str) -> None:
    """The kind: nothing that can be written in a column is lost in silence, and no value stands in a note."""
    for values in (["secret words"] * 3, [-987654.0] * 3, [[1.0, 2.0]] * 3):
        fits = read(tmp_path, **{column: values})
        assert np.isnan(fits.body).all()
        assert any("3 of 3 values" in note for note in fits.notices), (column, values)
        assert not any("secret" in note or "98765" in note for note in fits.notices)


def test_dates_that_cannot_be_are_unknown_and_noted(tmp_path: Path) -> None:
    written = [
        "2016-04-20",
        "April 20, 2016",
        "2099-01-01",
        "9999-12-31",
        "0001-01-01",
        "-5",
        "20160420",
        None,
        "",
    ]
    fits = read(tmp_path, review_date=written)
    assert (fits.at > 0).tolist() == [True] + [False] * 8
    (note,) = noted(fits)
    assert "6 of 9 values of review_date" in note
