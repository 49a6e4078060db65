"""`evaluate looks`: recall of the model and of simpler methods on the newest days, with paired intervals."""

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from recommender.commands import fit, option_types, options

if TYPE_CHECKING:
    from recommender.looks.evaluation.evaluate import LooksEvaluation


def add(commands: Any) -> None:
    """Adds `evaluate` with `looks`, `fit` and `size`."""
    evaluations = commands.add_parser("evaluate", help="evaluate looks, fit or size against simpler methods")
    kinds = evaluations.add_subparsers(dest="what", required=True, metavar="KIND")
    it = kinds.add_parser(
        "looks",
        help="hide one item of each later basket and measure the recall of every method",
        description="Exit codes: 0 not worse than the best single method by the 95 % interval, 1 worse, "
        "2 unusable tables.",
    )
    options.catalogue(it)
    it.add_argument(
        "--events", type=option_types.table, required=True, metavar="EVENTS", help=options.EVENTS_HELP
    )
    it.add_argument(
        "--against",
        type=option_types.folder,
        default=None,
        metavar="MODEL",
        help="evaluate this finished model as well; it must not have been trained on the newest share (default: none)",
    )
    it.add_argument(
        "--questions",
        type=option_types.rows,
        default=6000,
        metavar="N",
        help="maximum number of holdout cases (default: 6000)",
    )
    it.add_argument(
        "--share",
        type=option_types.share,
        default=0.17,
        metavar="SHARE",
        help="newest share of the history to evaluate on, 0 to 1 (default: 0.17)",
    )
    options.as_of(it)
    options.training(it)
    it.add_argument(
        "--als-python",
        type=option_types.interpreter,
        default=None,
        metavar="PYTHON",
        help="Python interpreter with the library implicit, to evaluate ALS as well (default: none)",
    )
    options.as_json(it, "the result")
    it.add_argument(
        "--out",
        type=option_types.output_file,
        default=None,
        metavar="FILE",
        help="write the result as JSON, for `publish` (default: none)",
    )
    it.set_defaults(run_command=run)
    fit.add_evaluations(kinds)


def run(chosen: argparse.Namespace) -> int:
    """Evaluates and prints; returns 0 if the model is not worse than the best single method by the interval, else 1."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.commands.progress import Progress
    from recommender.inputs.catalogue import read_items
    from recommender.inputs.history import read_events
    from recommender.looks.evaluation.evaluate import evaluate
    from recommender.looks.evaluation.report import evaluation_json
    from recommender.looks.serving.looks import LooksRecommender
    from recommender.looks.training.hyperparameters import Hyperparameters

    items = read_items(chosen.catalogue)
    events = read_events(chosen.events, items, options.history_limits(chosen))
    changes = {
        "threads": chosen.threads,
        "seed": chosen.seed,
        "max_cases": chosen.questions,
        "validation": chosen.share,
    }
    if chosen.epochs:
        changes["epochs"] = chosen.epochs
    others = {"published": LooksRecommender.open(chosen.against)} if chosen.against else None
    result = evaluate(items, events, Hyperparameters(**changes), Progress(), others, als=chosen.als_python)
    metadata = evaluation_json(result)
    if chosen.out:
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        chosen.out.write_text(json.dumps(metadata, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(metadata) + "\n" if chosen.json else table_of(result))
    return 0 if metadata["passes"] else 1


def table_of(result: "LooksEvaluation") -> str:
    """The evaluation as text: recall by method, the difference to the best single method, and the segments."""
    from recommender.looks.evaluation.evaluate import REFERENCE
    from recommender.looks.evaluation.report import segment_table

    best = result.best_single
    lines = [f"{'method':24}  R@10   R@50   complement R@10  unseen R@50"]
    for name in sorted(result.ranks, key=lambda each: result.recall(each).at_10):
        it = result.recall(name)
        lines.append(
            f"{name:24}  {it.at_10:.4f} {it.at_50:.4f} {it.complement_at_10:10.4f} {result.unseen_at_50(name):14.4f}"
        )
    lines += [
        f"model minus {best} at {depth}: {result.difference('model', best, depth)}" for depth in (10, 50)
    ]
    if REFERENCE in result.ranks:
        lines += ["", *segment_table(result)]
    return "\n".join(lines) + "\n"
