"""Asks the store for the shop's name, languages and currency until it answers; the mirror starts without them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from hardware.threads.supervised import SupervisedThread
from kiosk.core.visit.events import Event, ShopDescribed
from kiosk.mirror.store_client import StoreClient, StoreClientError

log = logging.getLogger(__name__)
RETRY_S = 2.0


class ShopDescriptionLoader:
    """A thread that posts one ShopDescribed and ends. `language` replaces the shop's own first language."""

    def __init__(
        self,
        client: StoreClient,
        post: Callable[[Event], None],
        now_us: Callable[[], int],
        language: str | None = None,
    ) -> None:
        self._client, self._post, self._now, self._language = client, post, now_us, language
        self._stop = threading.Event()
        self.thread = SupervisedThread("shop-description", self._ask)

    def start(self) -> None:
        """Start to ask."""
        self.thread.start()

    def close(self) -> None:
        """Stop, whether the store has answered or not."""
        self._stop.set()
        self.thread.close(6.0)

    def _ask(self) -> None:
        while not self._stop.is_set():
            try:
                shop = self._client.shop()
            except StoreClientError as error:
                log.debug("no description of the shop yet: %s", error)
                self._stop.wait(RETRY_S)
                continue
            self._post(self._read(shop))
            return

    def _read(self, shop: dict[str, Any]) -> ShopDescribed:
        language = self._language or str(shop.get("language", "en"))
        languages = tuple(str(code) for code in shop.get("languages", (language,)))
        currency = str(shop.get("currency", "EUR"))
        added = shop.get("tax_included") is False
        return ShopDescribed(self._now(), str(shop.get("name", "")), language, languages, currency, added)
