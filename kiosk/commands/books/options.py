"""Arguments of `cheval ledger export` and `cheval ledger settle`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.commands.store_option import of_store


def add(whats: Any) -> None:
    """Adds both to the actions of `cheval ledger`."""
    _export(whats)


def _export(whats: Any) -> None:
    parser = whats.add_parser(
        "export",
        help="write orders, payments, refunds and taxes of a period for the accounting",
        description="Writes a row for each order, line, tax rate, receipt, payment, refund, reversal, exchange and "
        "entry of an associate, then totals, and checks that the totals agree. A running store is asked for its "
        "entries; nothing is changed. Of a damaged ledger, what is readable is written. The guide `books.md` describes "
        "the columns.",
        epilog="Exit codes: 0 complete, 1 entries are damaged, cannot be read or do not agree, 2 wrong use or not "
        "possible.",
    )
    of_days(parser)
    parser.add_argument(
        "--format",
        choices=("csv", "json"),
        default="csv",
        help="csv, or json: one object a line (default: csv)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="file to write (default: the standard output)"
    )
    of_store(parser)
    parser.set_defaults(run=_run_export)


def of_days(parser: argparse.ArgumentParser) -> None:
    """Adds the options of a period."""
    parser.add_argument(
        "--from",
        dest="first",
        type=_day,
        metavar="DAY",
        help="first day of the shop, as 2026-03-29 (default: all)",
    )
    parser.add_argument(
        "--to", dest="last", type=_day, metavar="DAY", help="last day, included (default: up to now)"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not a day, as 2026-03-29") from None


def _run_export(args: argparse.Namespace) -> int:
    from kiosk.commands.books.export import run

    return run(args)
