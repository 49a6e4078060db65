"""`publish`, `rollback` and `explain`: what an operator does with finished models."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from recommender.errors import PublishError


def add(commands: Any) -> None:
    """Adds the three."""
    it = commands.add_parser("publish", help="serve a trained model, if the gate lets it through")
    it.add_argument("--model", type=Path, required=True)
    it.add_argument("--to", type=Path, required=True, metavar="ROOT", help="the folder of published versions")
    it.add_argument("--verdict", type=Path, default=None, help="what `evaluate looks --out` wrote")
    it.add_argument("--key-file", type=Path, default=None)
    it.set_defaults(run=run_publish)
    back = commands.add_parser("rollback", help="serve the latest earlier model that can be proved")
    back.add_argument("--to", type=Path, required=True, metavar="ROOT")
    back.add_argument("--key-file", type=Path, default=None)
    back.set_defaults(run=run_rollback)
    why = commands.add_parser("explain", help="why one garment stands where it stands for a room")
    why.add_argument("--model", type=Path, required=True)
    why.add_argument("--room", required=True, metavar="A,B")
    why.add_argument("--item", required=True)
    why.add_argument("--json", action="store_true")
    why.set_defaults(run=run_explain)


def run_publish(chosen: argparse.Namespace) -> int:
    """Publishes; a refusal is an error of the command."""
    from recommender.looks.pipeline.publish import publish

    verdict = None
    if chosen.verdict is not None:
        try:
            verdict = json.loads(chosen.verdict.read_text(encoding="utf-8"))
        except (OSError, ValueError) as wrong:
            raise PublishError(f"{chosen.verdict} holds no verdict") from wrong
    sys.stdout.write(publish(chosen.model, chosen.to, verdict, _key(chosen)) + "\n")
    return 0


def run_rollback(chosen: argparse.Namespace) -> int:
    """Goes back one version."""
    from recommender.looks.pipeline.publish import roll_back

    sys.stdout.write(roll_back(chosen.to, _key(chosen)) + "\n")
    return 0


def run_explain(chosen: argparse.Namespace) -> int:
    """Explains; 1 where the model does not know the item."""
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


def _key(chosen: argparse.Namespace) -> bytes | None:
    return chosen.key_file.read_bytes() if chosen.key_file else None
