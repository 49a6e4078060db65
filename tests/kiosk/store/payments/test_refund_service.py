"""Returns: a sold piece is found by tag, label or receipt, paid back once, and restocked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from hardware.epc.codec import encode, encode_198
from kiosk.core.domain.ids import ArticleId, AssociateId, OrderId, PieceId, RoomId, serial_of
from kiosk.core.domain.payment import Attempt, Order, PaymentMeans
from kiosk.core.domain.payment_transitions import attempt_after
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.terminal_events import Approved
from kiosk.core.visit.effects import PriceOrder
from kiosk.store.errors import RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, read_stream
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, TICKET, buy, ended, find, price, refund
from tests.kiosk.store.sample_shop import (
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    sample_store,
    settings_in,
    tag,
)
from tests.optional_values import present

INES = Associate(AssociateId("a-ines"), "Inès")
TAG = tag("S1", "WHI", "M")
SECOND = (piece_of("S1", "WHI", "M", 2), SHIRT[1])


def here(store: Store) -> int:
    with (
        store.payments.lock
    ):  # a refund is in the ledger before its piece is in the stock, both under this lock
        stocked = present(store.resources.catalogue.garment(SHIRT[1])).stock_of(SHIRT[1])
    return present(stocked)[1].here


def serial_label(piece: tuple[PieceId, ArticleId]) -> str:
    return f"https://id.gs1.org/01/{piece[1]}/21/{serial_of(piece[0])}"


FOUND = [
    (SHIRT[0], 1),
    (f"  {SHIRT[0]}\n", 1),
    (TAG, 1),
    (TAG.lower(), 1),
    (encode(SHIRT[1], "1", 9), 1),
    (encode_198(SHIRT[1], "1", 12), 1),
    (SHIRT[1], 1),
    (SHIRT[1][1:], 1),
    (serial_label(SHIRT), 1),
    (f"(01){SHIRT[1]}", 1),
    ("receipt", 2),
]


def test_a_sold_piece_is_found_by_tag_label_or_receipt(ines: HttpClient, sold: dict[str, Any]) -> None:
    for label, pieces in FOUND:
        status, said = find(ines, sold["link"] if label == "receipt" else label)
        assert (status, len(said["sales"])) == (200, pieces), label
        one = next(s for s in said["sales"] if s["piece"] == SHIRT[0])
        assert (one["paid"]["minor"], one["receipt"], one["order_id"]) == (12_900, "000001", "o1"), label
        assert one["refund"] is None, label


NOT_SOLD = [
        (SECOND[0], 404), (serial_label(SECOND), 404), (gtin_of("F1", "BLK", "38"), 404),
        ("https://x/r/" + "a" * 24, 404), ("", 422), ("no label", 409), ("x" * 600, 422), ("30" * 12, 404),
]  # fmt: skip


def test_a_piece_that_is_not_sold_is_reported(ines: HttpClient, sold: dict[str, Any]) -> None:
    assert [(label, find(ines, label)[0]) for label, _ in NOT_SOLD] == NOT_SOLD


def test_of_many_sold_pieces_the_newest_are_listed_and_a_serial_identifies_one(
    ines: HttpClient,
    room: HttpClient,
    stream: EventStreamReader,
    terminal: InProcessTerminal,
    clock: ManualClock,
) -> None:
    many = [(piece_of("S1", "WHI", "M", n), SHIRT[1]) for n in range(1, 26)]
    buy(room, stream, terminal, "o1", many[:13])
    clock.pass_s(60)
    buy(room, stream, terminal, "o2", many[13:])
    sales = find(ines, SHIRT[1])[1]["sales"]
    assert (len(sales), {s["order_id"] for s in sales[:12]}) == (20, {"o2"})
    assert [s["piece"] for s in find(ines, serial_label(many[3]))[1]["sales"]] == [many[3][0]]


def test_a_returned_piece_is_refunded_and_in_stock_again(
    url: str,
    ines: HttpClient,
    sold: dict[str, Any],
    store: Store,
    terminal: InProcessTerminal,
    room: HttpClient,
) -> None:
    assert here(store) == 3
    done = ended(url, ines, refund(ines))
    assert (done["state"], done["amount"]["minor"], done["by"]) == ("done", 12_900, "a-ines")
    assert terminal.repaid() == [12_900]
    assert here(store) == 4
    assert store.resources.catalogue.sold([SHIRT[0], COAT[0]]) == {COAT[0]}
    assert find(ines, SHIRT[0])[0] == 404
    assert price(room, order="o2")[0] == 200, "it may be sold again"


@pytest.mark.parametrize("typed", [TAG, TAG.lower(), serial_label(SHIRT), encode_198(SHIRT[1], "1", 12)])
def test_a_program_may_name_the_piece_by_its_tag_or_label(
    url: str, ines: HttpClient, sold: dict[str, Any], typed: str
) -> None:
    body = {"order_id": "o1", "piece": typed}
    first, again = (ines.ask("POST", "/api/v1/refunds", body)[1] for _ in range(2))
    assert first["piece"] == again["piece"] == SHIRT[0]
    assert first["key"] == again["key"]


WRONG: list[tuple[dict[str, str], int, str]] = [
    ({"order_id": "o1", "epc": TAG}, 422, "'epc' is now 'piece'"),
    ({"order_id": "o1", "piece": SHIRT[1]}, 409, "not one piece"),
    ({"order_id": "o1", "piece": "no label"}, 409, "not a label"),
    ({"order_id": "o1", "piece": "3" * 600}, 422, "512"),
]


def test_a_refund_of_no_piece_says_what_is_wrong(ines: HttpClient, sold: dict[str, Any]) -> None:
    for body, status, said in WRONG:
        answered, problem = ines.ask("POST", "/api/v1/refunds", body)
        assert answered == status, body
        assert said in problem["detail"], body


def test_the_receipt_lists_the_returned_pieces(url: str, ines: HttpClient, sold: dict[str, Any]) -> None:
    before = requests.get(sold["link"], timeout=10).text
    ended(url, ines, refund(ines))
    after = requests.get(sold["link"], timeout=10, headers={"Accept-Language": "fr"}).text
    assert 'class="back"' not in before
    assert after.count('class="back"') == 1
    assert "Remboursé" in after
    assert "129,00 €" in after.replace("\u00a0", " ")


def test_a_repeated_refund_pays_back_once(
    url: str, ines: HttpClient, sold: dict[str, Any], store: Store, terminal: InProcessTerminal
) -> None:
    with ThreadPoolExecutor(8) as crowd:
        begun = list(
            crowd.map(lambda _: store.service.desk.refunds.begin(OrderId("o1"), SHIRT[0], INES), range(16))
        )
    assert len({r.key for r in begun}) == 1
    ended(url, ines, refund(ines))
    assert refund(ines)[1]["state"] == "done", "the same one, however late"
    assert terminal.repaid() == [12_900]


def test_a_piece_sold_again_can_be_returned_once_for_each_sale(
    url: str,
    ines: HttpClient,
    sold: dict[str, Any],
    room: HttpClient,
    stream: EventStreamReader,
    terminal: InProcessTerminal,
) -> None:
    ended(url, ines, refund(ines))
    buy(room, stream, terminal, "o2", (SHIRT,))
    ended(url, ines, refund(ines, order="o2"))
    assert refund(ines)[1]["state"] == "done"
    assert terminal.repaid() == [12_900, 12_900]


def test_a_piece_of_another_order_is_not_refunded(
    ines: HttpClient, sold: dict[str, Any], terminal: InProcessTerminal
) -> None:
    others = [(COAT[0], "o2"), (SECOND[0], "o1"), (SHIRT[0], "o9"), (tag("S1", "WHI", "M", 9), "o1")]
    assert [refund(ines, piece, order)[0] for piece, order in others] == [404] * len(others)
    assert terminal.repaid() == []


def test_a_lost_answer_is_asked_for_and_nothing_is_paid_back_twice(
    url: str, ines: HttpClient, sold: dict[str, Any], terminal: InProcessTerminal
) -> None:
    terminal.lose_next_answer()
    assert ended(url, ines, refund(ines))["state"] == "done"
    assert terminal.repaid() == [12_900]


def test_a_refund_unknown_to_the_terminal_can_be_tried_again(
    url: str, ines: HttpClient, sold: dict[str, Any], terminal: InProcessTerminal, store: Store
) -> None:
    terminal.silent = True
    with read_stream(ines, "/api/v1/floor/stream") as floor:
        floor.named("Floor")
        begun = refund(ines)
        floor.wait(lambda n, b: n == "MoneyMoved" and b["state"] == "unsure")
    terminal.silent = False
    assert ended(url, ines, begun)["state"] == "refused"
    assert here(store) == 3, "still sold"
    assert ended(url, ines, refund(ines))["state"] == "done"
    assert terminal.repaid() == [12_900]


def test_without_replies_of_the_terminal_an_associate_settles_the_refund(
    url: str, ines: HttpClient, sold: dict[str, Any], terminal: InProcessTerminal, store: Store
) -> None:
    terminal.silent = True
    parked = ended(url, ines, refund(ines))
    assert parked["state"] == "parked"
    assert store.health().payments_parked == 1
    (waits,) = ines.ask("GET", "/api/v1/money")[1]["money"]
    assert (waits["refund"], waits["parked"], waits["lines"][0]["piece"]) == (True, True, SHIRT[0])
    status, left = ines.ask(
        "POST", f"/api/v1/money/{parked['key']}/settle", {"answer": "paid-back", "reference": "slip 7"}
    )
    assert (status, left) == (200, {"money": [], "closed": None})
    assert here(store) == 4
    assert ines.ask("POST", f"/api/v1/money/{parked['key']}/settle", {"answer": "paid-back"})[0] == 409


def test_the_terminals_result_overrides_an_associates(
    url: str, ines: HttpClient, sold: dict[str, Any], terminal: InProcessTerminal, store: Store
) -> None:
    terminal.lose_next_answer()
    terminal.silent = True
    parked = ended(url, ines, refund(ines))
    terminal.silent = False
    ines.ask("POST", f"/api/v1/money/{parked['key']}/settle", {"answer": "paid-back"})
    assert ines.ask("GET", f"/api/v1/refunds/{parked['key']}")[1]["state"] == "refused", "it never arrived"
    assert here(store) == 3


def paid_order(store: Store, reference: str) -> Order:
    """A paid order of one shirt with that acquirer's number."""
    order = store.service.price_order(RoomId("1"), PriceOrder(TICKET, OrderId("o1"), (SHIRT,), None))
    attempt = Attempt("KEY0000001", order.order_id, PaymentMeans.TERMINAL, order.total, changed_us=1)
    store.payments.book.put_key(attempt, 1)
    store.payments.settlement.write_paid(attempt_after(attempt, Approved(2, reference)))
    return order


def test_a_payment_without_the_terminals_number_is_paid_back_at_the_till(store: Store) -> None:
    paid_order(store, "")
    with pytest.raises(RefusedError, match="till"):
        store.service.desk.refunds.begin(OrderId("o1"), SHIRT[0], INES)


def test_a_refund_is_never_more_than_was_paid_even_if_the_order_is_wrong(store: Store) -> None:
    order = paid_order(store, "SIM1")
    dear = replace(order.lines[0], amount=replace(order.total, minor=order.total.minor + 1))
    store.payments.book.put_order(replace(order, lines=(dear,)), 3)
    with pytest.raises(RefusedError, match="more"):
        store.service.desk.refunds.begin(OrderId("o1"), SHIRT[0], INES)


def test_a_power_cut_between_paying_back_and_the_shelf_is_mended_at_the_next_start(
    tmp_path: Path, clock: ManualClock, terminal: InProcessTerminal
) -> None:
    settings = settings_in(tmp_path / "cut")
    with sample_store(settings, clock, terminal) as store:
        paid_order(store, "SIM1")
        begun = replace(refund_of(store), state=RefundState.DONE, reference="SIM1-R1")
        store.payments.refunds._refunds.put(begun)
    with sample_store(replace(settings, feeds=None), clock, terminal) as store:
        assert store.resources.catalogue.sold([SHIRT[0]]) == {SHIRT[0]}
        for _ in range(2):
            store.payments.resume()
        assert (store.resources.catalogue.sold([SHIRT[0]]), here(store)) == (frozenset(), 4)


def refund_of(store: Store) -> Refund:
    piece = store.service.desk.refunds.find(SHIRT[0])[0]
    refund = Refund(
        "REFUND0001", piece.order_id, piece.piece, piece.article, piece.paid, "a-ines", changed_us=3
    )
    store.payments.refunds._refunds.put(refund)
    return refund
