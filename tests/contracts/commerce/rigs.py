"""The systems of the suite: each connector with what it reads, and what the suite may do to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.connectors.commerce.drivers import open_system
from kiosk.connectors.commerce.place import SystemPlace
from kiosk.connectors.commerce.port import CommerceSystem
from kiosk.connectors.commerce.pulling import Pulled, pull
from kiosk.connectors.feeds import open_folder
from kiosk.connectors.mapping import Shop
from tests.kiosk.connectors.commerce.shop_system import ShopSystem, description, place_of, shop_system

MAPPED = ("page", "offset", "cursor", "link", "one")
CONNECTORS = tuple(f"mapped-{kind}" for kind in MAPPED)


@dataclass
class Rig:
    """A system that sells seven products with three sizes each."""

    name: str
    place: SystemPlace
    shop: ShopSystem
    folder: Path

    def opened(self) -> CommerceSystem:
        return open_system(self.place)

    def impatient(self, timeout_s: float) -> CommerceSystem:
        """The same with another limit of time."""
        place = self.place
        return open_system(
            SystemPlace(place.uri, place.description, place.key_file, place.network, place.ca_file, timeout_s)
        )


@contextmanager
def rig_of(name: str, folder: Path) -> Iterator[Rig]:
    with shop_system() as shop:
        shop.sell(7)
        text = description(name.removeprefix("mapped-"))
        yield Rig(name, place_of(folder, shop.port, text), shop, folder)


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
