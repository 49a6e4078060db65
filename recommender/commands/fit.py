"""`train-fit` and `predict-fit`: fit answers in, a sealed model of how sizes sit out, and what it says of trials."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

_COLUMNS = "Parquet or CSV: item_id, size, fit; better with user_id, category, height_in, weight_lbs, ..."


def add(commands: Any) -> None:
    """Adds `train-fit` and `predict-fit`."""
    it = commands.add_parser("train-fit", help="learn how a shop's sizes fit")
    it.add_argument("--fits", type=Path, required=True, metavar="FITS", help=_COLUMNS)
    it.add_argument("--out", type=Path, required=True, metavar="FITMODEL", help="the folder to write")
    it.add_argument("--seed", type=int, default=7)
    it.add_argument("--json", action="store_true", help="print the facts of the model as one JSON line")
    it.set_defaults(run=train)
    it = commands.add_parser(
        "predict-fit", help="small, fit or large, with chances, for each trial of a table"
    )
    it.add_argument("--model", type=Path, required=True, metavar="FITMODEL")
    it.add_argument("--batch", type=Path, required=True, metavar="FITS", help="the same columns without fit")
    it.set_defaults(run=predict)


def train(chosen: argparse.Namespace) -> int:
    """Learns and writes; 0 when the model was written."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.commands.progress import Progress
    from recommender.sizes.serving.fit_table import read_fits
    from recommender.sizes.training.make import make

    fits = read_fits(chosen.fits, answered=True)
    _note(fits.notices)
    metadata = make(fits, chosen.out, chosen.seed, Progress())
    told = (
        json.dumps(metadata)
        if chosen.json
        else f"{chosen.out}: {metadata['products']} products, {metadata['answers']} answers"
    )
    sys.stdout.write(told + "\n")
    return 0


def predict(chosen: argparse.Namespace) -> int:
    """Prints one JSON line per row, in order; 0 when all were answered."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.sizes.serving.fit_model import FitModel
    from recommender.sizes.serving.fit_table import FIT_CLASSES, read_fits

    model = FitModel.open(chosen.model)
    batch = read_fits(chosen.batch, answered=False)
    _note(batch.notices)
    for row in model.predict(batch):
        sys.stdout.write(
            json.dumps(dict(zip(FIT_CLASSES, (round(float(p), 6) for p in row), strict=True))) + "\n"
        )
    return 0


def _note(notices: tuple[str, ...]) -> None:
    for notice in notices:
        sys.stderr.write(f"note: {notice}\n")


def add_evaluations(kinds: Any) -> None:
    """Adds `evaluate fit` and `evaluate size`."""
    for name, told in (
        ("fit", "small, fit or large of kept-back trials"),
        ("size", "which size fitted, later"),
    ):
        it = kinds.add_parser(name, help=told)
        it.add_argument("--fits", type=Path, required=True, metavar="FITS", help=_COLUMNS)
        it.add_argument("--split", choices=("time", "random"), default="time")
        it.add_argument("--share", type=float, default=0.2, help="share of the answers to judge on")
        it.add_argument("--seed", type=int, default=7)
        it.set_defaults(run=evaluate)


def evaluate(chosen: argparse.Namespace) -> int:
    """Trains on the rest, judges and prints; 0 when the model is not below the simplest method, else 1."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.commands.progress import Progress
    from recommender.sizes.evaluation import evaluate as judging
    from recommender.sizes.evaluation.evaluate_guests import evaluate_guests, guest_table
    from recommender.sizes.serving.fit_table import read_fits
    from recommender.sizes.training.make import build

    fits = read_fits(chosen.fits, answered=True)
    if chosen.what == "fit":
        verdict, _ = judging.evaluate_fit(fits, chosen.split, chosen.share, chosen.seed, Progress())
        sys.stdout.write(judging.fit_table(verdict))
        return 0 if verdict.gain("product's rate").high >= 0 else 1
    back = judging.split_answers(fits, chosen.split, chosen.share, chosen.seed)
    model = build(fits.where(~back), chosen.seed, Progress())
    sized = judging.evaluate_size(model, fits.where(~back), fits.where(back))
    sys.stdout.write(judging.size_table(sized))
    guests = evaluate_guests(model, fits.where(~back), fits.where(back), chosen.seed)
    sys.stdout.write("\n" + guest_table(guests))
    return 0 if sized.gain("most common size").high >= 1 else 1
