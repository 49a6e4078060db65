"""A receiver of web hooks over real TLS on this computer, with a certificate of its own."""

from __future__ import annotations

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

BREAKS = 0
KEY = "a key of more than 16 characters"


@dataclass
class Receiver:
    """What came: headers and body. `status`: what it answers; it answers nothing while `silent` is set.

    `script`: what it answers first, one each; `BREAKS` takes the message and closes the connection without an answer.
    """

    url: str = ""
    ca_file: Path = Path()
    key_file: Path = Path()
    status: int = 204
    silent: bool = False
    script: deque[int] = field(default_factory=deque)
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    ended: Event = field(default_factory=Event)

    def place(self, network: Network = Network.THIS_COMPUTER, timeout_s: float = 10.0) -> HookPlace:
        return HookPlace(self.url, self.key_file, network, self.ca_file, timeout_s)


@contextmanager
def receiver(folder: Path) -> Iterator[Receiver]:
    """Runs until the end of the block."""
    found = Receiver(ca_file=folder / "receiver.pem", key_file=folder / "hook.key")
    found.key_file.touch(mode=0o600)
    found.key_file.write_text(f"key: {KEY}\n")
    certificate, key = new_certificate(["127.0.0.1"])
    found.ca_file.write_bytes(certificate)
    both = folder / "both.pem"
    both.touch(mode=0o600)
    both.write_bytes(certificate + key)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if found.silent:
                found.ended.wait(20)
                return
            status = found.script.popleft() if found.script else found.status
            found.calls.append((dict(self.headers.items()), body))
            if status == BREAKS:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Location", found.url)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with served_over_tls(Handler, both, found.ended) as port:
        found.url = f"https://127.0.0.1:{port}/alarm"
        yield found
