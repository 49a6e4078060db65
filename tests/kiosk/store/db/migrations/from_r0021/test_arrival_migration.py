"""Appointments of the version before are kept, and nobody has arrived for them."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect

from kiosk.store.appointments.appointment_book import AppointmentBook
from kiosk.store.db.database import Database

BEFORE = "0037"
INSERT = (
    "INSERT INTO appointment (appointment_id, shopper_id, guest, at_us, note, holder, pieces, made_us, expires_us)"
    " VALUES ('p1', '', 'Ana', 5, 'likes linen', 'a-ines', :pieces, 1, 9)"
)
ROW = (
    INSERT,
    {"pieces": '[{"article":"A","look":2,"ready":true}]'},
)


def test_appointments_of_before_are_read(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, BEFORE, ROW)
    database = Database(database_url)
    (kept,) = AppointmentBook(database).all(3)
    assert (kept.new.guest, kept.new.note, kept.arrived_us) == ("Ana", "likes linen", 0)
    assert [(one.article, one.look, one.ready) for one in kept.pieces] == [("A", 2, True)]
    database.close()
    migrate(command.downgrade, BEFORE)
    database = Database(database_url)
    columns = {column["name"] for column in inspect(database.engine).get_columns("appointment")}
    assert {"arrived_us", "shown"} <= columns, "opening it migrates again"
    assert len(AppointmentBook(database).all(3)) == 1
    database.close()
