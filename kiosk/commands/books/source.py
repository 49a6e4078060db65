"""Where `cheval ledger export | settle` reads: the running store, over its API, or the ledger, with its lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlencode

from kiosk.commands.ledger_store import CommandError, RunningLedger, StoreClient, alone
from kiosk.store.api.administration.books_answers import ConfirmedAnswer, PageAnswer
from kiosk.store.payments.books.history import Page, Pages, Position
from kiosk.store.payments.books.pages import LedgerPages
from kiosk.store.payments.books.period import Period
from kiosk.store.payments.books.settle.differences import Word
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.resources import ledger_place
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.local_access import running_store

_MAX_BYTES: Final = 1 << 28
"""Of one page. A page has up to 1,000 entries and the histories of their orders."""


class RunningPages:
    """The pages of the running store."""

    def __init__(self, client: StoreClient) -> None:
        self._client = client

    def page(self, period: Period, position: Position) -> Page:
        """Raises CommandError, ConnectionError."""
        query = {
            "from_us": period.from_us,
            "to_us": period.to_us,
            "ledger": position.ledger,
            "seq": position.seq,
        }
        found = self._client.ask("GET", f"histories?{urlencode(query)}", max_bytes=_MAX_BYTES)
        return PageAnswer.model_validate(found).page()

    def say(self, word: Word) -> str:
        """Tells the store what a report says of a person's word; what came of it. Raises ConnectionError."""
        moved = None if word.moved is None else {"minor": word.moved.minor, "currency": word.moved.currency}
        body = {"key": word.key, "moved": moved, "reference": word.reference}
        try:
            return ConfirmedAnswer.model_validate(self._client.ask("POST", "settlement", body)).agreement
        except CommandError as error:
            return str(error)


@contextmanager
def opened_pages(settings: StoreSettings) -> Iterator[Pages]:
    """The pages of a store's ledgers. Raises StoreHeldError, LedgerBusyError, SQLAlchemyError, OSError."""
    found = running_store(settings.state)
    if found is not None and (client := RunningLedger(found)).answers():
        yield RunningPages(client)
        return
    with alone(settings) as held:
        ledger = open_ledger(ledger_place(settings), held.key, held.kept.read())
        try:
            yield LedgerPages(ledger)
        finally:
            ledger.close()
