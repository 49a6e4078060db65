"""Insert-or-update on SQLite and PostgreSQL: new rows, known rows, more rows than one statement takes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from kiosk.core.domain.texts import LocalizedText
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json, localized_from_json, localized_to_json
from kiosk.store.db.tables import LOOK, SOLD, STOCK
from kiosk.store.db.upsert import insert_new, upsert

MANY = 20_000
"""More rows than SQLite allows bound values in one statement, divided by the columns."""


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def test_known_rows_are_updated_and_new_ones_inserted(database: Database) -> None:
    first = {"look_id": "l1", "items": "[]", "stylist": "Mei"}
    with database.writing() as connection:
        upsert(connection, LOOK, [first])
        upsert(connection, LOOK, [{**first, "stylist": "Ines"}, {**first, "look_id": "l2"}])
        rows = connection.execute(select(LOOK.c.look_id, LOOK.c.stylist).order_by(LOOK.c.look_id)).all()
    assert [tuple(row) for row in rows] == [("l1", "Ines"), ("l2", "Mei")]


def test_more_rows_than_a_statement_takes_and_none_at_all(database: Database) -> None:
    rows = [{"article": f"{n:014d}", "place": "floor", "count": n, "counted_us": 1} for n in range(MANY + 1)]
    with database.writing() as connection:
        upsert(connection, STOCK, [])
        upsert(connection, STOCK, rows)
        counts = connection.scalars(select(STOCK.c.count).order_by(STOCK.c.article)).all()
    assert list(counts) == list(range(MANY + 1))


def test_a_row_is_inserted_once(database: Database) -> None:
    row = {"piece": "1.1", "article": "1", "ordered_as": "1.1", "order_id": "o1", "at_us": 1}
    with database.writing() as connection:
        assert insert_new(connection, SOLD, row)
        assert not insert_new(connection, SOLD, {**row, "order_id": "o2"})
        assert connection.scalar(select(SOLD.c.order_id)) == "o1"


def test_a_failed_transaction_changes_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            insert_new(
                connection,
                SOLD,
                {"piece": "1.1", "article": "1", "ordered_as": "1.1", "order_id": "o1", "at_us": 1},
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reading() as connection:
        assert connection.execute(select(SOLD)).all() == []


def test_localized_texts_survive_the_database_form() -> None:
    text = LocalizedText.of({"en": "Coat", "de": "Mäntel"})
    assert localized_from_json(localized_to_json(text)) == text
    assert compact_json({"b": 1, "a": "ä"}) == '{"b":1,"a":"ä"}'
