"""`cheval stand` as a process of its own, started as its unit starts it, and a proxy that keeps a reply back."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

from kiosk.service_manager import ALIVE, READY

ROOT = Path(__file__).resolve().parents[5]
_BYTES = 65_536
_START_S = 200.0


class StandProcess:
    """The program of a stand. `folder` gets its file and the copy of its pairing, as systemd passes it."""

    def __init__(self, folder: Path, token: str, **config: Any) -> None:
        self._folder = folder
        (folder / "keys_pairing.json").write_text(token, encoding="ascii")
        file = {"room": "coat", "state": str(folder / "not-there"), **config}
        (folder / "stand.yaml").write_text(json.dumps(file), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it; returns once it is ready and has reported to the watchdog."""
        address = self._folder / "notify"
        address.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
            systemd.bind(str(address))
            systemd.settimeout(_START_S)
            named = {
                "NOTIFY_SOCKET": str(address), "WATCHDOG_USEC": "400000", "CREDENTIALS_DIRECTORY": str(self._folder),
            }  # fmt: skip
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kiosk", "stand", "--config", str(self._folder / "stand.yaml"), "--json"],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=ROOT, env={**os.environ, **named},
            )  # fmt: skip
            assert [systemd.recv(100).decode() for _ in range(2)] == [READY, ALIVE]

    def kill(self) -> None:
        """SIGKILL."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(20)

    def end(self) -> int:
        """SIGTERM; the exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(20)

    def close(self) -> None:
        """Ends it in any case."""
        if self._process is not None and self._process.poll() is None:
            self.kill()


class HeldReply:
    """A TCP proxy before a store. It keeps back every reply that contains `marker`, as if it was still on its way."""

    def __init__(self, url: str, marker: bytes) -> None:
        parts = urlsplit(url)
        self._store = (str(parts.hostname), int(parts.port or 80))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._marker = marker
        self.keeping, self.kept = True, Event()
        self._open: list[socket.socket] = []
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Ends all connections."""
        for each in (self._listener, *self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._store)
                self._open += [client, server]
                Thread(target=self._pass_on, args=(client, server), daemon=True).start()
                Thread(target=self._pass_on, args=(server, client, self._marker), daemon=True).start()

    def _pass_on(self, source: socket.socket, to: socket.socket, marker: bytes | None = None) -> None:
        with suppress(OSError):
            while data := source.recv(_BYTES):
                if self.keeping and marker is not None and marker in data:
                    self.kept.set()
                    continue
                to.sendall(data)
        with suppress(OSError):
            to.shutdown(socket.SHUT_RDWR)
