"""Support for the suites of card readers: a started reader that collects its facts, and the cards of the tests."""

from __future__ import annotations

import queue
from dataclasses import dataclass
from typing import Any, Final

from hardware.pcsc.keys import ShopKeys
from hardware.ports import CardFact, CardReader
from hardware.sim.cards.ntag424 import Ntag424Card, shop_keys

MASTER: Final = ShopKeys(bytes(range(16)))
UID: Final = "04A1B2C3D4E580"
LINK: Final = "https://house.example/m"
MEMBER: Final[dict[str, Any]] = {
    "kind": "ntag424",
    "uid": UID,
    "link_base": LINK,
    "key_hex": MASTER.master.hex(),
    "counter": 7,
}


@dataclass
class Watched:
    """A started reader, the facts that it posted, and the names of the posting threads."""

    reader: CardReader
    facts: queue.Queue[CardFact]
    threads: set[str]

    def next(self, seconds: float = 10) -> CardFact:
        return self.facts.get(timeout=seconds)


def member() -> Ntag424Card:
    uid = bytes.fromhex(UID)
    return Ntag424Card(uid, LINK, shop_keys(MASTER, uid), counter=7)
