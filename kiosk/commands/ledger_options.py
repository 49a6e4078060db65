"""Arguments of `cheval ledger`."""

from __future__ import annotations

import argparse
from typing import Any

from kiosk.commands.books import options as books_options
from kiosk.commands.store_option import of_store


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "ledger",
        help="audit and export the payments' ledger, compare it with a service's report, begin a new one",
        description="The ledger of orders, payments and refunds. Run this as the store's user.",
    )
    parser.set_defaults(run=_run)
    whats = parser.add_subparsers(title="actions", dest="what", required=True, metavar="ACTION")
    audit = whats.add_parser(
        "audit",
        help="check every entry, and list what is damaged",
        description="Checks every entry of the ledger and of those before it. A running store is asked to do it; "
        "without one the tables that are derived from the entries are compared as well, and made again if they "
        "differ.",
        epilog="Exit codes: 0 sound, 1 an entry is damaged, an earlier ledger is missing, or payments are closed, "
        "2 wrong use or not possible. Damaged entries of earlier ledgers, and entries that were lost when a new ledger "
        "was begun, are listed; they do not count, since that was known then. An export of their time exits with 1.",
    )
    audit.add_argument("--json", action="store_true", help="print the result as one JSON line")
    of_store(audit)
    reopen = whats.add_parser(
        "reopen",
        help="begin a new ledger after a damaged, lost or restored one, or in another place",
        description="Begins a new ledger that names the last entry of the old one, takes over sold pieces and open "
        "payments, and leaves 1,000 receipt numbers unused. The old one is kept beside it and is still read for "
        "receipts and returns. To be used when payments are closed because of the ledger, after every restore of a "
        "backup, and after a change of payments.ledger. The store must not run.",
        epilog="Exit codes: 0 done, 1 a ledger without faults was left as it is, 2 wrong use or not possible (a file "
        "that may not be read, or a folder in its place: nothing is begun).",
    )
    reopen.add_argument(
        "--although-sound", action="store_true", help="also if nothing is wrong, after a restore for instance"
    )
    reopen.add_argument("--json", action="store_true", help="print the result as one JSON line")
    of_store(reopen)
    books_options.add(whats)


def _run(args: argparse.Namespace) -> int:
    from kiosk.commands.ledger import run

    return run(args)
