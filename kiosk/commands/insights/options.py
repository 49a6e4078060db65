"""Arguments of `cheval insights`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kiosk.commands.store_option import of_store

WEEKS = (1, 4, 13, 52)
FORMATS = ("csv", "parquet")
FEATURES = ("looks", "sizes")
MEASURES = ("money", "sales", "pieces")


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "insights",
        help="export what was tried, bought and asked for, also for a chain; begin and stop on/off trials",
        description="Figures of whole weeks without persons; groups under 10 are not shown. Run this as the store's "
        "user. The same figures are on the page /insights of the store.",
        epilog="Exit codes: 0 done, 2 wrong use or not possible (the reason is said).",
    )
    whats = parser.add_subparsers(title="actions", dest="what", required=True, metavar="ACTION")
    exported = whats.add_parser("export", help="write each table into a file of a folder")
    exported.add_argument("--format", choices=FORMATS, default="csv")
    exported.add_argument("--weeks", type=int, choices=WEEKS, default=4, help="whole weeks that have ended")
    exported.add_argument(
        "--language", default="", help="of names of styles and colours (default: the shop's)"
    )
    exported.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="made where it is missing"
    )
    of_store(exported)
    exported.set_defaults(run=_run)
    _publish(whats)
    _trial(whats)


def _publish(whats: Any) -> None:
    published = whats.add_parser(
        "publish",
        help="write catalogue and item events for the chain as Parquet files, one for each day",
        description="Writes the days that have ended (UTC) and are not there yet, and those of the last week again if "
        "they have changed. No persons, no serial numbers. The store may run or not.",
    )
    published.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER", help="the chain's folder, the same for all shops"
    )
    published.add_argument(
        "--shop",
        required=True,
        metavar="KEY",
        help="this shop's key in the chain: a-z, 0-9 and -, at most 32",
    )
    published.add_argument(
        "--all", action="store_true", help="all days that the store knows, not only new ones"
    )
    published.add_argument("--json", action="store_true", help="print the result as one JSON line")
    of_store(published)
    published.set_defaults(run=_run_publish)


def _trial(whats: Any) -> None:
    trial = whats.add_parser("trial", help="on/off trials; the store must run")
    acts = trial.add_subparsers(title="actions", dest="act", required=True, metavar="ACTION")
    start = acts.add_parser("start", help="begin tomorrow: off in drawn rooms and hours")
    start.add_argument("--feature", choices=FEATURES, default="looks", help="what is switched")
    start.add_argument("--measure", choices=MEASURES, default="money", help="what is compared, per visit")
    start.add_argument("--weeks", type=int, default=4, help="how long, 1 to 26 (default: 4)")
    listed = acts.add_parser("list", help="show the trials; a result appears after the last day")
    stop = acts.add_parser("stop", help="end a trial before its time, without a result")
    stop.add_argument("trial", type=int, metavar="NUMBER", help="as `list` shows it")
    for one in (start, listed, stop):
        of_store(one)
        one.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from kiosk.commands.insights.command import run

    return run(args)


def _run_publish(args: argparse.Namespace) -> int:
    from kiosk.commands.insights.publish import run

    return run(args)
