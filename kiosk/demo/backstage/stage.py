"""What can be done backstage, and what is seen there: pieces, rooms, cards, the terminal, the reader's cable."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import requests

from kiosk.demo.backroom import ROOMS, Backroom
from kiosk.demo.shop import cards

_FIRST_SERIAL = 50_000
"""Above the serials of the written visits, so that no tag is two pieces."""


class StageError(Exception):
    """What was asked for cannot be done; says why."""


class Stage:
    """The hands backstage. Safe for many threads."""

    def __init__(self, backroom: Backroom) -> None:
        self._room = backroom
        self._lock = threading.Lock()
        self._serials = itertools.count(_FIRST_SERIAL)
        self._carried: dict[str, tuple[str, str]] = {}
        self._plugged = True
        self._items = {i["gtin"]: i for i in _lines(backroom, "items")}
        self._styles = {s["style_id"]: s for s in _lines(backroom, "styles")}
        self._owners = _owners(backroom)
        self.verbs: dict[str, Callable[[dict[str, Any]], None]] = {
            "carry": self._carry,
            "take": self._take,
            "scan": self._scan,
            "lay": self._lay,
            "lift": lambda _words: self._room.card_hand.lift(),
            "pay": self._pay,
            "lose-answer": lambda _words: self._room.payer.lose_answer(),
            "cable": self._cable,
        }

    def stock(self) -> dict[str, Any]:
        """Everything on the rails, which does not change: styles with their colours, sizes and GTINs; the cards."""
        by_style: dict[str, list[dict[str, Any]]] = {}
        for item in self._items.values():
            by_style.setdefault(item["style_id"], []).append(item)
        return {
            "store": self._room.url,
            "rooms": [{"room": room, "title": title} for room, title in ROOMS.items()],
            "styles": [
                {
                    **{k: s[k] for k in ("style_id", "name", "category", "colours")},
                    "items": by_style[s["style_id"]],
                }
                for s in self._styles.values()
            ],
            "cards": [
                {"name": c["name"], "kind": c["kind"], **self._owners.get(str(c["name"]), {})}
                for c in cards(self._room.shop)
            ],
        }

    def state(self) -> dict[str, Any]:
        """What is where now."""
        with self._lock:
            pieces = [
                {"epc": epc, "room": room, **self._words(gtin)} for epc, (gtin, room) in self._carried.items()
            ]
        book = self._room.payer.book()
        waiting = next((e for e in book if e["state"] == "pending"), None)
        return {
            "pieces": pieces,
            "waiting": waiting,
            "last": book[-1] if book else None,
            "plugged": self._plugged,
        }

    def picture(self, name: str, height: int) -> bytes | None:
        """A garment's picture as the store scales it; its own pages alone may show the store's."""
        url = f"{self._room.url}/api/v1/pictures/{quote(name, safe='')}"
        answer = requests.get(url, params={"h": str(height)}, timeout=10)
        return answer.content if answer.ok else None

    def _words(self, gtin: str) -> dict[str, Any]:
        item = self._items[gtin]
        style = self._styles[item["style_id"]]
        colour = next(c for c in style["colours"] if c["code"] == item["colour"])
        return {
            "gtin": gtin,
            "name": style["name"],
            "size": item["size"],
            "colour": colour["name"],
            "picture": colour["picture"],
        }

    def _carry(self, words: dict[str, Any]) -> None:
        gtin, room = str(words["gtin"]), str(words["room"])
        if gtin not in self._items or room not in ROOMS:
            raise StageError("there is no such piece or room")
        epc = self._room.tag(gtin, next(self._serials))
        self._room.carrier.bring(epc, list(ROOMS).index(room) + 1)
        with self._lock:
            self._carried[epc] = (gtin, room)

    def _take(self, words: dict[str, Any]) -> None:
        epc = str(words["epc"])
        with self._lock:
            if self._carried.pop(epc, None) is None:
                raise StageError("that piece is in no room")
        self._room.carrier.take(epc)

    def _scan(self, words: dict[str, Any]) -> None:
        gtin = str(words["gtin"])
        if gtin not in self._items:
            raise StageError("there is no such piece")
        self._room.scanning.scan(gtin)

    def _lay(self, words: dict[str, Any]) -> None:
        self._room.card_hand.lay(str(words["card"]), int(words.get("ms", 900)))

    def _pay(self, words: dict[str, Any]) -> None:
        if not self._room.payer.tap(str(words.get("card", "ok"))):
            raise StageError("the terminal waits for no card")

    def _cable(self, words: dict[str, Any]) -> None:
        self._plugged = bool(words["plugged"])
        self._room.carrier.cable(plugged=self._plugged)


def _lines(backroom: Backroom, part: str) -> list[dict[str, Any]]:
    with (backroom.shop.feed / f"{part}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _owners(backroom: Backroom) -> dict[str, dict[str, Any]]:
    return {
        credential["credential_id"]: {"owner": shopper["first_name"], "what": credential["kind"]}
        for shopper in _lines(backroom, "shoppers")
        for credential in shopper["credentials"]
    }
