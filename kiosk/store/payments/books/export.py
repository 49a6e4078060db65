"""Exports a period of the ledgers: rows in the order of the entries, then totals and checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.store.payments.books.forms import Writer
from kiosk.store.payments.books.history import Page, Pages, all_pages
from kiosk.store.payments.books.order_rows import rows_of
from kiosk.store.payments.books.period import Period
from kiosk.store.payments.books.rows import Row
from kiosk.store.payments.books.totals import Totals

Progress = Callable[[int, int], None]
"""Called with the entries that were looked at, and the number of all."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export has written. `damaged`: entries that were left out, `notices`: what cannot be read as a whole,
    `agree`: the totals agree with each other."""

    rows: int
    damaged: int
    notices: tuple[str, ...]
    agree: bool


def export(pages: Pages, period: Period, writer: Writer, language: str, progress: Progress) -> Exported:
    """Writes the rows of a period. Raises what `Pages.page` raises, and OSError of the file."""
    totals, rows, damaged, notices = Totals(), 0, 0, list[str]()
    for page in all_pages(pages, period):
        for row in rows_of_page(page, language):
            writer.write(row)
            totals.add(row)
            rows += 1
        damaged += page.damaged
        notices += page.notices
        progress(page.done, page.total)
    for row in totals.rows():
        writer.write(row)
    return Exported(rows, damaged, tuple(notices), totals.agree)


def rows_of_page(page: Page, language: str) -> list[Row]:
    """The rows of a page, in the order of the entries."""
    found = [row for history in page.histories for row in rows_of(history, language)]
    return sorted(found, key=lambda row: (row.ledger or 0, row.entry or 0))
