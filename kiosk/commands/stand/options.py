"""Arguments of `cheval stand`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Add the command; `commands` is what `add_subparsers` returns."""
    parser = commands.add_parser(
        "stand",
        help="run the card reader of a stand, at which a tap buys one garment",
        description="Runs a card reader beside one garment. A member's card or ring that is tapped there buys one "
        "piece, with her stored means of payment. The garment is in the store's file (`stands`).",
    )
    parser.add_argument(
        "--config",
        type=Path,
        help="a mirror's YAML file whose `room` is the name of the stand (default: as for `cheval mirror`)",
    )
    parser.add_argument("--check", action="store_true", help="check the configuration file and exit")
    parser.add_argument("--json", action="store_true", help="write the log as JSON lines")
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from kiosk.commands.stand.command import run

    return run(args)
