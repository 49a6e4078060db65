"""Arguments of `cheval backup`, `cheval restore` and `cheval migrate`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kiosk.commands.store_option import of_store


def add(commands: Any) -> None:
    """Add the commands to those of `cheval`."""
    _backup(commands)
    _restore(commands)
    _migrate(commands)


def _backup(commands: Any) -> None:
    parser = commands.add_parser(
        "backup",
        help="back up all that a store machine needs, encrypted and verified",
        description="Writes one file with configuration, secrets, tokens, database, ledger, feed state and models, "
        "encrypted with the public key of `backup.public_key`; reads it back and verifies it; then deletes the oldest "
        "ones. A running store copies its database and ledger itself. Run this as the store's user.",
        epilog="Exit codes: 0 done, 1 not done, the earlier back-ups are all there, 2 wrong use.",
    )
    parser.add_argument(
        "--to", type=Path, metavar="FOLDER", help="folder for the back-up (default: backup.folder)"
    )
    parser.add_argument(
        "--keep", type=int, metavar="N", help="how many back-ups stay, 0 for all (default: backup.keep)"
    )
    parser.add_argument(
        "--new-key",
        type=Path,
        metavar="FILE",
        help="make a key: the secret part is written to FILE, the public part is printed; nothing is backed up",
    )
    parser.add_argument("--list", action="store_true", help="list the back-ups in the folder")
    parser.add_argument(
        "--erased-only",
        action="store_true",
        help="bring the list of erased members beside the back-ups up to date; nothing is backed up",
    )
    parser.add_argument("--json", action="store_true", help="print the result as one JSON line")
    of_store(parser)
    parser.set_defaults(run=_run_backup)


def _restore(commands: Any) -> None:
    parser = commands.add_parser(
        "restore",
        help="restore a back-up onto a machine without a store",
        description="Unpacks and verifies a back-up, puts all files in place with the owner of the state folder, and "
        "begins a new ledger, which leaves 1,000 receipt numbers unused. An existing store is not touched. If it is "
        "interrupted, run it again. With the Debian package, run it as root.",
        epilog="Exit codes: 0 done, 1 not done, 2 wrong use.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the back-up")
    parser.add_argument(
        "--key",
        type=Path,
        metavar="FILE",
        required=True,
        help="the secret part of the key; - reads it from the input",
    )
    parser.add_argument("--check", action="store_true", help="unpack and verify only; nothing is restored")
    parser.add_argument(
        "--state",
        type=Path,
        metavar="FOLDER",
        help="the state folder that the configuration of the back-up names (default: that of the configuration which "
        "is on this machine, else the user's)",
    )
    parser.add_argument(
        "--also",
        type=Path,
        metavar="FOLDER",
        action="append",
        default=[],
        help="files that the configuration names in this folder are put there; may be given several times. Without it "
        "only the state folder and the configuration's folder are written to",
    )
    parser.add_argument(
        "--keep-database", action="store_true", help="use the PostgreSQL database as it is, it was not lost"
    )
    parser.add_argument(
        "--erased",
        type=Path,
        metavar="FOLDER",
        help="folder with the list of members who were erased since the back-up, who are erased again (default: that "
        "of the back-up)",
    )
    parser.add_argument("--json", action="store_true", help="print the result as one JSON line")
    of_store(parser)
    parser.set_defaults(run=_run_restore)


def _migrate(commands: Any) -> None:
    parser = commands.add_parser(
        "migrate",
        help="move the shop's data from SQLite files to PostgreSQL",
        description="Copies database and ledger of the store into an empty PostgreSQL database in one transaction, "
        "reads them back and compares every row, then sets the SQLite files aside under other names. Stop the store "
        "before. If it is interrupted, run it again. The lines that the configuration then needs are printed.",
        epilog="Exit codes: 0 done, 1 not done and nothing changed, 2 wrong use.",
    )
    parser.add_argument(
        "--to",
        metavar="URL",
        required=True,
        help="postgresql://USER@HOST/DATABASE; - reads it from the input, so that a password in it is in no list of "
        "processes (or keep the password in ~/.pgpass)",
    )
    parser.add_argument(
        "--keep-ledger-file", action="store_true", help="move the database only; the ledger stays in its file"
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="write and compare everything, then undo it; nothing is changed",
    )
    parser.add_argument("--json", action="store_true", help="print the result as one JSON line")
    of_store(parser)
    parser.set_defaults(run=_run_migrate)


def _run_backup(args: argparse.Namespace) -> int:
    from kiosk.commands.backup.make import run

    return run(args)


def _run_restore(args: argparse.Namespace) -> int:
    from kiosk.commands.backup.restore import run

    return run(args)


def _run_migrate(args: argparse.Namespace) -> int:
    from kiosk.commands.backup.migrate import run

    return run(args)
