"""The report of an import as a text file beside the feed: all mistakes, what waits for a yes, numbers by kind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

from kiosk.clock import US
from kiosk.connectors.feeds import REPORT_NAME
from kiosk.store.feed_import.report import HeldLoss, ImportReport, KindReport

_MODE: Final = 0o644


def report_lines(
    report: ImportReport, zone: tzinfo, mistakes: Callable[[KindReport], Iterable[str]]
) -> Iterator[str]:
    """The report in plain text, line by line. It contains no values about persons, since mistakes and notes contain
    none. `mistakes` gives all mistakes of a kind."""
    yield f"Feed report of {_time(report.at_us, zone)}"
    yield f"Folder: {report.folder}"
    yield from _section("Could not be imported and is tried again", report.failed)
    how = f"associates' page, or `cheval import --accept --shown {report.revision}`"
    yield from _section(f"Waits for a yes ({how})", map(_held, report.held))
    yield ""
    for kind in report.kinds:
        yield from _kind(kind, zone)
    yield from _section("Notes", report.every_note)
    every = (mistake for kind in report.kinds for mistake in mistakes(kind))
    yield from _section(f"Mistakes ({report.mistake_count}); these lines are not taken", every)


def write_report(lines: Callable[[], Iterable[str]], folders: Iterable[Path]) -> Path | None:
    """Writes the report into the first of these folders that can be written; None if none can be.

    `lines` gives its lines, once for each folder that is tried.

    A reader never sees half of a report: it is written beside its place and renamed.
    """
    for folder in folders:
        try:
            return _write(lines(), folder / REPORT_NAME)
        except OSError:
            continue
    return None


def _write(lines: Iterable[str], path: Path) -> Path:
    # a name that begins with a dot is no feed file either
    handle, name = tempfile.mkstemp(prefix=".feed-report-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(f"{line}\n" for line in lines)
            os.fchmod(file.fileno(), _MODE)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0:
            yield ""
            yield title
        yield f"  {line}"


def _kind(kind: KindReport, zone: tzinfo) -> Iterator[str]:
    when = "" if kind.read else f" (not changed since {_time(kind.read_us, zone)})"
    yield (
        f"{kind.kind:<11}{kind.file}{when}: {kind.lines} lines, {kind.changed} written, {kind.unchanged} unchanged, "
        f"{kind.deleted} deleted, {kind.mistake_count} mistakes"
    )


def _held(loss: HeldLoss) -> str:
    shown = [f"{p.key}: {p.before.formatted('en')} -> {p.after.formatted('en')}" for p in loss.prices]
    some = shown or list(loss.sample)
    more = f" and {loss.count - len(some)} more" if some and loss.count > len(some) else ""
    return f"{loss}{': ' if some else ''}{', '.join(some)}{more} [{loss.kind} {loss.digest}]"


def _time(at_us: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(at_us // US, zone).isoformat(sep=" ") if at_us else "an unknown time"
