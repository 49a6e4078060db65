"""Arrays of a sizes model that do not belong together are refused when the model is read, not by a request."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.artefacts.sealed_arrays import read_sealed
from recommender.errors import ModelError, ModelMalformedError
from recommender.sizes.serving.advisor import Body, FitTrial, SizeAdvisor
from recommender.sizes.serving.body_knowledge import KNOWLEDGE_STATES
from recommender.sizes.serving.fit_counts import FitCounts
from recommender.sizes.serving.fit_layout import LAYOUTS, layout_mistake
from recommender.sizes.serving.fit_model import KIND, FitModel, model_of
from recommender.sizes.serving.fit_table import FitAnswers, read_fits
from recommender.sizes.serving.size_choice import CHOICE_COLUMNS
from tests.recommender.fit_answers import RUN

Arrays = dict[str, dict[str, Any]]
NAMES = [(file, name) for file, layouts in LAYOUTS.items() for name in layouts]


@pytest.fixture(scope="module")
def arrays(six_thousand: Path) -> Arrays:
    return read_sealed(six_thousand, KIND).arrays


def changed(arrays: Arrays, file: str, name: str, array: Any) -> Arrays:
    return {**arrays, file: {**arrays[file], name: array}}


def huge(array: Any) -> Any:
    return np.full_like(
        array, np.finfo(array.dtype).max if array.dtype.kind == "f" else np.iinfo(array.dtype).max
    )


def numbers(array: Any) -> bool:
    return array.dtype.kind in "fiu" and array.size > 0


ALWAYS_REFUSED: dict[str, Callable[[Any], Any]] = {
    "one axis more": lambda array: array[None],
    "another type": lambda array: array.astype("S" if array.dtype.kind == "U" else "U8"),
    "complex": lambda array: array.astype(complex) if numbers(array) else array[None],
    "NaN": lambda array: array.astype(float) * np.nan if numbers(array) else array[None],
    "huge": lambda array: huge(array) if numbers(array) and array.dtype.kind != "u" else array[None],
}


def test_a_model_as_it_was_written_has_no_mistake(arrays: Arrays) -> None:
    assert set(arrays) == set(LAYOUTS)
    assert {(file, name) for file, found in arrays.items() for name in found} == set(NAMES), (
        "every array is stated"
    )
    assert layout_mistake(arrays) == ""


# where unknown numbers are bounded by what follows: nodes and starts by the trees' own check, bodies by none
BOUNDED_ELSEWHERE = {"feature", "left", "right", "root", "start", "bodies"}


@pytest.mark.parametrize("change", ALWAYS_REFUSED)
@pytest.mark.parametrize(("file", "name"), NAMES)
def test_an_array_of_another_kind_is_refused(arrays: Arrays, file: str, name: str, change: str) -> None:
    wrong = changed(arrays, file, name, ALWAYS_REFUSED[change](arrays[file][name]))
    assert layout_mistake(wrong) or (change == "huge" and name in BOUNDED_ELSEWHERE)
    if not (change == "huge" and name == "bodies"):
        with pytest.raises(ModelError, match="its tables do not match"):
            opened(wrong)


def opened(arrays: Arrays) -> FitModel:
    return model_of(arrays, Path("model"))


def other_lengths(array: Any) -> Iterator[Any]:
    for axis in range(array.ndim):
        yield np.delete(array, -1, axis) if array.shape[axis] else array[None]
        yield np.concatenate([array, array.take([-1], axis)], axis) if array.shape[axis] else array[None]
        yield array.take([], axis)


def test_a_choice_of_other_columns_is_refused(arrays: Arrays) -> None:
    """Its weights are multiplied with each request's features, and no other array has as many."""
    for columns in (CHOICE_COLUMNS - 1, CHOICE_COLUMNS + 1):
        wrong = changed(arrays, "choice", "weights", np.zeros((len(KNOWLEDGE_STATES), columns)))
        assert "choice.npz: weights has the shape" in layout_mistake(wrong)


@pytest.mark.full
@pytest.mark.timeout(900)
def test_an_array_of_another_length_is_refused_or_harmless(arrays: Arrays, six_thousand: Path) -> None:
    """Two lengths are free: the rounds of boosting, and the values of a column that this shop does not have."""
    answers = read_fits(six_thousand.parent / "fits.parquet", answered=True).where(np.arange(40))
    refused = 0
    for file, name in NAMES:
        for array in other_lengths(arrays[file][name]):
            try:
                wrong = changed(arrays, file, name, array)
                model, counts = opened(wrong), FitCounts.of(wrong["rates"], Path("model"))
            except ModelMalformedError:
                refused += 1
                continue
            assert_usable(model, counts, answers)
    assert refused > 100


def assert_usable(model: FitModel, counts: FitCounts, answers: FitAnswers) -> None:
    advisor = SizeAdvisor(model, counts)
    assert np.allclose(model.predict(answers).sum(axis=1), 1.0)
    for item in ("P00", "unknown"):
        for choice in (
            advisor.choose(item, RUN),
            advisor.choose(item, RUN, carried="S", body=Body(168, 140)),
            advisor.choose(item, RUN, past=[FitTrial("L", "fit", "P06")]),
        ):
            assert 0 <= choice.confidence <= 1


def test_planted_fault_a_shorter_table_is_found_by_a_request_if_it_is_not_checked(arrays: Arrays) -> None:
    """Planted fault: the spread of the last scale is missing, which numpy notices when that scale is asked for."""
    spread = arrays["shares"]["spread"]
    with pytest.raises(IndexError):
        spread[:-1][len(spread) - 1]
    with pytest.raises(ModelMalformedError, match=r"shares.npz: spread has the shape \(11,\), not \(12,\)"):
        model_of(changed(arrays, "shares", "spread", spread[:-1]), Path("model"))


@pytest.mark.parametrize(
    ("file", "name"), [("choice", "category"), ("history", "category"), ("history", "scale")]
)
def test_a_code_that_names_nothing_is_refused(arrays: Arrays, file: str, name: str) -> None:
    with pytest.raises(ModelMalformedError, match="holds a number that is not in"):
        model_of(changed(arrays, file, name, arrays[file][name] + 50), Path("model"))


def test_a_deviation_of_zero_is_refused(arrays: Arrays) -> None:
    scale = arrays["shares"]["scale"] * [[1], [0]]
    with pytest.raises(ModelMalformedError, match="a deviation of 0"):
        model_of(changed(arrays, "shares", "scale", scale), Path("model"))
