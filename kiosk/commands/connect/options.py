"""Arguments of `cheval connect`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kiosk.commands.store_option import of_store


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "connect",
        help="show, test and read the systems that the store takes catalogue and stock from",
        description="The systems of `connectors` in the store's file. The running store reads them by itself; run this "
        "as the store's user.",
        epilog="Exit codes: 0 done; 1 rows are refused, something waits for a yes, or a system of the list fails; 2 "
        "wrong use, or the system could not be read.",
    )
    parser.set_defaults(run=_run)
    whats = parser.add_subparsers(title="actions", dest="what", required=True, metavar="ACTION")
    listed = whats.add_parser("list", help="show the systems, when they were read, and what is wrong")
    tested = whats.add_parser(
        "test", help="ask for the first page of each list and show what would become of it; changes nothing"
    )
    pulled = whats.add_parser("pull", help="read a system whole, without changing the store")
    where = pulled.add_mutually_exclusive_group(required=True)
    where.add_argument("--dry-run", action="store_true", help="show what an import would do")
    where.add_argument(
        "--into",
        type=Path,
        metavar="FOLDER",
        help="write the files of the feed, and below `raw` what the system said, into an empty or new folder",
    )
    synced = whats.add_parser("sync", help="read a system now and import it, as the store does by itself")
    for one in (tested, pulled, synced):
        one.add_argument("name", metavar="NAME", help="of the system in `connectors`")
        one.add_argument("--verbose", action="store_true", help="show all mistakes, not only the first ten")
    for one in (listed, tested, pulled, synced):
        one.add_argument("--json", action="store_true", help="print one JSON line")
        of_store(one)


def _run(args: argparse.Namespace) -> int:
    from kiosk.commands.connect.command import run

    return run(args)
