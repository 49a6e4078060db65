"""The clock of the store's computer is set while people are signed in, locked out and waited for: all are measured by
the time that has passed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select

from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestAction, RequestKind, ServiceRequest
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.db.table_groups.insights import INSIGHT_HOUR
from kiosk.store.db.tables import REQUEST
from kiosk.store.errors import LockedOutError, UnauthenticatedError
from kiosk.store.lifecycle import Store
from kiosk.store.staff.pin_tries import MAX_TRIES, Counted
from tests.kiosk.store.clock.test_store_clock_set import Computer
from tests.kiosk.store.sample_shop import PIN, START_US
from tests.optional_values import present

ROOM, TICKET, REQUEST_ID = RoomId("1"), Ticket("t1"), RequestId("r1")
INES = AssociateId("a-ines")
DAY_S: Final = 24 * 3600.0
STEPS = pytest.mark.parametrize("step_s", [7200.0, -7200.0, DAY_S, -DAY_S], ids=["+2h", "-2h", "+1d", "-1d"])


@dataclass(frozen=True, slots=True)
class Found:
    """What has become of everything, three minutes after it began; the clock was set ten seconds after that."""

    signed_in: bool = True
    locked: bool = True
    """Twenty seconds after wrong PINs."""
    unlocked: bool = True
    """After the time of the lock."""
    answer_s: int = 180
    visit_minutes: int = 3


def found_after(computer: Computer, store: Store, step_s: float) -> Found:
    accounts = store.resources.associates
    token, _ = accounts.sign_in(INES, PIN, accounts.clock())
    for _ in range(MAX_TRIES):
        with pytest.raises(UnauthenticatedError):
            accounts.verified(Counted(INES), "wrong", accounts.clock())
    store.service.report_visit(ROOM, ReportVisit(TICKET, began=True, at_us=START_US))
    store.service.submit_request(ROOM, ServiceRequest(REQUEST_ID, ROOM, TICKET, RequestKind.HELP, START_US))
    computer.pass_s(store, 10)
    computer.wall.pass_s(step_s)
    computer.pass_s(store, 10)
    locked = is_locked(store)
    computer.pass_s(store, 160)
    who = accounts.by_session(token, accounts.clock())
    answered(store)
    store.service.report_visit(ROOM, ReportVisit(TICKET, began=False, at_us=START_US))
    return Found(who is not None, locked, not is_locked(store), answer_s(store), visit_minutes(store))


def is_locked(store: Store) -> bool:
    accounts = store.resources.associates
    try:
        accounts.verified(Counted(INES), PIN, accounts.clock())
    except LockedOutError:
        return True
    return False


def answered(store: Store) -> None:
    """Inès comes to the door."""
    (ines,) = [each for each in store.resources.associates.all() if each.associate_id == INES]
    for action in (RequestAction.CLAIM, RequestAction.ARRIVE):
        store.service.apply_request_action(ines, REQUEST_ID, action, None, 1)


def answer_s(store: Store) -> int:
    with store.resources.database.reading() as connection:
        row = connection.execute(select(REQUEST.c.arrived_us, REQUEST.c.answered_us)).one()
    return round((present(row.answered_us) - row.arrived_us) / 1e6)


def visit_minutes(store: Store) -> int:
    """Its length as counted; -1 if it was not, since its mirror counted as lost."""
    store.insights.visits.times.write()
    with store.resources.database.reading() as connection:
        minutes = connection.scalars(select(INSIGHT_HOUR.c.value)).one_or_none()
    return -1 if minutes is None else int(minutes)


@STEPS
def test_everything_is_measured_by_the_time_that_has_passed(tmp_path: Path, step_s: float) -> None:
    computer = Computer()
    with computer.store(tmp_path) as store:
        assert found_after(computer, store, step_s) == Found()


@STEPS
def test_planted_fault_one_clock_for_all_is_found(tmp_path: Path, step_s: float) -> None:
    computer = Computer()
    with computer.store(tmp_path, one_clock=True) as store:
        found = found_after(computer, store, step_s)
    assert (found.locked, found.answer_s == 180, found.visit_minutes == 3) == (False, False, False)
    assert found.signed_in == (abs(step_s) < DAY_S)


def test_the_answer_of_a_request_of_the_last_run_is_measured(tmp_path: Path) -> None:
    computer = Computer()
    with computer.store(tmp_path) as store:
        store.service.submit_request(
            ROOM, ServiceRequest(REQUEST_ID, ROOM, TICKET, RequestKind.HELP, START_US)
        )
        computer.pass_s(store, 60)
    with computer.store(tmp_path) as store:
        computer.wall.pass_s(DAY_S)
        computer.pass_s(store, 60)
        answered(store)
        assert answer_s(store) == 120
