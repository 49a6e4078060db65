"""Loopback HTTP clients of a store for tests: a mirror, an associate, and a reader of event streams."""

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

from kiosk.core.wire import to_json
from kiosk.store.staff.devices import pair_mirror

TIMEOUT_S = 20.0


class HttpClient:
    """A client with a bearer token. Answers are (status, parsed body)."""

    def __init__(self, url: str, token: str = "", room: str = "") -> None:
        self.url, self.token, self.room = url, token, room
        self._session = requests.Session()
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def ask(self, method: str, path: str, body: object = None, **more: Any) -> tuple[int, Any]:
        kwargs: dict[str, Any] = {"timeout": TIMEOUT_S, **more}
        if body is not None:
            kwargs["json"] = body if isinstance(body, dict | list) else to_json(body)
        answer = self._session.request(method, f"{self.url}{path}", **kwargs)
        is_json = "json" in answer.headers.get("content-type", "")
        return answer.status_code, answer.json() if is_json else answer.text

    def open(self, method: str, path: str) -> requests.Response:
        """Sends an empty body and leaves the answer unread, since a stream has no end."""
        return self._session.request(method, f"{self.url}{path}", json={}, timeout=TIMEOUT_S, stream=True)

    def of_room(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Sends a request to a path below this mirror's room."""
        return self.ask(method, f"/api/v1/rooms/{self.room}{path}", body)

    def move(self, request_id: str, move: str, **words: Any) -> tuple[int, Any]:
        return self.ask("POST", f"/api/v1/requests/{quote(request_id, safe='')}/{move}", words)

    def close(self) -> None:
        self._session.close()


def mirror_token_file(state: Path, room: str) -> Path:
    """A file with the token of a room's mirror, which is paired at the first call; beside the store's state folder."""
    file = state.with_name(f"{state.name}.tokens") / room
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(pair_mirror(state, room), "ascii")
    return file


def mirror_token(state: Path, room: str) -> str:
    """The token of a room's mirror, which is paired at the first call."""
    return mirror_token_file(state, room).read_text("ascii")


@contextmanager
def mirror(url: str, state: Path, room: str) -> Iterator[HttpClient]:
    """The HTTP client of a room's mirror, paired."""
    client = HttpClient(url, mirror_token(state, room), room)
    try:
        yield client
    finally:
        client.close()


@contextmanager
def associate(url: str, associate_id: str, pin: str) -> Iterator[HttpClient]:
    """The HTTP client of an associate who is signed in."""
    door = HttpClient(url)
    status, said = door.ask("POST", "/api/v1/session", {"associate_id": associate_id, "pin": pin})
    door.close()
    assert status == 200, said
    client = HttpClient(url, said["token"])
    try:
        yield client
    finally:
        client.close()


class EventStreamReader:
    """Reads an event stream on a thread. `messages` are all received so far; `wait` waits for a message."""

    def __init__(self, client: HttpClient, path: str) -> None:
        self.messages: list[tuple[str, Any]] = []
        self._more = Condition()
        self._answer = requests.get(
            f"{client.url}{path}",
            headers={"Authorization": f"Bearer {client.token}"},
            stream=True,
            timeout=TIMEOUT_S,
        )
        self.status = self._answer.status_code
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def wait(self, wanted: Callable[[str, Any], bool]) -> Any:
        """The body of the first message, received or still to come, for which `wanted` is true."""
        found: list[Any] = []

        def there() -> bool:
            found[:] = [body for name, body in self.messages if wanted(name, body)]
            return bool(found)

        with self._more:
            assert self._more.wait_for(there, TIMEOUT_S), (
                f"not received; received {[n for n, _ in self.messages]}"
            )
        return found[0]

    def named(self, name: str) -> Any:
        return self.wait(lambda n, _: n == name)

    def close(self) -> None:
        sock = getattr(getattr(self._answer.raw, "connection", None), "sock", None)
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(TIMEOUT_S)
        self._answer.close()

    @property
    def ended(self) -> bool:
        """Whether the store has ended the stream."""
        self._thread.join(TIMEOUT_S)
        return not self._thread.is_alive()

    def _listen(self) -> None:
        name = ""
        try:
            for line in self._answer.iter_lines(chunk_size=None):
                if line.startswith(b"event:"):
                    name = line[6:].strip().decode()
                elif line.startswith(b"data:"):
                    with self._more:
                        self.messages.append((name, json.loads(line[5:])))
                        self._more.notify_all()
        except (requests.RequestException, OSError, AttributeError, ValueError):
            return


@contextmanager
def read_stream(client: HttpClient, path: str) -> Iterator[EventStreamReader]:
    """A reader of a stream, closed at the end."""
    listening = EventStreamReader(client, path)
    try:
        yield listening
    finally:
        listening.close()
