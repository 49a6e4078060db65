"""Arguments of `cheval cards`."""

from __future__ import annotations

import argparse
from typing import Any

from kiosk.commands.store_option import of_store


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "cards",
        help="enrol, block, limit and list members' cards and rings",
        description="Members' cards and rings (NTAG 424 DNA). Works while the store runs.",
        epilog="Exit codes: 0 done, 1 refused or failed, 2 wrong arguments or configuration, 3 no card in time.",
    )
    parser.set_defaults(run=_run_cards)
    whats = parser.add_subparsers(title="actions", dest="what", required=True, metavar="ACTION")
    enrol = whats.add_parser(
        "enrol", help="write a blank card for a shopper; continues an interrupted enrolment"
    )
    enrol.add_argument("--shopper", required=True, metavar="ID", help="the shopper's id in the store")
    enrol.add_argument(
        "--kind", choices=("card", "ring"), default="card", help="card or ring (default: card)"
    )
    enrol.add_argument(
        "--link-base",
        metavar="URL",
        help="link written to the card (default: cards.link_base, or listen.public_url + /m)",
    )
    enrol.add_argument("--new-key", action="store_true", help="create the master key file if there is none")
    _at_reader(enrol)
    for what, words in (("block", "block a card"), ("unblock", "unblock a card")):
        block = whats.add_parser(what, help=words)
        which = block.add_mutually_exclusive_group(required=True)
        which.add_argument("card", nargs="?", metavar="SHORT-ID", help="as shown by `cheval cards list`")
        which.add_argument("--laid", action="store_true", help="the card on the reader")
        _at_reader(block)
    limit = whats.add_parser("limit", help="set the daily spending limit of a card")
    limit.add_argument("card", metavar="SHORT-ID", help="as shown by `cheval cards list`")
    limit.add_argument(
        "amount", metavar="AMOUNT", help="in minor units (cents), or `shop` for the shop's limit"
    )
    of_store(limit)
    listing = whats.add_parser("list", help="list all cards, without names and card numbers")
    listing.add_argument("--json", action="store_true", help="print JSON")
    of_store(listing)


def _at_reader(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reader",
        default="pcsc://",
        metavar="URI",
        help="pcsc://[NAME] or sim://HOST:PORT (default: pcsc://)",
    )
    parser.add_argument("--wait", type=float, default=60.0, metavar="S", help="seconds to wait (default: 60)")
    of_store(parser)


def _run_cards(args: argparse.Namespace) -> int:
    from kiosk.commands.cards import run

    return run(args)
