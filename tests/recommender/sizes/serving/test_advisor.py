"""Size advice from the product's offset, the usual size, the body, and answers in the room."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.errors import ModelError
from recommender.sizes.serving.advisor import (
    Body,
    FitTendency,
    FitTrial,
    FollowUpQuestion,
    SizeAdvisor,
)
from recommender.sizes.serving.body_chart import BodyChart
from recommender.sizes.serving.body_knowledge import KNOWLEDGE_STATES
from recommender.sizes.serving.fit_table import read_fits
from recommender.sizes.training.make import build
from tests.recommender import fit_answers
from tests.recommender.fit_answers import RUN, RUNS_LARGE, RUNS_SMALL, TRUE
from tests.recommender.quick import silent


def test_the_tendency_of_each_product_is_found(advisor: SizeAdvisor) -> None:
    assert [advisor.tendency(item) for item in (RUNS_SMALL, RUNS_LARGE, TRUE, "new")] == [
        FitTendency.SMALL,
        FitTendency.LARGE,
        FitTendency.TRUE,
        FitTendency.UNKNOWN,
    ]


def test_a_style_that_runs_small_is_advised_a_size_larger_with_its_counts(advisor: SizeAdvisor) -> None:
    choice = advisor.choose(RUNS_SMALL, RUN, "M")
    assert choice.sizes == ("L", "M")
    assert choice.stated is (choice.confidence >= choice.stated_from)
    assert 5 <= choice.kept <= choice.of
    assert advisor.choose(RUNS_LARGE, RUN, "M").sizes[0] == "S"
    assert advisor.choose(TRUE, RUN, "M").sizes[0] == "M"


def test_counts_are_those_of_the_answers(tmp_path: Path) -> None:
    rows: dict[str, list[object]] = {"user_id": [], "item_id": [], "category": [], "size": [], "fit": []}

    def answer(user: str, item: str, size: str, fit: str) -> None:
        for name, value in zip(rows, (user, item, "shirts", size, fit), strict=True):
            rows[name].append(value)

    for at in range(17):
        answer(f"u{at}", "OTHER", "M", "fit")
        answer(f"u{at}", "SHIRT", "L", "fit" if at < 14 else "large")
    for at in range(17, 40):
        answer(f"u{at}", "OTHER", "M", "fit")
        answer(f"u{at}", "SHIRT", "M", "small")
    fits = fit_answers.write(tmp_path / "fits.parquet", rows)
    asked = [
        sys.executable,
        "-m",
        "recommender",
        "train-fit",
        "--fits",
        str(fits),
        "--out",
        str(tmp_path / "m"),
    ]
    assert subprocess.run(asked, capture_output=True, check=False).returncode == 0
    choice = SizeAdvisor.open(tmp_path / "m").choose("SHIRT", ["S", "M", "L"], "M")
    assert (choice.sizes[0], choice.kept, choice.of) == ("L", 14, 17)


@pytest.mark.parametrize(("tried", "felt", "step"), [("M", "small", 1), ("M", "large", -1)])
@pytest.mark.parametrize("item", [RUNS_SMALL, RUNS_LARGE, TRUE])
def test_an_answer_in_the_room_changes_the_size(
    advisor: SizeAdvisor, item: str, tried: str, felt: str, step: int
) -> None:
    after = advisor.choose(item, RUN, "M", here=[FitTrial(tried, felt)])
    assert (RUN.index(after.sizes[0]) - RUN.index(tried)) * step > 0
    assert tried not in after.sizes[:1]


def test_two_answers_leave_the_size_between(advisor: SizeAdvisor) -> None:
    after = advisor.choose(TRUE, RUN, "S", here=[FitTrial("S", "small"), FitTrial("L", "large")])
    assert after.sizes[0] == "M"


def test_the_size_a_guest_brought_is_used(advisor: SizeAdvisor) -> None:
    small, true = (advisor.choose(item, RUN, carried="M") for item in (RUNS_SMALL, TRUE))
    assert true.sizes[0] == "M"
    assert small.confidence < true.confidence or small.sizes[0] == "L"
    assert advisor.choose(TRUE, RUN, carried="46").sizes == (), "not a size of this run"
    tight = advisor.choose(TRUE, RUN, carried="M", here=[FitTrial("M", "small")])
    assert RUN.index(tight.sizes[0]) > RUN.index("M")


def test_every_state_of_knowledge_is_trained_although_all_bodies_are_known(tmp_path: Path) -> None:
    """A state that no answer is in is trained on masked answers."""
    path = fit_answers.write(tmp_path / "fits.parquet", fit_answers.draw(3000))
    model = build(read_fits(path, answered=True), 7, silent)
    trained = {state for state, weights in zip(KNOWLEDGE_STATES, model.choice, strict=True) if weights.any()}
    assert {"nothing", "height and weight", "nothing and past", "height and weight and past"} <= trained


def test_the_card_states_the_population_of_the_chart(folder: Path, tree: Path) -> None:
    card = (folder / "CARD.md").read_text(encoding="utf-8")
    assert BodyChart.read(tree / "assets" / "sizes" / "body.json").measured_on in card
    assert "digests" in card


def test_a_body_alone_is_enough(advisor: SizeAdvisor) -> None:
    small, large = (advisor.choose(TRUE, RUN, body=Body(*body)) for body in ((160, 52), (174, 82)))
    assert RUN.index(small.sizes[0]) < RUN.index(large.sizes[0])


def test_one_question_is_asked_where_nothing_is_known(advisor: SizeAdvisor) -> None:
    nothing = advisor.choose(TRUE, RUN)
    assert (nothing.sizes, nothing.ask) == ((), FollowUpQuestion.BODY)


def test_past_answers_count_across_products(advisor: SizeAdvisor) -> None:
    kept = [FitTrial("L", "fit", item) for item in ("P05", "P06", "P07")]
    assert advisor.choose(TRUE, RUN, past=kept).sizes[0] == "L"


@pytest.mark.parametrize(
    ("item", "run", "usual"),
    [
        ("unknown", RUN, "M"),
        (TRUE, ("one",), "one"),
        (TRUE, (), ""),
        (TRUE, RUN, "46"),
        (TRUE, ("?", "!"), "?"),
    ],
)
def test_unusual_requests_have_an_answer(
    advisor: SizeAdvisor, item: str, run: tuple[Any, ...], usual: str
) -> None:
    choice = advisor.choose(item, run, usual)
    assert set(choice.sizes) <= set(run)
    assert 0.0 <= choice.confidence <= 1.0


@pytest.mark.parametrize("body", [Body(float("nan"), 60), Body(-3, 1e9), Body(0, 0, 0), Body(None, 60)])
def test_invalid_bodies_do_no_harm(advisor: SizeAdvisor, body: Body) -> None:
    choice = advisor.choose(TRUE, RUN, "M", body=body)
    assert choice.sizes[0] in RUN
    assert np.isfinite(choice.confidence)


def test_no_variant_of_a_damaged_model_is_served(folder: Path, tmp_path: Path) -> None:
    """Two hundred truncated files and flipped bits; an intact copy opens."""
    rng = np.random.default_rng(7)
    files = sorted(file for file in folder.iterdir() if file.suffix != ".md")
    for turn in range(200):
        broken = files[turn % len(files)]
        content = bytearray(broken.read_bytes())
        at = int(rng.integers(len(content)))
        if turn % 2:
            content = content[:at]
        else:
            content[at] ^= 1 << int(rng.integers(8))
        copy = tmp_path / str(turn)
        copy.mkdir()
        for file in files:
            (copy / file.name).symlink_to(file)
        (copy / broken.name).unlink()
        (copy / broken.name).write_bytes(content)
        with pytest.raises(ModelError):
            SizeAdvisor.open(copy)
    SizeAdvisor.open(folder)
