"""`cheval ledger settle`: compares the ledger with reports of payment services, and persons' words with both."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.commands.books.running import DIFFERENT, DONE, run_with_settings
from kiosk.commands.books.settle_output import as_json, as_text
from kiosk.commands.books.source import RunningPages, opened_pages
from kiosk.commands.ledger_store import CommandError
from kiosk.commands.progress import PercentLine
from kiosk.connectors.payments.reports.line import Service
from kiosk.connectors.payments.reports.reading import opened_report
from kiosk.store.payments.books.history import Pages
from kiosk.store.payments.books.period import ShopDays
from kiosk.store.payments.books.settle.differences import Word
from kiosk.store.payments.books.settle.lines import Lines
from kiosk.store.payments.books.settle.settlement import Compared, Scope, settle
from kiosk.store.settings import StoreSettings

Agreements = dict[str, str]
"""Keys of payments and refunds about which a person has said something, and what came of it."""


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 no differences, 1 differences, 2 not possible."""
    return run_with_settings(args, _settle)


def _settle(settings: StoreSettings, args: argparse.Namespace) -> int:
    if args.first and args.last and args.first > args.last:
        raise CommandError("the first day is after the last one")
    known = {terminal.name for terminal in settings.terminals}
    for name in args.terminals or ():
        if name not in known:
            print(f"cheval ledger: there is no terminal `{name}` in the configuration now", file=sys.stderr)
    days = ShopDays(ZoneInfo(settings.shop.time_zone))
    reports = _read(args.files, days, settings.shop.currency)
    line = PercentLine("comparing")
    try:
        with opened_pages(settings) as pages:
            period = days.period(args.first, args.last)
            scope = Scope(period, args.pending_days, frozenset(args.terminals or ()))
            compared = [settle(pages, each, days, scope, line.show) for each in reports]
            words = [word for each in compared for word in each.found.words]
            agreements = {} if args.dry_run else _say(pages, words)
    finally:
        line.end()
    if args.json:
        print(json.dumps(as_json(compared, agreements, days), ensure_ascii=False))
    else:
        print("\n".join(as_text(compared, agreements, days)))
    return DIFFERENT if _differ(compared, agreements) else DONE


def _read(files: Sequence[Path], days: ShopDays, currency: str) -> list[Lines]:
    """The lines of the reports by service. Raises ReportError, OSError."""
    found: dict[Service, Lines] = {}
    for path in files:
        with opened_report(path, days.zone, currency) as report:
            found.setdefault(report.service, Lines(report.service)).add(report.lines)
    return list(found.values())


def _say(pages: Pages, words: Sequence[Word]) -> Agreements:
    """Tells the running store what the reports say of persons' words."""
    if not words:
        return {}
    if not isinstance(pages, RunningPages):
        print(
            f"cheval ledger: {len(words)} payments or refunds rest on a person's word; start the store and run this "
            "again, so that they are confirmed",
            file=sys.stderr,
        )
        return dict.fromkeys((word.key for word in words), "not-said")
    return {word.key: pages.say(word) for word in words}


def _differ(compared: Sequence[Compared], agreements: Agreements) -> bool:
    differ = any(each.found.differences or each.damaged or each.notices for each in compared)
    return differ or "contradicted" in agreements.values()
