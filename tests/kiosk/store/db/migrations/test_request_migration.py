"""Databases of before the times of answers were kept: an answered request takes the time of its last change."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command

from kiosk.store.db.database import Database
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.request_desk import RequestDesk

BODY = (
    '{"is":"ServiceRequest","request_id":"NAME","room":"1","ticket":"t","kind":"size","made_us":1,"state":"STATE",'
    '"language":"en","by":"Inès","associate_id":"a","minutes":2,"changed_us":540000001,"escalated":0}'
)


def row(name: str, state: str) -> tuple[str, dict[str, object]]:
    body = BODY.replace("NAME", name).replace("STATE", state)
    columns = "request_id, room, ticket, state, made_us, arrived_us, changed_us, body"
    return (
        f"INSERT INTO request ({columns}) VALUES (:name, '1', 't', :state, 1, 1, 540000001, :body)",
        {"name": name, "state": state, "body": body},
    )


def test_requests_of_before_keep_their_state_and_measure(
    database_url: str, migrate: Callable[..., None]
) -> None:
    migrate(command.upgrade, "0016", row("done", "done"), row("waits", "received"), row("taken", "claimed"))
    database = Database(database_url)
    desk = RequestDesk(database, OpenRequests(), lambda _: None, 60_000_000)
    assert {(r.request_id, r.state.value, r.rung) for r in desk.open_requests.all()} == {
        ("waits", "received", 0),
        ("taken", "claimed", 0),
    }
    assert desk.open_requests.answer_times.minutes() == 9
    desk.tick(540_000_001 + 4 * 60_000_000)
    assert {r.state.value for r in desk.open_requests.all()} == {"received"}
    database.close()


def test_the_way_back_removes_the_time_of_the_answer(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0017", row("done", "done"))
    migrate(command.downgrade, "0016")
    database = Database(database_url)
    desk = RequestDesk(database, OpenRequests(), lambda _: None, 60_000_000)
    assert desk.open_requests.answer_times.minutes() == 9, "opening it migrates again"
    database.close()
