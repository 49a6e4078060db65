"""Databases of the version without opaque item ids are migrated: no id changes, and no two colours have the same id."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest
import sqlalchemy as sa
from alembic import command

from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, SKU, SOLD, STOCK, STYLE
from tests.kiosk.store.sample_shop import gtin_of

SHIRT = gtin_of("S1", "WHI", "M")
STYLES = ("S1", "W", "W-12")
COLOURS = (("S1", "WHI"), ("W", "12-light-blue"), ("W-12", "light-blue"))
"""The last two have the same id in the earlier form."""

Statement = tuple[str, Mapping[str, object]]


def old_rows() -> tuple[Statement, ...]:
    style = (
        "INSERT INTO style (style_id, category, name, price_minor, currency) VALUES (:s, 'c', '{}', 1, 'EUR')"
    )
    colour = "INSERT INTO colourway VALUES (:s, :c, 0, '{}', '', :p)"
    return (
        *((style, {"s": one}) for one in STYLES),
        *((colour, {"s": s, "c": c, "p": "" if s == "W" else f"{s}.webp"}) for s, c in COLOURS),
        ("INSERT INTO sku VALUES (:a, 'S1', 'WHI', 'M')", {"a": SHIRT}),
        ("INSERT INTO stock VALUES (:a, 'floor', 3, 7)", {"a": SHIRT}),
        ("INSERT INTO sold VALUES ('p', :a, 'p', 'o', 1)", {"a": SHIRT}),
        ("INSERT INTO mark (at_us, kind, item) VALUES (1, 'tried', 'S1-WHI')", {}),
    )


def items(database: Database) -> dict[tuple[str, str], str]:
    with database.reading() as connection:
        return {(row.style_id, row.code): row.item for row in connection.execute(sa.select(COLOURWAY))}


def test_ids_stay_and_are_unique(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0006", *old_rows())
    database = Database(database_url)
    assert items(database) == {
        ("S1", "WHI"): "S1-WHI",
        ("W", "12-light-blue"): "W-12-light-blue",
        ("W-12", "light-blue"): "W-12-light-blue~2",
    }
    with database.reading() as connection:
        pictures = connection.scalars(sa.select(COLOURWAY.c.pictures).order_by(COLOURWAY.c.style_id)).all()
        assert [json.loads(text) for text in pictures] == [["S1.webp"], [], ["W-12.webp"]]
        stock = connection.execute(sa.select(STOCK)).one()
        assert (stock.count, stock.counted, stock.counted_us, stock.reserved, stock.incoming) == (
            3,
            3,
            7,
            0,
            0,
        )
        assert connection.scalar(sa.select(sa.func.count()).select_from(SKU)) == 1, (
            "no row was lost by cascade"
        )
        assert connection.scalar(sa.select(sa.func.count()).select_from(SOLD)) == 1
        same = {**dict.fromkeys(("name", "hex", "picture"), ""), "ordinal": 1, "item": "S1-WHI"}
    with pytest.raises(sa.exc.IntegrityError), database.writing() as connection:
        connection.execute(sa.insert(COLOURWAY), {"style_id": "S1", "code": "other", **same})
    database.close()


def test_the_migrated_tables_are_those_of_the_code(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0006", *old_rows())
    database = Database(database_url)
    found, dialect = sa.inspect(database.engine), database.engine.dialect
    for table in (STYLE, COLOURWAY, SKU, STOCK, SOLD):
        columns = {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(table.name)}
        assert columns == {c.name: (str(c.type.compile(dialect)), c.nullable) for c in table.columns}
        indices = {
            (i["name"], tuple(i["column_names"]), bool(i["unique"])) for i in found.get_indexes(table.name)
        }
        assert indices == {(str(i.name), tuple(c.name for c in i.columns), i.unique) for i in table.indexes}
    database.close()


def test_down_and_up_again(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0006", *old_rows())
    migrate(command.upgrade, "0007")
    migrate(command.downgrade, "0006")
    migrate(command.upgrade, "head")
    database = Database(database_url)
    assert items(database)["S1", "WHI"] == "S1-WHI"
    with database.reading() as connection:
        assert connection.scalar(sa.select(STOCK.c.counted)) == 3
    database.close()
