"""PINs that must be replaced, on SQLite and PostgreSQL: made by the store, or too short for a manager."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import update

from kiosk.connectors.feeds import AssociateLine
from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.db.tables import ASSOCIATE
from kiosk.store.errors import PinDueError, RefusedError, UnauthenticatedError
from kiosk.store.lifecycle import Store
from kiosk.store.staff.associates import AssociateAccounts, upsert_associates
from kiosk.store.staff.own_pins import pin_due
from kiosk.store.staff.pin_tries import Counted
from kiosk.store.staff.roles import Role
from tests.kiosk.store.sample_shop import MANAGER_PIN, START_US
from tests.kiosk.store.staff.staff_accounts import OTHER_PIN, OWN_PIN, accounts_of, desk_of, signs_in


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def due(accounts: AssociateAccounts, who: AssociateId, pin: str) -> bool:
    """Whether this right PIN opens nothing: neither a session, nor the confirmation of a second person."""
    found = []
    for use in (
        lambda: accounts.sign_in(who, pin, START_US),
        lambda: accounts.verified(Counted(who), pin, START_US),
    ):
        try:
            use()
        except PinDueError:
            found.append(True)
        else:
            found.append(False)
    assert len(set(found)) == 1
    return found[0]


@pytest.mark.parametrize("way", ["added", "set anew", "promoted"])
def test_a_pin_that_must_be_replaced(database: Database, way: str) -> None:
    desk, accounts = desk_of(database), accounts_of(database)
    desk.add("c", "Mei", Role.MANAGER)
    role, given = (Role.ASSOCIATE, "7392") if way == "promoted" else (Role.MANAGER, "")
    ana, pin = desk.add("c", "Ana", role, given)
    pin = pin or given
    if way == "set anew":
        accounts.sign_in(ana.associate_id, pin, START_US, new_pin=OTHER_PIN)
        pin = desk.set_pin("c", ana.associate_id)
    elif way == "promoted":
        assert not due(accounts, ana.associate_id, pin)
        desk.set_role("c", ana.associate_id, Role.MANAGER)
    assert due(accounts, ana.associate_id, pin)
    for refused in ("5566", "111111", "123456", pin, "73a204"):
        with pytest.raises(RefusedError):
            accounts.sign_in(ana.associate_id, pin, START_US, new_pin=refused)
    token, _ = accounts.sign_in(ana.associate_id, pin, START_US, new_pin=OWN_PIN)
    assert accounts.by_session(token, START_US) is not None
    assert not signs_in(accounts, ana.associate_id, pin)
    assert not due(accounts, ana.associate_id, OWN_PIN)
    last = desk.log()[0]
    assert (last.who, last.what.value, last.about) == (ana.associate_id, "pin", ana.associate_id)
    # the planted fault: a row that does not say so
    desk.set_pin("c", ana.associate_id)
    with database.writing() as connection:
        connection.execute(update(ASSOCIATE).values(pin_once=False))
    assert not pin_due(accounts.known()[ana.associate_id], OWN_PIN)


def test_a_wrong_pin_is_wrong_whatever_the_new_one_is(database: Database) -> None:
    desk, accounts = desk_of(database), accounts_of(database)
    ana, pin = desk.add("c", "Ana", Role.MANAGER)
    with pytest.raises(UnauthenticatedError):
        accounts.sign_in(ana.associate_id, OTHER_PIN, START_US, new_pin=OWN_PIN)
    assert due(accounts, ana.associate_id, pin)


def test_of_two_new_pins_at_once_one_counts(database: Database) -> None:
    desk, accounts = desk_of(database), accounts_of(database)
    ana, pin = desk.add("c", "Ana", Role.MANAGER)
    start = Barrier(2)

    def choose(new: str) -> bool:
        start.wait()
        try:
            accounts.sign_in(ana.associate_id, pin, START_US, new_pin=new)
        except UnauthenticatedError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(choose, (OWN_PIN, OTHER_PIN))) == [False, True]
    assert [signs_in(accounts, ana.associate_id, p) for p in (OWN_PIN, OTHER_PIN)].count(True) == 1


def test_a_pin_of_the_feed_may_be_replaced(store: Store) -> None:
    accounts = store.resources.associates
    assert not due(accounts, AssociateId("m-mei"), MANAGER_PIN)
    accounts.sign_in(AssociateId("m-mei"), MANAGER_PIN, START_US, new_pin=OWN_PIN)
    assert signs_in(accounts, "m-mei", OWN_PIN)


@pytest.mark.parametrize(
    ("role", "pin", "replaced"),
    [
        ("manager", "4711", True), ("manager", "47110", True), ("manager", "111111", True),
        ("manager", "123456", True), ("manager", "471108", False), ("manager", "geheim", True),
        ("associate", "4711", False), ("associate", "1111", False),
    ],
)  # fmt: skip
def test_a_managers_pin_of_the_feed_that_breaks_a_rule_is_replaced_at_the_next_sign_in(
    database: Database, role: str, pin: str, replaced: bool
) -> None:
    accounts, who = accounts_of(database), AssociateId("m-new")

    def fed() -> None:
        line = AssociateLine(associate_id=who, name="New", role=role, pin=pin)
        with database.writing() as connection:
            upsert_associates(connection, [accounts.row(line, accounts.known().get(who))])

    fed()
    assert due(accounts, who, pin) is replaced
    if replaced:
        with pytest.raises(PinDueError):
            accounts.verified(Counted(who), pin, START_US)
        accounts.sign_in(who, pin, START_US, new_pin=OWN_PIN)
        fed()  # the next night does not bring the short one back
        assert signs_in(accounts, who, OWN_PIN)
        assert not signs_in(accounts, who, pin)
