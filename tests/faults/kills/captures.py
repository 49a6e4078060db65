"""What is paid and only authorised so far, as a running store says it of its ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kiosk.commands.books.source import opened_pages
from kiosk.config import load_store
from kiosk.store.payments.books.history import History, all_pages
from kiosk.store.payments.books.period import Period
from kiosk.store.payments.ledger.open_keys import ATTEMPT
from kiosk.store.settings import settings_of
from tests.faults.kills.running_store import RunningStore


class Captures:
    """Read as `cheval ledger export` does it, over the API of the store."""

    def __init__(self, store: RunningStore) -> None:
        self._settings = settings_of(load_store(store.config), store.state)

    def orders(self) -> set[str]:
        """The paid orders whose amount is not taken yet."""
        with opened_pages(self._settings) as pages:
            return uncaptured(h for page in all_pages(pages, Period()) for h in page.histories)


def uncaptured(histories: Iterable[History]) -> set[str]:
    """The orders with an attempt that is paid and not captured in its newest entry."""
    found = set()
    for history in histories:
        newest = {e.key: json.loads(e.body) for e in history.entries if e.kind == ATTEMPT}
        if any(body["state"] == "paid" and not body["captured"] for body in newest.values()):
            found.add(history.order_id)
    return found
