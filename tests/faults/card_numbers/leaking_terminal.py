"""A terminal that leaks: a proxy that writes card numbers and track data into each reply of the simulated terminal."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any

from tests.faults.card_numbers.search import NUMBERS, TRACK_END

PAN = NUMBERS[0]
LEAKS: dict[str, Any] = {
    "pan": PAN, "track2": f";{PAN}{TRACK_END}?", "receipt": [f"CARD {PAN}"], "note": {"number": NUMBERS[1]},
}  # fmt: skip
CARD = {
    "brand": f"visa {PAN}", "last_four": PAN, "application": f"D{PAN}F",
    "application_label": f"VISA {PAN[:4]} {PAN[4:8]} {PAN[8:]}",
    "method": NUMBERS[2], "authorisation": NUMBERS[3],
}  # fmt: skip


@contextmanager
def leaking_terminal(port: int) -> Iterator[int]:
    """The port of the proxy; `port` is that of the simulated terminal."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    store, _ = server.accept()
                    Thread(target=_serve, args=(store, port), daemon=True).start()

        Thread(target=accept, daemon=True).start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)


def leaked(line: bytes) -> bytes:
    """A reply of the terminal with the leaks in it."""
    body = json.loads(line)
    body |= LEAKS
    if body.get("state") in ("declined", "pending"):
        body["why"] = f"card {PAN}"
    if isinstance(body.get("card"), dict):
        body["card"] = CARD
    return json.dumps(body).encode() + b"\n"


def _serve(store: socket.socket, port: int) -> None:
    with store, socket.create_connection(("127.0.0.1", port)) as terminal, suppress(OSError):

        def forth() -> None:
            with suppress(OSError):
                while part := store.recv(4096):
                    terminal.sendall(part)
            with suppress(OSError):
                terminal.shutdown(socket.SHUT_WR)

        Thread(target=forth, daemon=True).start()
        with terminal.makefile("rb") as replies:
            for line in replies:
                store.sendall(leaked(line))
