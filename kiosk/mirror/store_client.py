"""The mirror's words to its store: one method per question, over HTTP.

What goes wrong on the way is one of two errors: the store could not be reached (try again), or it refused (do not).
"""

from __future__ import annotations

import threading
from typing import Any
from urllib.parse import quote

import requests

from kiosk.core.domain.advice import SizeAdvice, Suggestion
from kiosk.core.domain.ids import OrderId, RequestId
from kiosk.core.domain.payment import Order
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.domain.shopper import Shopper
from kiosk.core.visit.effects import (
    AdviseSize,
    CollectPayment,
    FindLooks,
    IdentifyShopper,
    PriceOrder,
    RecordItemEvent,
    ReportVisit,
    SaveFitFeedback,
    TogglePiece,
)
from kiosk.core.visit.events import PaymentChanged
from kiosk.core.wire import WireError, plain, read

QUICK_S = 4.0
"""Longest wait for an answer on a shop's own network before it counts as lost."""


class StoreError(Exception):
    """The store did not do what it was asked."""


class StoreAwayError(StoreError):
    """It could not be reached, or failed in itself: the same may be asked again."""


class StoreRefusedError(StoreError):
    """It understood and refused; asking again will not help."""


class StoreClient:
    """Questions to the store for one room. Safe for many threads: each has a connection of its own."""

    def __init__(self, url: str, room: str, token: str) -> None:
        self._root = url.rstrip("/")
        self._room = f"{self._root}/api/v1/rooms/{quote(room, safe='')}"
        self._token = token
        self._own = threading.local()
        self._sessions: list[requests.Session] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for session in self._sessions:
                session.close()
            self._sessions.clear()

    def shop(self) -> dict[str, Any]:
        """The shop's name, languages, currency and tax."""
        shop = self._ask("GET", f"{self._root}/api/v1/shop")
        if not isinstance(shop, dict):
            raise StoreAwayError("the shop's description is not an object")
        return shop

    def tell_visit(self, told: ReportVisit) -> None:
        self._ask("PUT", f"{self._room}/visit", told)

    def looks(self, question: FindLooks) -> tuple[Suggestion, ...]:
        answer: tuple[Suggestion, ...] = self._read(
            tuple[Suggestion, ...], self._ask("POST", f"{self._room}/looks", question), "suggestions"
        )
        return answer

    def size(self, question: AdviseSize) -> SizeAdvice | None:
        answer: SizeAdvice | None = self._read(
            SizeAdvice | None, self._ask("POST", f"{self._room}/size", question), "advice"
        )
        return answer

    def keep_feel(self, said: SaveFitFeedback) -> None:
        self._ask("PUT", f"{self._room}/feels", said)

    def identify(self, question: IdentifyShopper) -> Shopper | None:
        answer: Shopper | None = self._read(
            Shopper | None, self._ask("POST", f"{self._room}/identify", question), "shopper"
        )
        return answer

    def bring(self, piece: TogglePiece) -> bool:
        """Take a piece into the room, or out again; whether it is one of this house."""
        ours: bool = self._read(bool, self._ask("POST", f"{self._room}/pieces", piece), "ours")
        return ours

    def meet(self, question: IdentifyShopper) -> tuple[str, bytes]:
        """Begin to meet the card at the reader: the meeting's id, and the first command for the card."""
        begun = self._ask("POST", f"{self._room}/meetings", question)
        return self._read(str, begun, "meeting_id"), _octets(begun)

    def go_on_meeting(self, meeting_id: str, answer: bytes) -> bytes | Shopper | None:
        """Pass the card's answer on: the next command, or, at the end, whose card it is."""
        path = f"{self._room}/meetings/{quote(meeting_id, safe='')}"
        step = self._ask("POST", path, {"answer": answer.hex()})
        if isinstance(step, dict) and "command" in step:
            return _octets(step)
        shopper: Shopper | None = self._read(Shopper | None, step, "shopper")
        return shopper

    def send_request(self, request: ServiceRequest) -> ServiceRequest:
        path = f"{self._room}/requests/{quote(request.request_id, safe='')}"
        answer: ServiceRequest = self._read(ServiceRequest, self._ask("PUT", path, request))
        return answer

    def withdraw_request(self, request_id: RequestId) -> ServiceRequest:
        path = f"{self._room}/requests/{quote(request_id, safe='')}/withdraw"
        answer: ServiceRequest = self._read(ServiceRequest, self._ask("POST", path))
        return answer

    def price(self, question: PriceOrder) -> Order:
        path = f"{self._room}/orders/{quote(question.order_id, safe='')}"
        answer: Order = self._read(Order, self._ask("PUT", path, question))
        return answer

    def collect(self, wish: CollectPayment) -> PaymentChanged:
        path = f"{self._room}/orders/{quote(wish.order_id, safe='')}/payment"
        answer: PaymentChanged = self._read(PaymentChanged, self._ask("PUT", path, wish))
        return answer

    def drop_payment(self, order_id: OrderId) -> PaymentChanged:
        path = f"{self._room}/orders/{quote(order_id, safe='')}/payment"
        answer: PaymentChanged = self._read(PaymentChanged, self._ask("DELETE", path))
        return answer

    def note(self, note: RecordItemEvent) -> None:
        self._ask("POST", f"{self._room}/notes", note)

    def picture(self, path: str, height: int) -> bytes | None:
        """A picture's bytes at about that height; None where the store has none or is away."""
        try:
            answer = self._session().get(
                f"{self._root}/api/v1/pictures/{quote(path)}", params={"h": str(height)}, timeout=QUICK_S
            )
        except requests.RequestException:
            return None
        return answer.content if answer.ok else None

    def stream(self) -> requests.Response:
        """The room's event stream, open; the caller closes it. A silence of 6 s counts as a lost store."""
        try:
            answer = requests.get(
                f"{self._room}/stream", headers=self._headers(), stream=True, timeout=(QUICK_S, 6.0)
            )
        except requests.RequestException as trouble:
            raise StoreAwayError(type(trouble).__name__) from None
        if answer.ok:
            return answer
        answer.close()
        raise _refusal(answer)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._own, "session", None)
        if session is None:
            session = requests.Session()
            self._own.session = session
            with self._lock:
                self._sessions.append(session)
        return session

    def _ask(self, method: str, url: str, body: object = None) -> Any:
        try:
            answer = self._session().request(
                method,
                url,
                json=body if isinstance(body, dict) or body is None else plain(body),
                headers=self._headers(),
                timeout=QUICK_S,
            )
        except requests.RequestException as trouble:
            raise StoreAwayError(type(trouble).__name__) from None
        if not answer.ok:
            raise _refusal(answer)
        try:
            return answer.json() if answer.content else None
        except ValueError:
            raise StoreAwayError("an answer that is no JSON") from None

    def _read(self, kind: Any, body: Any, key: str | None = None) -> Any:
        try:
            return read(kind, body[key] if key else body)
        except (WireError, KeyError, TypeError) as trouble:
            raise StoreRefusedError(f"an answer that cannot be read: {trouble}") from None


def _octets(body: Any) -> bytes:
    try:
        return bytes.fromhex(body["command"])
    except (KeyError, TypeError, ValueError):
        raise StoreRefusedError("an answer without a command in hexadecimal") from None


def _refusal(answer: requests.Response) -> StoreError:
    text = f"{answer.status_code} {answer.reason}"
    # 5xx and "too many" pass; a refusal for what was asked does not.
    passing = answer.status_code >= 500 or answer.status_code in (408, 425, 429)
    return StoreAwayError(text) if passing else StoreRefusedError(text)
