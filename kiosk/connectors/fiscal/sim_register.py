"""Simulated cash register as a program: registers and signs sales over HTTP, keeps a book, and fails on request.

`python -m kiosk.connectors.fiscal.sim_register --port 0` prints one JSON line with its port and runs until it is
terminated (with `--until-eof` also until its standard input ends). Its signature is an HMAC and worth nothing in law.

    POST /control {"do": "next", "fault": FAULT, "count": 1}   the next answers have this fault (`Fault`)
    GET  /control                                              {"book": [{"key", "kind", "total", "number"}, ...]}
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import Any, Final
from urllib.parse import unquote

from kiosk.connectors.fiscal.sim_book import SERIAL, STATUSES, Fault, Register

_MAX_BODY_BYTES: Final = 1 << 20


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RegisterServer

    def do_PUT(self) -> None:
        register, key = self.server.register, unquote(self.path.rpartition("/")[2])
        try:
            sale = self._body()
        except ValueError:
            self._send(400, {"why": "no JSON object"})
            return
        if not self._is_allowed(register):
            self._send(401, {"why": "the token is wrong"})
        elif register.status:
            self._send(register.status, {"why": "as planned"})
        elif (fault := register.fault()) is None:
            self._signed(register, key, sale)
        else:
            self._faulty(register, fault, key, sale)

    def do_GET(self) -> None:
        register = self.server.register
        if self.path == "/control":
            self._send(200, {"book": register.entries(), "asked": register.asked})
            return
        if self.path.startswith("/sales/"):
            self._given_again(register, unquote(self.path.rpartition("/")[2]))
            return
        now = datetime.now(UTC).isoformat()
        self._send(
            200,
            {
                "register": SERIAL,
                "ready": register.ready,
                "time": now,
                "test_mode": True,
                "valid_until": register.valid_until,
            },
        )

    def do_POST(self) -> None:
        body = self._body()
        self.server.register.faults.extend([Fault(body["fault"])] * int(body.get("count", 1)))
        self._send(200, {"ok": True})

    def _given_again(self, register: Register, key: str) -> None:
        answer = register.answer(key)
        if not self._is_allowed(register):
            self._send(401, {"why": "the token is wrong"})
        elif answer is None:
            self._send(404, {"why": "this key is not registered"})
        else:
            self._send(200, answer)

    def _is_allowed(self, register: Register) -> bool:
        return not register.token or self.headers.get("Authorization") == f"Bearer {register.token}"

    def _signed(self, register: Register, key: str, sale: dict[str, Any]) -> None:
        try:
            self._send(200, register.sign(key, sale))
        except ValueError as error:
            self._send(409, {"why": str(error)})

    def _faulty(self, register: Register, fault: Fault, key: str, sale: dict[str, Any]) -> None:
        if fault in (Fault.DOWN, Fault.LOST):
            if fault is Fault.LOST:
                register.sign(key, sale)
            self.close_connection = True
        elif fault is Fault.PROXY:
            self._raw(400, b"<html>400 Bad Request</html>")
        elif fault is Fault.TAKEN:
            register.take(key, sale)
            self._signed(register, key, sale)
        elif fault in STATUSES:
            self._send(*STATUSES[fault])
        elif fault is Fault.REGISTERED_BEFORE:
            register.sign(key, sale)
            self._send(409, {"why": "registered before"})
        else:
            self._wrong(register.sign(key, sale), fault)

    def _wrong(self, answer: dict[str, Any], fault: Fault) -> None:
        raw = {Fault.NO_JSON: b"registered", Fault.NESTED: b"[" * 60_000, Fault.ENDLESS: b" " * 1_100_000}
        changed = {
            Fault.OTHER: {"key": "s-other"}, Fault.WRONG_TOTAL: {"total": answer["total"] + 1},
            Fault.NO_SIGNATURE: {"signature": ""},
        }  # fmt: skip
        if fault is Fault.SLOW:
            sleep(self.server.register.slow_s)
        if fault is Fault.ERROR_AFTER:
            self._send(500, {"why": "internal error"})
        elif fault in raw:
            self._raw(200, raw[fault])
        else:
            self._send(200, {**answer, **changed.get(fault, {})})
            if fault is Fault.TWICE:
                self._send(200, answer)

    def _body(self) -> dict[str, Any]:
        length = min(int(self.headers.get("Content-Length") or 0), _MAX_BODY_BYTES)
        found = json.loads(self.rfile.read(length))
        if not isinstance(found, dict):
            raise ValueError("no JSON object")
        return found

    def _send(self, status: int, body: dict[str, Any]) -> None:
        self._raw(status, json.dumps(body).encode())

    def _raw(self, status: int, content: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name of the base class
        """Writes nothing: a sale is nobody's business."""


class RegisterServer(ThreadingHTTPServer):
    """The register on a port of the loopback interface; `with` serves it on a thread."""

    daemon_threads = True

    def __init__(self, port: int = 0, register: Register | None = None) -> None:
        self.register = register or Register()
        super().__init__(("127.0.0.1", port), _Handler)
        self._serving = Thread(target=self.serve_forever, args=(0.05,), name="sim-register", daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> RegisterServer:
        self._serving.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
        self._serving.join()


def main(argv: list[str] | None = None) -> int:
    """Serves until it is terminated."""
    parser = argparse.ArgumentParser(
        prog="python -m kiosk.connectors.fiscal.sim_register", description=__doc__
    )
    parser.add_argument("--port", type=int, default=9200)
    parser.add_argument("--until-eof", action="store_true", help="end when the standard input ends")
    args = parser.parse_args(argv)
    server = RegisterServer(args.port)
    print(json.dumps({"port": server.server_address[1]}), flush=True)
    if args.until_eof:
        Thread(target=_end_with_input, args=(server,), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    return 0


def _end_with_input(server: RegisterServer) -> None:
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    sys.exit(main())
