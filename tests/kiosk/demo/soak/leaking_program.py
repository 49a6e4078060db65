"""A process that leaks with each byte that it gets: `python -m tests.kiosk.demo.soak.leaking_program KIND`.

KIND: memory, descriptors, threads, nothing, or end (it ends with code 3 at the first byte). It answers each byte.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Callable


def sleeping_thread() -> object:
    """A thread that never ends."""
    thread = threading.Thread(target=threading.Event().wait, daemon=True)
    thread.start()
    return thread


LEAKS: dict[str, Callable[[], object]] = {
    "memory": lambda: bytearray(b"x" * 1_000_000),
    "descriptors": socket.socket,
    "threads": sleeping_thread,
    "nothing": object,
    "end": lambda: sys.exit(3),
}


def main(leak: Callable[[], object]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
        link, _ = listener.accept()
    kept = []
    while link.recv(1):
        kept.append(leak())
        link.sendall(b".")


if __name__ == "__main__":
    main(LEAKS[sys.argv[1]])
