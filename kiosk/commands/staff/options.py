"""Arguments of `cheval staff`."""

from __future__ import annotations

import argparse
from typing import Any

from kiosk.commands.store_option import of_store
from kiosk.store.staff.roles import Role

ROLES = tuple(role.value for role in Role)
_ROLES_HELP = (
    "associate: serves shoppers; back-of-house: stockroom, what is to be brought and bagged; manager: everything; "
    "analyst: insights only"
)


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "staff",
        help="add and remove people, set PINs and roles",
        description="The people who sign in on the associates' page. A running store is asked to change them; run this "
        "as the store's user. The first manager of a new store: cheval staff add NAME --role manager",
        epilog="Exit codes: 0 done, 1 refused (the reason is said), 2 wrong use or not possible.",
    )
    parser.set_defaults(run=_run)
    whats = parser.add_subparsers(title="actions", dest="what", required=True, metavar="ACTION")
    added = whats.add_parser("add", help="give a person access; prints the PIN, or asks for one")
    added.add_argument("name", metavar="NAME", help="as it is shown to shoppers, for instance a first name")
    added.add_argument("--role", choices=ROLES, default="associate", help=_ROLES_HELP)
    added.add_argument("--id", help="an id of the feed, or of somebody whose access has ended")
    pin = whats.add_parser("pin", help="set a PIN; the person's sessions end")
    role = whats.add_parser("role", help="set a role; the person's sessions end")
    role.add_argument("person", metavar="PERSON", help="a name or an id")
    role.add_argument("role", choices=ROLES, help=_ROLES_HELP)
    removed = whats.add_parser("remove", help="end a person's access")
    for one in (pin, removed):
        one.add_argument("person", metavar="PERSON", help="a name or an id")
    for one in (added, pin):
        one.add_argument(
            "--ask-pin",
            action="store_true",
            help="read the PIN from the terminal without echo; else one is made",
        )
    listed = whats.add_parser("list", help="show who has access")
    listed.add_argument("--log", action="store_true", help="show who changed the staff instead")
    listed.add_argument("--json", action="store_true", help="print one JSON line")
    for one in (added, pin, role, removed, listed):
        of_store(one)


def _run(args: argparse.Namespace) -> int:
    from kiosk.commands.staff.command import run

    return run(args)
