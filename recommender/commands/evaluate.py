"""`evaluate looks|fit|size`: a table of methods on later days, with paired intervals.

`fit` and `size` are added by `recommender.commands.fit`, where it has `add_evaluations(subparsers)`.
"""

import argparse
import json
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recommender.looks.evaluation.evaluate import LooksEvaluation


def add(commands: Any) -> None:
    """Adds `evaluate` and what is judged under it."""
    evaluations = commands.add_parser("evaluate", help="judge looks, fit or size against simpler methods")
    kinds = evaluations.add_subparsers(dest="what", required=True, metavar="looks|fit|size")
    it = kinds.add_parser("looks", help="hide one piece of each later basket and ask every method for it")
    it.add_argument("--catalogue", type=Path, required=True, metavar="ITEMS")
    it.add_argument("--events", type=Path, required=True, metavar="EVENTS")
    it.add_argument(
        "--against", type=Path, default=None, metavar="MODEL", help="also ask this finished model"
    )
    it.add_argument("--questions", type=int, default=6000)
    it.add_argument("--share", type=float, default=0.17, help="newest share of the history to judge on")
    it.add_argument("--threads", type=int, default=1)
    it.add_argument("--seed", type=int, default=7)
    it.add_argument("--epochs", type=int, default=None)
    it.add_argument("--als-python", default=None, help="a Python that has `implicit`, to ask ALS as well")
    it.add_argument("--json", action="store_true")
    it.add_argument("--out", type=Path, default=None, help="write the verdict here, for `publish`")
    it.set_defaults(run=run)
    if find_spec("recommender.commands.fit") is not None:
        fit = import_module("recommender.commands.fit")
        if hasattr(fit, "add_evaluations"):
            fit.add_evaluations(kinds)


def run(chosen: argparse.Namespace) -> int:
    """Judges and prints; 0 when the model is not below the best single method beyond the interval, else 1."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.commands.progress import Progress
    from recommender.inputs.catalogue import read_items
    from recommender.inputs.history import read_events
    from recommender.looks.evaluation.evaluate import evaluate
    from recommender.looks.evaluation.report import evaluation_json
    from recommender.looks.serving.looks import LooksRecommender
    from recommender.looks.training.hyperparameters import Hyperparameters

    items = read_items(chosen.catalogue)
    events = read_events(chosen.events, items)
    asked = {
        "threads": chosen.threads,
        "seed": chosen.seed,
        "max_cases": chosen.questions,
        "validation": chosen.share,
    }
    if chosen.epochs:
        asked["epochs"] = chosen.epochs
    others = {"published": LooksRecommender.open(chosen.against)} if chosen.against else None
    verdict = evaluate(items, events, Hyperparameters(**asked), Progress(), others, als=chosen.als_python)
    metadata = evaluation_json(verdict)
    if chosen.out:
        chosen.out.write_text(json.dumps(metadata, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(metadata) + "\n" if chosen.json else table_of(verdict))
    return 0 if metadata["passes"] else 1


def table_of(verdict: "LooksEvaluation") -> str:
    """The verdict for a person: recalls by method, and what the model gains on the best single method."""
    best = verdict.best_single
    lines = [f"{'method':24}  R@10   R@50   complement R@10  unseen R@50"]
    for name in sorted(verdict.ranks, key=lambda each: verdict.recall(each).at_10):
        it = verdict.recall(name)
        lines.append(
            f"{name:24}  {it.at_10:.4f} {it.at_50:.4f} {it.complement_at_10:10.4f} {verdict.unseen_at_50(name):14.4f}"
        )
    lines += [
        f"model less {best} at {depth}: {verdict.difference('model', best, depth)}" for depth in (10, 50)
    ]
    return "\n".join(lines) + "\n"
