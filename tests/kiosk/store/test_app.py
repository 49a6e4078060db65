"""A store put together: real reads reach a mirror, broken parts are logged, a port in use ends the start."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from kiosk.clock import now_us
from kiosk.core.domain.ids import ItemId, RoomId, Ticket
from kiosk.core.visit.effects import FindLooks
from kiosk.store.api.server import HttpServer
from kiosk.store.compose_http import http_of
from kiosk.store.lifecycle import Store
from kiosk.store.serving import run
from kiosk.store.settings import ReaderSettings
from tests.kiosk.store.http_clients import mirror, read_stream
from tests.kiosk.store.sample_shop import piece_of, sample_store, served, settings_in, tag

SHIRT, COAT = piece_of("S1", "WHI", "M"), piece_of("C1", "NVY", "38")


def test_real_reads_reach_the_mirror(tmp_path: Path) -> None:
    """A simulated reader, the real tracker and the real clock."""
    shirt, coat = tag("S1", "WHI", "M"), tag("C1", "NVY", "38")
    settings = settings_in(tmp_path, readers=(ReaderSettings("ceiling", f"sim://x?tags={shirt}@1,{coat}@2"),))
    with (
        sample_store(settings, now_us) as store,
        served(store) as url,
        mirror(url, settings.state, "1") as client,
        read_stream(client, "/api/v1/rooms/1/stream") as stream,
    ):
        stream.named("Snapshot")
        store.open()
        assert stream.named("GarmentArrived")["piece"] == SHIRT
        assert store.health().radio == {"ceiling": True}


@pytest.mark.parametrize(
    "broken",
    [
        {"looks_model": "nothing"}, {"sizes_model": "nothing"}, {"keys": "nothing"},
        {"readers": (ReaderSettings("r", "llrp://"),)},
    ],
    ids=["looks", "sizes", "keys", "reader"],
)  # fmt: skip
def test_a_broken_part_is_logged_and_the_store_runs(
    tmp_path: Path, broken: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    broken = {k: tmp_path / v if isinstance(v, str) else v for k, v in broken.items()}
    with sample_store(settings_in(tmp_path, **broken)) as store:
        assert store.service.find_looks(
            RoomId("1"), FindLooks(Ticket("t1"), 1, (ItemId("C1-NVY"),), (), None)
        )
        store.open()
    assert [r for r in caplog.records if r.levelname in ("WARNING", "ERROR")]
    assert "Traceback" not in caplog.text


def test_a_store_that_cannot_listen_logs_it_and_ends(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with sample_store(settings_in(tmp_path / "a")) as one, served(one) as url:
        taken = replace(settings_in(tmp_path / "b"), port=int(url.rpartition(":")[2]))
        with sample_store(taken) as two:
            assert run(two, lambda _: None, Event()) == 1
    assert "cannot listen" in caplog.text


def test_nagles_algorithm_is_off(store: Store) -> None:
    """asyncio disables Nagle's algorithm only for sockets that name their protocol: 3 ms per answer instead of 48."""
    server = HttpServer(http_of(store), "127.0.0.1", 0)
    assert server._socket.proto == socket.IPPROTO_TCP
    server.open()
    assert server.wait_until_open()
    server.close(5)
