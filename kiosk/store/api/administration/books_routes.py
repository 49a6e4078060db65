"""Routes of the ledgers' entries, for commands of this computer that export them or compare them with a report."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from kiosk.store.api.administration.books_answers import PageAnswer, page_answer
from kiosk.store.payments.books.history import Position
from kiosk.store.payments.books.pages import LedgerPages
from kiosk.store.payments.books.period import Period

_LIMIT = 1 << 62
Instant = Annotated[int, Query(ge=-_LIMIT, le=_LIMIT)]
Number = Annotated[int, Query(ge=1, le=_LIMIT)]


def add(router: APIRouter, pages: LedgerPages) -> None:
    """Adds the routes of the books to those of the ledger."""

    @router.get("/histories", summary="Entries of a period")
    def histories(
        from_us: Instant = -_LIMIT, to_us: Instant = _LIMIT, ledger: Number = 1, seq: Number = 1
    ) -> PageAnswer:
        """The entries of orders whose time is from `from_us` on and before `to_us`, from a position on, as one page;
        each order with all its entries. Repeat with `following` until that is null."""
        return page_answer(pages.page(Period(from_us, to_us), Position(ledger, seq)))
