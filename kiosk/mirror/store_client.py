"""HTTP client of the store: sends the effects of `kiosk.core.exchanges`, and the requests that belong to no effect.

StoreClientError
├─ StoreUnreachableError  not reached, or failed: the same may be sent again
│  ├─ StoreBusyError      it answered that it cannot do this now: its work on this request has ended
│  └─ UntrustedStoreError what answers is not this shop's store, or does not use TLS 1.3
└─ StoreRefusedError      understood and refused: sending it again does not help
"""

from __future__ import annotations

import logging
import re
import threading
from typing import Any
from urllib.parse import quote, urlencode

import requests

from kiosk.core.domain.shopper import Shopper
from kiosk.core.domain.status.mirror_status import MirrorStatus
from kiosk.core.exchanges import EXCHANGES, PICTURE_HEADER, ROOM_PREFIX, SILHOUETTE
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.core.wire import WireError, from_json, to_json
from kiosk.mirror.store_sessions import StoreSessions
from kiosk.pairing.store_tls import untrusted_reason

log = logging.getLogger(__name__)
TIMEOUT_S = 4.0
"""For each answer, on the shop's own network."""
PICTURE_TRIES = 8
"""A picture that must be scaled first is asked for so often, each time for up to 3 s."""
QUICK_TIMEOUT_S = 0.8
"""Where a driver waits for the answer, which must close within 2 s."""
STREAM_SILENCE_S = 6.0
"""A stream without a byte for this long counts as lost; the store sends a comment every 2 s."""


_MAX_CODE = 40


class StoreClientError(Exception):
    """The store did not answer a question. `code` is that of its problem answer; empty if there is none."""

    def __init__(self, text: str, code: str = "") -> None:
        self.code = code
        super().__init__(text)


class StoreUnreachableError(StoreClientError):
    """It could not be reached, or failed."""


class StoreBusyError(StoreUnreachableError):
    """It answered that it cannot do this now (503, 425, 429), so that nothing of this request is still worked on."""


class UntrustedStoreError(StoreUnreachableError):
    """What answers at its address cannot prove that it is this shop's store; nothing was sent to it."""


class StoreRefusedError(StoreClientError):
    """It understood the question and refused, or its answer cannot be read."""


class StoreClient:
    """Client of the store for one room. Safe for many threads: each has its own connection. Raises StoreClientError."""

    def __init__(self, url: str, room: str, token: str, root: str = "") -> None:
        """`root`: the shop's root (PEM), pinned. Raises ValueError for what is no certificate."""
        self._new_session = StoreSessions(root).new
        self._root = url.rstrip("/")
        self._room = self._root + ROOM_PREFIX.format(room=quote(room, safe=""))
        self._token = token
        self._own = threading.local()
        self._sessions: list[requests.Session] = []
        self._lock, self._closed = threading.Lock(), False

    @property
    def paired(self) -> bool:
        """Whether it has a token; the store may have ended it."""
        return bool(self._token)

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            self._closed = True
            for session in self._sessions:
                session.close()
            self._sessions.clear()

    def renew(self, token: str, root: str) -> None:
        """Uses another token and root (PEM) from now on: the mirror was paired anew. Raises ValueError.

        Requests in progress may fail as if the connection was lost.
        """
        sessions = StoreSessions(root)
        with self._lock:
            self._token, self._new_session = token, sessions.new
            former, self._sessions = self._sessions, []
            self._own = threading.local()
        for session in former:
            session.close()

    def shop(self) -> dict[str, Any]:
        """The shop's name, languages, currency and tax rate, as the API describes them."""
        shop = self._ask("GET", f"{self._root}/api/v1/shop")
        if not isinstance(shop, dict):
            raise StoreUnreachableError("the shop's description is not an object")
        return shop

    def ask(self, effect: object) -> Any:
        """The answer to an effect of the exchange table; None where the store answers with an empty body."""
        exchange = EXCHANGES[type(effect)]
        body = exchange.body_of(effect)
        answer = self._ask(exchange.method, self._room + _filled(exchange.path, effect, body), body)
        return None if exchange.answer is None else self._read(exchange.answer, answer, exchange.key)

    def report_status(self, status: MirrorStatus) -> None:
        """Report how this mirror is."""
        self._ask("PUT", f"{self._room}/status", status)

    def articles_sold(self, gtins: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the GTIN-14s that the shop sells; none if the store does not answer within `QUICK_TIMEOUT_S`."""
        query = urlencode([("gtin", gtin) for gtin in gtins])
        try:
            answer = self._ask("GET", f"{self._room}/articles?{query}", timeout_s=QUICK_TIMEOUT_S)
            sold: tuple[str, ...] = self._read(tuple[str, ...], answer, "sold")
        except StoreClientError as error:
            log.warning("the store cannot say which article a label means: %s", error)
            return ()
        return sold

    def begin_card_authentication(self, question: IdentifyShopper) -> tuple[str, bytes]:
        """Start to authenticate the card at the reader: the id of the session, and the first command for the card."""
        begun = self._ask("POST", f"{self._room}/meetings", question)
        return self._read(str, begun, "meeting_id"), _command(begun)

    def continue_card_authentication(self, session_id: str, answer: bytes) -> bytes | Shopper | None:
        """Send the card's answer to the store: the next command, or, at the end, whose card it is."""
        step = self._ask(
            "POST", f"{self._room}/meetings/{quote(session_id, safe='')}", {"answer": answer.hex()}
        )
        if isinstance(step, dict) and "command" in step:
            return _command(step)
        shopper: Shopper | None = self._read(Shopper | None, step, "shopper")
        return shopper

    def picture(self, path: str, height: int) -> bytes | None:
        """A picture of about that height in pixels; None where the store has none to read, or is not reached.

        A store that is still scaling it answers 503 after a few seconds, and is asked again.
        """
        for _ in range(PICTURE_TRIES):
            try:
                answer = self._session().get(
                    f"{self._root}/api/v1/pictures/{quote(path)}",
                    params={"h": str(height)},
                    timeout=TIMEOUT_S,
                )
            except requests.RequestException:
                return None
            if answer.status_code != 503 or self._closed:
                shown = answer.ok and answer.headers.get(PICTURE_HEADER) != SILHOUETTE
                return answer.content if shown else None
        return None

    def stream(self, ticket: str = "", at_us: int = 0) -> requests.Response:
        """The room's event stream; the caller closes it. `ticket`: the present visit, `at_us`: the mirror's clock."""
        try:
            # a connection of its own: one that was kept open may lead to a store that has ended
            with self._new_session() as session:
                answer = session.get(
                    f"{self._room}/stream",
                    params={"visit": ticket, "at_us": str(at_us)} if ticket else {},
                    headers=self._headers(),
                    stream=True,
                    timeout=(TIMEOUT_S, STREAM_SILENCE_S),
                )
        except requests.RequestException as error:
            raise _unreachable(error) from None
        if answer.ok:
            return answer
        answer.close()
        raise _refusal(answer)

    def ask_path(self, method: str, path: str, body: object = None) -> Any:
        """The parsed answer to a request for a path of the store; None for an empty one."""
        return self._ask(method, self._root + path, body)

    def read(self, kind: Any, body: Any, key: str | None = None) -> Any:
        """A core value of an answer, or of one of its fields. Raises StoreRefusedError."""
        return self._read(kind, body, key)

    def command(self, body: Any) -> bytes:
        """The command for a card in an answer. Raises StoreRefusedError."""
        return _command(body)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._own, "session", None)
        if session is None:
            session = self._new_session()
            self._own.session = session
            with self._lock:
                self._sessions.append(session)
        return session

    def _ask(self, method: str, url: str, body: object = None, timeout_s: float = TIMEOUT_S) -> Any:
        try:
            answer = self._session().request(
                method,
                url,
                json=body if isinstance(body, dict) or body is None else to_json(body),
                headers=self._headers(),
                timeout=timeout_s,
            )
        except requests.RequestException as error:
            raise _unreachable(error) from None
        if not answer.ok:
            raise _refusal(answer)
        try:
            return answer.json() if answer.content else None
        except ValueError:
            raise StoreUnreachableError("an answer that is not JSON") from None

    def _read(self, kind: Any, body: Any, key: str | None = None) -> Any:
        try:
            return from_json(kind, body[key] if key else body)
        except (WireError, KeyError, TypeError) as error:
            raise StoreRefusedError(f"an answer that cannot be read: {error}") from None


def _filled(path: str, effect: object, body: object) -> str:
    """The path with each `{name}` replaced by that field of the effect or of its body."""

    def value(found: re.Match[str]) -> str:
        owner = effect if hasattr(effect, found[1]) else body
        return quote(getattr(owner, found[1]), safe="")

    return re.sub(r"\{(\w+)\}", value, path)


def _command(body: Any) -> bytes:
    try:
        return bytes.fromhex(body["command"])
    except (KeyError, TypeError, ValueError):
        raise StoreRefusedError("an answer without a command in hexadecimal") from None


def _unreachable(error: requests.RequestException) -> StoreUnreachableError:
    if why := untrusted_reason(error):
        return UntrustedStoreError(why)
    return StoreUnreachableError(type(error).__name__)


def _refusal(answer: requests.Response) -> StoreClientError:
    text = f"{answer.status_code} {answer.reason}"
    # 5xx, time-outs and rate limits are temporary; every other refusal is final.
    temporary = answer.status_code >= 500 or answer.status_code in (408, 425, 429)
    if answer.status_code in (425, 429, 503):
        return StoreBusyError(text, _code(answer))
    kind = StoreUnreachableError if temporary else StoreRefusedError
    return kind(text, _code(answer))


def _code(answer: requests.Response) -> str:
    """The code of a problem answer (RFC 9457); empty where it has none."""
    try:
        body = answer.json()
    except (requests.RequestException, ValueError, RuntimeError):
        return ""
    return str(body.get("code", ""))[:_MAX_CODE] if isinstance(body, dict) else ""
