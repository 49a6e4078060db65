"""A store of 54,000 variants with 40 mirrors' streams and 20 associates' pages open, at 100 and 200 requests a second.

The generator is a process on one core and prints its own rate. Latencies are printed in ms, and asserted in calibration
loops of some 10 ms, which are timed beside the load: 100 ms for reads, 250 ms for durable writes (99th percentiles).
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import count, cycle
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import numpy as np
import pytest

from kiosk.core.domain.ids import ArticleId, OrderId, RequestId, RoomId, Ticket, piece_id
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.visit.effects import AdviseSize, FindLooks, PriceOrder, RecordItemEvent, ReportVisit
from kiosk.core.wire import to_json
from tests.bench.large_shop import ASSOCIATE, LARGE, rooms
from tests.bench.large_store import LargeStore, large_store
from tests.bench.load_generator import Measured, Plan, run
from tests.bench.test_bench_store_looks import calibration_loop
from tests.bench.test_bench_store_streams import STREAMS
from tests.kiosk.store.http_clients import HttpClient, associate, mirror_token
from tests.kiosk.store.sample_shop import MANAGER_PIN

PAGES = 20
SECONDS = 20
MOST_READ, MOST_WRITE = 10.0, 25.0
"""99th percentiles of reads and durable writes at 100 requests a second, in calibration loops."""
MOST_MEMORY_MB = 400
DURABLE = ("request", "withdraw", "note", "order")
"""What the store has on disk before it answers."""
MIX = ("looks", "size", "articles", "request", "size", "note", "articles", "looks", "withdraw", "order",
       "size", "articles", "floor", "size", "looks", "articles", "note", "size", "articles", "order")  # fmt: skip
"""The kinds of twenty requests, in turns over all rooms."""
Asked = tuple[str, str, object]
"""Method, path below the room, body."""


class BusyHour:
    """The requests of a busy hour, in the form of plans."""

    def __init__(self, store: LargeStore, pages: Sequence[str]) -> None:
        self._shop, self._pages = store.shop, pages
        self._mirrors = [mirror_token(store.process.state, str(n)) for n in range(1, STREAMS + 1)]
        self._numbers = count()
        self._last_request = dict.fromkeys(range(STREAMS), "")
        self._rooms = cycle(rooms(store.shop, 3, 500, seed=9))
        address = urlsplit(store.process.url)
        self._host, self._port = str(address.hostname), address.port or 80
        self._kinds = {
            "looks": self._looks, "size": self._size, "articles": self._articles, "note": self._note,
            "order": self._order, "request": self._request, "withdraw": self._withdraw,
        }  # fmt: skip

    def plan(self, rate: float) -> Plan:
        plan = Plan(self._host, self._port, rate, core=max(os.sched_getaffinity(0)))
        plan.tokens = [*self._mirrors, self._pages[0]]
        plan.streams = [
            *((token, f"/api/v1/rooms/{n}/stream") for n, token in enumerate(self._mirrors, 1)),
            *((token, "/api/v1/floor/stream") for token in self._pages),
        ]
        for number in range(int(rate * SECONDS)):
            # twenty kinds and forty rooms: the rooms move on by one with each turn, so that each has every kind
            room, kind = (number + number // STREAMS) % STREAMS, MIX[number % len(MIX)]
            if kind == "floor":
                plan.requests.append((STREAMS, kind, "GET", "/api/v1/floor", None))
                continue
            method, path, body = self._kinds[kind](room)
            written = None if body is None else to_json(body)
            plan.requests.append((room, kind, method, f"/api/v1/rooms/{room + 1}{path}", written))
        return plan

    def _looks(self, room: int) -> Asked:
        return "POST", "/looks", FindLooks(ticket(room), 1, next(self._rooms), (), None)

    def _size(self, room: int) -> Asked:
        return "POST", "/size", AdviseSize(ticket(room), self._article(), None)

    def _articles(self, _room: int) -> Asked:
        return "GET", f"/articles?gtin={self._article()}", None

    def _note(self, room: int) -> Asked:
        item = self._shop.items[next(self._numbers) * 31 % len(self._shop.items)]
        return "POST", "/notes", RecordItemEvent(ticket(room), item, "opened")

    def _order(self, room: int) -> Asked:
        number, article = next(self._numbers), self._article()
        pieces = ((piece_id(article, str(number + 1)), article),)
        return "PUT", f"/orders/o{number}", PriceOrder(ticket(room), OrderId(f"o{number}"), pieces, None)

    def _request(self, room: int) -> Asked:
        name = RequestId(f"r{next(self._numbers)}")
        self._last_request[room] = name
        of_room = RoomId(str(room + 1))
        return "PUT", f"/requests/{name}", ServiceRequest(name, of_room, ticket(room), RequestKind.HELP, 0)

    def _withdraw(self, room: int) -> Asked:
        name = self._last_request[room]
        return ("POST", f"/requests/{name}/withdraw", None) if name else self._request(room)

    def _article(self) -> ArticleId:
        number = next(self._numbers) * 7919 % self._shop.variants
        item, size = divmod(number, self._shop.sizes)
        return self._shop.article(*divmod(item, self._shop.colours), size)


def ticket(room: int) -> Ticket:
    return Ticket(f"busy-{room}")


def calibrated(done: Event, loops: list[float]) -> None:
    """Times the calibration loop now and then while the load runs."""
    while not done.wait(0.5):
        began = time.perf_counter()
        calibration_loop()
        loops.append(1000 * (time.perf_counter() - began))


def report(
    measured: Measured, loops: list[float], store: LargeStore, planned: float, cpu_ms: float
) -> tuple[float, float]:
    """Prints what was measured; returns the 99th percentiles of reads and of durable writes, in calibration loops."""
    loop = float(np.median(loops))
    kinds = measured.latencies
    reads = [ms for kind, found in kinds.items() if kind not in DURABLE for ms in found]
    writes = [ms for kind, found in kinds.items() if kind in DURABLE for ms in found]
    late, requests = float(np.quantile(measured.late, 0.99)), sum(map(len, kinds.values()))
    print(
        f"\n{planned:.0f} requests/s planned, {measured.rate:.1f}/s sent, p99 {late:.1f} ms late; {STREAMS} mirrors' "
        f"streams, {PAGES} pages, {measured.stream_events} events; calibration loop {loop:.1f} ms; store "
        f"{store.memory_mb:.0f} MB, CPU {cpu_ms / requests:.2f} ms a request = {cpu_ms / SECONDS / 10:.0f} % of a core"
    )
    for name, found in (("reads", reads), ("durable writes", writes), *sorted(kinds.items())):
        print(
            f"  {name:16} p50 {np.quantile(found, 0.5):6.1f} ms, p99 {np.quantile(found, 0.99):6.1f} ms = "
            f"{np.quantile(found, 0.99) / loop:5.1f} loops, most {max(found):6.1f} ms ({len(found)} x)"
        )
    return float(np.quantile(reads, 0.99)) / loop, float(np.quantile(writes, 0.99)) / loop


@pytest.mark.full
@pytest.mark.timeout(600)
def test_a_busy_hour(tmp_path: Path) -> None:
    with large_store(tmp_path / "shop", LARGE, STREAMS) as store, ExitStack() as stack:
        pages = [
            stack.enter_context(associate(store.process.url, ASSOCIATE, MANAGER_PIN)).token
            for _ in range(PAGES)
        ]
        hour = BusyHour(store, pages)
        for room in range(STREAMS):
            token = mirror_token(store.process.state, str(room + 1))
            client = HttpClient(store.process.url, token, str(room + 1))
            client.of_room("PUT", "/visit", ReportVisit(ticket(room), began=True, at_us=0))
            client.close()
        found = []
        for rate in (100, 200):
            loops: list[float] = []
            done = Event()
            calibration = Thread(target=calibrated, args=(done, loops))
            calibration.start()
            plan, before = hour.plan(rate), store.cpu_ms
            measured = run(plan)
            done.set()
            calibration.join()
            found.append(report(measured, loops, store, rate, store.cpu_ms - before))
            assert measured.failures == []
            assert measured.rate > 0.95 * rate
        assert store.memory_mb < MOST_MEMORY_MB
    assert found[0][0] < MOST_READ
    assert found[0][1] < MOST_WRITE
