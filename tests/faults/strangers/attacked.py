"""A store with callers of every role, to which hostile requests are sent; what it answers is judged."""

from __future__ import annotations

import logging
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from fastapi import FastAPI

from kiosk.config.limits import Limits, RequestLimits, SignInLimits
from kiosk.config.stands import Stand
from kiosk.core.domain.ids import AssociateId
from kiosk.store.event_log.events import Scope
from kiosk.store.lifecycle import Store
from kiosk.store.staff.local_access import running_store
from kiosk.store.staff.roles import Role
from kiosk.store.staff.staff_desk import StaffDesk
from tests.faults.strangers.hostile import HostileRequest, HostileRequests, shown
from tests.kiosk.store.http_clients import mirror_token
from tests.kiosk.store.sample_shop import PIN, sample_store, served, settings_in
from tests.optional_values import present

LIMITS: Final = Limits(requests=RequestLimits(arrive_s=4, send_s=1), sign_in=SignInLimits(per_minute=100_000))
TIMEOUT_S: Final = 20.0
STAND: Final = "coat"
STANDS: Final = {STAND: Stand(article="04006381333931", title="Coats")}
"""The stand of the shop; its article is not in the catalogue."""
_AWAY: Final = b"The store cannot reach its database"


class FaultLines(logging.Handler):
    """Keeps log lines about faults of the program."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@dataclass(slots=True)
class Attacked:
    """A store under attack, and what was wrong with its answers."""

    url: str
    requests: HostileRequests
    faults: FaultLines
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[dict[str, Any]] = field(default_factory=list)
    beside: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(64))
    _waiting: list[tuple[str, HostileRequest, Future[bytes]]] = field(default_factory=list)

    def play(self, seed: str) -> None:
        """Sends the request of a seed and judges its answer; in `finish`, if the store may wait for more of it."""
        request = self.requests.request(seed)
        if request.may_hang:
            self._waiting.append((seed, request, self.beside.submit(self._answer, request)))
        else:
            self._judge(seed, request, self._answer(request))

    def finish(self) -> None:
        """Judges what was sent beside."""
        for seed, request, answer in self._waiting:
            self._judge(seed, request, answer.result())
        self._waiting.clear()

    def _judge(self, seed: str, request: HostileRequest, answer: bytes) -> None:
        status = answer[9:12].decode("latin-1")
        self.counts["requests"] += 1
        self.counts[f"status {status or 'none'}"] += 1
        why = _mistake(request, answer, status)
        if self.faults.lines:
            why = why or "a fault is in the log"
            why += ": " + " | ".join(self.faults.lines)[-1500:]
            self.faults.lines.clear()
        if why:
            self.wrong.append({"seed": seed, "why": why, **shown(request)})

    def still_works(self) -> bool:
        """Whether a good request is answered."""
        return requests.get(f"{self.url}/api/v1/health", timeout=TIMEOUT_S).status_code == 200

    def _answer(self, request: HostileRequest) -> bytes:
        """The first bytes of the answer; what has no answer gives none."""
        address = urlsplit(self.url)
        with socket.create_connection((address.hostname, present(address.port)), TIMEOUT_S) as link:
            with suppress(ConnectionError):
                link.sendall(request.sent)
            found = b""
            try:
                while len(found) < 600 and b"\r\n\r\n" not in found:
                    part = link.recv(4096)
                    if not part:
                        break
                    found += part
            except ConnectionError:
                pass
            except TimeoutError:
                return b"no answer"
            return found


def _mistake(request: HostileRequest, answer: bytes, status: str) -> str:
    if answer == b"no answer":
        return "no answer"
    if not answer:
        return "" if request.may_hang else "the connection was closed without an answer"
    if status == "500":
        return "status 500"
    if status == "503" and _AWAY in answer:
        return "the database refused it"
    return (
        ""
        if (status.isdigit() and status[0] in "1234") or status == "503"
        else f"the answer begins {answer[:60]!r}"
    )


@contextmanager
def watched_faults() -> Iterator[FaultLines]:
    """What the store and its server log as faults."""
    faults = FaultLines()
    watched = [logging.getLogger(name) for name in ("kiosk", "hardware", "uvicorn")]
    for each in watched:
        each.addHandler(faults)
    try:
        yield faults
    finally:
        for each in watched:
            each.removeHandler(faults)


@contextmanager
def attacked(
    folder: Path, database: str = "", changed: Callable[[FastAPI], None] = lambda _app: None
) -> Iterator[Attacked]:
    """The sample shop; `changed` may plant a fault in its application."""
    settings = settings_in(
        folder, limits=LIMITS, stands=STANDS, **({"database": database} if database else {})
    )
    with sample_store(settings) as store, served(store) as url:
        changed(store.http)
        with watched_faults() as faults:
            found = Attacked(url, HostileRequests(store.http.openapi(), callers_of(store, url)), faults)
            try:
                yield found
            finally:
                found.beside.shutdown()


def callers_of(store: Store, url: str) -> dict[str, str]:
    """The Authorization header of a caller of each role, and of strangers."""
    accounts, now_us = store.resources.associates, store.clock()
    store.local_access.publish(url)
    desk = StaffDesk(store.resources.database, accounts.checks, store.clock)
    others = {role.value: role for role in Role if not role.is_on_floor}
    for name, role in others.items():
        desk.add("test", name, role, "4711", associate_id=AssociateId(name))
    tokens = {
        "nobody": "",
        "stranger": "x" * 43,
        "mirror": mirror_token(store.settings.state, "1"),
        "stand": mirror_token(store.settings.state, STAND),
        "associate": accounts.sign_in(AssociateId("a-ines"), PIN, now_us)[0],
        "manager": accounts.sign_in(AssociateId("m-mei"), "920713", now_us)[0],
        **{name: accounts.sign_in(AssociateId(name), "4711", now_us)[0] for name in others},
        "command": present(running_store(store.settings.state)).token,
        "integrator": store.events.integrators.add("erp", tuple(Scope), "test"),
    }
    return {name: f"Bearer {token}" if token else "" for name, token in tokens.items()}
