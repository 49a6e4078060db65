"""Actions and state of the backstage page: garments in rooms, cards, the terminal, the reader's cable."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import requests

from kiosk.core.domain.money import Money
from kiosk.demo.environment import ROOMS, DemoEnvironment
from kiosk.demo.shop import cards

_FIRST_SERIAL = 50_000
"""Above the serials of scripted visits, so that no tag is used twice."""


class ActionError(Exception):
    """An action is not possible; the text says why."""


class BackstageActions:
    """Performs the page's actions. Thread-safe."""

    def __init__(self, environment: DemoEnvironment) -> None:
        self._room = environment
        self._lock = threading.Lock()
        self._serials = itertools.count(_FIRST_SERIAL)
        self._carried: dict[str, tuple[str, str]] = {}
        self._plugged = True
        self._items = {i["gtin"]: i for i in _lines(environment, "items")}
        self._styles = {s["style_id"]: s for s in _lines(environment, "styles")}
        self._owners = _owners(environment)
        self.verbs: dict[str, Callable[[dict[str, Any]], None]] = {
            "carry": self._carry,
            "take": self._take,
            "scan": self._scan,
            "lay": self._lay,
            "lift": lambda _words: self._room.card_presenter.lift(),
            "pay": self._pay,
            "lose-answer": lambda _words: self._room.payer.lose_answer(),
            "cable": self._cable,
        }

    def stock(self) -> dict[str, Any]:
        """What does not change: styles with colours, sizes and GTINs, rooms, and cards."""
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
        """Garments in rooms, the waiting payment, the last payment, and whether the reader is connected."""
        with self._lock:
            pieces = [
                {"epc": epc, "room": room, **self._words(gtin)} for epc, (gtin, room) in self._carried.items()
            ]
        book = self._room.payer.book()
        waiting = next((e for e in book if e["state"] == "pending"), None)
        return {
            "pieces": pieces,
            "waiting": waiting and {**waiting, "amount": _amount(waiting)},
            "last": book[-1] if book else None,
            "plugged": self._plugged,
        }

    def picture(self, name: str, height: int) -> bytes | None:
        """A garment's picture scaled by the store; the page may load images from its own server only."""
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
            raise ActionError("there is no such piece or room")
        epc = self._room.tag(gtin, next(self._serials))
        self._room.carrier.bring(epc, list(ROOMS).index(room) + 1)
        with self._lock:
            self._carried[epc] = (gtin, room)

    def _take(self, words: dict[str, Any]) -> None:
        epc = str(words["epc"])
        with self._lock:
            if self._carried.pop(epc, None) is None:
                raise ActionError("that piece is in no room")
        self._room.carrier.take(epc)

    def _scan(self, words: dict[str, Any]) -> None:
        gtin = str(words["gtin"])
        if gtin not in self._items:
            raise ActionError("there is no such piece")
        self._room.scanning.scan(gtin)

    def _lay(self, words: dict[str, Any]) -> None:
        self._room.card_presenter.lay(str(words["card"]), int(words.get("ms", 900)))

    def _pay(self, words: dict[str, Any]) -> None:
        if not self._room.payer.tap(str(words.get("card", "ok"))):
            raise ActionError("the terminal waits for no card")

    def _cable(self, words: dict[str, Any]) -> None:
        self._plugged = bool(words["plugged"])
        self._room.carrier.cable(plugged=self._plugged)


def _lines(environment: DemoEnvironment, part: str) -> list[dict[str, Any]]:
    with (environment.shop.feed / f"{part}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _owners(environment: DemoEnvironment) -> dict[str, dict[str, Any]]:
    return {
        credential["credential_id"]: {"owner": shopper["first_name"], "what": credential["kind"]}
        for shopper in _lines(environment, "shoppers")
        for credential in shopper["credentials"]
    }


def _amount(entry: dict[str, Any]) -> str:
    """The amount of an entry of the terminal's book, as the page shows it."""
    return Money(int(entry["minor"]), str(entry["currency"])).formatted("en", with_zeros=True)
