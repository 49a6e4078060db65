"""Size advice by the sizes model: true counts; a broken model leaves the usual size."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.core.domain.advice import SizeDoubt, SizeReason
from kiosk.core.domain.fit_feedback import (
    AdviceBasis,
    BodyFacts,
    FitArea,
    FitFeedback,
    FitRating,
    SizeQuestion,
)
from kiosk.core.domain.garment import Colourway, Garment, SizeStock
from kiosk.core.domain.ids import ArticleId, ItemId, ShopperId, StyleId
from kiosk.core.domain.money import Money
from kiosk.core.domain.shopper import CategorySize
from kiosk.core.domain.texts import NO_TEXT
from kiosk.demo.invented_shop import history
from kiosk.store.advice.model_sizes import ModelSizeSource, open_sizes
from kiosk.store.advice.size_advice import ShopperAnswers, UsualSizeSource
from kiosk.store.customers.customers import Customer

RUN = ("XS", "S", "M", "L", "XL")
EU = ("34", "36", "38", "40", "42")
FILES = (
    "manifest.json",
    "words.npz",
    "shares.npz",
    "vectors.npz",
    "outcome.npz",
    "choice.npz",
    "rates.npz",
    "support.npz",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("demo")
    history.write(place, 7)
    asked = [sys.executable, "-m", "recommender", "train-fit", "--fits", str(place / "fits.parquet")]
    done = subprocess.run([*asked, "--out", str(place / "fit")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return place / "fit"


def garment(style: str = "S301", size: str = "M", run: tuple[str, ...] = RUN) -> Garment:
    offers = tuple(
        SizeStock(each, ArticleId(f"9521234000{at:03d}0".zfill(14))) for at, each in enumerate(run)
    )
    colour = Colourway("WHI", NO_TEXT, "#ffffff", "", offers, ItemId(f"{style}-WHI"))
    article = offers[run.index(size)].article
    return Garment(article, StyleId(style), NO_TEXT, "shirts", Money(12_900, "EUR"), "WHI", size, (colour,))


def customer(size: str) -> Customer:
    return Customer(ShopperId("c-1"), "Ada", "en", (CategorySize("shirts", size),), (), "")


def test_a_guest_gets_the_true_count(folder: Path) -> None:
    advice = open_sizes(folder).advise(garment(), "alpha", None)
    assert advice is not None
    assert advice.sizes == ("M", "L")
    assert advice.reason is SizeReason.RUNS_SMALL
    assert (advice.usual, advice.kept, advice.of) == ("M", 89, 119)
    assert 0.5 < advice.confidence < 89 / 119, "less sure than of those whose usual size it is known to be"


def test_a_known_shopper_is_advised_from_her_own_size(folder: Path) -> None:
    sizes = open_sizes(folder)
    advice = sizes.advise(garment(size="XS"), "alpha", customer("L"))
    assert advice is not None
    assert advice.usual == "L"
    assert advice.sizes[0] in {"L", "XL"}


def said(felt: FitRating, spot: FitArea | None = None, size: str = "M", style: str = "S301") -> FitFeedback:
    return FitFeedback(StyleId(style), size, felt, spot, "shirts")


@pytest.mark.parametrize(
    ("felt", "spot", "first"),
    [
        (FitRating.TIGHT, FitArea.SHOULDER, "L"),
        (FitRating.LOOSE, FitArea.CHEST, "S"),
        (FitRating.LOOSE, FitArea.SLEEVE, "M"),
        (FitRating.RIGHT, None, "M"),
    ],
)
def test_feedback_in_the_room_changes_the_next_advice(
    folder: Path, felt: FitRating, spot: FitArea | None, first: str
) -> None:
    advice = open_sizes(folder).advise(garment(), "alpha", None, ShopperAnswers((said(felt, spot),)))
    assert advice is not None
    assert (advice.sizes[0], advice.felt, advice.tried) == (first, felt, "M")
    assert advice.taken_up is (spot is FitArea.SLEEVE)


def test_a_size_with_feedback_is_not_advised_again(folder: Path) -> None:
    sizes = open_sizes(folder)
    between = sizes.advise(
        garment(),
        "alpha",
        None,
        ShopperAnswers((said(FitRating.TIGHT, size="S"), said(FitRating.LOOSE, size="L"))),
    )
    assert between is not None
    assert between.sizes == ("M",)
    none = sizes.advise(
        garment(size="XL"), "alpha", None, ShopperAnswers((said(FitRating.TIGHT, size="XL"),))
    )
    assert none is not None
    assert (none.sizes, none.felt) == ((), FitRating.TIGHT)


def test_feedback_on_other_pieces_counts_for_this_one(folder: Path) -> None:
    sizes = open_sizes(folder)
    large = ShopperAnswers(
        tuple(said(FitRating.RIGHT, size="XL", style=style) for style in ("S302", "S303", "S304"))
    )
    alone, after = (sizes.advise(garment(size="M"), "alpha", None, it) for it in (ShopperAnswers(), large))
    assert alone is not None
    assert after is not None
    assert RUN.index(after.sizes[0]) > RUN.index(alone.sizes[0])


def test_a_new_style_asks_one_question_then_uses_the_body_chart(folder: Path) -> None:
    sizes = open_sizes(folder)
    new = garment("NEW1", "38", EU)
    unknown = sizes.advise(new, "eu-women", None)
    assert unknown is not None
    assert (unknown.sizes, unknown.ask) == ((), SizeQuestion.BODY)
    assert [run.system for run in unknown.runs] == ["", "FR", "IT", "UK", "US", "JP"]
    hint = sizes.advise(new, "eu-women", None, ShopperAnswers(body=BodyFacts(height_cm=170, weight_kg=64)))
    assert hint is not None
    assert (hint.basis, hint.ask) == (AdviceBasis.SURVEY, SizeQuestion.NONE)
    assert hint.sizes
    assert hint.confidence <= 0.5, "from a survey of other people: never advised alone"
    label = sizes.advise(
        new, "eu-women", None, ShopperAnswers(body=BodyFacts(kind="eu-women", system="FR", size="42"))
    )
    assert label is not None
    assert (label.sizes, label.usual) == (("40",), "40")


def test_sizes_have_the_labels_of_other_countries(folder: Path) -> None:
    advice = open_sizes(folder).advise(garment("NEW1", "38", EU), "eu-women", customer("38"))
    assert advice is not None
    assert advice.own == "EU"
    assert {one.system: one.label for one in advice.labels if one.size == "38"}["FR"] == "40"


def test_only_sizes_of_the_run_are_advised(folder: Path) -> None:
    sizes = open_sizes(folder)
    for run in (("M", "L"), ("34", "36", "38"), ("M", "petite")):
        advice = sizes.advise(garment(size=run[0], run=run), "alpha", None)
        assert advice is not None
        assert set(advice.sizes) <= set(run)


def test_one_size_needs_no_advice(folder: Path) -> None:
    assert open_sizes(folder).advise(garment(size="one", run=("one",)), "", None) is None


def test_a_style_without_answers_falls_back_to_the_usual_size(folder: Path) -> None:
    sizes = open_sizes(folder)
    assert sizes.advise(garment("NEW1"), "alpha", customer("S")) == UsualSizeSource().advise(
        garment("NEW1"), "alpha", customer("S")
    )
    guest = sizes.advise(garment("NEW1"), "alpha", None)
    assert guest is not None
    assert (guest.sizes, guest.reason) == ((), SizeReason.NOT_SURE)


def test_a_size_that_contradicts_height_and_weight_is_not_stated_alone(folder: Path) -> None:
    """By the model, and for a style without answers by the body chart: the question for a size that fits is asked."""
    sizes, heavy = open_sizes(folder), BodyFacts(height_cm=168, weight_kg=95)
    carried = sizes.advise(garment(size="XS"), "alpha", None, ShopperAnswers(body=heavy))
    usual = sizes.advise(garment("NEW1", "36", EU), "eu-women", customer("34"), ShopperAnswers(body=heavy))
    for advice, size in ((carried, "XS"), (usual, "34")):
        assert advice is not None
        assert (advice.doubt, advice.alone, advice.ask) == (
            SizeDoubt.CONTRADICTION, False, SizeQuestion.LABEL,
        )  # fmt: skip
        assert size in advice.sizes
        assert len(advice.sizes) == 2
        assert advice.runs, "there are sizes to choose from"
    label = ShopperAnswers(body=BodyFacts(kind="eu-women", size="42"))
    after = sizes.advise(garment("NEW1", "36", EU), "eu-women", None, label)
    assert after is not None
    assert (after.sizes, after.doubt, after.ask) == (("42",), SizeDoubt.NONE, SizeQuestion.NONE)


@pytest.mark.parametrize("style", ["S301", "NEW1"])
def test_a_body_beyond_what_was_learned_says_so(folder: Path, style: str) -> None:
    far = ShopperAnswers(body=BodyFacts(height_cm=168, weight_kg=170))
    advice = open_sizes(folder).advise(garment(style), "alpha", None, far)
    assert advice is not None
    assert advice.doubt is not SizeDoubt.NONE
    assert advice.ask is SizeQuestion.LABEL
    assert not (advice.alone and advice.sizes)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["cut", "flip", "gone"])
def test_a_broken_model_is_one_log_line_and_the_usual_size(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, damage: str
) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert isinstance(open_sizes(tmp_path), ModelSizeSource), "the undamaged model is served"
    content = (tmp_path / name).read_bytes()
    if damage == "gone":
        (tmp_path / name).unlink()
    else:
        broken = content[:-20] if damage == "cut" else content[:40] + bytes([content[40] ^ 1]) + content[41:]
        (tmp_path / name).write_bytes(broken)
    with caplog.at_level(logging.INFO):
        sizes = open_sizes(tmp_path)
    assert isinstance(sizes, UsualSizeSource)
    (line,) = [record for record in caplog.records if record.name == "kiosk.store.advice.model_sizes"]
    assert line.levelno == logging.WARNING
    assert "usual size" in line.getMessage()
    advice = sizes.advise(garment(), "alpha", customer("S"))
    assert advice is not None
    assert advice.sizes == ("S",)


def test_without_a_model_the_usual_size_is_advised(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        assert isinstance(open_sizes(None), UsualSizeSource)
    assert all(record.levelno == logging.INFO for record in caplog.records)


SHOES = ("36", "37", "38", "39", "40", "41")
WAISTS = ("W30/L32", "W31/L32", "W32/L32")


@pytest.mark.parametrize(
    ("system", "run", "told", "ask"),
    [
        ("eu-women", EU, BodyFacts(), SizeQuestion.BODY),
        ("alpha", RUN, BodyFacts(), SizeQuestion.BODY),
        # a shoe is known by a shoe; after that answer the foot is estimated from the height
        ("eu-shoes", SHOES, BodyFacts(), SizeQuestion.LABEL),
        ("eu-shoes", SHOES, BodyFacts(kind="eu-shoes", size="99"), SizeQuestion.BODY),
        # no chart answers for these: nobody is asked for her weight in vain
        ("waist", WAISTS, BodyFacts(), SizeQuestion.LABEL),
        ("eu-kids", ("104", "110"), BodyFacts(), SizeQuestion.LABEL),
        ("", EU, BodyFacts(), SizeQuestion.LABEL),
        ("", EU, BodyFacts(kind="eu-women", size="38"), SizeQuestion.NONE),
    ],
)
def test_only_what_helps_is_asked(
    system: str, run: tuple[str, ...], told: BodyFacts, ask: SizeQuestion
) -> None:
    advice = UsualSizeSource().advise(garment("NEW1", run[0], run), system, None, ShopperAnswers(body=told))
    assert advice is not None
    assert (advice.sizes, advice.ask) == ((), ask)


def test_a_run_for_other_bodies_gives_no_size() -> None:
    small = ShopperAnswers(body=BodyFacts(height_cm=160, weight_kg=50))
    plus = ("44", "46", "48")
    advice = UsualSizeSource().advise(garment("NEW1", "46", plus), "eu-women", None, small)
    assert advice is not None
    assert (advice.sizes, advice.doubt, advice.ask) == ((), SizeDoubt.FEW_ALIKE, SizeQuestion.LABEL)
    whole = UsualSizeSource().advise(garment("NEW1", "38", EU), "eu-women", None, small)
    assert whole is not None
    assert whole.sizes[0] in ("34", "36")
