"""Mirrors and their shoppers as a process: `python -m kiosk.commands.simulate.rooms SPEC` (a JSON file, `RoomsSpec`).

Each mirror is put together as `cheval mirror` does it. With `window` it has its real window, offscreen; else only the
drawing is left out. Prints one JSON line when ready, and one for each thing that a shopper has seen; ends by itself
when the last shopper has left.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from kiosk import cleared_memory, log
from kiosk.config import parse_mirror
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.effects import Effect
from kiosk.core.visit.events import Event
from kiosk.core.visit.settings import SECOND_US, MirrorSettings
from kiosk.core.visit.state import Visit
from kiosk.demo.control_client import ControlClient
from kiosk.demo.soak.evidence import RequestEnd
from kiosk.demo.soak.payment_watch import PaymentWatch
from kiosk.demo.soak.scene_watch import HeadlessScreen, SceneWatch
from kiosk.demo.soak.shopper import GivenUpError, Room, Shopper
from kiosk.mirror_app import Mirror, build_mirror, window_factory

HOST: Final = "127.0.0.1"
# a visit takes half a minute instead of half an hour
SETTINGS: Final = MirrorSettings(
    empty_us=6 * SECOND_US, paid_us=2 * SECOND_US, still_there_us=SECOND_US, goodbye_us=SECOND_US
)


@dataclass(frozen=True, slots=True)
class RoomSpec:
    """One room: its mirror's configuration, and the control ports of its hardware (`pad` 0: no card reader)."""

    name: str
    config: dict[str, Any]
    antenna: int
    radio: int
    terminal: int
    pad: int


@dataclass(frozen=True, slots=True)
class RoomsSpec:
    """The rooms of one process. New visits begin every `every_s` seconds in each room, for `run_s` seconds."""

    seed: int
    run_s: float
    every_s: float
    window: bool
    gtins: tuple[str, ...]
    cards: tuple[str, ...]
    first_serial: int
    rooms: tuple[RoomSpec, ...]

    @classmethod
    def read(cls, file: Path) -> RoomsSpec:
        found = json.loads(file.read_text("utf-8"))
        rooms = tuple(RoomSpec(**room) for room in found.pop("rooms"))
        return cls(**{**found, "gtins": tuple(found["gtins"]), "cards": tuple(found["cards"])}, rooms=rooms)

    def write(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self)), "utf-8")


class LineReport:
    """Prints what shoppers have seen as JSON lines; `at_s` is the time on the system's monotonic clock."""

    def __init__(self, room: str) -> None:
        self._room = room

    def answered(self, kind: str, ms: float) -> None:
        say(seen="answer", kind=kind, ms=round(ms, 2), at_s=time.monotonic() - ms / 1000)

    def request_ended(self, end: RequestEnd) -> None:
        say(seen="request", **asdict(end))

    def paid(self, number: str, pieces: Sequence[str]) -> None:
        say(seen="receipt", number=number, pieces=list(pieces))

    def receipt_shown(self, number: str) -> None:
        """The mirror shows this receipt."""
        say(seen="receipt on the mirror", number=number)

    def lost(self, what: str) -> None:
        """A payment or a receipt has vanished from the mirror."""
        say(seen="loss", room=self._room, what=what)

    def visited(self, why: str = "") -> None:
        """A visit has ended; `why` she has given up."""
        say(seen="visit", room=self._room, why=why)


_SAYING: Final = threading.Lock()


def say(**words: Any) -> None:
    """Print one JSON line."""
    with _SAYING:
        print(json.dumps(words), flush=True)


def shop_in(spec: RoomsSpec, room: Room, number: int) -> None:
    """The visits of one room, one after the other, until the run is over."""
    rng = Random(f"{spec.seed}-{room.name}")
    serials = itertools.count(spec.first_serial + number * 1_000_000)
    report, began = LineReport(room.name), time.monotonic()
    due = began + rng.uniform(0, min(spec.every_s, spec.run_s / 2))
    while due < began + spec.run_s:
        time.sleep(max(0.0, due - time.monotonic()))
        due = max(due + spec.every_s, time.monotonic())
        try:
            Shopper(room, rng, spec.gtins, serials, spec.cards, report).visit()
            report.visited()
        except GivenUpError as error:
            report.visited(f"{error}; before: {room.watch.trail}")


def _mirror(spec: RoomsSpec, room: RoomSpec, watch: SceneWatch) -> Mirror:
    config = parse_mirror(json.dumps(room.config))

    report = LineReport(room.name)
    payments = PaymentWatch(report.lost, report.receipt_shown)

    def observe(visit: Visit, event: Event, effects: tuple[Effect, ...], scene: Scene) -> None:
        del effects
        watch.happened(event)
        watch.showing(scene)
        payments.showing(visit.ticket, scene, event)

    make = window_factory(config, windowed=True) if spec.window else lambda *_: HeadlessScreen()
    return build_mirror(config, make, observe=observe, settings=SETTINGS)


def _room(room: RoomSpec, watch: SceneWatch, mirror: Mirror, opened: ExitStack) -> Room:
    def control(port: int) -> ControlClient:
        client = ControlClient(HOST, port)
        opened.callback(client.close)
        return client

    pad = control(room.pad) if room.pad else None
    radio, terminal = control(room.radio), control(room.terminal)
    post, picture = mirror.shell.post, mirror.client.picture
    return Room(room.name, room.antenna, radio, terminal, pad, watch, post, picture)


def run(spec: RoomsSpec) -> int:
    """Opens all mirrors, lets shoppers come and go, and closes the mirrors."""
    with ExitStack() as opened:
        mirrors, rooms = [], []
        for room in spec.rooms:
            watch = SceneWatch()
            mirror = _mirror(spec, room, watch)
            opened.callback(mirror.close)
            mirror.start()
            mirrors.append(mirror)
            rooms.append(_room(room, watch, mirror, opened))
        say(ready=True)
        shopping = [
            threading.Thread(target=shop_in, args=(spec, room, n), name=f"shopper {room.name}")
            for n, room in enumerate(rooms)
        ]

        def close_after_the_last() -> None:
            for thread in shopping:
                thread.join()
            for mirror in mirrors:
                mirror.screen.quit()

        for thread in shopping:
            thread.start()
        threading.Thread(target=close_after_the_last, name="closes", daemon=True).start()
        for mirror in mirrors:
            mirror.screen.run()
    say(ended=True)
    return 0


def main(file: Path) -> int:
    """The program."""
    spec = RoomsSpec.read(file)
    if spec.window:
        cleared_memory.ensure()
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    log.set_up("WARNING", as_json=True)
    return run(spec)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
