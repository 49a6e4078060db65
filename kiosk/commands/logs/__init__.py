"""`cheval logs`: collects what a technician needs into one file, which is looked at before it is given away."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "logs",
        help="collect logs, versions, configuration, doctor and health in one file, without names and secrets",
        description="Collects what a technician needs into one file, and shows what is in it. Nothing is sent: look at "
        "the file with `cheval logs show FILE`, then give it away yourself.",
        epilog="Exit codes: 0 done, 1 a part is missing (the list says which), 2 wrong use or not possible.",
    )
    parser.set_defaults(run=_run)
    whats = parser.add_subparsers(title="actions", dest="what", required=True, metavar="ACTION")
    bundle = whats.add_parser("bundle", help="write the file, and list what is in it")
    bundle.add_argument("file", type=Path, metavar="FILE", help="a new file, for instance cheval-logs.zip")
    bundle.add_argument(
        "--hours", type=_hours, default=24, metavar="N", help="how far back (default: 24, at most 336)"
    )
    bundle.add_argument(
        "--store", type=Path, metavar="FILE", help="the store's configuration (default: as for doctor)"
    )
    bundle.add_argument("--mirror", type=Path, metavar="FILE", help="the mirror's configuration")
    bundle.add_argument(
        "--log",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a log file, in addition to the journal",
    )
    show = whats.add_parser("show", help="list what is in such a file, or print a part of it")
    show.add_argument("file", type=Path, metavar="FILE")
    show.add_argument("part", nargs="?", metavar="PART", help="a name of the list")


def _hours(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 336):
        raise argparse.ArgumentTypeError("must be a number from 1 to 336")
    return int(text)


def _run(args: argparse.Namespace) -> int:
    from kiosk.commands.logs.command import run

    return run(args)
