"""A retailer's system over real TLS on this computer: it keeps documents by their ids, and misbehaves."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

from hardware.sim.radio.certificate import new_certificate
from kiosk.connectors.web_hooks.host_rule import Network
from kiosk.connectors.web_hooks.https_hook import HookPlace
from tests.kiosk.connectors.tls_receiver import served_over_tls

KEY = "a key of more than 16 characters"
TAKES_AND_BREAKS, BREAKS = -1, -2
"""Steps of the script: the connection is closed without an answer, after the document was taken, or before."""


@dataclass
class Erp:
    """`calls`: headers and body of all calls; `taken`: the documents by id, in the order in which they came.

    `script`: what it does with the next calls, one each: a status, or a step above. After that it answers `status`, and
    409 for a document that it has. `retry_after`: a header of every answer that is no 2xx.
    """

    url: str = ""
    ca_file: Path = Path()
    key_file: Path = Path()
    status: int = 201
    retry_after: str = ""
    pause_s: float = 0.0
    script: deque[int] = field(default_factory=deque)
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    taken: dict[str, bytes] = field(default_factory=dict)
    connections: int = 0
    ended: Event = field(default_factory=Event)

    def place(self, timeout_s: float = 10.0) -> HookPlace:
        return HookPlace(
            self.url, self.key_file, Network.THIS_COMPUTER, self.ca_file, timeout_s, "sales_out.web_hooks.erp"
        )

    def answer(self, headers: dict[str, str], body: bytes) -> int:
        """What it does with a call."""
        self.calls.append((headers, body))
        step = self.script.popleft() if self.script else 0
        if step == BREAKS or step >= 300 or (not step and self.status >= 300):
            return step or self.status
        name = headers["Idempotency-Key"]
        if name in self.taken:
            return step or 409
        assert json.loads(body)["id"] == name
        self.taken[name] = body
        return step or self.status


@contextmanager
def erp(folder: Path) -> Iterator[Erp]:
    """Runs until the end of the block."""
    folder.mkdir(exist_ok=True)
    found = Erp(ca_file=folder / "receiver.pem", key_file=folder / "hook.key")
    found.key_file.touch(mode=0o600)
    found.key_file.write_text(f"key: {KEY}\n")
    certificate, key = new_certificate(["127.0.0.1"])
    found.ca_file.write_bytes(certificate)
    both = folder / "both.pem"
    both.touch(mode=0o600)
    both.write_bytes(certificate + key)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout = 20

        def setup(self) -> None:
            super().setup()
            found.connections += 1

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if found.pause_s:
                found.ended.wait(found.pause_s)
            status = found.answer(dict(self.headers.items()), body)
            if status in (BREAKS, TAKES_AND_BREAKS):
                self.close_connection = True
                return
            self.send_response(status)
            if found.retry_after and status >= 300:
                self.send_header("Retry-After", found.retry_after)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with served_over_tls(Handler, both, found.ended) as port:
        found.url = f"https://127.0.0.1:{port}/sales"
        yield found
