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
        epilog="Exit codes: 0 ended by a signal, 1 not paired (--pair), 2 wrong configuration.",
    )
    parser.add_argument(
        "--config",
        type=Path,
        help="its YAML file, with the keys of a mirror's; `room` is the name of the stand (default: "
        "~/.config/cheval/stand.yaml, then /etc/cheval/stand.yaml)",
    )
    parser.add_argument("--check", action="store_true", help="check the configuration file and exit")
    parser.add_argument(
        "--pair",
        metavar="CODE",
        help="pair with the store by the code that `cheval pair STAND` shows, and exit; then restart the service",
    )
    parser.add_argument("--json", action="store_true", help="write the log as JSON lines")
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from kiosk.commands.stand.command import run

    return run(args)
