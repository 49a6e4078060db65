"""`cheval migrate`: moves the shop's data from SQLite files to PostgreSQL."""

from __future__ import annotations

import argparse
import json
import logging
import sqlite3
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from kiosk import paths
from kiosk.commands.backup.steps import Steps
from kiosk.commands.configuration import store_config
from kiosk.commands.ledger_store import CommandError, alone, reason_of, require_owner
from kiosk.store.backup.moved.moving import Move, Moved, Say, set_aside, sqlite_database
from kiosk.store.errors import BackupError, StoreError
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.resources import ledger_place
from kiosk.store.settings import StoreSettings, settings_of

DONE, NOT_DONE, WRONG_USE = 0, 1, 2
_MAX_URL = 4096


@dataclass(frozen=True, slots=True)
class _Result:
    moved: Moved
    kept: tuple[Path, ...]
    took_s: float


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 done, 1 not done, 2 wrong use."""
    logging.getLogger().addHandler(logging.NullHandler())
    file, config = store_config(args.config)
    steps = Steps()
    try:
        url = _target(args.to)
        require_owner(paths.state_place("store", config.state), "migrate")
        settings = settings_of(config)
        sqlite_database(settings)
        result = _moved(settings, url, args, steps.show)
    except (CommandError, BackupError) as error:
        steps.end()
        return _failed(error, WRONG_USE if isinstance(error, CommandError) else NOT_DONE)
    except (OSError, sqlite3.Error, StoreError) as error:
        steps.end()
        return _failed(reason_of(error), NOT_DONE)
    except OperationalError as error:
        steps.end()
        # the driver's own words, of which the first line names host, user or database, and no password
        words = str(error.orig).strip().splitlines() or [type(error).__name__]
        return _failed(f"the database {_shown(url)} cannot be used: {words[0]}", NOT_DONE)
    except SQLAlchemyError as error:
        steps.end()
        return _failed(f"the database fails with {type(error).__name__}", NOT_DONE)
    finally:
        steps.end()
    _show(result, url, file, args)
    return DONE


def _failed(error: object, code: int) -> int:
    print(f"cheval migrate: {error}", file=sys.stderr)
    return code


def _target(given: str) -> str:
    text = sys.stdin.read(_MAX_URL).strip() if given == "-" else given
    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError):
        backend = ""
    if backend != "postgresql" or not url.database:
        raise CommandError("--to: an address such as postgresql://shop@db.example/cheval")
    return text


def _shown(url: str) -> str:
    return make_url(url).render_as_string()


def _moved(settings: StoreSettings, url: str, args: argparse.Namespace, say: Say) -> _Result:
    began_s, with_ledger = time.monotonic(), not args.keep_ledger_file
    with alone(settings) as held:
        ledger = open_ledger(ledger_place(settings), held.key, held.kept.read())
        try:
            moved = Move(settings, ledger, url, say, with_ledger=with_ledger).run(rehearse=args.dry_run)
        finally:
            ledger.close()
    kept = () if args.dry_run else set_aside(settings, with_ledger=with_ledger)
    return _Result(moved, kept, time.monotonic() - began_s)


def _show(result: _Result, url: str, file: Path, args: argparse.Namespace) -> None:
    moved = result.moved
    rows = sum(moved.rows.values())
    if args.json:
        found = {
            "to": _shown(url), "dry_run": args.dry_run, "tables": len(moved.rows), "rows": rows,
            "ledger_entries": moved.entries, "again": moved.again, "kept": [str(each) for each in result.kept],
            "took_s": round(result.took_s, 1),
        }  # fmt: skip
        print(json.dumps(found, ensure_ascii=False))
        return
    said = "could be moved; nothing was changed" if args.dry_run else "moved"
    print(
        f"{rows:,} rows of {len(moved.rows)} tables {said}: all compared and equal, "
        f"{moved.entries:,} entries in the ledger, {result.took_s:.0f} s"
    )
    if moved.again:
        print("they were in the database already, from a run that was interrupted at its end")
    if args.dry_run:
        return
    print(f"now write into {file}:\n  database: {_shown(url)}")
    if not args.keep_ledger_file:
        print("  payments:\n    ledger: database")
    for each in result.kept:
        print(f"the old file is kept as {each}; delete it when a back-up of the new database is verified")
