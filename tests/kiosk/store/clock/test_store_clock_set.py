"""The clock of the store's computer is set with shoppers in the rooms: nothing waits longer, nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import func, select

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, ScannedId, ShopperId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.store.app import build_store
from kiosk.store.db.tables import ITEM_EVENT, REQUEST
from kiosk.store.errors import LockedOutError, UnauthenticatedError
from kiosk.store.floor.hand_scans import MAX_AGE_US
from kiosk.store.lifecycle import Store
from kiosk.store.staff.pin_tries import MAX_TRIES, Counted
from tests.kiosk.store.sample_shop import (
    CHEAP,
    PIN,
    START_US,
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    settings_in,
)

ROOM, TICKET = RoomId("1"), Ticket("t1")
YEAR_S: Final = 365.0 * 24 * 3600
STEPS = pytest.mark.parametrize(
    "step_s", [-7200.0, 7200.0, -2 * YEAR_S, 2 * YEAR_S], ids=["-2h", "+2h", "-2y", "+2y"]
)


class Computer:
    """Both clocks of the store's computer."""

    def __init__(self) -> None:
        self.wall, self.steady = ManualClock(), ManualClock()

    def pass_s(self, store: Store, seconds: float) -> None:
        self.wall.pass_s(seconds)
        self.steady.pass_s(seconds)
        self.tick(store)

    def tick(self, store: Store) -> None:
        for _, work in store.tasks_at(self.wall(), self.steady()):
            work()

    @contextmanager
    def store(self, folder: Path, *, one_clock: bool = False) -> Iterator[Store]:
        """`one_clock`: the planted fault, durations by the time of day."""
        steady = self.wall if one_clock else self.steady
        store = build_store(
            settings_in(folder), clock=self.wall, steady=steady, terminals={"till": InProcessTerminal()}, hasher=CHEAP,
            with_http=False,
        )  # fmt: skip
        try:
            yield store
        finally:
            store.close()


def escalated_after_a_minute(computer: Computer, store: Store, step_s: float) -> bool:
    store.service.submit_request(
        ROOM, ServiceRequest(RequestId("r1"), ROOM, TICKET, RequestKind.HELP, START_US)
    )
    computer.wall.pass_s(step_s)
    computer.pass_s(store, 59)
    (before,) = store.service.requests.open_requests.all()
    computer.pass_s(store, 2)
    (after,) = store.service.requests.open_requests.all()
    return (before.escalated, after.escalated) == (0, 1)


@STEPS
def test_a_request_is_escalated_in_its_time(tmp_path: Path, step_s: float) -> None:
    computer = Computer()
    with computer.store(tmp_path) as store:
        assert escalated_after_a_minute(computer, store, step_s)
        assert store.health().clock.step_s == int(step_s)


@STEPS
def test_planted_fault_one_clock_for_all(tmp_path: Path, step_s: float) -> None:
    computer = Computer()
    with computer.store(tmp_path, one_clock=True) as store:
        assert not escalated_after_a_minute(computer, store, step_s)


@STEPS
def test_a_request_of_the_last_run_is_escalated_soon(tmp_path: Path, step_s: float) -> None:
    computer = Computer()
    with computer.store(tmp_path) as store:
        store.service.submit_request(
            ROOM, ServiceRequest(RequestId("r1"), ROOM, TICKET, RequestKind.HELP, START_US)
        )
    computer.wall.pass_s(step_s)
    with computer.store(tmp_path) as store:
        computer.pass_s(store, 61)
        (request,) = store.service.requests.open_requests.all()
        assert request.escalated >= 1


@STEPS
def test_tags_hand_scans_and_proofs_go_on(tmp_path: Path, step_s: float) -> None:
    computer = Computer()
    member = Shopper(ShopperId("m1"), Tier.PROVED, "Ada", stored_means="**** 4242")
    with computer.store(tmp_path) as store:
        visits = store.service.visits
        with store.service.writer:
            visits.identify(ROOM, TICKET, member, "mac")
        scanned = piece_of("S1", "WHI", "M")
        assert store.service.hand_scans.scan(ROOM, ScannedId(scanned))
        computer.wall.pass_s(step_s)
        computer.pass_s(store, 60)
        store.service.floor.rooms_changed(
            [TagArrived("1", piece_of("S1", "WHI", "L"), True, 1.0, computer.steady())]
        )
        assert len(store.service.floor.room(ROOM).pieces) == 2
        assert visits.payer(ROOM, TICKET) is not None, "the card was proved a minute ago"
        computer.pass_s(store, store.settings.timeouts.proof_us / 1e6)
        assert visits.payer(ROOM, TICKET) is None
        computer.pass_s(store, MAX_AGE_US / 1e6)
        assert scanned not in store.service.floor.room(ROOM).pieces


def test_set_ahead_for_one_round_of_housekeeping_nothing_is_deleted(tmp_path: Path) -> None:
    computer = Computer()
    with computer.store(tmp_path) as store:
        request = ServiceRequest(
            RequestId("r1"), ROOM, TICKET, RequestKind.SIZE, START_US, article=gtin_of("S1", "WHI", "M")
        )
        store.service.submit_request(ROOM, request)
        store.service.withdraw_request(ROOM, RequestId("r1"))
        before = stored(store)
        assert all(before)
        computer.wall.pass_s(2 * YEAR_S)
        computer.steady.pass_s(3600)
        store.housekeeping.check()
        assert stored(store) == before
        assert store.health().clock.held
        computer.wall.pass_s(-2 * YEAR_S)
        computer.tick(store)
        assert not store.health().clock.held


def stored(store: Store) -> tuple[int, int]:
    with store.resources.database.reading() as connection:
        return (
            connection.scalar(select(func.count()).select_from(REQUEST)) or 0,
            connection.scalar(select(func.count()).select_from(ITEM_EVENT)) or 0,
        )


def test_sessions_and_locks_of_a_clock_that_was_ahead_do_not_last_for_years(tmp_path: Path) -> None:
    computer = Computer()
    with computer.store(tmp_path) as store:
        accounts, who = store.resources.associates, AssociateId("a-ines")
        ahead_us = computer.wall() + int(2 * YEAR_S * 1e6)
        token, _ = accounts.sign_in(who, PIN, ahead_us)
        assert accounts.by_session(token, ahead_us) is not None
        assert accounts.by_session(token, computer.wall()) is None
        for _ in range(MAX_TRIES):
            with pytest.raises(UnauthenticatedError):
                accounts.verified(Counted(who), "wrong", ahead_us)
        with pytest.raises(LockedOutError):
            accounts.verified(Counted(who), PIN, ahead_us)
        assert accounts.verified(Counted(who), PIN, computer.wall()).associate_id == who
