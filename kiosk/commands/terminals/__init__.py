"""`cheval terminals`: lists the payment terminals, pairs and tests one, rehearses against simulated ones."""

from __future__ import annotations

import argparse
from typing import Any

from kiosk.commands.store_option import of_store


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "terminals",
        help="list, pair and test the payment terminals, or rehearse with simulated ones",
        description="The payment terminals of the store's configuration. Run this as the store's user or as root.",
    )
    parser.set_defaults(run=_run)
    whats = parser.add_subparsers(title="actions", dest="what", required=True, metavar="ACTION")
    listed = whats.add_parser(
        "list",
        help="the configured terminals, and those that the provider knows",
        description="Tries each configured terminal without moving money, and lists the terminals that belong to the "
        "same key at its provider, with the address for the configuration.",
        epilog="Exit codes: 0 all can be used, 1 one cannot, 2 wrong use or not possible.",
    )
    listed.add_argument("--json", action="store_true", help="print the result as one JSON line")
    of_store(listed)
    pair = whats.add_parser(
        "pair",
        help="check the keys of a terminal, and show its name on its display",
        description="Tries the terminal with its keys and shows the name that it has in the configuration on its "
        "display, so that it can be told from the others. If it cannot be used, says what is to be done.",
        epilog="Exit codes: 0 it can be used, 1 it cannot, 2 wrong use or not possible.",
    )
    pair.add_argument("name", metavar="NAME", help="its name in the configuration")
    of_store(pair)
    test = whats.add_parser(
        "test",
        help="a purchase of the smallest amount, which is given back at once",
        description="The running store collects the smallest amount at the terminal and gives it back at once. It is "
        "in the ledger, without pieces and without a receipt.",
        epilog="Exit codes: 0 collected and given back, 1 not, 2 wrong use or not possible.",
    )
    test.add_argument("name", metavar="NAME", help="its name in the configuration")
    test.add_argument("--live", action="store_true", help="also with a terminal that charges real cards")
    test.add_argument(
        "--wait", type=float, default=180.0, metavar="SECONDS", help="longest wait (default: 180)"
    )
    test.add_argument("--json", action="store_true", help="print the result as one JSON line")
    of_store(test)
    rehearse = whats.add_parser(
        "rehearse",
        help="run a store against simulated terminals of the providers",
        description="Starts simulated terminals for every terminal of the configuration and a store with a state "
        "directory of its own that uses them. The configuration's other parts stay; no real terminal is contacted, and "
        "nothing is written into the shop's own state directory or database.",
        epilog="Keys: Enter lays a card on the first terminal, `d` declines one, `n` the next terminal, `l` loses the "
        "next reply, `q` ends. Exit codes: 0 ended, 1 a part ended by itself, 2 wrong use or not possible.",
    )
    rehearse.add_argument(
        "--state", metavar="FOLDER", help="keeps the state there (default: a temporary folder)"
    )
    of_store(rehearse)


def _run(args: argparse.Namespace) -> int:
    from kiosk.commands.terminals.command import run

    return run(args)
