"""Reading of fit answers: invalid values, gaps and unusual types."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.errors import TableError
from recommender.sizes.serving.fit_table import BODY, read_fits


def written(tmp_path: Path, **columns: Sequence[object]) -> Path:
    path = tmp_path / "fits.parquet"
    pq.write_table(pa.table(columns), path)
    return path


SAME_SIZES: list[list[object]] = [[8, 10], [8.0, 10.0], ["8", "10"], ["8.0", " 10 "]]


def test_sizes_are_equal_as_numbers_and_as_text(tmp_path: Path) -> None:
    read = [
        read_fits(written(tmp_path, item_id=[1, 2], size=sizes), answered=False).size.tolist()
        for sizes in SAME_SIZES
    ]
    assert read == [["8", "10"]] * 4


def test_invalid_measures_are_unknown(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        item_id=["a"] * 4,
        size=["M"] * 4,
        age=[116.0, 34.0, float("nan"), None],
        height_in=[0.0, 65.0, 900.0, None],
        weight_lbs=["heavy", "140", None, "-3"],
    )
    body = read_fits(path, answered=False).body
    assert np.isnan(body[[0, 2, 3]]).all()
    row = dict(zip(BODY, body[1], strict=True))
    assert (row["age"], row["height_in"], row["weight_lbs"]) == (34.0, 65.0, 140.0)


def test_every_missing_column_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, user_id=["u"])
    with pytest.raises(TableError) as found:
        read_fits(path, answered=True)
    assert found.value.mistakes == ("no column item_id", "no column size", "no column fit")


def test_missing_optional_columns_are_noted(tmp_path: Path) -> None:
    notices = read_fits(written(tmp_path, item_id=["a"], size=["M"]), answered=False).notices
    assert any("height_in" in notice for notice in notices)
    assert any("user_id" in notice for notice in notices)


def test_a_question_may_lack_any_column(tmp_path: Path) -> None:
    batch = read_fits(written(tmp_path, height_in=[65.0, None]), answered=False)
    assert len(batch) == 2
    assert any("no column size" in notice for notice in batch.notices)


def test_rows_without_an_answer_are_left_out_for_training_only(tmp_path: Path) -> None:
    path = written(tmp_path, item_id=["a", "b", None], size=["M", "L", "S"], fit=["fit", "fits well", "fit"])
    learned = read_fits(path, answered=True)
    assert learned.item.tolist() == ["a"]
    assert "2 rows" in learned.notices[-1]
    assert len(read_fits(path, answered=False)) == 3


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "fits.parquet"
    broken.write_bytes(b"PAR1 but not really")
    with pytest.raises(TableError):
        read_fits(broken, answered=True)


def test_ratings_given_after_the_trial_are_not_read(tmp_path: Path) -> None:
    told: dict[str, list[object]] = {"item_id": ["a", "a"], "size": ["M", "M"], "fit": ["fit", "small"]}
    plain = read_fits(written(tmp_path, **told), answered=True)
    rated = read_fits(written(tmp_path, **told, rating=[10.0, 2.0], recommend=[1, 0]), answered=True)
    for name in ("body", "fit", "at"):
        assert np.array_equal(getattr(plain, name), getattr(rated, name), equal_nan=True)
