"""The double of Stripe as a server on loopback: HTTP/1.1, connections kept open, faults on the way.

`python -m kiosk.connectors.payments.doubles.stripe_api.server --reader tmr_simulated01` prints one JSON line with its
port and its control port, and runs until it is terminated (`--until-eof`: also until its standard input ends). The
control port takes JSON lines, each answered by one:

    {"do": "tap", "reader": "tmr_...", "card": "visa"}    lays a card on it; "taken": one was waited for
    {"do": "press-cancel", "reader": "tmr_..."}                       the shopper presses the reader's cancel button
    {"do": "reader", "reader": "tmr_...", "online": false, "authorising": true, "restart": true}
    {"do": "fault", "call": "create", "fault": "reply-lost", "late_s": 2}
    {"do": "ahead", "seconds": 90000}                                 sets its clock ahead
    {"do": "fail", "reader": "tmr_...", "code": "terminal_reader_hardware_fault", "type": "api_error"}
    {"do": "expire"}                                                  ends every authorisation that was not captured
    {"do": "list"}                                            {"book": [{"key", "order", "units", "received", ...}]}
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from email.utils import formatdate
from typing import Any

from kiosk.connectors.payments.doubles.stripe_api import readers
from kiosk.connectors.payments.doubles.stripe_api.api import Reply, Request, StripeDouble
from kiosk.connectors.payments.doubles.stripe_api.objects import CARDS, Intent, new_id
from kiosk.connectors.payments.doubles.stripe_api.problems import ApiProblem

MAX_HEAD_BYTES, MAX_BODY_BYTES = 32_768, 262_144
NONSENSE = b"[" * 60_000
_ENDINGS = (
    ConnectionError, ValueError, KeyError,
    asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError,
)  # fmt: skip
"""What ends a connection; it is cancelled when the server ends."""


class StripeServer:
    """Serves a double."""

    def __init__(self, double: StripeDouble) -> None:
        self.double = double

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one connection of the API."""
        with suppress(*_ENDINGS):
            while (request := await _read(reader)) is not None:
                reply = self.double.answer(request)
                if reply is None or not await self._send(writer, reply):
                    break
        writer.close()
        with suppress(ConnectionError, asyncio.CancelledError):
            await writer.wait_closed()

    async def control(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one connection of a test or a rehearsal."""
        with suppress(*_ENDINGS):
            while line := await reader.readline():
                writer.write(json.dumps(self.controlled(json.loads(line))).encode() + b"\n")
                await writer.drain()
        writer.close()

    async def _send(self, writer: asyncio.StreamWriter, reply: Reply) -> bool:
        kind = reply.fault.kind if reply.fault else ""
        if reply.fault is not None and kind == "late":
            await asyncio.sleep(reply.fault.late_s)
        if kind == "reply-lost":
            return False
        body = NONSENSE if kind == "nonsense" else json.dumps(reply.body).encode()
        head = [
            f"HTTP/1.1 {reply.status} {'OK' if reply.status < 400 else 'Error'}",
            f"Date: {formatdate(self.double.now_s(), usegmt=True)}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            f"Request-Id: {new_id('req')}",
            "Stripe-Should-Retry: false",
        ]
        if reply.replayed:
            head.append("Idempotent-Replayed: true")
        whole = "\r\n".join(head).encode() + b"\r\n\r\n" + body
        writer.write(whole * (2 if kind == "twice" else 1))
        await writer.drain()
        return kind != "twice"

    def controlled(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Carries a control request out."""
        account = self.double.account
        match wanted.get("do"):
            case "tap":
                return {"ok": True, "taken": self.tap(str(wanted["reader"]), str(wanted.get("card") or ""))}
            case "press-cancel":
                readers.press_cancel(account.reader(str(wanted["reader"])))
            case "reader":
                self._set_reader(wanted)
            case "fault":
                self.double.faults.plan(
                    str(wanted["call"]), str(wanted["fault"]), float(wanted.get("late_s", 0))
                )
            case "ahead":
                self.double.ahead_s = float(wanted["seconds"])
            case "fail":
                readers.fail(account.reader(str(wanted["reader"])), str(wanted["code"]), str(wanted["type"]))
            case "expire":
                account.expire()
            case "list":
                return {"ok": True, "book": [_listed(intent) for intent in account.intents.values()]}
            case other:
                return {"ok": False, "error": f"cannot {other}"}
        return {"ok": True}

    def tap(self, reader_id: str, card: str = "") -> bool:
        """Lays a simulated card (`objects.CARDS`) on a reader; False where none was waited for."""
        account = self.double.account
        try:
            readers.present(account, account.reader(reader_id), CARDS[card or "visa"])
        except ApiProblem:
            return False
        return True

    def _set_reader(self, wanted: dict[str, Any]) -> None:
        reader = self.double.account.reader(str(wanted["reader"]))
        reader.online = bool(wanted.get("online", reader.online))
        reader.authorising = bool(wanted.get("authorising", reader.authorising))
        if wanted.get("restart"):
            reader.action = None


def _listed(intent: Intent) -> dict[str, Any]:
    return {
        "key": intent.metadata.get("key", ""),
        "order": intent.metadata.get("order", ""),
        "intent": intent.intent_id,
        "units": intent.units,
        "currency": intent.currency,
        "status": intent.status,
        "received": intent.received,
        "refunded": sum(refund.units for refund in intent.refunds),
    }


async def _read(reader: asyncio.StreamReader) -> Request | None:
    """The next request; None at the end. Raises ValueError for one that is too long or no HTTP."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    length = int(headers.get("content-length", "0"))
    if not 0 <= length <= MAX_BODY_BYTES:
        raise ValueError("the body is too long")
    body = await reader.readexactly(length)
    path, _, query = target.partition("?")
    return Request(method, path, query, headers, body.decode())


async def _run(double: StripeDouble, port: int, control_port: int, *, until_eof: bool) -> None:
    server = StripeServer(double)
    api = await asyncio.start_server(server.serve, "127.0.0.1", port, limit=MAX_HEAD_BYTES)
    control = await asyncio.start_server(server.control, "127.0.0.1", control_port, limit=MAX_HEAD_BYTES)
    ports = [found.sockets[0].getsockname()[1] for found in (api, control)]
    print(json.dumps({"port": ports[0], "control": ports[1]}), flush=True)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if until_eof:
        loop.add_reader(sys.stdin.fileno(), lambda: None if os.read(sys.stdin.fileno(), 4096) else stop.set())
    await stop.wait()
    api.close()
    control.close()


def main() -> int:
    """Runs the double until a signal ends it."""
    parser = argparse.ArgumentParser(
        prog="stripe_api", description="A double of Stripe Terminal on this computer."
    )
    parser.add_argument("--port", type=int, default=0, help="for the store; 0 takes a free one")
    parser.add_argument(
        "--control-port", type=int, default=0, help="for cards and faults; 0 takes a free one"
    )
    parser.add_argument("--reader", action="append", help="id of a reader (tmr_...); may be repeated")
    parser.add_argument("--until-eof", action="store_true", help="end with standard input")
    given = parser.parse_args()
    double = StripeDouble()
    for reader_id in given.reader or ["tmr_simulated01"]:
        double.account.add_reader(reader_id)
    asyncio.run(_run(double, given.port, given.control_port, until_eof=given.until_eof))
    return 0


if __name__ == "__main__":
    sys.exit(main())
