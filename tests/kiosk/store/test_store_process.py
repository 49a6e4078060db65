"""`cheval store` as a process: starts, loses no request when killed, ends cleanly on a signal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from kiosk.config import parse_store
from kiosk.connectors.feeds import REPORT_NAME
from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.serving import serve
from tests.kiosk.store import postgres
from tests.kiosk.store.http_clients import associate, mirror, read_stream
from tests.kiosk.store.sample_shop import PIN, START_US
from tests.kiosk.store.store_process import StoreProcess

ASK = ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t1"), RequestKind.HELP, START_US)


@pytest.fixture
def shop(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[StoreProcess]:
    process = StoreProcess(tmp_path, f"sim://127.0.0.1:{free_port()}")
    process.start()
    yield process
    process.close()


def test_no_request_and_no_session_is_lost_by_a_kill(shop: StoreProcess) -> None:
    with mirror(shop.url, shop.state, "1") as room, associate(shop.url, "a-ines", PIN) as ines:
        room.of_room("PUT", "/requests/r1", ASK)
        room.of_room("PUT", "/requests/r2", replace(ASK, request_id=RequestId("r2")))
        ines.move("r2", "claim")
        token = ines.token
    shop.kill()
    shop.start()
    with associate(shop.url, "a-jonas", "1234") as jonas:
        open_now = {r["request_id"]: r for r in jonas.ask("GET", "/api/v1/floor")[1]["requests"]}
        assert {k: v["state"] for k, v in open_now.items()} == {"r1": "received", "r2": "claimed"}
        assert open_now["r2"]["by"] == "Inès"
        jonas.token = token
        assert jonas.ask("GET", "/api/v1/floor", headers={"Authorization": f"Bearer {token}"})[0] == 200


def test_a_stop_signal_ends_streams_and_process_with_zero(shop: StoreProcess) -> None:
    with mirror(shop.url, shop.state, "1") as room, read_stream(room, "/api/v1/rooms/1/stream") as stream:
        stream.named("Snapshot")
        assert shop.stop() == 0
        assert stream.ended


def test_a_broken_feed_changes_nothing(shop: StoreProcess, tmp_path: Path) -> None:
    shop.stop()
    (tmp_path / "feed" / "styles.jsonl").write_text("nonsense\n")
    shop.start()
    with mirror(shop.url, shop.state, "1") as room:
        from kiosk.core.domain.ids import ItemId
        from kiosk.core.visit.effects import FindLooks

        said = room.of_room("POST", "/looks", FindLooks(Ticket("t"), 1, (ItemId("C1-NVY"),), (), None))[1]
    assert said["suggestions"]
    report = tmp_path / "feed" / REPORT_NAME
    assert f"see {report}" in (tmp_path / "store.log").read_text()
    assert "styles.jsonl:1: not JSON" in report.read_text("utf-8")


class Serving:
    """`serve` on a thread of its own, as the command runs it."""

    def __init__(self, folder: Path, database: str) -> None:
        given = {
            "state": str(folder / "state"),
            "database": database,
            "rooms": {"1": {}},
            "listen": {"port": 0},
        }
        self.stop, self.ready, self.code = Event(), Event(), -1
        config = parse_store(json.dumps(given))

        def run() -> None:
            self.code = serve(config, lambda _: self.ready.set(), self.stop)

        self._thread = Thread(target=run)
        self._thread.start()

    def end(self) -> int:
        self.stop.set()
        self._thread.join(30)
        return self.code


def lines_with(caplog: pytest.LogCaptureFixture, part: str) -> int:
    return sum(part in record.getMessage() for record in caplog.records)


def test_a_store_whose_database_is_away_waits_and_says_so_once(
    tmp_path: Path, free_port: Callable[[], int], caplog: pytest.LogCaptureFixture
) -> None:
    store = Serving(tmp_path, f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    pause = Event()
    while not lines_with(caplog, "the store waits for its database"):
        pause.wait(0.02)
    assert not store.ready.is_set()
    assert store.end() == 0
    assert lines_with(caplog, "the store waits for its database") == 1
    assert "Traceback" not in caplog.text


@pytest.mark.full
def test_a_store_starts_when_its_database_is_back(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """PostgreSQL is away for 15 s at the start, and longer than systemd's usual limit of starts allows."""
    if postgres.binaries() is None:
        pytest.skip("Debian's postgresql is not installed")
    with postgres.server() as server:
        database = postgres.fresh_database(server.url)
        server.stop()
        store = Serving(tmp_path, database)
        assert not store.ready.wait(15)
        server.start()
        assert store.ready.wait(30)
        assert store.end() == 0
    assert lines_with(caplog, "the store waits for its database") == 1
    assert lines_with(caplog, "the database answers; the store starts") == 1


def test_two_stores_on_one_folder_are_refused(shop: StoreProcess, tmp_path: Path) -> None:
    other = StoreProcess(tmp_path, "sim://127.0.0.1:1")
    with pytest.raises(AssertionError, match=rf"held by the store on .* \(process {shop.number}, since 20"):
        other.start()
    other.close()
