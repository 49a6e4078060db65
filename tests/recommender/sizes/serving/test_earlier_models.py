"""Models of an earlier format: `models/fit_3` was written by the version before, from 400 answers of the toy shop."""

import json
import shutil
from pathlib import Path

import pytest

from recommender.artefacts.replaced_folder import MANIFEST
from recommender.artefacts.sealed_arrays import read_sealed, write_sealed
from recommender.errors import ModelMalformedError
from recommender.sizes.serving.advisor import Body, ChoiceDoubt, FitTrial, SizeAdvisor
from recommender.sizes.serving.fit_model import KIND
from tests.recommender.fit_answers import RUN

FIT_3 = Path(__file__).parent / "models" / "fit_3"
LARGE = [FitTrial("L", "fit", "P06")]


@pytest.mark.parametrize(
    ("item", "known", "sizes", "confidence"),
    [
        ("P00", "usual", ("L", "M"), 0.173),
        ("P01", "usual", ("S", "M"), 0.245),
        ("P02", "usual", ("M", "S"), 0.345),
        ("P00", "carried", ("S", "M"), 0.625),
        ("P01", "carried", ("XS", "S"), 0.936),
        ("P00", "past", ("M", "L"), 0.339),
        ("P02", "past", ("L", "S"), 0.319),
    ],
)
def test_a_model_of_the_version_before_answers_as_it_did(
    item: str, known: str, sizes: tuple[str, ...], confidence: float
) -> None:
    more = {"usual": {"usual": "M"}, "carried": {"carried": "S"}, "past": {"past": LARGE}}[known]
    choice = SizeAdvisor.open(FIT_3).choose(item, RUN, **more)  # type: ignore[arg-type]
    assert (choice.sizes, choice.confidence) == (sizes, pytest.approx(confidence, abs=0.002))


def test_what_it_has_learned_from_is_estimated() -> None:
    advisor = SizeAdvisor.open(FIT_3)
    assert advisor.choose("P02", RUN, body=Body(166, 66)).doubt is ChoiceDoubt.NONE
    assert advisor.choose("P02", RUN, body=Body(166, 140)).doubt is ChoiceDoubt.FEW_ALIKE


@pytest.mark.parametrize("kind", ["cheval-fit-1", "cheval-fit-2", "cheval-fit-99", "cheval-looks-1"])
def test_any_other_format_is_refused_with_what_to_do(tmp_path: Path, kind: str) -> None:
    shutil.copytree(FIT_3, tmp_path / "model")
    stored = read_sealed(FIT_3, "cheval-fit-3")
    write_sealed(tmp_path / "model", kind, stored.metadata, stored.arrays)
    assert json.loads((tmp_path / "model" / MANIFEST).read_text())["kind"] == kind
    with pytest.raises(ModelMalformedError, match=f"{kind}.*{KIND}.*train it again"):
        SizeAdvisor.open(tmp_path / "model")
