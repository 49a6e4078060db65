"""Arguments of `cheval integrators`."""

from __future__ import annotations

import argparse
from typing import Any

from kiosk.commands.store_option import of_store

SCOPES = ("rooms", "sales")


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "integrators",
        help="give programs of other systems access to events, and end it",
        description="Programs of other systems that may read events of pieces at /api/v1/events, and web hooks "
        "that are called with them. A running store is asked; run this as the store's user.",
        epilog="Exit codes: 0 done, 1 refused (the reason is said), 2 wrong use or not possible.",
    )
    parser.set_defaults(run=_run)
    whats = parser.add_subparsers(title="actions", dest="what", required=True, metavar="ACTION")
    added = whats.add_parser("add", help="add a program; prints its token, which is shown this once")
    added.add_argument(
        "--scope",
        action="append",
        choices=SCOPES,
        required=True,
        help="rooms: pieces carried into fitting rooms and out; sales: pieces sold and returned; may be repeated",
    )
    revoked = whats.add_parser("revoke", help="end a program's token and its open streams")
    for one in (added, revoked):
        one.add_argument("name", metavar="NAME", help="of the program: small letters, digits, `-` and `_`")
    listed = whats.add_parser("list", help="show the programs that have access")
    listed.add_argument("--json", action="store_true", help="print one JSON line")
    hooks = whats.add_parser("hooks", help="show how the web hooks of the configuration do")
    hooks.add_argument("--json", action="store_true", help="print one JSON line")
    again = whats.add_parser(
        "send-again", help="send the events that a web hook did not take again, and go on after status 410"
    )
    again.add_argument("name", metavar="HOOK", help="its name in `events.web_hooks`")
    for one in (added, revoked, listed, hooks, again):
        of_store(one)


def _run(args: argparse.Namespace) -> int:
    from kiosk.commands.integrators.command import run

    return run(args)
