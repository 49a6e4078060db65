"""`cheval simulate shop`: rooms full of shoppers, associates, payments, a feed and faults; then the judgement."""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any, Final

from requests import RequestException

from kiosk import paths
from kiosk.commands.simulate.books import read_books
from kiosk.commands.simulate.rooms import RoomSpec, RoomsSpec
from kiosk.config import tree
from kiosk.demo.control_client import ControlError
from kiosk.demo.processes import Child, ChildError
from kiosk.demo.shop import PrepareError, prepared
from kiosk.demo.soak.associates import Colleague, Desk, DeskClient, serve
from kiosk.demo.soak.crashes import ended, faults_logged
from kiosk.demo.soak.evidence import Evidence, LeftOpen
from kiosk.demo.soak.faults import FaultPlayer
from kiosk.demo.soak.judge import violations
from kiosk.demo.soak.plan import FaultScript, PlanError, parse
from kiosk.demo.soak.recorder import Recorder
from kiosk.demo.soak.report import result
from kiosk.demo.soak.shop_under_test import ANTENNAS, START_S, ShopUnderTest
from kiosk.demo.soak.shopper import PATIENCE_S
from kiosk.demo.soak.strangers import KINDS

EVERY_S: Final = 60.0
"""A room has a visit each minute: in 30 minutes as many as on a day of ten hours with a visit each 20 minutes."""
CALM_S: Final = 5.0
PROGRESS_S: Final = 10.0
FEED_S: Final = 45.0
_OPENED_LATER: Final = (
    ("store", "descriptors"),
    ("other mirrors", "threads"),
    ("other mirrors", "descriptors"),
)
"""Each mirror has workers that start, and connect, when several questions are asked at the same time."""
ROOMS_PROGRAM: Final = "kiosk.commands.simulate.rooms"


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 passed, 1 a violation, 2 an option cannot be used or nothing could be started."""
    try:
        script = _script(args.faults)
        with ShopUnderTest(prepared(_say), args.rooms, relayed=args.rooms // 4) as shop:
            line = Soak(shop, script, args.seed, args.minutes * 60).run()
    except (PlanError, PrepareError, ChildError, ControlError) as error:
        print(f"simulate: {error}", file=sys.stderr)
        return 2
    text = json.dumps(line)
    print(text, flush=True)
    if args.out is not None:
        args.out.write_text(f"{text}\n", "utf-8")
    return 1 if line["violations"] else 0


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _script(file: Path | None) -> FaultScript:
    file = file or paths.assets() / "demo" / "soak" / "day.yaml"
    try:
        read = tree.read(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError(f"{file}: cannot be read: {error}") from None
    if read.mistakes:
        raise PlanError("\n".join(f"{file.name}: {mistake}" for mistake in read.mistakes))
    return parse(read.value, frozenset(KINDS))


@dataclass(slots=True)
class Soak:
    """One run."""

    shop: ShopUnderTest
    script: FaultScript
    seed: int
    run_s: float
    every_s: float = EVERY_S
    """Seconds from one visit of a room to the next."""
    serve: Callable[[DeskClient], None] = serve
    """What associates do each second."""
    crashes: list[str] = field(default_factory=list)

    def run(self) -> dict[str, Any]:
        """Plays the run, closes the shop, judges; the result."""
        desk = Desk(self.shop.charges, Random(f"{self.seed}-desk"))
        recorder = Recorder(desk.sold)
        with ExitStack() as opened:
            staff = self._staff(desk, opened)
            rooms = self._rooms(recorder)
            opened.callback(recorder.close)
            recorder.sample({"store": self.shop.store, **rooms})
            faults = self._faults(recorder, opened)
            self._until_over(recorder, faults, rooms)
            faults.close()
            late = recorder.join_rooms(rooms, PATIENCE_S * 4)
            self.crashes += [f"{name} has not ended" for name in late]
            self.crashes += [f"{name} ended with {c.exit_code}" for name, c in rooms.items() if c.exit_code]
            left = self._last_look(staff)
            self.crashes += [f"{colleague.name} has ended" for colleague in staff if colleague.has_ended]
        evidence = replace(self._evidence(recorder, faults, left), bagged=tuple(desk.bagged))
        found = violations(evidence)
        return result(evidence, found, seed=self.seed, rooms=self.shop.rooms, refunds=desk.refunds)

    def _staff(self, desk: Desk, opened: ExitStack) -> list[Colleague]:
        clients = list(self.shop.associates())
        staff = [Colleague(client, self.serve, f"associate {n}") for n, client in enumerate(clients[1:])]
        staff.append(Colleague(clients[0], desk.work, "desk"))
        for colleague in staff:
            colleague.start()
            opened.callback(colleague.close)
        return staff

    def _rooms(self, recorder: Recorder) -> dict[str, Child]:
        """The first room in a process with a window, all others in one without."""
        every = [self._room(number) for number in range(self.shop.rooms)]
        started: dict[str, Child] = {}
        for name, rooms in (("mirror", every[:1]), ("other mirrors", every[1:])):
            if not rooms:
                continue
            spec = RoomsSpec(
                seed=self.seed,
                run_s=self.run_s,
                every_s=self.every_s,
                window=name == "mirror",
                gtins=self.shop.gtins(),
                cards=("card-0001", "card-0002"),
                first_serial=1 + 100_000_000 * len(started),
                rooms=tuple(rooms),
            )
            file = self.shop.folder / f"{name}.json"
            spec.write(file)
            started[name] = Child(ROOMS_PROGRAM, str(file), log=self.shop.folder / f"{name}.log")
            self.shop.children[name] = started[name]
        for child in started.values():
            child.ready(START_S)
        recorder.began_s = time.monotonic()
        for child in started.values():
            recorder.follow(child)
        return started

    def _room(self, number: int) -> RoomSpec:
        hardware = self.shop.hardware
        return RoomSpec(
            name=str(number + 1),
            config=self.shop.mirror_settings(number),
            antenna=1 + number % ANTENNAS,
            radio=hardware.readers[number // ANTENNAS][1],
            terminal=hardware.terminals[number][1],
            pad=hardware.pad if number == 0 else 0,
        )

    def _faults(self, recorder: Recorder, opened: ExitStack) -> FaultPlayer:
        timeline = self.script.timeline(self.run_s, CALM_S)
        faults = FaultPlayer(self.shop, timeline, recorder.now_s)
        opened.callback(faults.close)
        faults.start()
        return faults

    def _until_over(self, recorder: Recorder, faults: FaultPlayer, rooms: dict[str, Child]) -> None:
        """Waits for the end of the run; says how it goes, changes the feed, ends early if a process has ended."""
        rng, pause = Random(f"{self.seed}-feed"), threading.Event()
        next_line_s, next_feed_s = PROGRESS_S, FEED_S
        while (now_s := recorder.now_s()) < self.run_s:
            pause.wait(min(1.0, self.run_s - now_s))
            if gone := ended({k: v for k, v in self.shop.children.items() if k not in rooms}):
                self.crashes += gone
                return
            if now_s >= next_line_s:
                next_line_s += PROGRESS_S
                _say(self._progress(recorder, faults))
            if now_s >= next_feed_s:
                next_feed_s += FEED_S
                self.shop.change_stock(rng)

    def _progress(self, recorder: Recorder, faults: FaultPlayer) -> str:
        now = recorder.now_s()
        sizes = ", ".join(
            f"{name} {of[-1].memory_kb // 1024} MB {of[-1].threads} threads {of[-1].descriptors} descriptors"
            for name, of in recorder.samples.items()
            if of
        )
        return (
            f"{_clock(now)} of {_clock(self.run_s)}: {recorder.visits} visits, {len(recorder.requests)} requests, "
            f"{len(recorder.receipts)} receipts, {len(recorder.given_up)} given up; {sizes}"
            + (f"; now {', '.join(faults.active)}" if faults.active else "")
        )

    def _last_look(self, staff: list[Colleague]) -> LeftOpen:
        """What is open when everybody has left; associates have some time to finish."""
        desk, deadline, pause, left = (
            staff[-1].client,
            time.monotonic() + PATIENCE_S,
            threading.Event(),
            LeftOpen(),
        )
        while self.shop.store.alive:
            with suppress(RequestException):
                left = desk.left_open()
                if left == LeftOpen():
                    break
            if time.monotonic() > deadline:
                break
            pause.wait(1.0)
        return left

    def _evidence(self, recorder: Recorder, faults: FaultPlayer, left: LeftOpen) -> Evidence:
        charges = tuple(self.shop.charges())
        code = self.shop.end("store")
        if code != 0:
            self.crashes.append(f"store ended with {code}")
        return Evidence(
            run_s=self.run_s,
            visits=recorder.visits,
            answers=tuple(recorder.answers),
            loops=tuple(recorder.loops),
            disturbed=tuple(faults.played),
            samples={name: tuple(found) for name, found in recorder.samples.items()},
            may_grow=dict.fromkeys(_OPENED_LATER, self.shop.rooms),
            crashes=(*self.crashes, *faults.failed, *faults_logged(self.shop.folder)),
            given_up=tuple(recorder.given_up),
            requests=tuple(recorder.requests),
            left=left,
            charges=charges,
            books=read_books(self.shop.config),
            receipts_shown=tuple(recorder.receipts),
            receipts_on_mirrors=frozenset(recorder.on_mirrors),
            vanished=tuple(recorder.vanished),
        )


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
