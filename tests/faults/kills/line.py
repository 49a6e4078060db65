"""A mirror's or an associate's connection to a store that is killed: each request is repeated until it is answered."""

from __future__ import annotations

from threading import Event
from typing import Any

import requests

from tests.faults.kills.running_store import OverError, RunningStore
from tests.kiosk.store.http_clients import HttpClient, mirror_token
from tests.kiosk.store.sample_shop import PIN

RETRY_S = 0.02
MAX_TRIES = 2_000
CLOSED = "payments-closed"
"""Code of the answer of a store that takes no orders any more."""


class Line:
    """`room`: a mirror; empty: an associate."""

    def __init__(self, store: RunningStore, room: str = "", associate: str = "a-ines") -> None:
        self._store, self._room, self._associate = store, room, associate
        self._client: HttpClient | None = None
        self._token = ""
        self._pause = Event()

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Status and answer. A store that is closing or has no time (5xx, 429) is asked again.

        Raises OverError, also where payments are closed.
        """
        for _ in range(MAX_TRIES):
            url = self._store.url()
            try:
                client = self._of(url)
                status, answer = client.ask(method, path, body)
                self._store.answered()
            except (requests.RequestException, OSError):
                self._pause.wait(RETRY_S)
                continue
            if status == 401:
                self._token, self._client = "", None
            elif status == 503 and CLOSED in str(answer):
                raise OverError("payments are closed")
            elif status < 500 and status != 429:
                return status, answer
            self._pause.wait(RETRY_S)
        raise OverError

    def of_room(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        return self.ask(method, f"/api/v1/rooms/{self._room}{path}", body)

    def _of(self, url: str) -> HttpClient:
        if self._client is None or self._client.url != url:
            if self._client is not None:
                self._client.close()
            self._token = self._token or self._signed_in(url)
            self._client = HttpClient(url, self._token, self._room)
        return self._client

    def _signed_in(self, url: str) -> str:
        if self._room:
            return mirror_token(self._store.state, self._room)
        door = HttpClient(url)
        try:
            status, said = door.ask("POST", "/api/v1/session", {"associate_id": self._associate, "pin": PIN})
        finally:
            door.close()
        if status != 200:
            raise requests.ConnectionError(f"sign-in: {status}")
        return str(said["token"])
