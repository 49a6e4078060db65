"""Arguments of `cheval import`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kiosk.commands.store_option import of_store


def add(commands: Any) -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "import",
        help="import a feed or a file of another system, or say what would happen; accept what waits for a yes",
        description="Imports the feed files of a folder, or of the configured feed, and shows what waits for a yes. "
        "With --mapping it converts a file of another system into feed files first. A running store is asked to do it; "
        "run this as the store's user.",
        epilog="Exit codes: 0 imported, 1 something waits, has mistakes or could not be imported, 2 wrong use "
        "or not possible.",
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER|FILE",
        help="folder with feed files (default: catalogue.feed); with --mapping, the file",
    )
    parser.add_argument(
        "--mapping",
        metavar="PRESET|FILE",
        help="how the columns of a file become the feed: a preset (shopify, woocommerce, ...; a wrong name lists all), "
        "or a YAML file",
    )
    parser.add_argument(
        "--delta", action="store_true", help="with --mapping: the file contains only what has changed"
    )
    parser.add_argument("--dry-run", action="store_true", help="change nothing, only show what would happen")
    parser.add_argument(
        "--accept",
        nargs="?",
        const="",
        metavar="KIND",
        help="take over what waits: all of it, or one kind (styles, items, stock, ...); with --dry-run only show it",
    )
    parser.add_argument(
        "--shown",
        metavar="REVISION",
        help="with --accept: take it over only if it is the list that was shown with this revision; without --shown, "
        "what this command finds in the feed is taken over",
    )
    parser.add_argument("--verbose", action="store_true", help="show all mistakes, not only the first ten")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON line")
    of_store(parser)
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from kiosk.commands.feed_import import run

    return run(args)
