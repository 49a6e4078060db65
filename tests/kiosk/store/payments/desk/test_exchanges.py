"""A paid piece is changed for another size at no charge: as a whole or not at all, and refunded for what was paid."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, update

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.ids import ArticleId, OrderId, PieceId
from kiosk.core.domain.payment import Exchange
from kiosk.store.db.tables import SKU, SOLD
from kiosk.store.lifecycle import Store
from kiosk.store.payments.order_book import OrderBook
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import (
    COAT,
    SHIRT,
    buy,
    collect,
    ended,
    ends,
    find,
    price,
    refund,
)
from tests.kiosk.store.payments.test_refund_service import paid_order
from tests.kiosk.store.sample_shop import (
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    sample_store,
    settings_in,
)
from tests.optional_values import present

LARGE = (piece_of("S1", "WHI", "L"), gtin_of("S1", "WHI", "L"))


def exchange(
    ines: HttpClient, piece: str = SHIRT[0], label: str = LARGE[0], order: str = "o1"
) -> tuple[int, dict[str, Any]]:
    return ines.ask("POST", "/api/v1/exchanges", {"order_id": order, "piece": piece, "label": label})


def stock(store: Store, article: ArticleId) -> int:
    return present(present(store.resources.catalogue.garment(article)).stock_of(article))[1].here


def test_the_old_piece_is_free_the_new_one_sold_and_the_stock_follows(
    ines: HttpClient, store: Store, sold: dict[str, Any], terminal: InProcessTerminal
) -> None:
    before = stock(store, SHIRT[1]), stock(store, LARGE[1])
    status, made = exchange(ines)
    assert (status, made["piece"], made["line"]["piece"], made["by"]) == (200, SHIRT[0], LARGE[0], "a-ines")
    assert exchange(ines) == (200, made), "asked twice, made once"
    catalogue = store.resources.catalogue
    assert catalogue.sold([SHIRT[0], LARGE[0], COAT[0]]) == {LARGE[0], COAT[0]}
    assert (stock(store, SHIRT[1]), stock(store, LARGE[1])) == (before[0] + 1, before[1] - 1)
    assert len(store.payments.book.exchanges(OrderId("o1"))) == 1
    assert len(terminal.collected()) == 1, "no terminal was asked"


def test_it_is_found_by_its_label_and_refunded_for_what_was_paid(
    url: str, ines: HttpClient, store: Store, sold: dict[str, Any]
) -> None:
    exchange(ines)
    assert find(ines, SHIRT[0])[0] == 404
    (found,) = find(ines, LARGE[0])[1]["sales"]
    assert (found["paid"]["minor"], found["size"], found["instead_of"]) == (12_900, "L", SHIRT[0])
    assert refund(ines, piece=SHIRT[0])[0] == 404
    before = stock(store, LARGE[1])
    begun = refund(ines, piece=LARGE[0])
    assert (begun[0], begun[1]["amount"]["minor"]) == (202, 12_900)
    assert ended(url, ines, begun)["state"] == "done"
    with (
        store.payments.lock
    ):  # the refund is in the ledger before its piece is in the stock, both under this lock
        assert store.resources.catalogue.sold([SHIRT[0], LARGE[0]]) == frozenset()
    assert stock(store, LARGE[1]) == before + 1
    assert exchange(ines, LARGE[0], SHIRT[0])[0] == 404, "what was paid back is not exchanged"


def test_the_piece_that_came_back_can_be_sold_again(
    ines: HttpClient, room: HttpClient, stream: EventStreamReader, store: Store, sold: dict[str, Any],
    terminal: InProcessTerminal,
) -> None:  # fmt: skip
    assert price(room, order="o2")[0] == 409
    exchange(ines)
    buy(room, stream, terminal, order="o2", pieces=(SHIRT,))
    assert exchange(ines, LARGE[0], SHIRT[0])[0] == 409, "it is another shopper's now"
    assert store.payments.book.conflicts(OrderId("o2")) == ()


def test_back_and_forth(ines: HttpClient, store: Store, sold: dict[str, Any]) -> None:
    assert [exchange(ines)[0], exchange(ines, LARGE[0], SHIRT[0])[0], exchange(ines)[0]] == [200, 200, 200]
    assert store.resources.catalogue.sold([SHIRT[0], LARGE[0]]) == {LARGE[0]}
    order = present(store.payments.book.order_now(OrderId("o1")))
    assert [li.piece for li in order.lines] == [LARGE[0], COAT[0]]


def test_only_an_unsold_piece_of_the_same_style_is_given(
    ines: HttpClient, store: Store, sold: dict[str, Any]
) -> None:
    before = store.payments.book.ledger.head.seq
    for label in (COAT[0], piece_of("A1", "RED", "one"), SHIRT[0], "no label"):
        assert exchange(ines, label=label)[0] == 409, "sold, of another style, the same piece, no label"
        assert store.payments.book.ledger.head.seq == before, label
    assert exchange(ines, label=piece_of("S1", "WHI", "M", 2))[0] == 200, "another piece of the same size"
    assert store.payments.book.ledger.head.seq > before


def test_a_piece_that_another_room_is_paying_for_is_not_given(
    ines: HttpClient, room: HttpClient, stream: EventStreamReader, store: Store, sold: dict[str, Any]
) -> None:
    price(room, order="o2", pieces=(LARGE,))
    collect(room, order="o2")
    ends(stream, "sent")
    status, refused = exchange(ines)
    assert (status, refused["code"]) == (409, "piece-taken")
    assert store.resources.catalogue.sold([SHIRT[0]]) == {SHIRT[0]}


def test_another_price_is_not_an_exchange(ines: HttpClient, store: Store, sold: dict[str, Any]) -> None:
    with store.resources.database.writing() as connection:
        connection.execute(update(SKU).where(SKU.c.article == LARGE[1]).values(price_minor=13_900))
    store.resources.catalogue.invalidate()
    assert exchange(ines)[0] == 409
    with store.resources.database.writing() as connection:
        connection.execute(
            update(SKU).where(SKU.c.article.in_([SHIRT[1], LARGE[1]])).values(price_minor=9_900)
        )
    store.resources.catalogue.invalidate()
    status, made = exchange(ines)
    assert (status, made["line"]["price"]["minor"]) == (200, 12_900), "in a sale both cost the same again"


def test_the_receipt_shows_the_change(url: str, ines: HttpClient, sold: dict[str, Any]) -> None:
    exchange(ines)
    page = HttpClient(url).ask("GET", sold["link"].removeprefix(url) + "?lang=en")[1]
    assert "changed for L" in str(page)


def _kinds(book: OrderBook) -> list[str]:
    ledger = book.ledger
    return [entry.kind for entry in ledger.entries(1, ledger.head.seq)]


@pytest.mark.parametrize("cut", ["before the database", "before its mark"])
def test_a_power_cut_in_the_middle_is_mended_at_the_next_start(
    tmp_path: Any, clock: ManualClock, terminal: InProcessTerminal, cut: str
) -> None:
    settings = settings_in(tmp_path / "cut")
    with sample_store(settings, clock, terminal) as store:
        order = paid_order(store, "SIM1")
        service, before = store.payments.exchanges, (stock(store, SHIRT[1]), stock(store, LARGE[1]))
        line = service._line(service._sold.piece(order.order_id, SHIRT[0]), PieceId(LARGE[0]))
        made = Exchange(order.order_id, 1, SHIRT[0], line, "a-ines", 1)
        store.payments.book.put_exchange(made)
        if cut == "before its mark":
            service._sold.exchange(made, SHIRT[1], 1)
    with sample_store(replace(settings, feeds=None), clock, terminal) as store:
        for _ in range(2):
            store.payments.resume()
        assert store.resources.catalogue.sold([SHIRT[0], LARGE[0]]) == {LARGE[0]}
        assert (stock(store, SHIRT[1]), stock(store, LARGE[1])) == (before[0] + 1, before[1] - 1)
        assert _kinds(store.payments.book).count("exchanged") == 1


def test_planted_an_entry_that_is_not_taken_in_leaves_two_pieces_wrong(
    ines: HttpClient, store: Store, sold: dict[str, Any]
) -> None:
    exchange(ines)
    with store.resources.database.writing() as connection:
        connection.execute(delete(SOLD).where(SOLD.c.piece == LARGE[0]))
    assert store.resources.catalogue.sold([SHIRT[0], LARGE[0]]) != {LARGE[0]}
    taken = store.payments.book.taken([PieceId(SHIRT[0]), PieceId(LARGE[0])])
    assert set(taken) == {LARGE[0]}, "the ledger still knows which one is sold"


def test_an_entry_of_the_payment_written_later_does_not_bring_the_old_piece_back(
    ines: HttpClient, store: Store, sold: dict[str, Any]
) -> None:
    exchange(ines)
    exchange(ines, LARGE[0], piece_of("S1", "WHI", "S"))
    book = store.payments.book
    paid = present(book.paid_attempt(OrderId("o1")))
    book.put_attempt(replace(paid, changed_us=paid.changed_us + 1))
    pieces = [PieceId(p) for p in (SHIRT[0], LARGE[0], piece_of("S1", "WHI", "S"))]
    assert set(book.taken(pieces)) == {pieces[2]}


def test_the_mirror_of_the_room_is_told(
    ines: HttpClient, stream: EventStreamReader, store: Store, sold: dict[str, Any]
) -> None:
    store.service.floor.rooms_changed([TagArrived("1", LARGE[0], True, 0.9, 1)])
    exchange(ines)
    told = stream.named("PieceExchanged")
    assert (told["old"], told["new"]) == (SHIRT[0], LARGE[0])
    stream.wait(lambda n, b: n == "GarmentArrived" and b["piece"] == LARGE[0] and b["sold"])
