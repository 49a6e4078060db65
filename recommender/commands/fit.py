"""`train-fit`, `predict-fit`, `evaluate fit` and `evaluate size`: sizes models from fit answers."""

import argparse
import json
import os
import sys
from typing import Any

from recommender.commands import option_types, options


def add(commands: Any) -> None:
    """Adds `train-fit` and `predict-fit`."""
    it = commands.add_parser("train-fit", help="train a sizes model on fit answers")
    it.add_argument("--fits", type=option_types.table, required=True, metavar="FITS", help=options.FITS_HELP)
    it.add_argument(
        "--out",
        type=option_types.output_model,
        required=True,
        metavar="FITMODEL",
        help="model folder to write",
    )
    options.seed(it)
    options.as_json(it, "the metadata of the model")
    it.set_defaults(run_command=train)
    it = commands.add_parser(
        "predict-fit", help="predict the chances of small, fit and large for each row of a table"
    )
    it.add_argument(
        "--model", type=option_types.folder, required=True, metavar="FITMODEL", help="sizes model folder"
    )
    it.add_argument(
        "--batch",
        type=option_types.table,
        required=True,
        metavar="FITS",
        help="table with the columns of `train-fit`, without fit",
    )
    it.set_defaults(run_command=predict)


def train(chosen: argparse.Namespace) -> int:
    """Trains and writes; returns 0 when the model is written."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.commands.progress import Progress
    from recommender.sizes.serving.fit_table import read_fits
    from recommender.sizes.training.make import make

    fits = read_fits(chosen.fits, answered=True)
    _note(fits.notices)
    metadata = make(fits, chosen.out, chosen.seed, Progress())
    summary = (
        json.dumps(metadata)
        if chosen.json
        else f"{chosen.out}: {metadata['products']} products, {metadata['answers']} answers"
    )
    sys.stdout.write(summary + "\n")
    return 0


def predict(chosen: argparse.Namespace) -> int:
    """Prints one JSON line per row, in order; returns 0."""
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
    for name, text in (
        ("fit", "evaluate the predicted outcome (small, fit, large) on held-out answers"),
        ("size", "evaluate the recommended size on held-out answers that fitted"),
    ):
        it = kinds.add_parser(name, help=text)
        it.add_argument(
            "--fits", type=option_types.table, required=True, metavar="FITS", help=options.FITS_HELP
        )
        it.add_argument(
            "--split",
            choices=("time", "random"),
            default="time",
            help="hold out the latest answers, or a random sample (default: time)",
        )
        it.add_argument(
            "--share",
            type=option_types.share,
            default=0.2,
            metavar="SHARE",
            help="share of the answers to evaluate on, 0 to 1 (default: 0.2)",
        )
        options.seed(it)
        it.set_defaults(run_command=evaluate)


def evaluate(chosen: argparse.Namespace) -> int:
    """Trains on the rest, evaluates and prints; returns 1 if the model is worse than the simplest method."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.commands.progress import Progress
    from recommender.sizes.evaluation import evaluate as evaluation
    from recommender.sizes.evaluation.evaluate_guests import evaluate_guests, guest_outcomes, guest_table
    from recommender.sizes.serving.fit_table import read_fits
    from recommender.sizes.training.make import build

    fits = read_fits(chosen.fits, answered=True)
    if chosen.what == "fit":
        result, model = evaluation.evaluate_fit(fits, chosen.split, chosen.share, chosen.seed, Progress())
        sys.stdout.write(evaluation.fit_table(result))
        test = fits.where(evaluation.split_answers(fits, chosen.split, chosen.share, chosen.seed))
        for known, outcomes in guest_outcomes(model, test).items():
            sys.stdout.write(f"\nguests known by {known}\n{evaluation.fit_table(outcomes)}")
        return 0 if result.gain("product's rate").high >= 0 else 1
    held_out = evaluation.split_answers(fits, chosen.split, chosen.share, chosen.seed)
    model = build(fits.where(~held_out), chosen.seed, Progress())
    sized = evaluation.evaluate_size(model, fits.where(~held_out), fits.where(held_out))
    sys.stdout.write(evaluation.size_table(sized))
    guests = evaluate_guests(model, fits.where(~held_out), fits.where(held_out), chosen.seed)
    sys.stdout.write("\n" + guest_table(guests))
    return 0 if sized.gain("most common size").high >= 1 else 1
