"""Adyen's own library for Node (MIT) against the double: local and encrypted, over the cloud plain and encrypted."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.connectors.payments.doubles.adyen.rehearsal import KEY_IDENTIFIER, MERCHANT, Rehearsal
from kiosk.connectors.payments.doubles.adyen.server import AdyenServer
from kiosk.connectors.payments.doubles.adyen.terminal import AdyenTerminal
from tests.peers import environment

SCRIPT = environment.HERE / "adyen" / "terminal.js"
LOCAL_PORT = 8443
"""The library takes no other port on the local network."""


@pytest.fixture
def host() -> str:
    """A loopback address on which port 8443 is free."""
    for number in range(11, 60):
        address = f"127.0.0.{number}"
        with socket.socket() as probe:
            if probe.connect_ex((address, LOCAL_PORT)):
                return address
    pytest.skip("port 8443 is taken everywhere")


@pytest.fixture
def served(tmp_path: Path, host: str) -> Iterator[tuple[Rehearsal, AdyenServer, AdyenServer]]:
    terminal = AdyenTerminal("P400Plus-123456789")
    rehearsal = Rehearsal.made(tmp_path, terminal.poi)
    local, cloud = rehearsal.serve(terminal, LOCAL_PORT, host), rehearsal.serve(terminal)
    yield rehearsal, local, cloud
    local.close()
    cloud.close()


@pytest.mark.full
def test_payments_status_aborts_and_refunds(
    served: tuple[Rehearsal, AdyenServer, AdyenServer], host: str
) -> None:
    if environment.adyen_modules() is None or shutil.which("node") is None:
        pytest.skip("Adyen's library for Node is not there and could not be installed")
    rehearsal, local, cloud = served
    found = run(rehearsal, cloud, host)
    flow = {"paid": "Success", "amount": 12.5, "repeated": True, "refunded": "Success", "aborted": "Aborted"}
    assert found == {"local": flow, "cloud": {**flow, "status": "ONLINE", "async": "ok"}, "encrypted": flow}
    book = local.terminal.listed()
    assert [entry["collected"] + entry["repaid"] for entry in book] == [1, 1, 0] * 3
    assert {entry["undone"] for entry in book if entry["collected"]} == {"2.5"}


def run(rehearsal: Rehearsal, cloud: AdyenServer, host: str) -> dict[str, Any]:
    """Runs the script; lays a card on the terminal whenever it says that it waits."""
    key = {"identifier": KEY_IDENTIFIER, "version": 1, "passphrase": rehearsal.passphrase}
    options = {
        "host": host, "port": cloud.port, "poi": cloud.terminal.poi, "merchant": MERCHANT, "key": key,
        "apiKey": rehearsal.api_key, "ca": str(rehearsal.folder / "root.pem"),
    }  # fmt: skip
    words = ["node", str(SCRIPT), json.dumps(options)]
    surroundings = {**os.environ, "NODE_PATH": str(environment.adyen_modules())}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=surroundings) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("{"):
                found: dict[str, Any] = json.loads(line)
                return found
            assert line == "WAITING\n"
            while not cloud.terminal.tap():
                cloud.terminal.wait_closed(0.01)
    pytest.fail("the library's script ended without a result")
