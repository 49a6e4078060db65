"""The associates of a soak test: they take requests, settle payments, pack bags and pay pieces back, through the API.

Each is a thread with a session of its own. A store that does not answer is asked again.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final
from urllib.parse import quote

import requests

from kiosk.demo.actors import AssociateClient
from kiosk.demo.soak.evidence import Bag, Charge, LeftOpen

LOOK_S: Final = 1.0
_NEXT: Final[Mapping[str, str]] = {"claimed": "at-the-door", "at-the-door": "done"}
_REFUND_SHARE: Final = 0.15


class DeskClient(AssociateClient):
    """The routes that the desk of the associates' page uses."""

    def tasks(self) -> list[dict[str, Any]]:
        """Payments and refunds that are not settled."""
        found: list[dict[str, Any]] = self._asked("GET", "/money")["money"]
        return found

    def left_open(self) -> LeftOpen:
        """Everything that waits for an associate."""
        return LeftOpen(
            tuple(str(request["request_id"]) for request in self.open_requests()),
            tuple(f"{task['task']} of {task['key']}" for task in self.tasks()),
            tuple(self.bags()),
        )

    def ask(self, key: str) -> None:
        """Ask the terminal once more."""
        self._asked("POST", f"/money/{quote(key, safe='')}/ask", {})

    def settle(self, key: str, answer: str, reference: str) -> None:
        self._asked(
            "POST", f"/money/{quote(key, safe='')}/settle", {"answer": answer, "reference": reference}
        )

    def bags(self) -> list[Bag]:
        """Paid orders whose pieces are to be packed."""
        return [Bag(bag["order_id"], bag["receipt"]) for bag in self._asked("GET", "/floor")["bags"]]

    def bagged(self, order: str) -> None:
        self._asked("POST", f"/bags/{quote(order, safe='')}/done")

    def refund(self, label: str) -> str:
        """Begin to pay the sold piece of that label back; the key of the refund, empty if no sale is found."""
        for sale in self._asked("GET", f"/sales?label={quote(label, safe='')}")["sales"]:
            body = {"order_id": sale["order_id"], "piece": sale["piece"]}
            return str(self._asked("POST", "/refunds", body)["key"])
        return ""

    def _asked(self, method: str, path: str, body: object = None) -> Any:
        answer = self._session.request(method, self._api + path, json=body, timeout=5)
        answer.raise_for_status()
        return answer.json() if answer.content else None


@dataclass(slots=True)
class Colleague:
    """One associate at work. `work` is repeated each second until `close`."""

    client: DeskClient
    work: Callable[[DeskClient], None]
    name: str
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    refused: int = 0
    """Answers that were errors, or did not come."""

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    @property
    def has_ended(self) -> bool:
        """Whether its thread has ended although nobody closed it."""
        return self._thread is not None and not self._thread.is_alive()

    def close(self) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join(15)
        self.client.close()

    def _run(self) -> None:
        signed_in = False
        while not self._over.is_set():
            try:
                if not signed_in:
                    self.client.sign_in()
                    signed_in = True
                self.work(self.client)
            except requests.HTTPError as error:
                self.refused += 1
                signed_in = signed_in and error.response is not None and error.response.status_code != 401
            except requests.RequestException:
                self.refused += 1
            self._over.wait(LOOK_S)


def serve(client: DeskClient) -> None:
    """One step of each request: the oldest that waits is claimed, claimed ones are carried on."""
    found = client.open_requests()
    waiting = [request for request in found if request["state"] == "received"]
    for request in waiting[:1]:
        client.move(str(request["request_id"]), "claim", minutes=2)
    for request in found:
        if (move := _NEXT.get(request["state"])) and request["by"]:
            _move_on(client, str(request["request_id"]), move)


def _move_on(client: DeskClient, request_id: str, move: str) -> None:
    """Moves a request; one of another associate, or one that was withdrawn meanwhile, is left alone."""
    try:
        client.move(request_id, move)
    except requests.HTTPError as error:
        if error.response is None or error.response.status_code not in (404, 409):
            raise


@dataclass(slots=True)
class Desk:
    """What the desk does each second. `charges`: what the terminals have, which the associate can read on them."""

    charges: Callable[[], Sequence[Charge]]
    rng: Random
    _sold: deque[str] = field(default_factory=deque)
    refunds: int = 0
    bagged: list[Bag] = field(default_factory=list)
    """What was packed, in order."""

    def sold(self, pieces: Sequence[str]) -> None:
        """Some of the pieces that were sold come back."""
        self._sold.extend(piece for piece in pieces if self.rng.random() < _REFUND_SHARE)

    def work(self, client: DeskClient) -> None:
        for bag in client.bags():
            client.bagged(bag.order)
            self.bagged.append(bag)
        self.settle(client)
        if self._sold:
            self.refunds += bool(client.refund(self._sold.popleft()))

    def settle(self, client: DeskClient) -> None:
        """Asks the terminal about each task; says the truth about those that wait for a person."""
        for task in client.tasks():
            if not task["parked"]:
                continue
            client.ask(task["key"])
            if task["task"] == "parked" and not task["refund"]:
                kept = next((c for c in self.charges() if c.key == task["key"] and c.minor), None)
                client.settle(
                    task["key"], "charged" if kept else "not-charged", kept.reference if kept else ""
                )
