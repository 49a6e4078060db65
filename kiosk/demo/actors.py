"""What people do in a demo: carry garments, present cards, pay at the terminal, answer requests as an associate.

Each acts as in a shop: through the simulated hardware, or through the HTTP API that the associates' page uses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import requests

from hardware.epc.codec import decode
from hardware.sim.label_scanner import SimLabelScanner
from kiosk.demo.control_client import ControlClient


@dataclass(slots=True)
class GarmentCarrier:
    """Moves tagged garments into and out of rooms: places tags before the reader's antennas."""

    reader: ControlClient
    here: dict[str, int] = field(default_factory=dict)
    """EPC to antenna, for garments in a room."""

    def bring(self, epc: str, antenna: int) -> None:
        self.reader.do("place", epc=epc, antenna=antenna, rssi_dbm=-52)
        self.here[epc] = antenna

    def take(self, epc: str) -> None:
        self.reader.do("remove", epc=epc)
        self.here.pop(epc, None)

    def cable(self, plugged: bool) -> None:
        self.reader.do("plug" if plugged else "pull")


@dataclass(slots=True)
class LabelScanning:
    """Scans labels at the mirror's scanner."""

    scanner: SimLabelScanner

    def scan(self, label: str) -> None:
        self.scanner.scan(label)

    def piece(self, epc: str) -> None:
        """Scan the QR label (GS1 Digital Link with serial) of the piece with this tag."""
        tag = decode(epc)
        self.scan(f"https://id.ostrevane.example/01/{tag.gtin}/21/{tag.serial}")

    def article(self, epc: str) -> None:
        """Scan the EAN label of the piece with this tag: it identifies the article only."""
        self.scan(decode(epc).gtin)


@dataclass(slots=True)
class CardPresenter:
    """Presents cards and rings to the mirror's card reader."""

    pad: ControlClient

    def lay(self, card: str, ms: int = 5000) -> None:
        """Hold a card there for `ms` milliseconds; slow machines need more than a short tap."""
        self.pad.do("lay", card=card, ms=ms)

    def lift(self) -> None:
        self.pad.do("lift")


@dataclass(slots=True)
class Payer:
    """Taps a bank card on the payment terminal."""

    terminal: ControlClient

    def tap(self, card: str = "ok") -> bool:
        """Present a bank card, `ok` or `declined`; False if the terminal waits for none."""
        return bool(self.terminal.do("tap", card=card)["taken"])

    def lose_answer(self) -> None:
        """The next payment is approved and booked, but its answer is lost."""
        self.terminal.do("lose-answer")

    def book(self) -> list[dict[str, Any]]:
        """Every charge in the terminal's account, with the number of times money was collected."""
        found: list[dict[str, Any]] = self.terminal.do("list")["book"]
        return [entry for entry in found if entry["kind"] == "charge"]


class AssociateClient:
    """An associate, through the HTTP API of the associates' page."""

    def __init__(self, store: str, associate_id: str, pin: str) -> None:
        self._api = f"{store.rstrip('/')}/api/v1"
        self._who = {"associate_id": associate_id, "pin": pin}
        self._session = requests.Session()

    def sign_in(self) -> None:
        answer = self._session.post(f"{self._api}/session", json=self._who, timeout=5)
        answer.raise_for_status()
        self._session.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    def sign_out(self) -> None:
        self._session.delete(f"{self._api}/session", timeout=5).raise_for_status()

    def open_requests(self) -> list[dict[str, Any]]:
        """Open requests, oldest first."""
        answer = self._session.get(f"{self._api}/floor", timeout=5)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()["requests"]
        return sorted(found, key=lambda r: r["made_us"])

    def move(self, request_id: str, move: str, **words: Any) -> dict[str, Any]:
        """claim, answer, at-the-door, done, decline or release a request."""
        url = f"{self._api}/requests/{quote(request_id, safe='')}/{move}"
        answer = self._session.post(url, json=words, timeout=5)
        answer.raise_for_status()
        moved: dict[str, Any] = answer.json()
        return moved

    def exchange(self, sold: str, label: str) -> dict[str, Any]:
        """Change the sold piece of that label for another one, as the desk does."""
        sales = self._session.get(f"{self._api}/sales", params={"label": sold}, timeout=5)
        sales.raise_for_status()
        found = sales.json()["sales"][0]
        body = {"order_id": found["order_id"], "piece": found["piece"], "label": label}
        answer = self._session.post(f"{self._api}/exchanges", json=body, timeout=5)
        answer.raise_for_status()
        exchanged: dict[str, Any] = answer.json()
        return exchanged

    def close(self) -> None:
        self._session.close()
