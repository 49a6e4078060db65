"""The staff as managers keep it, on SQLite and PostgreSQL: PIN rules, the last manager, the log, and beside a feed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.connectors.feeds import AssociateLine
from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.db.tables import ASSOCIATE
from kiosk.store.db.upsert import upsert
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import end_access, upsert_associates
from kiosk.store.staff.pin_rules import check_pin, random_pin
from kiosk.store.staff.roles import Role
from kiosk.store.staff.staff_desk import KEEP_LOG_US, delete_log_before
from tests.kiosk.store.sample_shop import ASSOCIATES, PIN, START_US
from tests.kiosk.store.staff.staff_accounts import OTHER_PIN, OWN_PIN, accounts_of, desk_of, signs_in
from tests.optional_values import present


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("pin", "role", "taken"),
    [
        ("7392", Role.ASSOCIATE, True),
        ("7392", Role.MANAGER, False),
        ("739204", Role.MANAGER, True),
        ("739", Role.ASSOCIATE, False),
        ("1111", Role.ASSOCIATE, False),
        ("1234", Role.ASSOCIATE, False),
        ("7890", Role.ASSOCIATE, False),
        ("9876", Role.ASSOCIATE, False),
        ("7392046815739", Role.ASSOCIATE, False),
        ("73a2", Role.ASSOCIATE, False),
        ("٧٣٩٢", Role.ASSOCIATE, False),
        (" 7392", Role.ASSOCIATE, False),
    ],
)
def test_rules_of_a_pin(pin: str, role: Role, *, taken: bool) -> None:
    try:
        check_pin(pin, role)
        found = True
    except RefusedError:
        found = False
    assert found is taken


@given(st.integers(0, 10**9))
def test_a_pin_by_chance_breaks_no_rule(seed: int) -> None:
    check_pin(random_pin(Role.MANAGER, Random(seed).randrange), Role.MANAGER)


def test_the_first_manager_of_a_new_store(database: Database) -> None:
    desk, accounts = desk_of(database), accounts_of(database)
    mei, pin = desk.add("command/root", "  Mei   Lin ", Role.MANAGER)
    assert (mei.name, len(pin), mei.by_feed) == ("Mei Lin", 6, False)
    assert signs_in(accounts, mei.associate_id, pin)
    assert [(e.who, e.what.value, e.about, e.role) for e in desk.log()] == [
        ("command/root", "added", mei.associate_id, Role.MANAGER)
    ]


def test_the_last_manager_stays(database: Database) -> None:
    desk = desk_of(database)
    mei, _ = desk.add("c", "Mei", Role.MANAGER)
    desk.add("c", "Jonas", Role.ASSOCIATE)
    with pytest.raises(RefusedError, match="last manager"):
        desk.remove("c", mei.associate_id)
    with pytest.raises(RefusedError, match="last manager"):
        desk.set_role("c", mei.associate_id, Role.ASSOCIATE)
    ana, _ = desk.add("c", "Ana", Role.MANAGER)
    desk.remove("c", mei.associate_id)
    with pytest.raises(RefusedError, match="last manager"):
        desk.remove("c", ana.associate_id)
    assert [m.name for m in desk.all()] == ["Ana", "Jonas"]


def test_two_managers_do_not_remove_each_other(database: Database) -> None:
    desk = desk_of(database)
    both = [desk.add("c", name, Role.MANAGER)[0] for name in ("Ana", "Mei")]
    start = Barrier(2)

    def remove(who: AssociateId) -> bool:
        start.wait()
        try:
            desk.remove("c", who)
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(remove, (m.associate_id for m in both)))
    assert sorted(done) == [False, True]
    assert len(desk.all()) == 1


@pytest.mark.parametrize("change", ["pin", "role", "remove"])
def test_sessions_end(database: Database, change: str) -> None:
    desk, accounts = desk_of(database), accounts_of(database)
    desk.add("c", "Mei", Role.MANAGER)
    ana, pin = desk.add("c", "Ana", Role.MANAGER)
    token, _ = accounts.sign_in(ana.associate_id, pin, START_US, "tablet", OTHER_PIN)
    if change == "pin":
        desk.set_pin("c", ana.associate_id, OWN_PIN)
        assert signs_in(accounts, ana.associate_id, OWN_PIN)
        assert not signs_in(accounts, ana.associate_id, OTHER_PIN)
        assert not signs_in(accounts, ana.associate_id, pin)
    elif change == "role":
        desk.set_role("c", ana.associate_id, Role.ASSOCIATE)
    else:
        desk.remove("c", ana.associate_id)
        assert not signs_in(accounts, ana.associate_id, pin)
    assert accounts.by_session(token, START_US) is None
    assert not accounts.knows("tablet", ana.associate_id) or change == "pin"


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\nb" + chr(0), "Mei", "mEI"])
def test_names_that_cannot_be_taken(database: Database, name: str) -> None:
    desk = desk_of(database)
    desk.add("c", "Mei", Role.MANAGER)
    with pytest.raises(RefusedError):
        desk.add("c", name, Role.ASSOCIATE)


def test_nobody(database: Database) -> None:
    desk, nobody = desk_of(database), AssociateId("x")
    for change in (
        lambda: desk.remove("c", nobody),
        lambda: desk.set_role("c", nobody, Role.MANAGER),
        lambda: desk.set_pin("c", nobody),
    ):
        with pytest.raises(NotFoundError):
            change()


def test_the_log_is_kept_for_two_years(database: Database) -> None:
    desk = desk_of(database)
    desk.add("c", "Mei", Role.MANAGER)
    assert delete_log_before(database, START_US + KEEP_LOG_US) == 0
    assert delete_log_before(database, START_US + KEEP_LOG_US + 1) == 1


# Beside a feed.


def feed(store: Store, settings: StoreSettings, *people: dict[str, Any]) -> None:
    folder: Path = present(settings.feeds)
    (folder / "associates.jsonl").write_text("".join(json.dumps(p) + "\n" for p in people), "utf-8")
    store.resources.import_feed(folder, START_US)


def by_id(store: Store) -> dict[str, Any]:
    return {m.associate_id: m for m in desk_of(store.resources.database).all()}


MEI, INES = ASSOCIATES[2], ASSOCIATES[0]


def test_the_feed_removes_its_own_people_only(store: Store, settings: StoreSettings) -> None:
    desk = desk_of(store.resources.database)
    ana, _ = desk.add("c", "Ana", Role.ASSOCIATE)
    desk.set_pin("c", AssociateId("a-jonas"), OWN_PIN)
    feed(store, settings, INES, MEI)
    assert set(by_id(store)) == {"a-ines", "m-mei", ana.associate_id}, "an own PIN does not keep Jonas"


def test_what_was_set_in_the_shop_stays(store: Store, settings: StoreSettings) -> None:
    desk, accounts = desk_of(store.resources.database), store.resources.associates
    desk.set_pin("c", AssociateId("a-ines"), OWN_PIN)
    desk.set_role("c", AssociateId("a-jonas"), Role.MANAGER)
    feed(store, settings, {**INES, "name": "Inès B."}, {**ASSOCIATES[1], "name": "Jonas K."}, MEI)
    people = by_id(store)
    assert (people["a-ines"].name, people["a-jonas"].name) == ("Inès B.", "Jonas K.")
    assert people["a-jonas"].role is Role.MANAGER
    assert signs_in(accounts, "a-ines", OWN_PIN)
    assert not signs_in(accounts, "a-ines", PIN)


def test_who_was_removed_in_the_shop_gets_no_access_from_the_feed(
    store: Store, settings: StoreSettings
) -> None:
    desk, accounts = desk_of(store.resources.database), store.resources.associates
    desk.remove("c", AssociateId("a-ines"))
    feed(store, settings, {**INES, "name": "Inès B."}, ASSOCIATES[1], MEI)
    assert "a-ines" not in by_id(store)
    assert not signs_in(accounts, "a-ines", PIN)
    _, pin = desk.add("c", "Inès", Role.ASSOCIATE, associate_id=AssociateId("a-ines"))
    feed(store, settings, {**INES, "name": "Inès C."}, ASSOCIATES[1], MEI)
    assert signs_in(accounts, "a-ines", pin)
    assert by_id(store)["a-ines"].name == "Inès C."


def test_an_id_of_the_shop_that_the_feed_lists_later(store: Store, settings: StoreSettings) -> None:
    desk = desk_of(store.resources.database)
    desk.add("c", "Ana", Role.MANAGER, associate_id=AssociateId("a-ana"))
    feed(store, settings, *ASSOCIATES, {"associate_id": "a-ana", "name": "Ana F.", "pin": "5566"})
    ana = by_id(store)["a-ana"]
    assert (ana.name, ana.role, ana.by_feed) == ("Ana F.", Role.MANAGER, False)
    feed(store, settings, *ASSOCIATES)
    assert "a-ana" in by_id(store)


def test_a_pin_set_while_the_feed_is_read_stays(store: Store) -> None:
    database, accounts = store.resources.database, store.resources.associates
    line = AssociateLine(AssociateId("a-ines"), "Inès B.", pin="5566")
    read_before = accounts.row(line, accounts.known()["a-ines"])
    desk_of(database).set_pin("c", AssociateId("a-ines"), OWN_PIN)
    with database.writing() as connection:
        upsert_associates(connection, [read_before])
    assert signs_in(accounts, "a-ines", OWN_PIN)
    assert not signs_in(accounts, "a-ines", "5566")
    with database.writing() as connection:
        # the planted fault: the row is written as it was read
        upsert(connection, ASSOCIATE, [read_before])
    assert not signs_in(accounts, "a-ines", OWN_PIN)


@pytest.mark.parametrize("way", ["gone", "demoted", "no PIN"])
def test_a_feed_that_was_read_before_the_other_manager_went_leaves_one(store: Store, way: str) -> None:
    database, accounts = store.resources.database, store.resources.associates
    desk = desk_of(database)
    ana, _ = desk.add("c", "Ana", Role.MANAGER)
    role, pin = ("associate", PIN) if way == "demoted" else ("manager", "")
    read_before = accounts.row(
        AssociateLine(AssociateId("m-mei"), "Mei L.", role=role, pin=pin), accounts.known()["m-mei"]
    )
    desk.remove("c", ana.associate_id)
    with database.writing() as connection:
        if way == "gone":
            assert end_access(connection, ["a-ines", "m-mei"]) == {"m-mei"}
        else:
            assert upsert_associates(connection, [read_before]) == {"m-mei"}
    mei = by_id(store)["m-mei"]
    assert (mei.role, mei.signs_in) == (Role.MANAGER, True)
    assert ("a-ines" in by_id(store)) is (way != "gone")
    if way != "gone":
        with database.writing() as connection:
            # the planted fault: the row is written as it was read
            upsert(connection, ASSOCIATE, [read_before])
        assert not any(m.role is Role.MANAGER and m.signs_in for m in desk.all())


def test_a_feed_that_names_another_manager_lets_one_go(store: Store, settings: StoreSettings) -> None:
    """However many rows a transaction has: the new manager is written first."""
    new = {"associate_id": "z-new", "name": "New", "role": "manager", "pin": "5566"}
    feed(store, settings, INES, ASSOCIATES[1], {**MEI, "role": "associate"}, new)
    assert {m.associate_id for m in by_id(store).values() if m.role is Role.MANAGER} == {"z-new"}


@pytest.mark.parametrize(("pin", "stays"), [(PIN, True), ("5566", False), ("", False)])
def test_another_pin_from_the_feed_ends_the_sessions(
    store: Store, settings: StoreSettings, pin: str, *, stays: bool
) -> None:
    accounts = store.resources.associates
    token, _ = accounts.sign_in(AssociateId("a-ines"), PIN, START_US)
    feed(store, settings, {**INES, "name": "Inès B.", "pin": pin}, ASSOCIATES[1], MEI)
    assert (accounts.by_session(token, START_US) is not None) is stays
