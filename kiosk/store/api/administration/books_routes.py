"""Routes of the ledgers' entries, for commands of this computer that export them or compare them with a report."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from kiosk.core.domain.money import Money
from kiosk.store.api.administration.books_answers import (
    ConfirmedAnswer,
    PageAnswer,
    ReportedBody,
    page_answer,
)
from kiosk.store.payments.books.history import Position
from kiosk.store.payments.books.pages import LedgerPages
from kiosk.store.payments.books.period import Period
from kiosk.store.payments.transactions.confirmation import Confirmations

_LIMIT = 1 << 62
Instant = Annotated[int, Query(ge=-_LIMIT, le=_LIMIT)]
Number = Annotated[int, Query(ge=1, le=_LIMIT)]


def add(router: APIRouter, pages: LedgerPages, confirmations: Confirmations) -> None:
    """Adds the routes of the books to those of the ledger."""

    @router.get("/histories", summary="Entries of a period")
    def histories(
        from_us: Instant = -_LIMIT, to_us: Instant = _LIMIT, ledger: Number = 1, seq: Number = 1
    ) -> PageAnswer:
        """The entries of orders whose time is from `from_us` on and before `to_us`, from a position on, as one page;
        each order with all its entries. Repeat with `following` until that is null."""
        return page_answer(pages.page(Period(from_us, to_us), Position(ledger, seq)))

    @router.post("/settlement", summary="Compare a person's word with a report")
    def settlement(reported: ReportedBody) -> ConfirmedAnswer:
        """What the report of the payment service says of a payment or refund that rests on a person's word: it is
        confirmed, or becomes a task at the desk."""
        moved = None if reported.moved is None else Money(reported.moved.minor, reported.moved.currency)
        found = confirmations.confirm_by_settlement(reported.key, moved, reported.reference)
        return ConfirmedAnswer(agreement=found.value)
