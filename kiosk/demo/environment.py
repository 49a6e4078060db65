"""Processes of the demo apart from the mirror: simulated reader, card pad, payment terminal, and the store."""

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
from kiosk.config.hours import WEEKDAYS
from kiosk.config.listen import PLAIN_HTTP, is_loopback
from kiosk.demo import shop as demo_shop
from kiosk.demo.actors import AssociateClient, CardPresenter, GarmentCarrier, LabelScanning, Payer
from kiosk.demo.control_client import ControlClient
from kiosk.demo.delivery import DELIVERY
from kiosk.demo.invented_shop import source_files
from kiosk.demo.processes import Child
from kiosk.demo.script import ScriptPiece
from kiosk.demo.shop import DemoShop
from kiosk.pairing.credentials import Credentials, write_credentials
from kiosk.store.staff.devices import pair_mirror

HOST = "127.0.0.1"
ROOMS = {"1": "Room 1", "2": "Room 2", "3": "Room 3"}
MIRROR_ROOM = "1"
ASSOCIATE = "a-ines"
"""The associate of the scripted visits."""


@dataclass(frozen=True, slots=True)
class Ports:
    """TCP ports of the simulators: those for the shop, and their control ports."""

    reader: int
    reader_control: int
    terminal: int
    terminal_control: int
    cards: int


class DemoEnvironment:
    """Simulators and store, running inside `with`. Raises ChildError if one does not become ready."""

    def __init__(self, shop: DemoShop, port: int = 0, host: str = HOST) -> None:
        """`host` and `port`: where the store listens (port 0: any free one). Simulators listen on 127.0.0.1 only."""
        self.shop = shop
        self._port = port
        self._host = host
        self._folder = tempfile.TemporaryDirectory(prefix="cheval-demo-")
        self.folder = Path(self._folder.name)
        self._children: list[Child] = []
        self.url = ""
        self._gtins = _gtins(shop)
        self._scanner = SimLabelScanner()
        self.scanning = LabelScanning(self._scanner)

    def __enter__(self) -> Self:
        try:
            self.ports = self._start_hardware()
            self._start_store()
        except BaseException:
            self.close()
            raise
        self.reader = ControlClient(HOST, self.ports.reader_control)
        self.terminal = ControlClient(HOST, self.ports.terminal_control)
        self.pad = ControlClient(HOST, self.ports.cards)
        self.carrier, self.payer, self.card_presenter = (
            GarmentCarrier(self.reader),
            Payer(self.terminal),
            CardPresenter(self.pad),
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None
    ) -> None:
        for control in (self.reader, self.terminal, self.pad):
            control.close()
        self.close()

    def close(self) -> None:
        """End the processes, the store first, so that it does not report lost readers."""
        for child in reversed(self._children):
            child.end()
        self._scanner.close()
        self._folder.cleanup()

    def associate(self, associate_id: str = ASSOCIATE) -> AssociateClient:
        """An associate, not signed in."""
        people = _lines(self.shop.feed / "associates.jsonl")
        pin = next(p["pin"] for p in people if p["associate_id"] == associate_id)
        return AssociateClient(self.url, associate_id, str(pin))

    def gtin(self, piece: ScriptPiece) -> str:
        """The GTIN of a piece. Raises KeyError if the catalogue does not have it."""
        return self._gtins[(piece.style, piece.colour, piece.size)]

    def tag(self, gtin: str, serial: int) -> str:
        """The EPC of a garment's tag: SGTIN-96, filter 1 (point-of-sale item), company prefix of seven digits."""
        return epc.encode(gtin, str(serial), 7, 1)

    def mirror_settings(self) -> dict[str, Any]:
        """Content of the mirror's configuration file."""
        return {
            "store": self.url,
            "room": MIRROR_ROOM,
            "token_file": str(self.folder / "pairing.json"),
            **self._plain_http(),
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
        reader = self._start("hardware.sim.radio", "--port", "0", "--control-port", "0", "--seed", "7")
        terminal = self._start("kiosk.connectors.payments.sim_terminal", "--port", "0", "--control-port", "0")
        pad = self._start("hardware.sim.cards", "--port", "0", "--cards", str(cards))
        read, paid, laid = reader.ready(), terminal.ready(), pad.ready()
        return Ports(read["port"], read["control_port"], paid["port"], paid["control"], laid["port"])

    def _start_store(self) -> None:
        keys = self.folder / "card.keys"
        keys.write_text(self.shop.key, "ascii")
        keys.chmod(0o600)
        config = self.folder / "store.yaml"
        # JSON is valid YAML.
        config.write_text(json.dumps(self._store_settings(keys), indent=1), "utf-8")
        store = self._start("kiosk", "store", "--config", str(config), "--json")
        self.url = str(store.ready()["url"])
        token = pair_mirror(self.folder / "store", MIRROR_ROOM)
        write_credentials(self.folder / "pairing.json", Credentials(token, "", MIRROR_ROOM))

    def _plain_http(self) -> dict[str, str]:
        """The demo shows invented people, so it needs no encryption on the network that it is shown on."""
        return {} if is_loopback(self._host) else {"plain_http": PLAIN_HTTP}

    def _store_settings(self, keys: Path) -> dict[str, Any]:
        return {
            "shop": {
                "name": source_files.read_json("house.json")["name"],
                "language": "en",
                "languages": ["en", "de", "fr", "es", "it", "ja", "zh", "ar"],
                "currency": "EUR",
                "time_zone": "Europe/Vienna",
                # open at any hour, so that the demo works at any hour
                "hours": dict.fromkeys(WEEKDAYS, "00:00-24:00"),
                "tax_percent": 20,
            },
            "listen": {"host": self._host, "port": self._port, **self._plain_http()},
            "state": str(self.folder / "store"),
            "readers": [{"name": "ceiling", "uri": f"llrp://{HOST}:{self.ports.reader}"}],
            "rooms": {
                name: {"title": title, "antennas": [f"ceiling/{number}"]}
                for number, (name, title) in enumerate(ROOMS.items(), 1)
            },
            "catalogue": {
                "feed": str(self.shop.feed),
                "pictures": str(self.shop.pictures),
                "company_prefixes": [source_files.read_json("house.json")["gs1_company_prefix"]],
            },
            "recommender": {
                "model": str(self.shop.looks_model),
                "fit_model": str(self.shop.fit_model),
                "stylist": str(paths.assets() / "demo" / "stylist.yaml"),
            },
            "payments": {"terminals": [{"name": "desk", "uri": f"sim://{HOST}:{self.ports.terminal}"}]},
            "delivery": DELIVERY,
            "receipts": {"issuer": source_files.read_json("house.json")["issuer"]},
            "cards": {"keys_file": str(keys)},
            # everybody may try the page of the invented associates on a tablet
            "associates": {"sign_in_from": "any"},
        }


def _lines(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _gtins(shop: DemoShop) -> dict[tuple[str, str, str], str]:
    return {(i["style_id"], i["colour"], i["size"]): i["gtin"] for i in _lines(shop.feed / "items.jsonl")}
