"""A try that is refused because too many wait is not counted: a flood by others locks nobody out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Literal

import pytest
from argon2 import PasswordHasher

from kiosk.config.limits import SignInLimits
from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.errors import LockedOutError, UnauthenticatedError
from kiosk.store.staff.associates import AssociateAccounts
from kiosk.store.staff.pin_tries import MAX_TRIES, Counted
from kiosk.store.staff.roles import Role
from kiosk.store.staff.staff_desk import StaffDesk
from tests.kiosk.store.sample_shop import START_US
from tests.kiosk.store.staff.staff_accounts import OTHER_PIN, OWN_PIN


class Held(PasswordHasher):
    """Checks that wait until they may go on."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.begun, self.go_on = Event(), Event()

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 the library's name
        self.begun.set()
        assert self.go_on.wait(20)
        return super().verify(hash, password)


@pytest.mark.parametrize("failures", [0, MAX_TRIES - 1, MAX_TRIES + 2])
def test_a_flood_of_tries_locks_nobody_out(database_url: str, failures: int) -> None:
    held, database = Held(), Database(database_url)
    accounts = AssociateAccounts(database, 10**12, held, SignInLimits(at_once=1, waiting=1))
    ana, _ = StaffDesk(database, accounts.checks, lambda: START_US).add("c", "Ana", Role.ASSOCIATE, OWN_PIN)
    other, _ = StaffDesk(database, accounts.checks, lambda: START_US).add(
        "c", "Mei", Role.ASSOCIATE, OTHER_PIN
    )
    row = Counted(ana.associate_id)
    with database.writing() as connection:
        row._set(connection, failures, 0)

    def tried(who: AssociateId, pin: str) -> str:
        try:
            return accounts.verified(Counted(who), pin, START_US).name
        except (LockedOutError, UnauthenticatedError) as error:
            return type(error).__name__

    with ThreadPoolExecutor(2) as threads:
        flood = [threads.submit(tried, other.associate_id, "0000") for _ in range(2)]
        assert held.begun.wait(20)
        while accounts.checks.waiting < 2:
            held.go_on.wait(0.01)
        assert [tried(ana.associate_id, OWN_PIN) for _ in range(MAX_TRIES + 1)] == ["LockedOutError"] * (
            MAX_TRIES + 1
        )
        held.go_on.set()
        assert [one.result() for one in flood] == ["UnauthenticatedError"] * 2
    # without the try given back, this one is refused as well
    assert tried(ana.associate_id, OWN_PIN) == "Ana"
    with database.writing() as connection:
        # the planted fault: what was refused stays counted
        for _ in range(MAX_TRIES):
            row.take(connection, START_US)
    with database.writing() as connection, pytest.raises(LockedOutError):
        row.take(connection, START_US)
    database.close()
