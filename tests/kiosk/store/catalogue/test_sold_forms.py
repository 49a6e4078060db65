"""A piece that is sold under one form of its tag or label is sold under every other form, on both databases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from sqlalchemy import delete

from kiosk.core.domain.ids import PieceId
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.tables import SOLD
from kiosk.store.piece_ids import parse_typed_piece
from tests.kiosk.store.label_forms import labels, tags
from tests.kiosk.store.sample_shop import START_US, gtin_of

SHIRT = gtin_of("S1", "WHI", "M")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def pairs_found(database: Database, forms: Iterable[str]) -> tuple[int, int]:
    """For every form: sells the piece under it; how many pairs there are, and in how many the piece is sold."""
    catalogue, pieces = Catalogue(database), [_piece(form) for form in forms]
    pairs = found = 0
    for sold_by in pieces:
        catalogue.sell([(sold_by, SHIRT)], "o1", START_US)
        known = catalogue.sold(pieces)
        pairs += len(pieces)
        found += sum(read_by in known for read_by in pieces)
        with database.writing() as connection:
            connection.execute(delete(SOLD))
        assert not catalogue.sold(pieces)
    return pairs, found


def _piece(form: str) -> PieceId:
    return parse_typed_piece(form)


@pytest.mark.parametrize("serial", ["7", "0012", "274877906944", "A/1.b"])
def test_sold_by_any_form_is_sold_by_every_form(database: Database, serial: str) -> None:
    forms = {**tags(SHIRT, serial), **labels(SHIRT, serial)}
    pairs, found = pairs_found(database, forms.values())
    assert found == pairs == len(forms) ** 2
    assert pairs >= 26**2


def test_planted_fault_pieces_stored_by_their_bits_are_caught(database: Database) -> None:
    catalogue, forms = Catalogue(database), [PieceId(epc) for epc in tags(SHIRT, "7").values()]
    catalogue.sell([(forms[0], SHIRT)], "o1", START_US)
    assert catalogue.sold(forms) == {forms[0]}
