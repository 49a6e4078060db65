"""Databases of the version that stored EPCs and GTINs are migrated to pieces and articles, and back."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from alembic import command

from hardware.epc.codec import encode, encode_198
from kiosk.core.domain.ids import ArticleId, anonymous_piece, article_of_sku, piece_id
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.wire import WireError, from_json
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.tables import METADATA, SKU, SOLD, STOCK
from tests.kiosk.store.sample_shop import gtin_of

SHIRT = gtin_of("S1", "WHI", "M")
REQUEST = {
    "is": "ServiceRequest", "request_id": "r1", "room": "1", "ticket": "t", "kind": "size", "made_us": 1,
    "state": "received", "gtin": SHIRT, "name": {"is": "Words", "by_language": [["en", "Ünder"]]},
}  # fmt: skip
HELP = {**REQUEST, "request_id": "r2", "kind": "help", "gtin": None}


def sold(epc: str, order: str, at_us: int, gtin: str = SHIRT) -> tuple[str, dict[str, object]]:
    return "INSERT INTO sold VALUES (:epc, :gtin, :o, :at)", {
        "epc": epc,
        "gtin": gtin,
        "o": order,
        "at": at_us,
    }


def request(body: dict[str, object]) -> tuple[str, dict[str, object]]:
    statement = "INSERT INTO request VALUES (:r, '1', 't', 'received', 1, 1, 1, :body)"
    return statement, {"r": body["request_id"], "body": json.dumps(body, ensure_ascii=False)}


def old_rows() -> tuple[tuple[str, dict[str, object]], ...]:
    return (
        ("INSERT INTO style (style_id, category, name, price_minor, currency) VALUES ('S1', 's', '{}', 1, 'EUR')", {}),
        ("INSERT INTO sku VALUES (:gtin, 'S1', 'WHI', 'M')", {"gtin": SHIRT}),
        ("INSERT INTO stock VALUES (:gtin, 'floor', 3, 7)", {"gtin": SHIRT}),
        sold(encode(SHIRT, "5", 7), "by-label", 10),
        sold(encode_198(SHIRT, "A/7", 9), "by-radio", 11),
        sold(encode(SHIRT, "6", 9), "older", 12), sold(encode_198(SHIRT, "6", 7), "newest", 14),
        sold(encode(SHIRT, "6", 12), "old", 13),
        sold(encode_198(SHIRT, "scan-18f2a", 7), "by-scan", 15),
        sold("FF" * 12, "broken", 16),
        request(REQUEST), request(HELP),
    )  # fmt: skip


def orders(database: Database) -> dict[str, str]:
    with database.reading() as connection:
        return {row.piece: row.order_id for row in connection.execute(sa.select(SOLD))}


def test_sold_pieces_stay_sold_however_they_are_read_now(
    database_url: str, migrate: Callable[..., None]
) -> None:
    migrate(command.upgrade, "0005", *old_rows())
    database = Database(database_url)
    article = ArticleId(SHIRT)
    assert orders(database) == {
        piece_id(article, "5"): "by-label", piece_id(article, "A/7"): "by-radio", piece_id(article, "6"): "newest",
        anonymous_piece(article, "scan-18f2a"): "by-scan", f"{SHIRT}.~{'F' * 19}": "broken",
    }  # fmt: skip
    with database.reading() as connection:
        assert [tuple(row)[:4] for row in connection.execute(sa.select(STOCK))] == [(SHIRT, "floor", 3, 7)]
        assert [tuple(row)[:4] for row in connection.execute(sa.select(SKU))] == [(SHIRT, "S1", "WHI", "M")]
        assert all(row.ordered_as == row.piece for row in connection.execute(sa.select(SOLD)))
        bodies = connection.scalars(sa.text("SELECT body FROM request ORDER BY request_id")).all()
    found: ServiceRequest = from_json(ServiceRequest, json.loads(bodies[0]))
    assert (found.article, found.name.in_language("en")) == (SHIRT, "Ünder")
    assert from_json(ServiceRequest, json.loads(bodies[1])).article is None
    with pytest.raises(WireError, match="'gtin' is now 'article'"):
        from_json(ServiceRequest, REQUEST)
    assert Catalogue(database).sold([piece_id(article, "5"), piece_id(article, "9")]) == {
        piece_id(article, "5")
    }
    database.close()


def test_the_migrated_tables_are_those_of_the_code(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0005", *old_rows())
    database = Database(database_url)
    found = sa.inspect(database.engine)
    for name in ("sku", "stock", "sold"):
        table = METADATA.tables[name]
        columns = {
            column["name"]: (str(column["type"]), column["nullable"]) for column in found.get_columns(name)
        }
        assert columns == {
            column.name: (str(column.type.compile(database.engine.dialect)), column.nullable)
            for column in table.columns
        }
        assert found.get_pk_constraint(name)["constrained_columns"] == [key.name for key in table.primary_key]
    assert [key["referred_table"] for key in found.get_foreign_keys("sku")] == ["style"]
    assert sorted(index["column_names"] for index in found.get_indexes("sku")) == [["sku"], ["style_id"]]
    database.close()


def test_a_sku_fits_into_every_table(database_url: str) -> None:
    database, own = Database(database_url), article_of_sku("Ü.~/" * 2 + "x" * 66)
    piece = piece_id(own, "x" * 20)
    with database.writing() as connection:
        style = {"style_id": "S1", "category": "s", "name": "{}", "price_minor": 1, "currency": "EUR"}
        connection.execute(sa.insert(METADATA.tables["style"]), style)
        connection.execute(sa.insert(SKU), {"article": own, "style_id": "S1", "colour": "W", "size": "M"})
        connection.execute(sa.insert(STOCK), {"article": own, "place": "floor", "count": 1, "counted_us": 1})
    catalogue = Catalogue(database)
    assert catalogue.sell([(piece, own)], "o1", 1).fresh == 1
    assert catalogue.sold([piece]) == {piece}
    with database.reading() as connection:
        assert connection.scalar(sa.select(STOCK.c.count)) == 0
    database.close()


def test_a_downgrade_keeps_sold_pieces_and_drops_skus(
    database_url: str, migrate: Callable[..., None]
) -> None:
    migrate(command.upgrade, "0005", *old_rows())
    sku = {"article": article_of_sku("A")}
    migrate(
        command.upgrade, "head",
        ("INSERT INTO sku (article, style_id, colour, size) VALUES (:article, 'S1', 'WHI', 'S')", sku),
        ("INSERT INTO sold VALUES (:article || '.1', :article, :article || '.1', 'o', 1)", sku),
    )  # fmt: skip
    migrate(command.downgrade, "0005")
    migrate(command.upgrade, "head")
    database = Database(database_url)
    kept = set(orders(database).values())
    assert kept == {"by-label", "by-radio", "newest", "by-scan"}, "all that were EPCs of garments"
    assert piece_id(ArticleId(SHIRT), "5") in orders(database)
    assert anonymous_piece(ArticleId(SHIRT), "scan-18f2a") in orders(database)
    with database.reading() as connection:
        assert connection.scalars(sa.select(SKU.c.article)).all() == [SHIRT]
    database.close()
