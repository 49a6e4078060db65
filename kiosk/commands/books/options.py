"""Arguments of `cheval ledger export` and `cheval ledger settle`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.commands.store_option import of_store

FIRST_YEAR, LAST_YEAR = 1970, 2999


def add(whats: Any) -> None:
    """Adds both to the actions of `cheval ledger`."""
    _export(whats)
    _settle(whats)


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


def _settle(whats: Any) -> None:
    parser = whats.add_parser(
        "settle",
        help="compare the ledger with the settlement reports of Stripe, Adyen or the shop's own terminal",
        description="Compares payments and refunds with the report of a payment service: Stripe's payout "
        "reconciliation (itemised CSV), Adyen's settlement details (CSV), or a table of the shop's own terminal; which "
        "one it is, is recognised by its first line. What an associate has said about a payment, while its terminal "
        "did not answer, is confirmed by the running store if the report agrees; else it becomes a task at the desk. "
        "The guide `books.md` says what each difference means.",
        epilog="Exit codes: 0 no differences, 1 differences, 2 a file that cannot be used, wrong use, or not possible.",
    )
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="reports; also of several services"
    )
    of_days(parser, "that of the first payment in the reports", "that of the last payment in the reports")
    parser.add_argument(
        "--terminal",
        dest="terminals",
        action="append",
        metavar="NAME",
        help="only payments at this terminal of the configuration; may be repeated. For reports that do not cover all "
        "terminals of a service, as of one of several own terminals (default: all terminals of the service)",
    )
    parser.add_argument(
        "--pending-days",
        type=_count,
        metavar="N",
        help="days before the end of a report of which payments may come with the next one (default: 2 for Stripe, 3 "
        "for Adyen, 0 for the shop's own terminal)",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="only compare; the store is not told what the report says of persons' words",
    )
    parser.add_argument("--json", action="store_true", help="print the result as one JSON line")
    of_store(parser)
    parser.set_defaults(run=_run_settle)


def of_days(parser: argparse.ArgumentParser, first: str = "all", last: str = "up to now") -> None:
    """Adds the options of a period, with what they stand for if they are not given."""
    parser.add_argument(
        "--from",
        dest="first",
        type=_day,
        metavar="DAY",
        help=f"first day of the shop, as 2026-03-29 (default: {first})",
    )
    parser.add_argument(
        "--to", dest="last", type=_day, metavar="DAY", help=f"last day, included (default: {last})"
    )


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not a day, as 2026-03-29") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"days are from {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _run_export(args: argparse.Namespace) -> int:
    from kiosk.commands.books.export import run

    return run(args)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 3:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of days")
    return int(text)


def _run_settle(args: argparse.Namespace) -> int:
    from kiosk.commands.books.settle import run

    return run(args)
