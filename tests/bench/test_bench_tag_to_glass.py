"""From the last byte of a tag's report to the frame that shows the garment, while 20 rooms are busy.

Five simulated readers of four antennas report 10,000 reads a second in all to a real store; a real mirror shows room 1
offscreen. The clock starts when the report that decided the arrival was read from the socket (the store stamps it) and
stops when the frame with the garment has been presented. The presence filter's own dwell lies before that report.
"""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hardware.epc import codec as epc
from kiosk.config import parse_mirror
from kiosk.core.domain.ids import ArticleId, piece_id
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.events import GarmentArrived, GarmentLeft
from kiosk.demo.control_client import ControlClient
from kiosk.demo.processes import Child
from kiosk.demo.shop import DemoShop, prepared
from kiosk.mirror.event_stream import StoreEventStream
from kiosk.mirror.store_client import StoreClient
from kiosk.mirror_app import build_mirror, window_factory
from tests.kiosk.store.http_clients import mirror_token_file

HOST = "127.0.0.1"
READERS, ANTENNAS, TAGS, RATE_HZ = 5, 4, 25, 20.0
TRIALS = 40
BAR_MS = 150.0


class BusyShop:
    """Store, five readers and their rooms, each a process of its own."""

    def __init__(self, shop: DemoShop, folder: Path) -> None:
        self._children = []
        self.controls = []
        with (shop.feed / "items.jsonl").open(encoding="utf-8") as lines:
            self.gtins = [json.loads(line)["gtin"] for line in lines]
        readers = []
        for number in range(READERS):
            words = ("--port", "0", "--control-port", "0", "--seed", str(number))
            child = Child("hardware.sim.radio", *words, log=folder / f"reader{number}.log")
            self._children.append(child)
            ready = child.ready()
            readers.append({"name": f"r{number}", "uri": f"llrp://{HOST}:{ready['port']}"})
            self.controls.append(ControlClient(HOST, ready["control_port"]))
        rooms = {
            str(1 + r * ANTENNAS + a): {"antennas": [f"r{r}/{a + 1}"]}
            for r in range(READERS)
            for a in range(ANTENNAS)
        }
        settings = {
            "listen": {"host": HOST, "port": 0},
            "state": str(folder / "store"),
            "readers": readers,
            "rooms": rooms,
            "catalogue": {
                "feed": str(shop.feed),
                "pictures": str(shop.pictures),
                "company_prefixes": ["9521234"],
            },
            "recommender": {"model": str(shop.looks_model), "fit_model": str(shop.fit_model)},
        }
        config = folder / "store.yaml"
        config.write_text(json.dumps(settings), "utf-8")
        store = Child("kiosk", "store", "--config", str(config), "--json", log=folder / "store.log")
        self._children.append(store)
        self.url = str(store.ready()["url"])
        self.token = mirror_token_file(folder / "store", "1")

    def fill(self) -> None:
        """Every room but the mirror's hangs full of tags."""
        for number in range(READERS * ANTENNAS):
            for tag in range(TAGS if number else 3):
                place = {
                    "epc": epc.encode(self.gtins[(number * TAGS + tag) % len(self.gtins)], str(tag), 7, 1)
                }
                rate = RATE_HZ if number else 10.0
                self.controls[number // ANTENNAS].do(
                    "place", **place, antenna=1 + number % ANTENNAS, rssi_dbm=-52, rate_hz=rate
                )

    def close(self) -> None:
        for control in self.controls:
            control.close()
        for child in reversed(self._children):
            child.end()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[BusyShop]:
    busy = BusyShop(prepared(print), tmp_path)
    yield busy
    busy.close()


class Stopwatch:
    """When each piece was decided to be here, and when it was on the glass."""

    def __init__(self) -> None:
        self.decided: dict[str, int] = {}
        self.presented: dict[str, int] = {}
        self.gone: set[str] = set()
        self._waiting: set[str] = set()
        self._changed = threading.Condition()

    def heard(self, news: Any) -> None:
        with self._changed:
            if isinstance(news, GarmentArrived):
                self.decided.setdefault(news.piece, news.at_us)
            if isinstance(news, GarmentLeft):
                self.gone.add(news.piece)
            self._changed.notify_all()

    def showing(self, scene: Scene) -> None:
        self._waiting |= {p.piece for p in scene.pieces} - set(self.presented)

    def frame(self) -> None:
        now = time.time_ns() // 1000
        with self._changed:
            for piece in self._waiting:
                self.presented.setdefault(piece, now)
            self._waiting = set()
            self._changed.notify_all()

    def wait(self, piece: str, within_s: float = 30) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: piece in self.presented and piece in self.decided, within_s)


@pytest.mark.full
@pytest.mark.timeout(300)
def test_a_tag_is_on_the_glass_in_time(shop: BusyShop) -> None:
    watch = Stopwatch()
    config = parse_mirror(
        json.dumps({"store": shop.url, "room": "1", "token_file": str(shop.token)}), "mirror"
    )
    make = window_factory(config, windowed=True, no_motion=True)

    def make_watched(send: Any, fetch: Any) -> Any:
        glass: Any = make(send, fetch)
        apply = glass.show

        def show(scene: Scene) -> None:
            apply(scene)
            watch.showing(scene)

        glass.show = show
        glass.view.frameSwapped.connect(watch.frame)
        return glass

    mirror = build_mirror(config, make_watched)
    client = StoreClient(shop.url, "1", shop.token.read_text("ascii").strip())
    second = StoreEventStream(client, watch.heard)
    shown: list[str] = []

    def play() -> None:
        try:
            shop.fill()
            time.sleep(3)
            for trial in range(TRIALS):
                gtin, serial = shop.gtins[trial * 7 % len(shop.gtins)], str(900 + trial)
                tag, piece = epc.encode(gtin, serial, 7, 1), piece_id(ArticleId(gtin), serial)
                shop.controls[0].do("place", epc=tag, antenna=1, rssi_dbm=-50)
                if watch.wait(piece):
                    shown.append(piece)
                shop.controls[0].do("remove", epc=tag)
        finally:
            mirror.screen.quit()

    second.start()
    mirror.start()
    playing = threading.Thread(target=play)
    playing.start()
    mirror.screen.run()
    playing.join()
    second.close()
    client.close()
    mirror.close()
    delays = sorted((watch.presented[p] - watch.decided[p]) / 1000 for p in shown)
    assert len(delays) >= TRIALS * 0.9
    p50, p99 = statistics.median(delays), delays[min(len(delays) - 1, int(len(delays) * 0.99))]
    reads = READERS * ANTENNAS * TAGS * RATE_HZ
    print(
        f"\ntag to glass: p50 {p50:.0f} ms, p99 {p99:.0f} ms beyond the dwell with 20 rooms at {reads:,.0f} reads/s"
        f" = {p99 / BAR_MS:.2f} x the bar of {BAR_MS:.0f} ms ({len(delays)} pieces)"
    )
    # Generous: the bar itself is printed; a machine that is busy with other work must not turn it red.
    assert p50 < BAR_MS * 8
