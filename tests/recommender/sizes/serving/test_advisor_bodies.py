"""Bodies in size advice: monotone in weight, told apart from what was learned, and contradicted by a size."""

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.sizes.serving.advisor import (
    Body,
    ChoiceDoubt,
    FitTrial,
    FollowUpQuestion,
    SizeAdvisor,
    SizeChoice,
)
from recommender.sizes.serving.fit_counts import FitCounts
from recommender.sizes.serving.fit_model import model_of, read_fit_arrays
from recommender.sizes.serving.fit_table import BODY, read_fits
from recommender.sizes.serving.size_prior import SizePrior
from recommender.sizes.training.make import make
from tests.recommender import fit_answers
from tests.recommender.fit_answers import RUN, RUNS_LARGE, RUNS_SMALL, TRUE
from tests.recommender.quick import silent

BODIES = st.tuples(st.floats(130, 215), st.floats(35, 180), st.floats(35, 180))
EVERY_RUN = st.sampled_from(
    (
        RUN,
        RUN[1:],
        RUN[:2],
        ("34", "36", "38", "40", "42", "44"),
        ("S", "M", "L", "XL", "XXL", "XXXL"),
        ("?", "!"),
    )
)


@settings(max_examples=60, deadline=None)
@given(
    body=BODIES,
    run=EVERY_RUN,
    item=st.sampled_from((RUNS_SMALL, RUNS_LARGE, TRUE, "P05")),
    known=st.sampled_from(("nothing", "usual", "carried", "past", "here", "past and usual")),
    place=st.integers(0, 5),
)
def test_a_heavier_body_never_gets_a_smaller_size(
    advisor: SizeAdvisor,
    body: tuple[float, float, float],
    run: tuple[str, ...],
    item: str,
    known: str,
    place: int,
) -> None:
    """Over heights, weights, categories, size systems and states of knowledge."""
    height, *weights = body
    size = run[place % len(run)]
    other = FitTrial(size, "fit", "P06")
    states: dict[str, dict[str, Any]] = {
        "nothing": {},
        "usual": {"usual": size},
        "carried": {"carried": size},
        "past": {"past": [other, other]},
        "here": {"here": [FitTrial(size, "small")]},
        "past and usual": {"past": [other], "usual": size},
    }
    light, heavy = (
        advisor.choose(item, run, body=Body(height, weight), **states[known]) for weight in sorted(weights)
    )
    assert run.index(light.sizes[0]) <= run.index(heavy.sizes[0])


@pytest.mark.parametrize("heights", [(None,), (160.0, 170.0)])
def test_the_planted_fault_of_a_model_that_shrinks_is_caught(
    folder: Path, heights: tuple[float | None, ...]
) -> None:
    """A model whose sizes fall again above some weight breaks the rule; asked for all lighter bodies it does not."""
    arrays = read_fit_arrays(folder)
    falling = arrays["shares"]["lines"].copy()
    # the square of the weight follows the constant and the measures
    falling[:, 1 + len(BODY)] = -3.0
    arrays["shares"] = {**arrays["shares"], "lines": falling}
    model, counts = model_of(arrays, folder), FitCounts.of(arrays["rates"], folder)
    weights = tuple(float(kg) for kg in range(50, 131, 5))
    for height in heights:
        prior = SizePrior(model, counts)
        alone, _ = prior.from_answers(prior.offer(TRUE, RUN, [Body(height, kg) for kg in weights]))
        best = alone.argmax(axis=1).tolist()
        assert best != sorted(best), "the planted fault breaks the rule"
        served = [SizeAdvisor(model, counts).choose(TRUE, RUN, body=Body(height, kg)) for kg in weights]
        places = [RUN.index(choice.sizes[0]) for choice in served]
        assert places == sorted(places)


def test_a_body_beyond_what_was_learned_is_never_stated_alone(advisor: SizeAdvisor) -> None:
    known = advisor.choose(TRUE, RUN, body=Body(166, 66))
    assert known.doubt is ChoiceDoubt.NONE
    for body in (Body(166, 160), Body(150, 120), Body(205, 60), Body(135, 90)):
        for usual, carried in (("", ""), ("", "M"), ("XL", "")):
            choice = advisor.choose(TRUE, RUN, usual, carried=carried, body=body)
            assert choice.doubt is not ChoiceDoubt.NONE
            assert not choice.stated
            assert choice.sizes, "it is said what is likely, as a guess"
    assert advisor.choose(TRUE, RUN, body=Body(166, 160)).ask is FollowUpQuestion.KNOWN_FIT
    # an answer in the room is knowledge
    assert (
        advisor.choose(TRUE, RUN, body=Body(166, 160), here=[FitTrial("M", "small")]).doubt
        is ChoiceDoubt.NONE
    )


@pytest.mark.parametrize("claim", ["carried", "usual"])
def test_a_size_that_contradicts_the_body_is_not_stated_alone(advisor: SizeAdvisor, claim: str) -> None:
    def choose(size: str, body: Body, here: tuple[FitTrial, ...] = ()) -> SizeChoice:
        usual, carried = (size, "") if claim == "usual" else ("", size)
        return advisor.choose(TRUE, RUN, usual, carried=carried, body=body, here=here)

    agreed = choose("XS", Body(158, 48))
    assert (agreed.sizes[0], agreed.doubt) == ("XS", ChoiceDoubt.NONE)
    for size, body in (("XS", Body(174, 84)), ("XL", Body(158, 48))):
        choice = choose(size, body)
        assert choice.doubt is ChoiceDoubt.CONTRADICTION
        assert (choice.stated, choice.ask) == (False, FollowUpQuestion.KNOWN_FIT)
        assert size in choice.sizes
        assert len(set(choice.sizes)) == 2
    after = choose("XS", Body(174, 84), (FitTrial("XS", "small"),))
    assert after.doubt is ChoiceDoubt.NONE


def test_a_request_with_a_body_costs_a_few_times_one_without(advisor: SizeAdvisor) -> None:
    """All lighter bodies are answered at once, with arrays; one by one they would cost forty times as much."""

    def seconds(body: Body | None) -> float:
        started = time.perf_counter()
        for item in (RUNS_SMALL, RUNS_LARGE, TRUE):
            advisor.choose(item, RUN, "M", body=body)
        return time.perf_counter() - started

    ratios = [seconds(Body(168, 120)) / seconds(None) for _ in range(9)]
    assert min(ratios) < 8.0


def test_a_body_says_nothing_to_a_model_that_learned_from_none(tmp_path: Path) -> None:
    rows = {name: column for name, column in fit_answers.draw(1500).items() if name not in BODY}
    make(
        read_fits(fit_answers.write(tmp_path / "fits.parquet", rows), answered=True),
        tmp_path / "m",
        7,
        silent,
    )
    advisor = SizeAdvisor.open(tmp_path / "m")
    assert advisor.choose(TRUE, RUN, body=Body(166, 66)).sizes == (), "the store's body chart answers then"
    for usual, carried in (("M", ""), ("", "M")):
        with_body = advisor.choose(TRUE, RUN, usual, carried=carried, body=Body(166, 120))
        without = advisor.choose(TRUE, RUN, usual, carried=carried)
        assert (with_body.sizes, with_body.confidence) == (without.sizes, without.confidence)
        assert with_body.doubt is ChoiceDoubt.NONE


@pytest.mark.parametrize(("usual", "carried"), [("XS", ""), ("", "XS")])
def test_a_size_that_is_too_small_for_a_body_is_so_for_every_heavier_one(
    advisor: SizeAdvisor, usual: str, carried: str
) -> None:
    """Far beyond what was learned the chances are all alike, and would agree with any size."""
    doubts = [
        advisor.choose(TRUE, RUN, usual, carried=carried, body=Body(168, kg)).doubt
        is ChoiceDoubt.CONTRADICTION
        for kg in range(45, 201, 5)
    ]
    assert doubts == sorted(doubts)
    assert doubts[-1]
    assert not doubts[0]


def test_of_a_run_with_a_gap_no_far_size_is_stated_alone(advisor: SizeAdvisor) -> None:
    """Chances add up to 1 among the sizes on offer, however far they are from the body."""
    middle = Body(166, 66)
    whole = advisor.choose("P02", RUN, body=middle)
    ends = (RUN[0], RUN[-1])
    assert whole.sizes[0] not in ends
    gap = advisor.choose("P02", ends, body=middle)
    assert not gap.stated
    heavy = advisor.choose("P02", RUN[:2], body=Body(166, 100))
    assert (heavy.doubt, heavy.stated, heavy.ask) == (
        ChoiceDoubt.FEW_ALIKE, False, FollowUpQuestion.KNOWN_FIT,
    )  # fmt: skip


def test_a_far_size_contradicts_the_body_also_where_the_next_one_is_far(advisor: SizeAdvisor) -> None:
    ends = (RUN[0], RUN[-1])
    choice = advisor.choose("P02", ends, carried=RUN[0], body=Body(166, 100))
    assert (choice.doubt, set(choice.sizes), choice.stated) == (
        ChoiceDoubt.CONTRADICTION,
        set(ends),
        False,
    )
