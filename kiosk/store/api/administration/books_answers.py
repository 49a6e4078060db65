"""Answers about the entries of the ledgers, in pages, as the commands of this computer read them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kiosk.store.api.wire_types import JsonObject
from kiosk.store.payments.books.history import History, Page, Placed, Position

PlacedAnswer = tuple[int, int, int, str, str, str, str]
"""An entry: number of its ledger (1 is the oldest), its number, its time (us UTC), kind, key, state, body (JSON)."""


class HistoryAnswer(JsonObject):
    """The entries of one order. `marked`: places in `entries` of those of this page; the others are shown with them."""

    order_id: str
    entries: tuple[PlacedAnswer, ...]
    marked: tuple[int, ...]


class PositionAnswer(JsonObject):
    """Where a page begins: the number of a ledger, and of an entry in it."""

    ledger: int
    seq: int


class PageAnswer(JsonObject):
    """A page. `following` is null after the last one; `damaged` entries of this part are left out."""

    histories: tuple[HistoryAnswer, ...]
    following: PositionAnswer | None
    done: int
    total: int
    damaged: int
    notices: tuple[str, ...]

    def page(self) -> Page:
        """The page that was answered."""
        following = self.following
        return Page(
            tuple(_history(each) for each in self.histories),
            None if following is None else Position(following.ledger, following.seq),
            self.done, self.total, self.damaged, self.notices,
        )  # fmt: skip


class MovedBody(JsonObject):
    """An amount that a report states, in minor units."""

    minor: Annotated[int, Field(ge=0, le=1 << 62)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]


class ReportedBody(JsonObject):
    """What a service's report says of a payment or refund that rests on a person's word; `moved` is null if the report
    covers its time and does not have it."""

    key: Annotated[str, Field(min_length=1, max_length=100)]
    moved: MovedBody | None
    reference: Annotated[str, Field(max_length=200)] = ""


class ConfirmedAnswer(JsonObject):
    """`confirmed`, `contradicted` (it is a task at the desk now), or `known` if no word was open."""

    agreement: str


def page_answer(page: Page) -> PageAnswer:
    """The answer of a page."""
    at = page.following
    return PageAnswer(
        histories=tuple(_answer(history) for history in page.histories),
        following=None if at is None else PositionAnswer(ledger=at.ledger, seq=at.seq),
        done=page.done,
        total=page.total,
        damaged=page.damaged,
        notices=page.notices,
    )


def _answer(history: History) -> HistoryAnswer:
    marked = tuple(i for i, e in enumerate(history.entries) if (e.ledger, e.seq) in history.marked)
    return HistoryAnswer(order_id=history.order_id, entries=history.entries, marked=marked)


def _history(answer: HistoryAnswer) -> History:
    entries = tuple(Placed(*entry) for entry in answer.entries)
    marked = frozenset((entries[i].ledger, entries[i].seq) for i in answer.marked)
    return History(answer.order_id, entries, marked)
