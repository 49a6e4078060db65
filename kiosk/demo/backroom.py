"""Everything of the demo that is not the mirror: simulated hardware and the store, each a process of its own."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from hardware.epc import codec as epc
from hardware.sim.label_scanner import SimLabelScanner
from kiosk import paths
from kiosk.demo import shop as demo_shop
from kiosk.demo.actors import AssociateHand, CardHand, Carrier, Payer, Scanning
from kiosk.demo.control import Control
from kiosk.demo.house import shelf
from kiosk.demo.processes import Child
from kiosk.demo.script import CastPiece
from kiosk.demo.shop import DemoShop

HOST = "127.0.0.1"
ROOMS = {"1": "Room 1", "2": "Room 2", "3": "Room 3"}
MIRROR_ROOM = "1"
ASSOCIATE = "a-ines"
"""Who answers in the written visits."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the simulators listen: each for the shop, and for whoever plays with it."""

    reader: int
    reader_control: int
    terminal: int
    terminal_control: int
    cards: int


class Backroom:
    """Simulators and store, started by `with` and ended with it. Raises ChildError where one does not get ready."""

    def __init__(self, shop: DemoShop, port: int = 0) -> None:
        self.shop = shop
        self._port = port
        self._folder = tempfile.TemporaryDirectory(prefix="cheval-demo-")
        self.folder = Path(self._folder.name)
        self._children: list[Child] = []
        self.url = ""
        self._gtins = _gtins(shop)
        self._scanner = SimLabelScanner()
        self.scanning = Scanning(self._scanner)

    def __enter__(self) -> Self:
        try:
            self.ports = self._start_hardware()
            self._start_store()
        except BaseException:
            self.close()
            raise
        self.reader = Control(HOST, self.ports.reader_control)
        self.terminal = Control(HOST, self.ports.terminal_control)
        self.pad = Control(HOST, self.ports.cards)
        self.carrier, self.payer, self.card_hand = (
            Carrier(self.reader),
            Payer(self.terminal),
            CardHand(self.pad),
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None
    ) -> None:
        for control in (self.reader, self.terminal, self.pad):
            control.close()
        self.close()

    def close(self) -> None:
        """End the processes, the store first: it must not report its simulators as lost."""
        for child in reversed(self._children):
            child.end()
        self._scanner.close()
        self._folder.cleanup()

    def associate(self, associate_id: str = ASSOCIATE) -> AssociateHand:
        """An associate of the house, not signed in yet."""
        people = _lines(self.shop.feed / "associates.jsonl")
        pin = next(p["pin"] for p in people if p["associate_id"] == associate_id)
        return AssociateHand(self.url, associate_id, str(pin))

    def gtin(self, piece: CastPiece) -> str:
        """The GTIN of a piece; raises KeyError where the house does not make it."""
        return self._gtins[(piece.style, piece.colour, piece.size)]

    def tag(self, gtin: str, serial: int) -> str:
        """The EPC of a garment's tag: point of sale item (filter 1) of the house's company prefix."""
        return epc.encode(gtin, str(serial), 7, 1)

    def mirror_settings(self) -> dict[str, Any]:
        """What the mirror's file says."""
        return {
            "store": self.url,
            "room": MIRROR_ROOM,
            "token_file": str(self.folder / "store" / "mirrors" / MIRROR_ROOM),
            "cards": f"sim://{HOST}:{self.ports.cards}",
            "scanner": self._scanner.uri,
        }

    def _start(self, module: str, *args: str) -> Child:
        child = Child(module, *args, log=self.folder / f"{module}.log")
        self._children.append(child)
        return child

    def _start_hardware(self) -> Ports:
        cards = self.folder / "cards.json"
        cards.write_text(json.dumps(demo_shop.cards(self.shop)), "utf-8")
        reader = self._start("hardware.sim.radio.reader", "--port", "0", "--control-port", "0", "--seed", "7")
        terminal = self._start("kiosk.connectors.payments.sim_terminal", "--port", "0", "--control-port", "0")
        pad = self._start("hardware.sim.cards.cli", "--port", "0", "--cards", str(cards))
        read, paid, laid = reader.ready(), terminal.ready(), pad.ready()
        return Ports(read["port"], read["control_port"], paid["port"], paid["control"], laid["port"])

    def _start_store(self) -> None:
        keys = self.folder / "card.keys"
        keys.write_text(self.shop.key, "ascii")
        keys.chmod(0o600)
        config = self.folder / "store.yaml"
        # JSON is YAML, and needs no writer of YAML here.
        config.write_text(json.dumps(self._store_settings(keys), indent=1), "utf-8")
        store = self._start("kiosk", "store", "--config", str(config), "--json")
        self.url = str(store.ready()["url"])

    def _store_settings(self, keys: Path) -> dict[str, Any]:
        return {
            "shop": {
                "name": shelf.one("house.json")["name"],
                "language": "en",
                "languages": ["en", "de", "fr", "es", "it", "ja", "zh", "ar"],
                "currency": "EUR",
                "time_zone": "Europe/Vienna",
                "tax_percent": 20,
            },
            "listen": {"host": HOST, "port": self._port},
            "state": str(self.folder / "store"),
            "readers": [{"name": "ceiling", "uri": f"llrp://{HOST}:{self.ports.reader}"}],
            "rooms": {
                name: {"title": title, "antennas": [f"ceiling/{number}"]}
                for number, (name, title) in enumerate(ROOMS.items(), 1)
            },
            "catalogue": {
                "feed": str(self.shop.feed),
                "pictures": str(self.shop.pictures),
                "company_prefixes": [shelf.one("house.json")["gs1_company_prefix"]],
            },
            "recommender": {
                "model": str(self.shop.looks_model),
                "fit_model": str(self.shop.fit_model),
                "stylist": str(paths.assets() / "demo" / "stylist.yaml"),
            },
            "payments": {"terminals": [{"name": "desk", "uri": f"sim://{HOST}:{self.ports.terminal}"}]},
            "cards": {"keys_file": str(keys)},
        }


def _lines(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _gtins(shop: DemoShop) -> dict[tuple[str, str, str], str]:
    return {(i["style_id"], i["colour"], i["size"]): i["gtin"] for i in _lines(shop.feed / "items.jsonl")}
