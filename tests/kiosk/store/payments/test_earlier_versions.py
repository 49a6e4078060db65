"""A state folder of the version that stored EPCs: sold pieces stay sold, returns and open payments go on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from hardware.epc.codec import encode, encode_198
from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.payment import PaymentState
from kiosk.store.db.revisions import migration_config
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.payments.ledgers import EarlierLedger
from tests.kiosk.store.payments.payment_steps import ended, find, refund
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, gtin_of, piece_of, sample_store

SHIRT, COAT = gtin_of("S1", "WHI", "M"), gtin_of("C1", "NVY", "38")
BY_LABEL = encode(SHIRT, 1, 7)
BY_RADIO = encode(SHIRT, 2, 9)
BY_SCAN = encode_198(COAT, "scan-18f2a", 7)
OPEN = encode_198(COAT, "A/7", 12)
EUROS = {"is": "Money", "minor": 12_900, "currency": "EUR"}
WORDS = {"is": "Words", "by_language": [["en", "Shirt"]]}


def order(order_id: str, *pieces: tuple[str, str]) -> dict[str, Any]:
    """An order as it was written then."""
    lines = [
        {"is": "OrderLine", "epc": epc, "gtin": gtin, "name": WORDS, "colour": WORDS, "size": "M", "price": EUROS,
         "picture": ""}
        for epc, gtin in pieces
    ]  # fmt: skip
    total = {**EUROS, "minor": 12_900 * len(pieces)}
    return {"is": "Order", "order_id": order_id, "room": "1", "ticket": "t", "lines": lines, "total": total,
            "tax": EUROS, "tax_permille": 200}  # fmt: skip


def attempt(order_id: str, state: str, minor: int) -> dict[str, Any]:
    return {"is": "Attempt", "key": f"KEY{order_id}", "order_id": order_id, "means": "terminal",
            "amount": {**EUROS, "minor": minor}, "state": state, "reference": "REF1", "why": "", "asked": 0,
            "changed_us": 1}  # fmt: skip


def receipt(order_id: str, minor: int) -> dict[str, Any]:
    total = {**EUROS, "minor": minor}
    return {"is": "Receipt", "order_id": order_id, "number": "000001", "total": total, "tax": EUROS,
            "paid_with": "terminal", "link": "http://shop/r/" + "x" * 24, "at_us": 1}  # fmt: skip


def write_ledger(settings: StoreSettings) -> list[str]:
    """Writes one paid order with three pieces, one of them refunded, and one order whose payment is not settled."""
    settings.ledger_path.parent.mkdir(parents=True, exist_ok=True)
    ledger = EarlierLedger(settings.ledger_path)
    ledger.append("order", "o1", order("o1", (BY_LABEL, SHIRT), (BY_RADIO, SHIRT), (BY_SCAN, COAT)), 1)
    for state in ("keyed", "paid"):
        ledger.append("attempt", "o1", attempt("o1", state, 38_700), 1, key="KEYo1", state=state)
    ledger.append("receipt", "o1", receipt("o1", 38_700), 1, key="x" * 24)
    ledger.append("settled", "o1", {}, 1)
    done = {"is": "Refund", "key": "R1", "order_id": "o1", "epc": BY_LABEL, "gtin": SHIRT, "amount": EUROS,
            "by": "a-ines", "state": "done", "reference": "R", "why": "", "asked": 0, "changed_us": 2}  # fmt: skip
    ledger.append("refund", "o1", done, 2, key="R1", state="done")
    ledger.append("restocked", "o1", {}, 2, key="R1")
    ledger.append("order", "o2", order("o2", (OPEN, COAT)), 3)
    for state in ("keyed", "paid"):
        ledger.append("attempt", "o2", attempt("o2", state, 12_900), 3, key="KEYo2", state=state)
    ledger.append("receipt", "o2", {**receipt("o2", 12_900), "number": "000002"}, 3, key="y" * 24)
    with closing(sqlite3.connect(settings.ledger_path)) as connection:
        return [row[0] for row in connection.execute("SELECT body FROM journal ORDER BY seq")]


def write_database(settings: StoreSettings) -> None:
    config = migration_config()
    engine = sa.create_engine(settings.database_url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        for epc, gtin in ((BY_RADIO, SHIRT), (BY_SCAN, COAT)):
            values = {"epc": epc, "gtin": gtin}
            connection.execute(sa.text("INSERT INTO sold VALUES (:epc, :gtin, 'o1', 1)"), values)
    engine.dispose()


@pytest.fixture
def entries(settings: StoreSettings) -> list[str]:
    written = write_ledger(settings)
    write_database(settings)
    return written


@pytest.fixture
def store(
    settings: StoreSettings, entries: list[str], clock: ManualClock, terminal: InProcessTerminal
) -> Iterator[Store]:
    terminal.book.collect("KEYo1", 38_700, "EUR", "")
    with sample_store(settings, clock, terminal) as opened:
        yield opened


@pytest.mark.parametrize("label", [BY_RADIO, encode(SHIRT, 2, 7), f"https://x/01/{SHIRT}/21/2", f"{SHIRT}.2"])
def test_what_was_sold_is_found_in_every_form(ines: HttpClient, label: str) -> None:
    (sale,) = find(ines, label)[1]["sales"]
    assert (sale["order_id"], sale["piece"], sale["article"]) == ("o1", f"{SHIRT}.2", SHIRT)
    assert sale["refund"] is None


def test_sold_pieces_stay_sold_and_a_returned_one_stays_returned(store: Store) -> None:
    pieces = [piece_of("S1", "WHI", "M", number) for number in (1, 2, 3)]
    assert store.resources.catalogue.sold(pieces) == {pieces[1]}
    assert store.service.desk.refunds.refunded(OrderId("o1")) == {pieces[0]}


def test_a_payment_that_was_not_settled_is_settled_by_its_piece(store: Store) -> None:
    piece = PieceId(f"{COAT}.A/7")
    assert store.service.desk.payment(OrderId("o2")).order.lines[0].piece == piece
    assert store.resources.catalogue.sold([piece]) == frozenset()
    store.payments.resume()
    assert store.service.desk.payment(OrderId("o2")).state is PaymentState.PAID
    assert store.resources.catalogue.sold([piece]) == {piece}


def test_a_piece_of_an_earlier_order_is_refunded_once(
    url: str,
    ines: HttpClient,
    store: Store,
    terminal: InProcessTerminal,
    settings: StoreSettings,
    entries: list[str],
) -> None:
    first = refund(ines, f"{SHIRT}.1")
    assert (first[0], first[1]["key"]) == (202, "R1"), "the refund that was done before"
    begun = ended(url, ines, refund(ines, BY_RADIO))
    assert begun["piece"] == f"{SHIRT}.2"
    ledger = store.resources.ledger
    kept = [entry.body for entry in ledger.entries(1, ledger.head.seq)]
    assert kept[: len(entries)] == entries, "nothing is rewritten"
    assert "epc" not in json.loads(kept[-1])
