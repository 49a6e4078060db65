"""Hands that use a store over HTTP as a mirror and as an associate do, and ears for its event streams."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Condition, Thread
from typing import Any
from urllib.parse import quote

import requests

from kiosk.core.wire import plain

PATIENCE_S = 20.0


class Hands:
    """Somebody with a token. Answers are given as (status, parsed body)."""

    def __init__(self, url: str, token: str = "", room: str = "") -> None:
        self.url, self.token, self.room = url, token, room
        self._session = requests.Session()
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def ask(self, method: str, path: str, body: object = None, **more: Any) -> tuple[int, Any]:
        kwargs: dict[str, Any] = {"timeout": PATIENCE_S, **more}
        if body is not None:
            kwargs["json"] = body if isinstance(body, dict | list) else plain(body)
        answer = self._session.request(method, f"{self.url}{path}", **kwargs)
        is_json = "json" in answer.headers.get("content-type", "")
        return answer.status_code, answer.json() if is_json else answer.text

    def open(self, method: str, path: str) -> requests.Response:
        """Asks with an empty body and reads nothing of the answer, which may have no end."""
        return self._session.request(method, f"{self.url}{path}", json={}, timeout=PATIENCE_S, stream=True)

    def of_room(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Asks below this mirror's room."""
        return self.ask(method, f"/api/v1/rooms/{self.room}{path}", body)

    def move(self, request_id: str, move: str, **words: Any) -> tuple[int, Any]:
        return self.ask("POST", f"/api/v1/requests/{quote(request_id, safe='')}/{move}", words)

    def close(self) -> None:
        self._session.close()


@contextmanager
def mirror(url: str, state: Path, room: str) -> Iterator[Hands]:
    """The mirror of a room, paired."""
    hands = Hands(url, (state / "mirrors" / room).read_text().strip(), room)
    try:
        yield hands
    finally:
        hands.close()


@contextmanager
def associate(url: str, associate_id: str, pin: str) -> Iterator[Hands]:
    """An associate who is signed in."""
    door = Hands(url)
    status, said = door.ask("POST", "/api/v1/session", {"associate_id": associate_id, "pin": pin})
    door.close()
    assert status == 200, said
    hands = Hands(url, said["token"])
    try:
        yield hands
    finally:
        hands.close()


class Ears:
    """Listens to an event stream on a thread; `heard` grows, `wait` waits for what is to come."""

    def __init__(self, hands: Hands, path: str) -> None:
        self.heard: list[tuple[str, Any]] = []
        self._more = Condition()
        self._answer = requests.get(
            f"{hands.url}{path}",
            headers={"Authorization": f"Bearer {hands.token}"},
            stream=True,
            timeout=PATIENCE_S,
        )
        self.status = self._answer.status_code
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def wait(self, wanted: Callable[[str, Any], bool]) -> Any:
        """The first message, heard already or to come, that is wanted."""
        found: list[Any] = []

        def there() -> bool:
            found[:] = [body for name, body in self.heard if wanted(name, body)]
            return bool(found)

        with self._more:
            assert self._more.wait_for(there, PATIENCE_S), f"never heard; heard {[n for n, _ in self.heard]}"
        return found[0]

    def named(self, name: str) -> Any:
        return self.wait(lambda n, _: n == name)

    def close(self) -> None:
        sock = getattr(getattr(self._answer.raw, "connection", None), "sock", None)
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE_S)
        self._answer.close()

    @property
    def ended(self) -> bool:
        """Whether the store has ended the stream."""
        self._thread.join(PATIENCE_S)
        return not self._thread.is_alive()

    def _listen(self) -> None:
        name = ""
        try:
            for line in self._answer.iter_lines(chunk_size=None):
                if line.startswith(b"event:"):
                    name = line[6:].strip().decode()
                elif line.startswith(b"data:"):
                    with self._more:
                        self.heard.append((name, json.loads(line[5:])))
                        self._more.notify_all()
        except (requests.RequestException, OSError, AttributeError, ValueError):
            return


@contextmanager
def ears(hands: Hands, path: str) -> Iterator[Ears]:
    """Ears on a stream, closed at the end."""
    listening = Ears(hands, path)
    try:
        yield listening
    finally:
        listening.close()
