"""The double as a program: its addresses work as they are printed, and its control connection takes orders."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import InvalidOperation
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from kiosk.connectors.payments.doubles.adyen.__main__ import ordered
from kiosk.connectors.payments.doubles.adyen.terminal import AdyenTerminal
from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import Charge, TerminalStatus, new_key
from kiosk.core.domain.money import Money


@pytest.fixture
def program(tmp_path: Path) -> Iterator[dict[str, Any]]:
    words = [
        sys.executable,
        "-m",
        "kiosk.connectors.payments.doubles.adyen",
        "--until-eof",
        "--folder",
        str(tmp_path),
    ]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.stdin.close()
        try:
            assert process.wait(10) == 0
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def order(program: dict[str, Any], **words: Any) -> dict[str, Any]:
    with (
        socket.create_connection(("127.0.0.1", program["control"]), 10) as line,
        line.makefile("rwb") as file,
    ):
        file.write(json.dumps(words).encode() + b"\n")
        file.flush()
        found: dict[str, Any] = json.loads(file.readline())
    return found


def test_both_addresses_take_a_payment(program: dict[str, Any]) -> None:
    for way in ("nexo", "adyen"):
        said = program[way]
        driver = open_terminal(TerminalPlace(said["uri"], Path(said["key_file"]), Path(said["ca_file"])))
        taken = Event()
        with ThreadPoolExecutor(1) as pool:
            charge = Charge(new_key(), "order-1", Money(100, "EUR"))
            coming = pool.submit(driver.present, charge, "", taken.set, 20)
            assert taken.wait(20)
            assert order(program, do="tap", card="ok") == {"ok": True, "taken": True}
            assert coming.result(20).status is TerminalStatus.APPROVED
        driver.close()
    assert [entry["collected"] for entry in order(program, do="list")["book"]] == [1, 1]
    assert order(program, do="dance") == {"ok": False, "error": "cannot dance"}


def test_orders() -> None:
    terminal = AdyenTerminal()
    assert ordered(terminal, {"do": "tap"}) == {"ok": True, "taken": False}
    assert ordered(terminal, {"do": "fault", "kind": "refund", "fault": "late", "late_s": 2}) == {"ok": True}
    assert ordered(terminal, {"do": "restart"}) == {"ok": True}
    assert ordered(terminal, {"do": "list"}) == {"ok": True, "book": []}


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"do": "fault", "kind": "payment"},
        {"do": "fault", "fault": "late"},
        {"do": "fault", "kind": "payment", "fault": "late", "late_s": "soon"},
    ],
)
def test_wrong_orders_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        ordered(AdyenTerminal(), wrong)
    with pytest.raises(InvalidOperation):
        ordered(AdyenTerminal(), {"do": "tap", "partial": "much"})
