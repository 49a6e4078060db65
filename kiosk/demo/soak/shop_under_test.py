"""The processes of a soak test: simulated readers, terminals and card reader, the store, a relay, and its files."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from kiosk import paths
from kiosk.config.hours import WEEKDAYS
from kiosk.demo import shop as demo_shop
from kiosk.demo.control_client import ControlClient, ControlError
from kiosk.demo.processes import Child
from kiosk.demo.shop import DemoShop
from kiosk.demo.soak.associates import DeskClient
from kiosk.demo.soak.evidence import Charge
from kiosk.pairing.credentials import Credentials, write_credentials
from kiosk.store.staff.devices import pair_mirror

HOST: Final = "127.0.0.1"
ANTENNAS: Final = 4
"""Rooms of a reader."""
START_S: Final = 300.0
"""Longest time for a process to become ready, also beside other work."""
CLOSE_S: Final = 60.0
"""Longest time for the store to close, also beside other work."""
STORE_PROGRAM: Final = "kiosk.commands.simulate.store"


@dataclass(frozen=True, slots=True)
class Hardware:
    """Ports of the simulated devices, by reader and by terminal: the one for the shop, and the one for control."""

    readers: tuple[tuple[int, int], ...]
    terminals: tuple[tuple[int, int], ...]
    pad: int


@dataclass(slots=True)
class ShopUnderTest:
    """All processes but the mirrors, running inside `with`. Raises ChildError if one does not become ready.

    `relayed`: as many of the last rooms reach the store through the relay.
    """

    shop: DemoShop
    rooms: int
    relayed: int
    folder: Path = field(init=False)
    children: dict[str, Child] = field(default_factory=dict)
    hardware: Hardware = field(init=False)
    url: str = ""
    relay_url: str = ""
    relay_control: int = 0
    _opened: ExitStack = field(default_factory=ExitStack)
    _controls: dict[int, ControlClient] = field(default_factory=dict)

    def __enter__(self) -> Self:
        try:
            self._open()
        except BaseException:
            self._opened.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None
    ) -> None:
        self._opened.close()

    def _open(self) -> None:
        folder = self._opened.enter_context(tempfile.TemporaryDirectory(prefix="cheval-soak-"))
        self.folder = Path(folder)
        self._opened.callback(self._end_all)
        self.feed.mkdir()
        for file in self.shop.feed.glob("*.jsonl"):
            shutil.copy(file, self.feed)
        self.change_stock(random.Random(0))
        self.clock_file.write_text("0", "ascii")
        self.hardware = self._start_hardware()
        self._start_store()

    @property
    def feed(self) -> Path:
        """The folder of the retailer's feed."""
        return self.folder / "feed"

    @property
    def config(self) -> Path:
        """The store's configuration."""
        return self.folder / "store.yaml"

    @property
    def clock_file(self) -> Path:
        """How many microseconds the store's clock is wrong."""
        return self.folder / "clock-offset"

    @property
    def state(self) -> Path:
        return self.folder / "store"

    @property
    def store(self) -> Child:
        return self.children["store"]

    def gtins(self) -> tuple[str, ...]:
        """Every article of the catalogue."""
        return tuple(item["gtin"] for item in _lines(self.feed / "items.jsonl"))

    def control(self, port: int) -> ControlClient:
        """The client of a control port."""
        if port not in self._controls:
            self._controls[port] = ControlClient(HOST, port)
            self._opened.callback(self._controls[port].close)
        return self._controls[port]

    def associates(self) -> Iterator[DeskClient]:
        """All associates of the feed, not signed in."""
        for person in _lines(self.feed / "associates.jsonl"):
            yield DeskClient(self.url, person["associate_id"], str(person["pin"]))

    def mirror_settings(self, number: int) -> dict[str, Any]:
        """The configuration of the mirror of a room, counted from 0; pairs it."""
        name = str(number + 1)
        file = self.folder / f"pairing-{name}.json"
        write_credentials(file, Credentials(pair_mirror(self.state, name), "", name))
        relayed = number >= self.rooms - self.relayed
        settings = {
            "store": self.relay_url if relayed else self.url,
            "room": name,
            "token_file": str(file),
            "screen": {"width": 1080, "height": 1920},
        }
        return settings | ({"cards": f"sim://{HOST}:{self.hardware.pad}"} if number == 0 else {})

    def charges(self) -> Sequence[Charge]:
        """What the terminals have; those that cannot be asked just now are left out."""
        return [charge for _, port in self.hardware.terminals for charge in self._charges_at(port)]

    def set_clock(self, offset_us: int) -> None:
        """Make the store's time of day wrong by that many microseconds; 0: right again."""
        self.clock_file.write_text(str(offset_us), "ascii")
        os.kill(self.store.pid, signal.SIGUSR1)

    def change_stock(self, rng: random.Random) -> None:
        """Write the stock of the feed anew with other counts, as a shop's system does it."""
        file = self.feed / "stock.jsonl"
        rows = [{**row, "count": rng.randint(20, 60)} for row in _lines(file)]
        new = self.folder / "stock.new"
        new.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        new.replace(file)

    def end(self, name: str) -> int | None:
        """End a process; its exit code."""
        child = self.children.pop(name)
        child.end(CLOSE_S)
        return child.exit_code

    def _charges_at(self, port: int) -> list[Charge]:
        try:
            book = self.control(port).do("list")["book"]
        except ControlError:
            return []
        return [_charge(entry, book) for entry in book if entry["kind"] == "charge" and entry["collected"]]

    def _start(self, name: str, module: str, *words: str) -> Child:
        child = Child(module, *words, log=self.folder / f"{name}.log")
        self.children[name] = child
        return child

    def _end_all(self) -> None:
        for child in reversed(self.children.values()):
            child.end()

    def _start_hardware(self) -> Hardware:
        words = ("--port", "0", "--control-port", "0", "--antennas", str(ANTENNAS), "--seed")
        readers = [
            self._start(f"reader {n}", "hardware.sim.radio", *words, str(n))
            for n in range(-(-self.rooms // ANTENNAS))
        ]
        terminals = self._start("terminals", "kiosk.demo.soak.terminals", str(self.rooms))
        cards = self.folder / "cards.json"
        cards.write_text(json.dumps(demo_shop.cards(self.shop)), "utf-8")
        pad = self._start("card reader", "hardware.sim.cards", "--port", "0", "--cards", str(cards))
        return Hardware(
            tuple((ready["port"], ready["control_port"]) for ready in (r.ready(START_S) for r in readers)),
            tuple((port, control) for port, control in terminals.ready(START_S)["ports"]),
            pad.ready(START_S)["port"],
        )

    def _start_store(self) -> None:
        keys = self.folder / "card.keys"
        keys.write_text(self.shop.key, "ascii")
        keys.chmod(0o600)
        # JSON is valid YAML
        self.config.write_text(json.dumps(self._settings(keys), indent=1), "utf-8")
        self.url = str(
            self._start("store", STORE_PROGRAM, str(self.config), str(self.clock_file)).ready(START_S)["url"]
        )
        relay = self._start("relay", "kiosk.demo.soak.relay", HOST, self.url.rpartition(":")[2].strip("/"))
        ready = relay.ready(START_S)
        self.relay_url, self.relay_control = f"http://{HOST}:{ready['port']}", ready["control"]

    def _settings(self, keys: Path) -> dict[str, Any]:
        rooms = {
            str(n + 1): {"antennas": [f"r{n // ANTENNAS}/{1 + n % ANTENNAS}"], "terminal": f"t{n}"}
            for n in range(self.rooms)
        }
        readers = [
            {"name": f"r{n}", "uri": f"llrp://{HOST}:{port}"}
            for n, (port, _) in enumerate(self.hardware.readers)
        ]
        terminals = [
            {"name": f"t{n}", "uri": f"sim://{HOST}:{port}"}
            for n, (port, _) in enumerate(self.hardware.terminals)
        ]
        return {
            "shop": {
                "name": "Ostrevane",
                "currency": "EUR",
                "time_zone": "Europe/Vienna",
                "tax_percent": 20,
                "hours": dict.fromkeys(WEEKDAYS, "00:00-24:00"),
            },
            "listen": {"host": HOST, "port": 0},
            "state": str(self.state),
            "readers": readers,
            "rooms": rooms,
            "catalogue": {
                "feed": str(self.feed),
                "pictures": str(self.shop.pictures),
                "company_prefixes": ["9521234"],
                "max_loss_percent": 100,
            },
            "recommender": {
                "model": str(self.shop.looks_model),
                "fit_model": str(self.shop.fit_model),
                "stylist": str(paths.assets() / "demo" / "stylist.yaml"),
            },
            "payments": {"terminals": terminals},
            "cards": {"keys_file": str(keys)},
            "associates": {"sign_in_from": "any"},
        }


def _charge(entry: dict[str, Any], book: Sequence[dict[str, Any]]) -> Charge:
    back = sum(e["minor"] * e["repaid"] for e in book if e["of"] == entry["reference"])
    kept = 0 if entry["voided"] else entry["approved"] * entry["collected"] - back
    return Charge(entry["order"], entry["key"], kept, entry["collected"], entry["reference"])


def _lines(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
