"""Questions of 20 rooms while another program keeps the store's database locked for 10 s.

SQLite: another connection has the write lock. PostgreSQL: `LOCK TABLE` on every table of the store. Meanwhile a sale is
paid and waits to be marked as sold, orders are priced and requests are made. A question that needs to be written is
answered 503 in time, and the mirror sends it again. 99th percentiles are printed, as ratios to 250 ms too.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import psycopg
import pytest

from kiosk.core.domain.ids import ItemId, OrderId, PieceId, RequestId, RoomId, ScannedId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.visit.effects import (
    AdviseSize,
    CollectPayment,
    FindLooks,
    PriceOrder,
    RecordItemEvent,
    ReportBasket,
    ReportVisit,
    TogglePiece,
)
from kiosk.core.wire import to_json
from tests.bench.load_generator import Measured, Plan, run
from tests.kiosk.store import postgres
from tests.kiosk.store.http_clients import mirror, mirror_token, read_stream
from tests.kiosk.store.sample_shop import gtin_of, piece_of
from tests.kiosk.store.store_process import StoreProcess
from tests.kiosk.store.terminal_process import terminal_process

ROOMS, RATE, SECONDS = 20, 40.0, 10
MOST_MS = 250.0
COAT, SHIRT = gtin_of("C1", "NVY", "38"), gtin_of("S1", "WHI", "M")
MAY_FAIL = ("request", "order", "visit")
"""Must be written; while that cannot be, the answer is 503."""
Lock = Callable[[], AbstractContextManager[None]]


class Questions:
    """The questions of the rooms in turns, as a plan of the load generator."""

    def __init__(self, process: StoreProcess) -> None:
        self._numbers = count()
        address = urlsplit(process.url)
        self.plan = Plan(str(address.hostname), address.port or 80, RATE, core=max(os.sched_getaffinity(0)))
        tokens = [mirror_token(process.state, str(n)) for n in range(1, ROOMS + 1)]
        self.plan.tokens = tokens
        self.plan.streams = [(t, f"/api/v1/rooms/{n}/stream") for n, t in enumerate(tokens, 1)]
        kinds = tuple(self._kinds().items())
        for number in range(int(RATE * SECONDS)):
            room = (number + number // ROOMS) % ROOMS
            kind, (method, path, body) = kinds[number % len(kinds)][0], kinds[number % len(kinds)][1](room)
            sent = None if body is None else to_json(body)
            self.plan.requests.append((room, kind, method, f"/api/v1/rooms/{room + 1}{path}", sent))

    def _kinds(self) -> dict[str, Callable[[int], tuple[str, str, Any]]]:
        return {
            "looks": lambda r: ("POST", "/looks", FindLooks(_ticket(r), 1, (ItemId("C1-NVY"),), (), None)),
            "size": lambda r: ("POST", "/size", AdviseSize(_ticket(r), COAT, None)),
            "scan": lambda r: ("POST", "/pieces", TogglePiece(_ticket(r), ScannedId(piece_of("C1", "CAM", "36", r)))),
            "basket": lambda r: ("PUT", "/basket", ReportBasket(_ticket(r), (piece_of("C1", "NVY", "38"),))),
            "articles": lambda _: ("GET", f"/articles?gtin={COAT}", None),
            "note": lambda r: ("POST", "/notes", RecordItemEvent(_ticket(r), ItemId("C1-NVY"), "opened")),
            "request": self._request,
            "order": self._order,
            "visit": lambda r: ("PUT", "/visit", ReportVisit(_ticket(r), began=True, at_us=0)),
        }  # fmt: skip

    def _request(self, room: int) -> tuple[str, str, Any]:
        name = RequestId(f"r{next(self._numbers)}")
        asked = ServiceRequest(name, RoomId(str(room + 1)), _ticket(room), RequestKind.HELP, 0)
        return "PUT", f"/requests/{name}", asked

    def _order(self, room: int) -> tuple[str, str, Any]:
        name = OrderId(f"o{next(self._numbers)}")
        pieces = ((PieceId(f"{SHIRT}.{room + 100}"), SHIRT),)
        return "PUT", f"/orders/{name}", PriceOrder(_ticket(room), name, pieces, None)


def _ticket(room: int) -> Ticket:
    return Ticket(f"t{room}")


@contextmanager
def locked_sqlite(state: Path) -> Iterator[None]:
    with closing(sqlite3.connect(state / "store.db", isolation_level=None)) as other:
        other.execute("PRAGMA busy_timeout = 5000")
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def locked_postgres(url: str, mode: str) -> Iterator[None]:
    with psycopg.connect(url) as other:
        names = other.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'ledger%'"
        )
        tables = ", ".join(f'"{name}"' for (name,) in names)
        other.execute(f"LOCK TABLE {tables} IN {mode} MODE")
        yield
        other.rollback()


def measured(process: StoreProcess, terminal: Any, lock: Lock) -> Measured:
    """Runs the questions while the database is locked; a sale is paid meanwhile and settled afterwards."""
    with mirror(process.url, process.state, "1") as room, read_stream(room, "/api/v1/rooms/1/stream") as seen:
        for number in range(ROOMS):
            with mirror(process.url, process.state, str(number + 1)) as client:
                client.of_room("PUT", "/visit", ReportVisit(_ticket(number), began=True, at_us=0))
        questions = Questions(process)
        order, pieces = OrderId("paid"), ((piece_of("A1", "RED", "one"), gtin_of("A1", "RED", "one")),)
        assert room.of_room("PUT", "/orders/paid", PriceOrder(_ticket(0), order, pieces, None))[0] == 200
        room.of_room(
            "PUT", "/orders/paid/payment", CollectPayment(_ticket(0), order, PaymentMeans.TERMINAL, 1)
        )
        seen.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "sent")
        done = Event()

        def tap() -> None:
            if not done.wait(2):
                terminal.tap()

        with lock():
            tapping = Thread(target=tap)
            tapping.start()
            found = run(questions.plan)
            paid = [b for n, b in seen.messages if n == "PaymentMoved" and b["state"] == "paid"]
            assert paid, "the sale is paid while the database is locked"
        done.set()
        tapping.join()
    return found


def report(name: str, found: Measured) -> float:
    every = [ms for kind in found.latencies.values() for ms in kind]
    p99 = float(np.quantile(every, 0.99))
    late = float(np.quantile(found.late, 0.99))
    print(
        f"\n{name}: p50 {np.quantile(every, 0.5):.0f} ms, p99 {p99:.0f} ms = {p99 / MOST_MS:.2f} x {MOST_MS:.0f} ms, "
        f"most {max(every):.0f} ms ({len(every)} questions, generator p99 {late:.0f} ms late)"
    )
    for kind, ms in sorted(found.latencies.items()):
        print(
            f"  {kind:9} p50 {np.quantile(ms, 0.5):6.1f} ms, p99 {np.quantile(ms, 0.99):6.1f} ms ({len(ms)} x)"
        )
    return p99


@pytest.mark.full
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql-writes", "postgresql-reads"])
def test_rooms_are_answered_while_the_database_is_locked(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = ""
    more: dict[str, Any] = {"rooms": {str(n): {"title": f"Room {n}"} for n in range(1, ROOMS + 1)}}
    if kind != "sqlite":
        url = postgres.fresh_database(request.getfixturevalue("postgres_server"))
        more["database"] = url
    with terminal_process() as terminal, closing(StoreProcess(tmp_path, terminal.uri, **more)) as process:
        process.start()
        mode = "EXCLUSIVE" if kind == "postgresql-writes" else "ACCESS EXCLUSIVE"
        lock: Lock = lambda: locked_postgres(url, mode) if url else locked_sqlite(process.state)  # noqa: E731
        found = measured(process, terminal, lock)
        failed = [f for f in found.failures if not f.endswith(": 503")]
        p99 = report(kind, found)
        assert not failed
        assert p99 < MOST_MS
