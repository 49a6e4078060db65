"""`train-fit`: fit answers in, a sealed model of how sizes sit out."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Adds `train-fit`."""
    it = commands.add_parser("train-fit", help="learn how a shop's sizes fit")
    it.add_argument(
        "--fits", type=Path, required=True, metavar="FITS", help="Parquet: user_id, item_id, size, fit"
    )
    it.add_argument("--out", type=Path, required=True, metavar="FITMODEL", help="the folder to write")
    it.add_argument("--json", action="store_true", help="print the facts of the model as one JSON line")
    it.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Learns and writes; 0 when the model was written."""
    from recommender.fit_rates import learn, read_answers

    facts = learn(read_answers(chosen.fits), chosen.out)
    told = (
        json.dumps(facts) if chosen.json else f"{chosen.out}: {facts['products']} products, {facts['answers']} answers"
    )
    sys.stdout.write(told + "\n")
    return 0
