"""`publish`, `rollback` and `explain`: operations on finished models."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from recommender.commands import option_types, options
from recommender.errors import PublishError


def add(commands: Any) -> None:
    """Adds `publish`, `rollback` and `explain`."""
    it = commands.add_parser("publish", help="publish a trained model if it passes the gate")
    it.add_argument(
        "--model", type=option_types.folder, required=True, metavar="MODEL", help="trained model folder"
    )
    options.published_root(it)
    it.add_argument(
        "--verdict",
        type=option_types.input_file,
        default=None,
        metavar="FILE",
        help="result of `evaluate looks --out`; required except for the first model (default: none)",
    )
    options.key_file(it, "verify the model")
    it.set_defaults(run_command=run_publish)
    back = commands.add_parser("rollback", help="serve the latest earlier version that can be verified")
    options.published_root(back)
    options.key_file(back, "verify the models")
    back.set_defaults(run_command=run_rollback)
    why = commands.add_parser("explain", help="explain the score of one item for a room")
    why.add_argument(
        "--model", type=option_types.folder, required=True, metavar="MODEL", help=options.MODEL_HELP
    )
    why.add_argument(
        "--room",
        type=option_types.text,
        required=True,
        metavar="A,B",
        help="item ids in the room, separated by commas",
    )
    why.add_argument("--item", type=option_types.text, required=True, metavar="ID", help="item id to explain")
    options.as_json(why, "the explanation")
    why.set_defaults(run_command=run_explain)


def run_publish(chosen: argparse.Namespace) -> int:
    """Publishes and prints the version. Raises `PublishError` if the gate refuses the model."""
    from recommender.looks.pipeline.publish import publish

    verdict = None if chosen.verdict is None else read_verdict(chosen.verdict)
    sys.stdout.write(publish(chosen.model, chosen.to, verdict, options.read_key(chosen)) + "\n")
    return 0


def read_verdict(file: Path) -> dict[str, Any]:
    """The result of `evaluate looks --out`. Raises `PublishError` if it is something else."""
    from recommender.looks.pipeline.model_card import evaluation_section

    try:
        verdict = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(verdict["passes"], bool):
            raise TypeError
        _ = [float(value) for value in verdict.get("gain_at_10", ())]
        evaluation_section(verdict)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError) as error:
        raise PublishError(f"{file} is not a result of `evaluate looks --out`") from error
    found: dict[str, Any] = verdict
    return found


def run_rollback(chosen: argparse.Namespace) -> int:
    """Rolls back one version and prints it."""
    from recommender.looks.pipeline.publish import roll_back

    sys.stdout.write(roll_back(chosen.to, options.read_key(chosen)) + "\n")
    return 0


def run_explain(chosen: argparse.Namespace) -> int:
    """Explains; returns 1 if the item is not in the model's catalogue."""
    from recommender.looks.serving.explain import explain
    from recommender.looks.serving.looks import LooksRecommender

    room = [item.strip() for item in chosen.room.split(",") if item.strip()]
    account = explain(LooksRecommender.open(chosen.model), room, chosen.item)
    if account is None:
        sys.stderr.write(f"recommender: {chosen.item} is not in the model's catalogue\n")
        return 1
    if chosen.json:
        sys.stdout.write(json.dumps(account.as_json()) + "\n")
        return 0
    where = account.left_out or f"place {account.place}"
    sys.stdout.write(
        f"{account.item_id}: {where}, score {account.score} (its own {account.own}); {account.reason}\n"
    )
    for contribution in account.contributions:
        sys.stdout.write(
            f"  {contribution.item_id}: vectors {contribution.vectors:+.3f}, "
            f"{contribution.baskets_together} baskets together, co-purchase {contribution.co_purchase:.4f}\n"
        )
    return 0
