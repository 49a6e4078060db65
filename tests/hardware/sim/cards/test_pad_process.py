"""The command `python -m hardware.sim.cards`: its first line, its JSON commands, its end."""

from __future__ import annotations

import json
import queue
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.pcsc.keys import ShopKeys
from hardware.pcsc.ntag424 import verify_sun
from hardware.ports import CardFact, CardGone, CardTap, ReaderUp
from hardware.sim.cards.pad import SimCardPad
from hardware.sim.cards.simulated_slot import ReaderUnpluggedError

SHOP = ShopKeys(bytes(range(16)))
UID = bytes.fromhex("04A1B2C3D4E580")
LINK = "https://house.example/m"


class PadClient:
    """A client that places cards."""

    def __init__(self, port: int) -> None:
        self._link = socket.create_connection(("127.0.0.1", port), 10)
        self._lines = self._link.makefile("rwb")

    def request(self, line: bytes) -> Any:
        self._lines.write(line + b"\n")
        self._lines.flush()
        return json.loads(self._lines.readline())

    def __enter__(self) -> PadClient:
        return self

    def __exit__(self, *_error: object) -> None:
        self._lines.close()
        self._link.close()


@contextmanager
def pad_process(cards: Path) -> Iterator[Any]:
    """`python -m hardware.sim.cards`, and its first line."""
    process = subprocess.Popen(
        [sys.executable, "-m", "hardware.sim.cards", "--port", "0", "--cards", str(cards)],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    with process:
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()
        assert process.wait(10) == 0


@pytest.fixture
def cards_file(tmp_path: Path) -> Path:
    card = {
        "name": "ada",
        "kind": "ntag424",
        "uid": UID.hex(),
        "link_base": LINK,
        "key_hex": SHOP.master.hex(),
    }
    path = tmp_path / "cards.json"
    path.write_text(json.dumps([card]), "utf-8")
    return path


def test_a_card_is_placed_by_name_and_read(cards_file: Path) -> None:
    facts: queue.Queue[CardFact] = queue.Queue()
    with pad_process(cards_file) as ready, PadClient(ready["port"]) as client:
        assert ready["cards"] == ["ada"]
        reader = open_card_reader(f"sim://127.0.0.1:{ready['port']}", "mirror 3")
        reader.start(facts.put)
        assert isinstance(facts.get(timeout=10), ReaderUp)
        assert client.request(b'{"do":"lay","card":"ada","ms":400}')["ok"]
        listed = client.request(b'{"do":"list"}')
        assert listed == {"cards": [{"name": "ada", "kind": "ntag424"}], "lying": "ada"}
        tap = facts.get(timeout=10)
        assert isinstance(tap, CardTap)
        assert verify_sun(tap.link or "", SHOP).uid == tap.uid
        assert isinstance(facts.get(timeout=10), CardGone)
        reader.close()


def test_invalid_commands_are_answered_with_an_error(cards_file: Path) -> None:
    invalid = (
        b"",
        b"[]",
        b"7",
        b"{",
        b'{"do":"apdu"}',
        b'{"do":"lay","card":{"kind":7}}',
        b"[" * 90_000,
    )
    with pad_process(cards_file) as ready, PadClient(ready["port"]) as client:
        assert "no card is named" in client.request(b'{"do":"lay","card":"eve"}')["error"]
        assert "unknown command" in client.request(b'{"do":"dance"}')["error"]
        assert all("error" in client.request(line) for line in invalid)


def test_the_process_ends_with_its_parent() -> None:
    """Its parent ends as soon as it is ready; `run` returns only when its error stream closes."""
    start = (
        "import os, subprocess, sys\n"
        "pads = subprocess.Popen([sys.executable, '-m', 'hardware.sim.cards'], stdout=subprocess.PIPE)\n"
        "print(pads.stdout.readline().decode(), flush=True)\n"
        "os._exit(0)\n"
    )
    started = subprocess.run([sys.executable, "-c", start], capture_output=True, check=True, timeout=60)
    assert b"ready" in started.stdout


def test_a_wrong_cards_file_ends_the_process_with_a_message(tmp_path: Path) -> None:
    (tmp_path / "cards.json").write_text('[{"kind": "gold"}]', "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "hardware.sim.cards", "--cards", str(tmp_path / "cards.json")],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 2
    assert b"unknown kind 'gold'" in ended.stderr
    assert b"Traceback" not in ended.stderr


def test_no_card_can_be_placed_on_an_unplugged_pad() -> None:
    pads = SimCardPad(())
    pads.execute({"do": "unplug"})
    with pytest.raises(ReaderUnpluggedError):
        pads.execute({"do": "lay", "card": {"kind": "uid", "uid": "01020304"}})
    pads.close()
