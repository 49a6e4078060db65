"""40 mirrors pay at once: one real mirror (Qt, offscreen) and 39 clients that speak its protocol.

Two times are measured, each beyond what the terminal takes: from the touch on "pay" until the page shows where to hold
the card (the terminal has accepted the charge), and from the card at the terminal until the receipt is shown. Store,
shoppers and the mirror are processes of their own; each room has a terminal over TCP. Times are printed in ms, and
asserted in calibration loops of some 10 ms, which are timed beside the load: 300 ms and 2 s on an idle machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest

from kiosk.config import parse_mirror
from kiosk.core.domain.ids import PieceId, ScannedId, Ticket, piece_id
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.effects import TogglePiece
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.touches import BasketToggled, PaymentRequested, ScreenWoken
from kiosk.mirror_app import build_mirror, window_factory
from tests.bench.test_bench_store_load import calibrated
from tests.kiosk.store.http_clients import mirror as room_client
from tests.kiosk.store.http_clients import mirror_token, mirror_token_file
from tests.kiosk.store.sample_shop import gtin_of
from tests.kiosk.store.store_process import ROOT, StoreProcess
from tests.kiosk.store.terminal_process import TerminalProcess

ROOMS, ROUNDS = 40, 6
GLASS = str(ROOMS)
MOST_ACCEPTED, MOST_PAID = 30.0, 200.0
"""99th percentiles, in calibration loops of some 10 ms: 300 ms and 2 s."""
ARTICLE = gtin_of("S1", "WHI", "M")


class Shoppers:
    """The process of the terminals and of the 39 clients."""

    def __init__(self) -> None:
        words = [sys.executable, "-m", "tests.bench.payments.forty_shoppers", str(ROOMS)]
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self.ports: list[tuple[int, int]] = self._read()

    def ask(self, plan: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(plan) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, list[float]]:
        found: dict[str, list[float]] = self._read()
        return found

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the shoppers' process has ended"
        return json.loads(line)


class Glass:
    """When frames of the real mirror have shown a page. `show` is called by the visit's thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._scene: Scene | None = None
        self._framed: Scene | None = None

    def showing(self, scene: Scene) -> None:
        with self._changed:
            self._scene = scene
            self._changed.notify_all()

    def frame(self) -> None:
        with self._changed:
            self._framed = self._scene
            self._changed.notify_all()

    def until_piece(self, piece: PieceId) -> None:
        """Waits until the visit has the piece; the page may show nothing new."""

        def there() -> bool:
            return self._scene is not None and any(p.piece == piece for p in self._scene.pieces)

        with self._changed:
            assert self._changed.wait_for(there, 60), self._scene

    def until(self, page: Page, stage: PayStage | None = None) -> float:
        """The time when a frame with that page was presented."""

        def there() -> bool:
            scene = self._framed
            if scene is None or scene.page is not page:
                return False
            return stage is None or (scene.pay is not None and scene.pay.stage is stage)

        with self._changed:
            assert self._changed.wait_for(there, 60), self._framed
            return time.perf_counter()


@pytest.fixture
def shoppers() -> Iterator[Shoppers]:
    with closing(Shoppers()) as found:
        yield found


@pytest.mark.full
@pytest.mark.timeout(300)
def test_forty_mirrors_pay_at_once(tmp_path: Path, shoppers: Shoppers) -> None:
    terminals = [
        {"name": f"t{n}", "uri": f"sim://127.0.0.1:{port}"} for n, (port, _) in enumerate(shoppers.ports, 1)
    ]
    more = {
        "rooms": {str(n): {"title": f"Room {n}", "terminal": f"t{n}"} for n in range(1, ROOMS + 1)},
        "payments": {"terminals": terminals},
    }
    with closing(StoreProcess(tmp_path, "", **more)) as process:
        address = urlsplit(process.start())
        tokens = [
            mirror_token(process.state, str(n)) for n in range(1, ROOMS + 1)
        ]  # fmt: skip
        shoppers.ask({"host": address.hostname, "port": address.port, "tokens": tokens[:-1]})
        assert shoppers.answer()
        loops: list[float] = []
        done = threading.Event()
        calibration = threading.Thread(target=calibrated, args=(done, loops))
        calibration.start()
        before_ms = cpu_ms(process)
        try:
            found = run_rounds(process, shoppers)
        finally:
            done.set()
            calibration.join()
        used_ms = (cpu_ms(process) - before_ms) / (ROUNDS * ROOMS)
    worst = report(found, float(np.median(loops)), used_ms)
    assert worst[1] < MOST_PAID
    # Not reached yet: orders follow one another, each with four commits to disk and some 9 ms of computing until then.
    assert worst[0] < MOST_ACCEPTED


def cpu_ms(process: StoreProcess) -> float:
    """CPU time of the store so far, also of its threads that have ended (Linux, proc(5): utime and stime)."""
    fields = Path(f"/proc/{process.number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run_rounds(process: StoreProcess, shoppers: Shoppers) -> dict[str, list[float]]:
    """Runs the real mirror; its thread plays the rounds, all mirrors at once."""
    glass, found = Glass(), {"accepted": [], "paid": [], "glass accepted": [], "glass paid": []}  # type: ignore[var-annotated]
    token = mirror_token_file(process.state, GLASS)
    config = parse_mirror(
        json.dumps({"store": process.url, "room": GLASS, "token_file": str(token)}), "mirror"
    )
    make = window_factory(config, windowed=True, no_motion=True)

    def watched(send: Any, fetch: Any) -> Any:
        window: Any = make(send, fetch)
        apply = window.show

        def show(scene: Scene) -> None:
            apply(scene)
            glass.showing(scene)

        window.show = show
        window.view.frameSwapped.connect(glass.frame)
        return window

    mirror = build_mirror(config, watched)
    failures: list[BaseException] = []

    def play() -> None:
        try:
            with room_client(process.url, process.state, GLASS) as client:
                mirror.shell.post(ScreenWoken(0))
                for number in range(ROUNDS):
                    play_round(number, client)
        except BaseException as error:  # noqa: BLE001 raised again in the test's thread
            failures.append(error)
        finally:
            mirror.screen.quit()

    def play_round(number: int, client: Any) -> None:
        piece = piece_id(ARTICLE, str(900 + number))
        client.of_room("POST", "/pieces", TogglePiece(Ticket("scan"), ScannedId(piece)))
        glass.until_piece(piece)
        mirror.shell.post(BasketToggled(0, piece))
        pieces = [
            [piece_id(ARTICLE, str(1 + room + number * ROOMS * 10)), ARTICLE] for room in range(ROOMS - 1)
        ]
        shoppers.ask({"round": number, "pieces": pieces})
        began = time.perf_counter()
        mirror.shell.post(PaymentRequested(0))
        found["glass accepted"].append(1000 * (glass.until(Page.PAY, PayStage.TAP) - began))
        carded = time.perf_counter()
        TerminalProcess(*shoppers.ports[-1]).tap()
        found["glass paid"].append(1000 * (glass.until(Page.RECEIPT) - carded))
        for name, times in shoppers.answer().items():
            found[name] += times

    mirror.start()
    playing = threading.Thread(target=play)
    playing.start()
    mirror.screen.run()
    playing.join()
    mirror.close()
    if failures:
        raise failures[0]
    return found


def report(found: dict[str, list[float]], loop_ms: float, used_ms: float) -> tuple[float, float]:
    """Prints the times; the 99th percentiles until accepted and until paid, the glass among them, in loops."""
    print(
        f"\n{ROOMS} mirrors pay at once, {ROUNDS} rounds; times beyond the terminal's own; calibration loop "
        f"{loop_ms:.1f} ms; the store's CPU time {used_ms:.1f} ms a payment"
    )
    for name, times in found.items():
        limit = MOST_ACCEPTED if "accepted" in name else MOST_PAID
        p50, p99 = np.quantile(times, 0.5), np.quantile(times, 0.99)
        print(
            f"  {name:15} p50 {p50:6.0f} ms, p99 {p99:6.0f} ms = {p99 / loop_ms:5.1f} loops = "
            f"{p99 / loop_ms / limit:.2f} x the limit ({len(times)} x)"
        )
    accepted, paid = found["accepted"] + found["glass accepted"], found["paid"] + found["glass paid"]
    return float(np.quantile(accepted, 0.99)) / loop_ms, float(np.quantile(paid, 0.99)) / loop_ms
