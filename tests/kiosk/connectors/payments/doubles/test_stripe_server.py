"""The double as a program: its ports, its control lines, and requests that are no HTTP."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.port import Charge, Presented, TerminalStatus, new_key
from kiosk.core.domain.money import Money
from tests.kiosk.connectors.payments.doubles.stripe_loop import place_in, stripe_double

READER = "tmr_program001"


@contextmanager
def program() -> Iterator[dict[str, int]]:
    """The running program and its ports; it ends with its standard input."""
    words = [sys.executable, "-m", "kiosk.connectors.payments.doubles.stripe_api.server"]
    process = subprocess.Popen(
        [*words, "--reader", READER, "--until-eof"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.stdin.close()
        assert process.wait(20) == 0
        process.stdout.close()


def ordered(port: int, *lines: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers of the control port."""
    with socket.create_connection(("127.0.0.1", port), 10) as line, line.makefile("rwb") as file:
        found = []
        for wanted in lines:
            file.write(json.dumps(wanted).encode() + b"\n")
            file.flush()
            found.append(json.loads(file.readline()))
        return found


def test_a_payment_by_its_ports(tmp_path: Path) -> None:
    with program() as ports:
        place = place_in(tmp_path, f"stripe://{READER}?base=http://127.0.0.1:{ports['port']}")
        driver = open_terminal(place)
        charge = Charge(new_key(), "o1", Money(1_200, "EUR"))
        intent = driver.create(charge)
        nothing, unknown = ordered(ports["control"], {"do": "tap", "reader": READER}, {"do": "sing"})
        assert (nothing, unknown["ok"]) == ({"ok": True, "taken": False}, False)

        def tap() -> None:
            assert ordered(ports["control"], {"do": "tap", "reader": READER})[0]["taken"]

        reply = driver.present(charge, intent, tap, 20.0)
        assert reply.status is TerminalStatus.APPROVED
        assert driver.query(Presented(charge.key, "o1", charge.amount, intent)).reference == reply.reference
        driver.close()
        book = ordered(ports["control"], {"do": "list"})[0]["book"]
        assert [(b["key"], b["received"], b["status"]) for b in book] == [(charge.key, 1_200, "succeeded")]


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET /v1/x HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/payment_intents HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 10_000 + b"\r\n",
        b"\xff\xfe\r\n\r\n",
    ],
)
def test_what_is_no_request_ends_the_connection(tmp_path: Path, sent: bytes) -> None:
    with stripe_double() as double:
        with socket.create_connection(("127.0.0.1", double.port), 10) as connection:
            connection.settimeout(10)
            try:
                connection.sendall(sent)
                assert connection.recv(100) == b""
            except ConnectionError:
                pass
        place = place_in(tmp_path, f"stripe://{double.reader}?base={double.base}")
        driver = open_terminal(place)
        assert driver.probe().reachable
        driver.close()
