"""A shop over TLS, a card reader, and a mirror process at which a member identifies herself with her card."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from hardware.sim.cards.card_file import make_cards
from hardware.sim.cards.pad import SimCardPad
from kiosk.clock import Clocks, now_us
from kiosk.core.domain.ids import AssociateId, RoomId
from kiosk.pairing.credentials import Credentials, write_credentials
from kiosk.store.api.server import HttpServer
from kiosk.store.compose_http import http_of
from kiosk.store.floor.messages.room_messages import NewMessage, RoomMessages
from kiosk.store.lifecycle import Store
from kiosk.store.settings import TlsSettings
from kiosk.store.staff.devices import pair_mirror
from tests.kiosk.store.sample_shop import (
    SHOPPERS,
    InProcessTerminal,
    ManualClock,
    sample_store,
    settings_in,
)
from tests.kiosk.store.shop_cards import MASTER, key_file
from tests.optional_values import present

ROOT: Final = Path(__file__).resolve().parents[3]
PERSONAL: Final = {
    "name": "Zephyrine Quoll", "size": "38Wexqel", "card": "04A1B2C3D4E501",
    "message": "The Vauxquelin dress is ready",
}  # fmt: skip
"""Of the member, and what an associate writes to her."""


@dataclass(slots=True)
class Rig:
    """A running store, a card pad with the card `ring`, and the configuration of the mirror of room 1."""

    store: Store
    pad: SimCardPad
    config: Path

    def lay(self) -> None:
        self.pad.execute({"do": "lay", "card": "ring"})

    def lift(self) -> None:
        self.pad.execute({"do": "lift"})

    def write(self, text: str) -> None:
        """An associate shows a line on the mirror; a visit must be under way."""
        service = self.store.service
        clocks = Clocks(self.store.clock, self.store.steady)
        keep = self.store.presence.messages.tick
        messages = RoomMessages(service.floor, service.catalogue.garment, service.writer, clocks, keep)
        room = RoomId("1")
        began_us = present(service.floor.room(room).visit).began_us
        messages.show(room, AssociateId("a-ines"), "Inès", NewMessage("k1", began_us, text))


class MirrorProcess:
    """A mirror that prints the states of its visit."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._state: dict[str, Any] = {}
        self.pid = process.pid

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> None:
        """Waits for a state, which may be there already, or for another line."""
        if self._state and holds(self._state):
            return
        for line in present(self._process.stdout):
            said = json.loads(line)
            if "page" in said:
                self._state = said
            if holds(said):
                return
        raise AssertionError("the mirror has ended")

    def say(self, command: str) -> None:
        present(self._process.stdin).write(f"{command}\n")
        present(self._process.stdin).flush()


@contextmanager
def shop(folder: Path) -> Iterator[Rig]:
    """The shop, with one member."""
    settings = replace(settings_in(folder, keys=key_file(folder)), tls=TlsSettings())
    member = {**SHOPPERS[0], "first_name": PERSONAL["name"], "sizes": {"coats": PERSONAL["size"]}}
    (present(settings.feeds) / "shoppers.jsonl").write_text(json.dumps(member) + "\n", "utf-8")
    ring = {
        "name": "ring", "kind": "ntag424", "uid": PERSONAL["card"], "link_base": "https://ostrevane.example/m",
        "key_hex": MASTER.hex(), "counter": 5,
    }  # fmt: skip
    pad = SimCardPad(make_cards([ring]))
    pad.start()
    with sample_store(settings, ManualClock(now_us()), InProcessTerminal()) as store:
        certificates = present(store.certificates)
        server = HttpServer(http_of(store), "127.0.0.1", 0, tls=certificates.context)
        server.open()
        assert server.wait_until_open()
        write_credentials(
            folder / "pairing.json", Credentials(pair_mirror(settings.state, "1"), certificates.root.pem)
        )
        config = folder / "mirror.yaml"
        mirror = {
            "store": server.url, "room": "1", "token_file": str(folder / "pairing.json"), "cards": pad.uri(),
            "screen": {"full_screen": False},
        }  # fmt: skip
        config.write_text(json.dumps(mirror), "utf-8")
        try:
            yield Rig(store, pad, config)
        finally:
            store.hub.close()
            server.close(5)
            pad.close()


@contextmanager
def mirror_process(*words: str) -> Iterator[MirrorProcess]:
    """A process of Python with these words; ended at the end of the block."""
    process = subprocess.Popen(
        [sys.executable, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        yield MirrorProcess(process)
    finally:
        process.kill()
        process.communicate()
