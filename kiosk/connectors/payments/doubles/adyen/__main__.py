"""The double as a program: `python -m kiosk.connectors.payments.doubles.adyen --folder DIR`.

It prints one JSON line: `port`, `control`, the addresses `nexo` and `adyen` for the configuration, and the files. It
runs until it is terminated (with `--until-eof` also until its standard input ends). The control port takes JSON lines:

    {"do": "tap", "card": "ok" | "declined", "partial": "12.50"}   lays a card on it; "taken": one was awaited
    {"do": "fault", "kind": "payment", "fault": "reply-lost", "late_s": 2}
    {"do": "restart"}                                              the terminal loses its journal
    {"do": "list"}                                                 {"book": [{"key", "state", "collected", ...}]}
"""

from __future__ import annotations

import argparse
import json
import signal
import socketserver
import sys
import tempfile
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final

from kiosk.connectors.payments.doubles.adyen.faults import Fault, Kind
from kiosk.connectors.payments.doubles.adyen.rehearsal import MERCHANT, Rehearsal
from kiosk.connectors.payments.doubles.adyen.terminal import POI, AdyenTerminal

MAX_LINE_BYTES: Final = 65_536


def ordered(terminal: AdyenTerminal, order: Mapping[str, Any]) -> dict[str, Any]:
    """Carries out one line of the control connection. Raises ValueError, InvalidOperation for a wrong one."""
    match order.get("do"):
        case "tap":
            partial = Decimal(str(order.get("partial", 0)))
            return {"ok": True, "taken": terminal.tap(good=order.get("card") != "declined", partial=partial)}
        case "fault":
            late_s = float(order.get("late_s", 0))
            terminal.plan(Kind(order.get("kind")), Fault(order.get("fault")), late_s)
            return {"ok": True}
        case "restart":
            terminal.restart()
            return {"ok": True}
        case "list":
            return {"ok": True, "book": terminal.listed()}
        case other:
            raise ValueError(f"cannot {str(other)[:40]}")


class _Control(socketserver.StreamRequestHandler):
    server: _ControlServer

    def handle(self) -> None:
        while line := self.rfile.readline(MAX_LINE_BYTES):
            try:
                order = json.loads(line)
                found = ordered(self.server.terminal, order if isinstance(order, dict) else {})
            except (ValueError, TypeError, InvalidOperation, RecursionError) as error:
                found = {"ok": False, "error": str(error)[:200]}
            self.wfile.write(json.dumps(found).encode() + b"\n")


class _ControlServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, terminal: AdyenTerminal, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Control)
        self.terminal = terminal


def main() -> int:
    """Runs the double until a signal ends it."""
    parser = argparse.ArgumentParser(prog="adyen", description="A double of an Adyen terminal.")
    parser.add_argument(
        "--folder", type=Path, help="for certificates and key files; a temporary one without it"
    )
    parser.add_argument(
        "--terminal", default=POI, metavar="MODEL-SERIAL", help="the terminal that it stands for"
    )
    parser.add_argument("--merchant", default=MERCHANT, help="the merchant account that it belongs to")
    parser.add_argument("--port", type=int, default=0, help="for the store; 0 takes a free one")
    parser.add_argument("--control-port", type=int, default=0, help="for taps and faults; 0 takes a free one")
    parser.add_argument("--card-wait", type=float, default=120.0, help="seconds until it gives up waiting")
    parser.add_argument("--until-eof", action="store_true", help="end with standard input")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="adyen-double-") as temporary:
        _run(given, given.folder or Path(temporary))
    return 0


def _run(given: argparse.Namespace, folder: Path) -> None:
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    terminal = AdyenTerminal(given.terminal, given.card_wait)
    rehearsal = Rehearsal.made(folder, terminal.poi, given.merchant)
    server = rehearsal.serve(terminal, given.port)
    control = _ControlServer(server.terminal, given.control_port)
    Thread(target=control.serve_forever, args=(0.05,), daemon=True).start()
    local, cloud = rehearsal.local(server), rehearsal.cloud(server)
    said = {
        "port": server.port,
        "control": control.server_address[1],
        "nexo": {"uri": local.uri, "key_file": str(local.key_file), "ca_file": str(local.ca_file)},
        "adyen": {"uri": cloud.uri, "key_file": str(cloud.key_file), "ca_file": str(cloud.ca_file)},
    }
    print(json.dumps(said), flush=True)
    if given.until_eof:
        Thread(target=_until_eof, args=(stop,), daemon=True).start()
    stop.wait()
    control.shutdown()
    control.server_close()
    server.close()


def _until_eof(stop: Event) -> None:
    sys.stdin.read()
    stop.set()


if __name__ == "__main__":
    sys.exit(main())
