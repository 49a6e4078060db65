"""Wrong input: foreign tags, broken files, a store that is not reachable. Each has a scene or a line in the log."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from kiosk.clock import now_us
from kiosk.connectors.feeds import REPORT_NAME
from kiosk.core.domain.ids import ItemId, RoomId, Ticket
from kiosk.core.scene.scene import Notice, Scene
from kiosk.core.visit.effects import FindLooks, ReportVisit
from kiosk.core.visit.events import GarmentArrived
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import ScreenWoken
from kiosk.demo.environment import DemoEnvironment
from kiosk.demo.script import ScriptPiece
from kiosk.demo.shop import DemoShop
from kiosk.mirror.effect_runner import EffectRunner
from kiosk.mirror.event_stream import RoomSnapshot, StoreEventStream
from kiosk.mirror.shell import Shell
from kiosk.mirror.store_client import StoreClient
from kiosk.pairing.credentials import read_credentials
from kiosk.store.piece_ids import piece_of_epc
from tests.flows.conftest import mirror_client

FOREIGN = "3074257BF7194E4000001A85"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def broken_shop(demo_shop: DemoShop, tmp_path: Path) -> DemoShop:
    """The demo's shop with a broken and a missing picture, damaged models and bad lines in its feed."""
    shop = DemoShop(tmp_path / "shop")
    shutil.copytree(demo_shop.feed, shop.feed, ignore=shutil.ignore_patterns("pictures"))
    shutil.copytree(demo_shop.root / "models", shop.root / "models")
    shutil.copy(demo_shop.root / "card.key", shop.root / "card.key")
    shop.pictures.mkdir()
    (shop.pictures / "S301-WHI.webp").write_bytes(PNG + b"this is no picture")
    for model in (shop.looks_model, shop.fit_model):
        spoilt = next(model.glob("*.npz"))
        spoilt.write_bytes(spoilt.read_bytes()[:-200] + bytes(200))
    with (shop.feed / "stock.jsonl").open("a", encoding="utf-8") as stock:
        stock.write('{"gtin": "09521234010099", "place": "floor", "count": 1}\nnot json\n')
    return shop


class NewsRecorder:
    """Records the store's events; `wait` waits for one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.news: list[Any] = []

    def __call__(self, news: Any) -> None:
        with self._changed:
            self.news.append(news)
            self._changed.notify_all()

    def wait(self, holds: Callable[[Any], bool], within_s: float = 20) -> Any:
        with self._changed:
            until = time.monotonic() + within_s
            while not any(holds(n) for n in self.news):
                assert time.monotonic() < until, self.news
                self._changed.wait(0.2)
            return next(n for n in self.news if holds(n))


@pytest.fixture
def recorder(environment: DemoEnvironment) -> Iterator[NewsRecorder]:
    listening = NewsRecorder()
    with mirror_client(environment) as client:
        stream = StoreEventStream(client, listening)
        stream.start()
        # what arrives before it is connected is in its snapshot, and no event of its own
        listening.wait(lambda n: isinstance(n, RoomSnapshot))
        yield listening
        stream.close()


def _ignored(environment: DemoEnvironment) -> int:
    token = read_credentials(environment.folder / "pairing.json").token
    headers = {"Authorization": f"Bearer {token}"}
    health = requests.get(f"{environment.url}/api/v1/health", headers=headers, timeout=5).json()
    return int(health["tags_ignored"]["foreign"])


def test_a_tag_of_another_company_is_ignored(environment: DemoEnvironment, recorder: NewsRecorder) -> None:
    known = environment.tag(environment.gtin(ScriptPiece("S301", "WHI", "M")), 8001)
    environment.carrier.bring(FOREIGN, 1)
    environment.carrier.bring(known, 1)
    recorder.wait(lambda n: isinstance(n, GarmentArrived) and n.piece == piece_of_epc(known))
    recorder.wait(lambda _: _ignored(environment) >= 1)
    assert not [n for n in recorder.news if isinstance(n, GarmentArrived) and n.piece == FOREIGN]
    environment.carrier.take(FOREIGN)
    environment.carrier.take(known)


def test_an_own_piece_that_is_not_in_the_catalogue_arrives_without_a_name(
    environment: DemoEnvironment, recorder: NewsRecorder
) -> None:
    missing = environment.tag("09521234999997", 8002)
    environment.carrier.bring(missing, 1)
    arrived = recorder.wait(lambda n: isinstance(n, GarmentArrived) and n.piece == piece_of_epc(missing))
    assert arrived.garment is None
    environment.carrier.take(missing)


def test_a_shop_with_broken_files_starts_and_logs_them(broken_shop: DemoShop) -> None:
    with DemoEnvironment(broken_shop) as environment, mirror_client(environment) as client:
        assert client.picture("S301-WHI.webp", 400) is None, "a silhouette: the mirror draws its own outline"
        assert client.picture("C101-CAM.webp", 400) is None, "there is none"
        ticket = Ticket("1.broken.1")
        client.ask(ReportVisit(ticket, began=True, at_us=1))
        looks = client.ask(FindLooks(ticket, 1, (ItemId("J204-NVY"),), (), None))
        assert looks, "stylists and sales go on suggesting"
        log = (environment.folder / "kiosk.log").read_text("utf-8")
    assert "model looks" in log
    assert "model fit" in log
    report = broken_shop.feed / REPORT_NAME
    assert f"2 mistakes; see {report}" in log
    assert "stock.jsonl" in report.read_text("utf-8"), "all mistakes stand in the report beside the feed"
    assert "Traceback" not in log


def test_a_mirror_waits_for_a_store_that_is_not_started(
    demo_shop: DemoShop, free_port: Callable[[], int]
) -> None:
    port = free_port()
    seen: list[Scene] = []
    changed = threading.Condition()

    def show(scene: Scene) -> None:
        with changed:
            seen.append(scene)
            changed.notify_all()

    client = StoreClient(f"http://127.0.0.1:{port}", "1", "0" * 32)
    errands = EffectRunner(client, lambda event: shell.post(event), now_us)  # noqa: PLW0108  # made one after the other
    shell = Shell(Visit(RoomId("1"), "boot"), now_us=now_us, show=show, wipe=lambda: None, run=errands.run)
    stream = StoreEventStream(client, shell.post_message)
    shell.start()
    stream.start()
    shell.post(ScreenWoken(now_us()))
    with changed:
        assert changed.wait_for(lambda: any(s.notice is Notice.STORE_LOST for s in seen), 15)
    with DemoEnvironment(demo_shop, port=port) as environment:
        token = read_credentials(environment.folder / "pairing.json").token
        client._token = token
        with changed:
            assert changed.wait_for(lambda: seen[-1].notice is None, 15), json.dumps(str(seen[-1]))
        stream.close()
        shell.close()
        errands.close()
    client.close()
