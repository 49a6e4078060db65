"""Tailor's notes over HTTP: who writes them, limits, days, races, what the mirror is told, and what is left."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.core.domain.ids import AssociateId, Ticket
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.alterations.alteration_rows import AlterationRows
from kiosk.store.customers.book.consents import forget_clues
from kiosk.store.db.table_groups.alterations import ALTERATION
from kiosk.store.db.tables import REQUEST
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Role
from kiosk.store.staff.staff_desk import StaffDesk
from tests.kiosk.store.alterations.conftest import ROOT, ask_for, listed, move, note, with_hours, write
from tests.kiosk.store.clues.conftest import CLARA, enter, set_consents
from tests.kiosk.store.http_clients import HttpClient, associate, mirror, read_stream
from tests.kiosk.store.sample_shop import PIN, ManualClock, sample_store, served

DAY_S = 86_400
SECRET = "for <b>Clara Berg</b>: hem 2 cm"


@pytest.fixture
def claimed(glass: HttpClient, ines: HttpClient) -> HttpClient:
    """Inès has claimed the request of room 1."""
    ask_for(glass)
    assert move(ines, "claim") == 200
    return ines


@contextmanager
def shop_of(settings: StoreSettings, clock: ManualClock) -> Iterator[HttpClient]:
    """A shop of its own, in which Inès has claimed the request of room 1."""
    with (
        sample_store(settings, clock) as store,
        served(store) as url,
        mirror(url, settings.state, "1") as glass,
        associate(url, "a-ines", PIN) as ines,
    ):
        glass.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=True, at_us=1))
        ask_for(glass)
        assert move(ines, "claim") == 200
        yield ines


def at(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1e6)


def test_the_mirror_shows_the_note_and_the_list_has_it_until_it_is_done(
    glass: HttpClient, claimed: HttpClient
) -> None:
    with read_stream(glass, "/api/v1/rooms/1/stream?visit=t1&at_us=1") as told:
        told.named("Snapshot")
        status, stored = write(claimed, note(what="  Hem 2 cm shorter "))
        assert status == 200, stored
        shown = told.named("RequestChanged")["request"]["note"]
    assert (shown["what"], shown["price"]["minor"], shown["ready"]) == (
        "Hem 2 cm shorter",
        1800,
        "2026-09-24",
    )
    answer = listed(claimed)
    assert (answer["currency"], answer["digits"], answer["first_day"]) == ("EUR", 2, "2026-09-21")
    (one,) = answer["alterations"]
    assert (one["request_id"], one["made_by"], one["revision"], one["done_us"]) == ("t1.r1", "a-ines", 1, 0)
    with read_stream(claimed, "/api/v1/floor/stream") as told:
        told.named("Floor")
        assert claimed.ask("POST", f"{ROOT}/t1.r1/done")[0] == 200
        told.named("AlterationsChanged")
    (one,) = listed(claimed)["alterations"]
    assert (one["done_by"], one["revision"]) == ("a-ines", 2)
    assert claimed.ask("POST", f"{ROOT}/t1.r1/done")[1] == one, "done twice, it is done once"
    assert write(claimed, note(price=0, revision=2))[1]["code"] == "alteration-is-done"
    assert claimed.ask("POST", f"{ROOT}/t1.r9/done")[0] == 404


def test_a_note_goes_to_a_claimed_alteration_only(
    glass: HttpClient, ines: HttpClient, mei: HttpClient
) -> None:
    ask_for(glass)
    assert write(ines, note())[1]["code"] == "alteration-not-claimed", "nobody has claimed it"
    assert move(ines, "claim") == 200
    assert write(mei, note())[1]["code"] == "alteration-not-claimed", "somebody else has"
    ask_for(glass, "t1.r2", RequestKind.DRINK)
    assert move(ines, "claim", "t1.r2") == 200
    assert write(ines, note(), "t1.r2")[0] == 404
    assert write(ines, note(), "t1.r9")[0] == 404
    assert listed(ines)["alterations"] == []


def test_of_two_who_change_it_the_second_is_told(claimed: HttpClient, mei: HttpClient) -> None:
    assert write(claimed, note())[1]["revision"] == 1
    assert write(claimed, note())[1]["revision"] == 1, "sent again"
    assert write(mei, note(price=0, revision=1))[1]["revision"] == 2
    status, refused = write(claimed, note(what="Hem 3 cm", revision=1))
    assert (status, refused["code"]) == (409, "alteration-changed")
    (one,) = listed(claimed)["alterations"]
    assert (one["note"]["price"]["minor"], one["made_by"], one["changed_by"]) == (0, "a-ines", "m-mei")


@pytest.mark.parametrize(
    ("ready", "code", "next_day"),
    [
        ("2026-09-20", "alteration-past", "2026-09-21"),
        ("2026-09-27", "alteration-closed", "2026-09-28"),
        ("2027-10-01", "alteration-far", ""),
        ("2026-02-30", "alteration-past", "2026-09-21"),
    ],
)
def test_a_day_that_cannot_be_names_the_next_open_one(
    claimed: HttpClient, ready: str, code: str, next_day: str
) -> None:
    status, refused = write(claimed, note(ready))
    assert (status, refused["code"]) == (409, code)
    assert refused["detail"].endswith(next_day)
    assert listed(claimed)["alterations"] == []


@pytest.mark.parametrize(
    ("now", "first", "refused"),
    [
        ("2026-10-24T21:30:00", "2026-10-24", ""),
        ("2026-10-24T22:30:00", "2026-10-26", "2026-10-24"),
        ("2026-10-25T22:30:00", "2026-10-26", "2026-10-25"),
        ("2026-10-25T23:30:00", "2026-10-26", "2026-10-25"),
        ("2027-03-28T21:30:00", "2027-03-29", "2027-03-28"),
        ("2027-03-28T22:30:00", "2027-03-29", "2027-03-28"),
    ],
)
def test_the_day_is_the_shops_also_where_clocks_are_set(
    tmp_path: Path, now: str, first: str, refused: str
) -> None:
    """Vienna sets its clocks back on Sunday, 2026-10-25, and forward on 2027-03-28. Times are UTC."""
    with shop_of(with_hours(tmp_path), ManualClock(at(now))) as ines:
        assert listed(ines)["first_day"] == first
        assert not refused or write(ines, note(refused))[0] == 409
        assert write(ines, note(first))[0] == 200


def test_yen_have_no_decimals(tmp_path: Path) -> None:
    with shop_of(with_hours(tmp_path, "JPY"), ManualClock()) as ines:
        assert write(ines, note(price=1800))[1]["note"]["price"]["currency"] == "JPY"
        assert listed(ines)["digits"] == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (note(what=""), 422),
        (note(what="   "), 409),
        (note(what="a" * 201), 422),
        (note(what="Hem\nshorter"), 409),
        (note(what="Hem \u202e3 cm"), 409),
        (note(what="\ud83d\ude00"), 409),
        (note(what="a\u0301\u0301\u0301\u0301\u0301\u0301"), 409),
        (note(what="'); DROP TABLE alteration; --"), 200),
        (note(what="<script>alert(1)</script>"), 200),
        (note(what="{{7*7}} %s ${HOME} \u2066"), 409),
        (note(price=-1), 422),
        (note(price=10_000_001), 422),
        (note(price=2**63), 422),
        (note(ready="2026-9-24"), 422),
        (note(ready="\u0662026-09-24"), 422),
        (note(ready="2026-09-24\n"), 422),
        (note() | {"price_minor": 1.5}, 422),
        (note() | {"price_minor": "1800"}, 422),
        (note() | {"made_by": "m-mei"}, 422),
    ],
)
def test_hostile_and_wrong_bodies_have_no_effect(claimed: HttpClient, body: Any, status: int) -> None:
    assert write(claimed, body)[0] == status
    found = [one["note"]["what"] for one in listed(claimed)["alterations"]]
    assert found == ([body["what"]] if status == 200 else [])


def test_back_of_house_sees_the_list_and_says_done_but_writes_none(
    url: str, store: Store, claimed: HttpClient
) -> None:
    StaffDesk(store.resources.database, store.resources.associates.checks, store.clock).add(
        "test", "Sam", Role.BACK_OF_HOUSE, "4711", associate_id=AssociateId("s-stock")
    )
    write(claimed, note())
    with associate(url, "s-stock", "4711") as stock:
        assert len(listed(stock)["alterations"]) == 1
        assert write(stock, note(price=0, revision=1))[0] == 403
        with read_stream(stock, "/api/v1/stockroom/stream") as told:
            told.named("Stockroom")
            assert stock.ask("POST", f"{ROOT}/t1.r1/done")[0] == 200
            told.named("AlterationsChanged")


def test_its_text_is_in_one_table_and_in_no_log(
    store: Store, claimed: HttpClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        write(claimed, note(what=SECRET))
        assert move(claimed, "at-the-door") == 200, "the request is written again"
    assert "Clara" not in caplog.text
    assert "by a-ines" in caplog.text
    with store.resources.database.reading() as connection:
        assert not [body for body in connection.scalars(select(REQUEST.c.body)) if "Clara" in body]
    (one,) = AlterationRows(store.resources.database).listed()
    assert one.note.what == SECRET


def test_a_members_consent_links_it_and_its_end_unlinks_it(
    store: Store, glass: HttpClient, claimed: HttpClient
) -> None:
    database = store.resources.database

    def member() -> str | None:
        with database.reading() as connection:
            return connection.scalars(select(ALTERATION.c.shopper_id)).one()

    set_consents(store)
    enter(store)
    assert write(claimed, note())[0] == 200
    assert member() is None, "without her consent"
    with database.writing() as connection:
        connection.execute(ALTERATION.delete())
    set_consents(store, "clues")
    enter(store)
    assert write(claimed, note())[0] == 200
    assert write(claimed, note(price=0, revision=1))[0] == 200
    assert member() == CLARA
    with database.writing() as connection:
        forget_clues(connection, [CLARA])
    assert member() is None
    assert len(listed(claimed)["alterations"]) == 1, "the shop has her garment"


def test_what_is_done_or_forgotten_goes_in_the_end(store: Store, claimed: HttpClient) -> None:
    rows = AlterationRows(store.resources.database)
    write(claimed, note("2026-12-01"))
    assert rows.delete_before(at("2026-11-30")) == 0, "its day is to come"
    assert rows.delete_before(at("2026-12-03")) == 1
    write(claimed, note("2026-12-01"))
    claimed.ask("POST", f"{ROOT}/t1.r1/done")
    assert rows.delete_before(at("2026-09-20")) == 0
    assert rows.delete_before(at("2026-09-23")) == 1


def test_a_note_that_is_changed_later_reaches_the_glass_of_the_visit(
    glass: HttpClient, claimed: HttpClient
) -> None:
    """The request is done by then, and is not counted as answered again."""
    assert write(claimed, note())[0] == 200
    assert move(claimed, "done") == 200
    with read_stream(glass, "/api/v1/rooms/1/stream?visit=t1&at_us=1") as told:
        told.named("Snapshot")
        assert write(claimed, note("2026-09-25", revision=1))[0] == 200
        shown = told.named("RequestChanged")["request"]
    assert (shown["state"], shown["note"]["ready"]) == ("done", "2026-09-25")
    assert claimed.ask("GET", "/api/v1/floor")[1]["requests"] == []
