"""The systems of the suite: each connector with what it reads, and what the suite may do to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk.connectors.commerce.drivers import open_system
from kiosk.connectors.commerce.place import SystemPlace
from kiosk.connectors.commerce.port import CommerceSystem
from kiosk.connectors.commerce.pulling import Pulled, pull
from kiosk.connectors.feeds import open_folder
from kiosk.connectors.mapping import Shop
from kiosk.connectors.web_hooks.host_rule import Network
from tests.kiosk.connectors.commerce.shop_system import (
    ShopSystem,
    description,
    place_of,
    product,
    shop_system,
)
from tests.kiosk.connectors.commerce.vendure_server import DESCRIPTION, VendureShop, relay_to
from tests.kiosk.connectors.commerce.vendure_server import key_file as vendure_key_file

MAPPED = ("page", "offset", "cursor", "link", "one")
CONNECTORS = tuple(f"mapped-{kind}" for kind in MAPPED)


@dataclass
class Rig:
    """A system that sells seven products with three sizes each: `Shirt 0` to `Shirt 6`."""

    name: str
    place: SystemPlace
    shop: ShopSystem
    folder: Path

    def opened(self) -> CommerceSystem:
        return open_system(self.place)

    def impatient(self, timeout_s: float) -> CommerceSystem:
        """The same with another limit of time."""
        return open_system(replace(self.place, timeout_s=timeout_s))

    def stands_as_it_was(self) -> None:
        """It sells the seven products again."""
        self.shop.products[:] = [product(number) for number in range(7)]

    def remove(self, number: int) -> None:
        self.shop.products[:] = [one for one in self.shop.products if one["id"] != f"P{number:04}"]

    def add(self, number: int, place: int) -> None:
        """Adds a product at a place of the list, if the system lets one choose it."""
        self.shop.products.insert(place, product(number))


@dataclass
class VendureRig(Rig):
    """A real server behind a relay."""

    server: VendureShop

    def stands_as_it_was(self) -> None:
        self.server.stands_as(range(7))

    def remove(self, number: int) -> None:
        self.server.remove(number)

    def add(self, number: int, place: int) -> None:  # noqa: ARG002 the server has an order of its own
        self.server.add(number)


@contextmanager
def rig_of(name: str, folder: Path) -> Iterator[Rig]:
    with shop_system() as shop:
        shop.sell(7)
        text = description(name.removeprefix("mapped-"))
        yield Rig(name, place_of(folder, shop.port, text), shop, folder)


@contextmanager
def vendure_rig(server: VendureShop, folder: Path) -> Iterator[VendureRig]:
    server.stands_as(range(7))
    described = folder / "vendure.yaml"
    described.write_text(DESCRIPTION, "utf-8")
    with relay_to(server.port) as shop:
        uri = f"vendure+http://127.0.0.1:{shop.port}"
        place = SystemPlace(uri, described, vendure_key_file(folder), Network.THIS_COMPUTER)
        yield VendureRig("vendure", place, shop, folder, server)


SHOP = Shop("EUR", now_us=1_790_000_000_000_000)


def read(rig: Rig, system: CommerceSystem | None = None) -> Pulled:
    number = len(list(rig.folder.glob("work-*")))
    work = rig.folder / f"work-{number}"
    work.mkdir()
    with closing(system or rig.opened()) as opened:
        return pull(opened, work, SHOP, lambda *_: None)


def articles(rig: Rig, pulled: Pulled) -> dict[str, Any]:
    """What the store would read."""
    feed = open_folder(pulled.paths[0].parent, currency="EUR")
    items = feed.read("items", {})
    assert items is not None
    return dict(items.changed)


def numbers(found: dict[str, Any]) -> list[int]:
    """Of which products there are all three sizes."""
    sizes = Counter(int(line.sku.split("-")[1]) for line in found.values())
    return sorted(number for number, count in sizes.items() if count == 3)
