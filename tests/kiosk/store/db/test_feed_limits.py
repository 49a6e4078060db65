"""A text that the feed's reader takes fits into its column of the database, also where the database checks it."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, String

from kiosk.connectors.feeds import limits
from kiosk.core.domain.ids import MAX_ARTICLE_LENGTH
from kiosk.store.db.tables import ASSOCIATE, COLOURWAY, CREDENTIAL, LOOK, PURCHASE, SHOPPER, SKU, STOCK, STYLE

COLUMNS = (
    (STYLE.c.style_id, limits.STYLE_ID), (STYLE.c.category, limits.CATEGORY), (STYLE.c.season, limits.SEASON),
    (STYLE.c.line, limits.LINE), (STYLE.c.size_system, limits.SIZE_SYSTEM), (STYLE.c.since, len("2026-03-01")),
    (STYLE.c.currency, len("EUR")), (COLOURWAY.c.style_id, limits.STYLE_ID), (COLOURWAY.c.code, limits.COLOUR_CODE),
    (COLOURWAY.c.hex, limits.COLOUR_HEX), (COLOURWAY.c.picture, limits.PICTURE), (COLOURWAY.c.item, limits.ITEM_ID),
    (COLOURWAY.c.item, limits.STYLE_ID + 1 + limits.COLOUR_CODE), (SKU.c.article, MAX_ARTICLE_LENGTH),
    (SKU.c.style_id, limits.STYLE_ID), (SKU.c.colour, limits.COLOUR_CODE), (SKU.c.size, limits.SIZE),
    (SKU.c.sku, limits.SKU), (STOCK.c.article, MAX_ARTICLE_LENGTH), (STOCK.c.place, limits.PLACE),
    (SHOPPER.c.shopper_id, limits.SHOPPER_ID), (SHOPPER.c.first_name, limits.FIRST_NAME),
    (SHOPPER.c.language, limits.LANGUAGE), (SHOPPER.c.stored_means, limits.STORED_MEANS),
    (CREDENTIAL.c.shopper_id, limits.SHOPPER_ID), (CREDENTIAL.c.kind, limits.CREDENTIAL_KIND),
    (PURCHASE.c.item, limits.ITEM_ID), (ASSOCIATE.c.associate_id, limits.ASSOCIATE_ID),
    (ASSOCIATE.c.name, limits.ASSOCIATE_NAME), (ASSOCIATE.c.role, limits.ROLE), (LOOK.c.look_id, limits.LOOK_ID),
    (LOOK.c.stylist, limits.STYLIST),
)  # fmt: skip


def fits(column: Column[str], most: int) -> bool:
    assert isinstance(column.type, String)
    return column.type.length is None or most <= column.type.length


@pytest.mark.parametrize(("column", "most"), COLUMNS, ids=str)
def test_a_limit_of_the_reader_is_at_most_the_length_of_the_column(column: Column[str], most: int) -> None:
    assert fits(column, most)
    assert most <= 3 or not fits(STYLE.c.currency, most), "a planted column of three characters is too short"
