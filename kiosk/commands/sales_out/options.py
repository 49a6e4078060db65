"""Arguments of `cheval sales-out`."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from kiosk.commands.store_option import of_store


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "sales-out",
        help="show which systems have taken the sales, skip or give again what one refuses",
        description="Orders, refunds, exchanges and stock movements for the retailer's systems (`sales_out`). The "
        "running store is asked; run this on its computer, as the store's user.",
        epilog="Exit codes: 0 done, 1 refused (the reason is said), 2 wrong use or not possible, 3 for `status`: "
        "somebody must act.",
    )
    parser.set_defaults(run=_run)
    whats = parser.add_subparsers(title="actions", dest="what", required=True, metavar="ACTION")
    status = whats.add_parser(
        "status", help="show each destination: what it has taken, what waits, what fails"
    )
    status.add_argument("--json", action="store_true", help="print one JSON line")
    retry = whats.add_parser("retry", help="give the document that a destination refuses once more")
    skip = whats.add_parser("skip", help="never give the document that a destination refuses")
    replay = whats.add_parser("replay", help="give all documents from a day on again, with the ids they had")
    for one in (retry, skip, replay):
        one.add_argument("name", metavar="NAME", help="of the destination, in `sales_out`")
    skip.add_argument("--reason", required=True, help="why; it is kept with your user name")
    replay.add_argument(
        "--from", dest="first", type=date.fromisoformat, required=True, metavar="DAY", help="YYYY-MM-DD"
    )
    replay.add_argument("--dry-run", action="store_true", help="only say how many documents these are")
    whats.add_parser("schema", help="print the JSON schema of a document").set_defaults(run=_schema)
    for one in (status, retry, skip, replay):
        of_store(one)


def _run(args: argparse.Namespace) -> int:
    from kiosk.commands.sales_out.command import run

    return run(args)


def _schema(args: argparse.Namespace) -> int:
    import json

    from kiosk.connectors.sales_out.schema import document_schema

    del args
    print(json.dumps(document_schema(), indent=2))
    return 0
