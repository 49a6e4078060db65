"""`cheval ledger export`: writes a period of the ledger as CSV or JSON lines."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from kiosk.commands.books.running import DIFFERENT, DONE, run_with_settings
from kiosk.commands.books.source import opened_pages
from kiosk.commands.ledger_store import CommandError
from kiosk.commands.progress import PercentLine
from kiosk.store.payments.books.export import Exported, export
from kiosk.store.payments.books.forms import Form, writer_of
from kiosk.store.payments.books.period import ShopDays
from kiosk.store.settings import StoreSettings

_NEW: Final = ".new"


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 complete, 1 damaged or not in agreement, 2 wrong use or not possible."""
    return run_with_settings(args, _export)


def _export(settings: StoreSettings, args: argparse.Namespace) -> int:
    if args.first and args.last and args.first > args.last:
        raise CommandError("the first day is after the last one")
    days = ShopDays(ZoneInfo(settings.shop.time_zone))
    line = PercentLine("exporting")
    try:
        with opened_pages(settings) as pages, _output(args.out) as file:
            writer = writer_of(Form(args.format), file, days)
            done = export(
                pages, days.period(args.first, args.last), writer, settings.shop.language, line.show
            )
    finally:
        line.end()
    return _said(done)


def _said(done: Exported) -> int:
    for notice in done.notices:
        print(f"cheval ledger: {notice}", file=sys.stderr)
    if done.damaged:
        print(
            f"cheval ledger: {done.damaged} entries are missing or were changed; they are left out",
            file=sys.stderr,
        )
    if not done.agree:
        print("cheval ledger: the totals do not agree; see the rows `check` at the end", file=sys.stderr)
    print(f"{done.rows} rows", file=sys.stderr)
    return DIFFERENT if done.notices or done.damaged or not done.agree else DONE


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    """The file, readable by its owner only, complete or not there; else the standard output. A link stays a link."""
    if path is None:
        wrapped = io.TextIOWrapper(sys.stdout.buffer, "utf-8", newline="", write_through=False)
        try:
            yield wrapped
            wrapped.flush()
        finally:
            wrapped.detach()
        return
    file_path = path.resolve()
    if file_path.exists() and not file_path.is_file():
        # a rename would replace a device, as /dev/full, by a file
        raise CommandError(f"{path} is not a regular file; for the standard output, leave --out out")
    new = file_path.with_name(file_path.name + _NEW)
    try:
        with os.fdopen(
            os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline=""
        ) as file:
            yield file
        new.replace(file_path)
    finally:
        new.unlink(missing_ok=True)
