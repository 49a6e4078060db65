"""A PIN is tried a limited number of times in all, however long somebody waits between the tries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from kiosk.connectors.feeds import AssociateLine
from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.db.tables import ASSOCIATE, KNOWN_DEVICE
from kiosk.store.errors import LockedOutError, PinBlockedError, UnauthenticatedError
from kiosk.store.staff.associates import AssociateAccounts, upsert_associates
from kiosk.store.staff.pin_tries import MAX_DEVICES, MAX_IN_ALL, MAX_LOCK_US, Counted, at_the_desk, remember
from kiosk.store.staff.roles import Role
from tests.kiosk.store import postgres
from tests.kiosk.store.sample_shop import START_US, empty_tables
from tests.kiosk.store.staff.staff_accounts import OTHER_PIN, OWN_PIN, accounts_of, desk_of

ANA = AssociateId("a-ana")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "postgresql":
        url = postgres.fresh_database(request.getfixturevalue("postgres_server"))
    else:
        (tmp_path / "store.db").write_bytes(empty_tables())
        url = f"sqlite:///{tmp_path / 'store.db'}"
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def ana(database: Database) -> AssociateAccounts:
    desk = desk_of(database)
    desk.add("command/test", "Ana", Role.ASSOCIATE, OWN_PIN, associate_id=ANA)
    desk.add("command/test", "Mei", Role.MANAGER, OTHER_PIN, associate_id=AssociateId("m-mei"))
    return accounts_of(database)


def guesses(accounts: AssociateAccounts, counted: Counted, days: int = 30) -> int:
    """How many wrong PINs are looked at when somebody tries at the end of each lock."""
    count, now_us = 0, START_US
    while now_us < START_US + days * 24 * MAX_LOCK_US:
        try:
            accounts.verified(counted, "0000", now_us)
        except UnauthenticatedError:
            count += 1
        except LockedOutError as error:
            now_us += error.wait_us + 1
        except PinBlockedError:
            return count
    return count


def known(number: int) -> Counted:
    return Counted(ANA, f"{number:064x}")


def test_waiting_gives_no_more_than_a_hundred_tries_in_all(
    ana: AssociateAccounts, database: Database
) -> None:
    token, _ = ana.sign_in(ANA, OWN_PIN, START_US, "tablet")
    assert guesses(ana, Counted(ANA)) == MAX_IN_ALL
    assert guesses(accounts_of(database), Counted(ANA)) == 0, "also after a restart"
    assert ana.by_session(token, START_US), "who is signed in stays so"
    assert ana.sign_in(ANA, OWN_PIN, START_US, "tablet"), (
        "strangers block no device that has signed in before"
    )
    with pytest.raises(PinBlockedError):
        ana.sign_in(ANA, OWN_PIN, START_US, "another device")
    on_devices = sum(
        guesses(ana, counted) for counted in (known(1), at_the_desk(AssociateId("m-mei"), ANA), known(2))
    )
    assert on_devices == MAX_IN_ALL
    assert 2 * MAX_IN_ALL <= 100, "NIST SP 800-63B, 5.2.2"
    assert [member.blocked for member in desk_of(database).all()] == [True, False]


def test_another_pin_ends_the_block(ana: AssociateAccounts, database: Database) -> None:
    desk = desk_of(database)
    guesses(ana, Counted(ANA))
    desk.set_pin("m-mei", ANA, OTHER_PIN)
    assert ana.sign_in(ANA, OTHER_PIN, START_US)
    assert not any(member.blocked for member in desk.all())


@pytest.mark.parametrize(
    ("pin", "open_again"), [("7392", False), ("4802", True)], ids=["the same", "another"]
)
def test_only_another_pin_from_the_feed_ends_the_block(
    database: Database, pin: str, open_again: bool
) -> None:
    accounts = accounts_of(database)

    def fed(chosen: str) -> None:
        line = AssociateLine(associate_id=ANA, name="Ana", pin=chosen)
        row = accounts.row(line, accounts.known().get(ANA))
        with database.writing() as connection:
            upsert_associates(connection, [row])

    fed("7392")
    for counted in (Counted(ANA), known(1)):
        guesses(accounts, counted)
    fed(pin)
    if open_again:
        assert accounts.verified(known(1), pin, START_US).associate_id == ANA
        assert accounts.sign_in(ANA, pin, START_US)
    else:
        for counted in (Counted(ANA), known(1)):
            with pytest.raises(PinBlockedError):
                accounts.verified(counted, pin, START_US)


def test_more_devices_drop_no_count(ana: AssociateAccounts, database: Database) -> None:
    for number in range(4):
        with pytest.raises(UnauthenticatedError):
            ana.verified(known(number), "0000", START_US)
    with database.writing() as connection:
        for number in range(100, 100 + 2 * MAX_DEVICES):
            remember(connection, ANA, f"{number:064x}", START_US + number)
        count = select(func.sum(KNOWN_DEVICE.c.failures), func.count())
        assert tuple(connection.execute(count).one()) == (4, MAX_DEVICES + 4)


def test_sign_ins_of_the_owner_give_strangers_no_further_tries(ana: AssociateAccounts) -> None:
    """Every day the owner signs in on a known device, and a stranger tries once."""
    ana.sign_in(ANA, OWN_PIN, START_US, "tablet")
    count = 0
    for day in range(2 * MAX_IN_ALL):
        now_us = START_US + day * 24 * MAX_LOCK_US
        try:
            ana.verified(Counted(ANA), "0000", now_us)
        except UnauthenticatedError:
            count += 1
        except PinBlockedError:
            break
        assert ana.sign_in(ANA, OWN_PIN, now_us, "tablet")
    assert count == MAX_IN_ALL


def test_planted_a_lock_for_an_hour_alone_lets_somebody_guess_for_ever(
    ana: AssociateAccounts, database: Database
) -> None:
    """The block taken away: each day brings further tries, as before."""

    def without_block() -> int:
        count, now_us = 0, START_US
        while now_us < START_US + 60 * MAX_LOCK_US:
            with database.writing() as connection:
                connection.execute(update(ASSOCIATE).values(failures=20))
            try:
                ana.verified(Counted(ANA), "0000", now_us)
            except UnauthenticatedError:
                count += 1
            now_us += MAX_LOCK_US + 1
        return count

    assert without_block() > MAX_IN_ALL
