"""The mirror's report of its state: what it contains, and that nothing stops it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.ports import CardFact, CardGone, LabelFact, ReaderDown, ReaderStillDown, ReaderUp
from kiosk.core.domain.status.mirror_status import DeviceState, MirrorStatus, ShownFrame
from kiosk.core.wire import from_json
from kiosk.mirror.device_states import DeviceWatch
from kiosk.mirror.status_reporter import StatusReporter, free_mb
from kiosk.mirror.store_client import StoreClient
from kiosk.version import VERSION
from tests.kiosk.mirror.loopback_store import LoopbackStore


@pytest.fixture
def store() -> Iterator[LoopbackStore]:
    one = LoopbackStore()
    yield one
    one.close()


def test_reports_go_on_while_the_store_refuses_them(store: LoopbackStore, tmp_path: Path) -> None:
    cards, scanner = DeviceWatch(configured=True), DeviceWatch(configured=False)
    client = StoreClient(store.url, "1", "token")
    frame = ShownFrame(9, 120, "00c0ffee", 900, "rest")
    reporter = StatusReporter(client, lambda: frame, cards, scanner, tmp_path / "not" / "yet", every_s=0.02)
    reporter.start()
    try:
        store.wait_heard("PUT", "/rooms/1/status", 2)
        store.replies[("PUT", "/status")] = lambda _: (204, None)
        heard = store.wait_heard("PUT", "/rooms/1/status", len(store.heard) + 2)
    finally:
        reporter.close()
        client.close()
    first, status = from_json(MirrorStatus, heard[0]), from_json(MirrorStatus, heard[-1])
    assert len(status.process) == 8
    assert first.process == status.process, "one stamp for each start"
    again = StatusReporter(client, lambda: frame, cards, scanner, tmp_path)
    assert again.status().process != status.process
    assert (status.version, status.frame, status.cards, status.scanner) == (
        VERSION, frame, DeviceState.STARTING, DeviceState.NONE,
    )  # fmt: skip
    assert status.free_mb > 0


def test_a_device_is_as_its_last_fact_says() -> None:
    watch, passed = DeviceWatch(configured=True), list[CardFact]()
    post = watch.noting(passed.append)
    facts: tuple[CardFact, ...] = (
        ReaderUp("mirror", 1),
        ReaderDown("mirror", "unplugged", 2),
        ReaderStillDown("mirror", "no pcscd", 3),
        CardGone("mirror", 4),
    )
    states = []
    for fact in facts:
        post(fact)
        states.append(watch.state)
    assert states == [DeviceState.UP, DeviceState.DOWN, DeviceState.DOWN, DeviceState.UP]
    assert passed == list(facts), "every fact is passed on"


def test_a_scanner_is_watched_alike() -> None:
    watch, passed = DeviceWatch(configured=True), list[LabelFact]()
    watch.noting(passed.append)(ReaderDown("scanner", "unplugged", 1))
    assert watch.state is DeviceState.DOWN


def test_free_space_of_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    assert free_mb(tmp_path / "a" / "b") == free_mb(tmp_path) > 0
