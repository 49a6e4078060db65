"""Random days of a shop: shoppers, associates, sales, clocks and restarts in any order, and what always holds."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.rooms.changes import TagArrived, TagLeft
from kiosk.core.domain.floor.aside import Aside, AsideMove, AsideState
from kiosk.core.domain.ids import AssociateId, PieceId, RoomId, Ticket
from kiosk.core.visit.effects import PutAside, ReportVisit
from kiosk.store.asides.aside_desk import TIDY_US
from kiosk.store.asides.aside_rows import AsideRows
from kiosk.store.errors import StoreError
from kiosk.store.lifecycle import Store
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.sample_shop import (
    STYLES,
    InProcessTerminal,
    ManualClock,
    build,
    gtin_of,
    piece_of,
    settings_in,
)

SKUS = [(style, colour, size) for style, *_, cs, zs in STYLES[:2] for colour in cs for size in zs]
PIECES = {piece_of(*sku, serial): gtin_of(*sku) for sku in SKUS[:4] for serial in (1, 2)}
ROOMS = (RoomId("1"), RoomId("2"))
PARTS = 5
"""Starts of the store."""
STAFF = ("a-ines", "a-jonas", "m-mei")


class Day:
    """One shop and what was seen of it."""

    def __init__(
        self, store: Store, clock: ManualClock, rng: random.Random, part: int, ended: set[str]
    ) -> None:
        self.store, self.clock, self.rng, self.part = store, clock, rng, part
        self.visits = dict.fromkeys(ROOMS, 0)
        self.ended = ended
        self.before: set[str] = set()
        self.number = 0
        for room in ROOMS:
            self.visit(room)

    def visit(self, room: RoomId) -> None:
        self.visits[room] += 1
        report = ReportVisit(self.ticket(room), began=True, at_us=self.clock())
        self.store.service.report_visit(room, report)

    def ticket(self, room: RoomId) -> Ticket:
        return Ticket(f"m{room}-{self.part}.{self.visits[room]}")

    def step(self) -> None:
        """One thing happens; the store may refuse it."""
        rng, room = self.rng, self.rng.choice(ROOMS)
        piece = rng.choice(list(PIECES))
        known = self.store.asides.listed()
        some = rng.choice(known) if known else None
        self.number += 1
        try:
            match rng.randint(0, 13):
                case 0 | 1 | 2:
                    if rng.random() < 0.3:
                        self.visit(room)
                    here = [one for one in self.store.service.floor.room(room).pieces if one in PIECES]
                    hangs = rng.choice((*here, *here, None))
                    piece = hangs or piece
                    asked = PutAside(
                        self.ticket(room), f"{self.ticket(room)}.a{self.number}", PIECES[piece], hangs
                    )
                    first = self.store.asides.put(room, asked)
                    assert self.store.asides.put(room, asked) == first, "asked again"
                case 3 if some:
                    self.store.asides.withdraw(some.room, some.aside_id)
                case 4 | 5 | 6 if some:
                    self.move(some)
                case 7:
                    self.store.service.catalogue.sell(
                        [(piece, PIECES[piece])], f"o{self.number}", self.clock()
                    )
                case 8:
                    long = rng.choice((30 * 3600, TIDY_US / 1e6)) if rng.random() < 0.1 else 0
                    self.clock.pass_s(long or rng.choice((1, 60, 3600)))
                    self.store.tick(self.clock())
                case 9:
                    self.visit(room)
                case 10 | 11 | 12:
                    self.carry(room, piece)
                case _:
                    self.store.asides.tick()
        except StoreError:
            return

    def move(self, some: Aside) -> None:
        who = self.rng.choice(STAFF)
        moves = (AsideMove.TAKE, AsideMove.HAND_OVER, AsideMove.RELEASE, AsideMove.HUNG)
        person = Associate(AssociateId(who), who, ())
        self.store.asides.move(person, some.aside_id, self.rng.choice(moves))

    def carry(self, room: RoomId, piece: PieceId) -> None:
        there = piece in self.store.service.floor.room(room).pieces
        at_us = self.clock()
        change = TagLeft(room, piece, at_us) if there else TagArrived(room, piece, True, 0.99, at_us)
        self.store.service.floor.rooms_changed([change])

    def check(self) -> None:
        """What holds at any time."""
        listed = self.store.asides.listed()
        waiting = [one for one in listed if one.state.waits_for_her]
        twice = [
            piece for piece, count in Counter(one.piece for one in waiting if one.piece).items() if count > 1
        ]
        assert twice == [], "a piece is promised to one shopper"
        assert len({one.code for one in listed}) == len(listed), "a code is of one piece"
        assert {one.state for one in listed} <= {AsideState.ASKED, AsideState.TAKEN, AsideState.HANG_BACK}
        assert all(one.by for one in listed if one.state is AsideState.TAKEN), "somebody has it"
        now = {one.aside_id for one in listed}
        assert not now & self.ended, "what has ended stays so"
        self.ended |= self.before - now
        self.before = now


def by_id(store: Store) -> dict[str, Aside]:
    return {one.aside_id: one for one in store.asides.listed()}


@pytest.mark.parametrize(
    ("seed", "steps"),
    [(1, 250), (2, 250), *(pytest.param(seed, 2_000, marks=pytest.mark.full) for seed in range(3, 23))],
)
def test_any_day(tmp_path: Path, seed: int, steps: int) -> None:
    rng, clock = random.Random(seed), ManualClock()
    settings = settings_in(tmp_path)
    ended: set[str] = set()
    seen: Counter[AsideState] = Counter()
    for part in range(PARTS):
        with build(settings, clock, {"till": InProcessTerminal()}) as store:
            day = Day(store, clock, rng, part, ended)
            for _ in range(steps // PARTS):
                day.step()
                day.check()
                seen.update(one.state for one in store.asides.listed())
            kept = by_id(store)
        with build(settings, clock, {"till": InProcessTerminal()}) as again:
            assert by_id(again) == kept, "a restart loses none and changes none"
    assert all(seen[state] for state in (AsideState.ASKED, AsideState.TAKEN, AsideState.HANG_BACK)), seen


def test_planted_a_piece_that_is_promised_twice_is_noticed(tmp_path: Path) -> None:
    clock = ManualClock()
    with build(settings_in(tmp_path), clock, {"till": InProcessTerminal()}) as store:
        day = Day(store, clock, random.Random(1), 0, set())
        piece = next(iter(PIECES))
        day.carry(ROOMS[0], piece)
        ticket = day.ticket(ROOMS[0])
        first = store.asides.put(ROOMS[0], PutAside(ticket, "a1", PIECES[piece], piece))
        day.check()
        AsideRows(store.resources.database).save(replace(first, aside_id="a2", code="ZZZZ"), clock())
    with build(settings_in(tmp_path), clock, {"till": InProcessTerminal()}) as again:
        planted = Day(again, clock, random.Random(1), 1, set())
        with pytest.raises(AssertionError, match="promised to one shopper"):
            planted.check()
