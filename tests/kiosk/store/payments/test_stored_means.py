"""Stored means: charged only after a fresh proof, only if chosen, only up to the card's daily limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.visit.effects import CollectPayment, IdentifyShopper, PriceOrder, ReportVisit
from kiosk.core.visit.events import CardTapped
from kiosk.store.customers.card_book import StoredCard
from kiosk.store.lifecycle import Store
from kiosk.store.payments.spending_limit import SpendingLimit
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import CLARA, SHIRT, TICKET, collect, ends, price
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, piece_of, sample_store, settings_in
from tests.kiosk.store.shop_cards import key_file, link
from tests.optional_values import present


def test_a_proved_member_who_chooses_the_terminal_is_asked_for_a_card(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, prove: Callable[[], None]
) -> None:
    prove()
    price(room)
    assert collect(room)[1]["state"] == "keyed"
    ends(stream, "sent")
    assert terminal.collected() == [0]
    terminal.tap()
    assert ends(stream, "paid")["receipt"]["paid_with"] == "terminal"


def test_a_proved_member_pays_with_the_stored_means_without_a_tap(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, prove: Callable[[], None]
) -> None:
    prove()
    price(room)
    collect(room, means=PaymentMeans.STORED)
    assert ends(stream, "paid")["receipt"]["paid_with"] == "stored"
    assert terminal.collected() == [1]


def test_a_card_proof_expires(room: HttpClient, clock: ManualClock, prove: Callable[[], None]) -> None:
    prove()
    price(room)
    clock.pass_s(301)
    assert collect(room, means=PaymentMeans.STORED)[1]["why"] == "not-proved"


def test_a_proof_is_of_one_visit_only(room: HttpClient, prove: Callable[[], None]) -> None:
    prove()
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=False, at_us=1))
    room.of_room("PUT", "/visit", ReportVisit(Ticket("visit-2"), began=True, at_us=2))
    price(room, ticket=Ticket("visit-2"))
    assert collect(room, means=PaymentMeans.STORED)[1]["code"] == "visit-over"
    wish = CollectPayment(Ticket("visit-2"), OrderId("o1"), PaymentMeans.STORED, 1)
    assert room.of_room("PUT", "/orders/o1/payment", wish)[1]["why"] == "not-proved"


def test_a_ring_laid_twice_and_a_wish_sent_twice_pay_once(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, prove: Callable[[], None]
) -> None:
    prove()
    price(room)
    for attempt in (1, 1, 2, 3):
        collect(room, means=PaymentMeans.STORED, attempt=attempt)
    room.of_room(
        "POST", "/identify", IdentifyShopper(TICKET, CardTapped(2, "ntag424", CLARA, link(CLARA, 6)))
    )
    assert ends(stream, "paid")["receipt"]["number"] == "000001"
    assert collect(room, means=PaymentMeans.STORED, attempt=4)[1]["state"] == "paid"
    assert terminal.collected() == [1]


def pay(room: HttpClient, stream: EventStreamReader, piece: tuple[PieceId, ArticleId], order: str) -> str:
    """Pays one piece with the ring; the final state, or the reason if it was declined."""
    price(room, order=order, pieces=(piece,))
    told = collect(room, order=order, means=PaymentMeans.STORED)[1]
    if told["state"] == "declined":
        return told["why"]
    return stream.wait(lambda n, b: n == "PaymentMoved" and b["order_id"] == order and b["state"] == "paid")[
        "state"
    ]


SHIRTS = [(piece_of("S1", "WHI", "M", n), SHIRT[1]) for n in range(1, 9)]


@pytest.fixture
def ring(store: Store) -> StoredCard:
    """Clara's ring may pay two shirts a day."""
    book = store.service.customers.book
    return book.set_limit(present(book.card(CLARA)).short, 2 * 12_900)


def test_a_ring_pays_no_more_in_a_day_than_its_limit(
    room: HttpClient,
    stream: EventStreamReader,
    terminal: InProcessTerminal,
    prove: Callable[[], None],
    ring: StoredCard,
    clock: ManualClock,
) -> None:
    prove()
    said = [pay(room, stream, piece, f"o{n}") for n, piece in enumerate(SHIRTS[:4])]
    assert said == ["paid", "paid", "over-limit", "over-limit"]
    assert terminal.collected() == [1, 1], "above the limit nothing is sent"
    price(room, order="card", pieces=(SHIRTS[2],))
    collect(room, order="card")
    terminal.tap()
    stream.wait(lambda n, b: n == "PaymentMoved" and b["order_id"] == "card" and b["state"] == "paid")
    clock.pass_s(24 * 3600)
    room.of_room(
        "POST", "/identify", IdentifyShopper(TICKET, CardTapped(2, "ntag424", CLARA, link(CLARA, 6)))
    )
    assert pay(room, stream, SHIRTS[4], "next day") == "paid"


def test_the_shops_limit_holds_for_every_card_without_its_own(tmp_path: Path, clock: ManualClock) -> None:
    settings = settings_in(tmp_path / "limited", keys=key_file(tmp_path), day_limit_minor=12_900)
    with sample_store(settings, clock) as store:
        spending_limit, book = store.service.spending_limit, store.service.customers.book
        card = present(book.card(CLARA)).uid_mac
        assert spending_limit.refusal(card, Money(12_900, "EUR")) == ""
        assert spending_limit.refusal(card, Money(12_901, "EUR")) == "over-limit"
        book.set_limit(card, 0)
        assert spending_limit.refusal(card, Money(1, "EUR")) == "over-limit"
        book.set_limit(card, None)
        book.block(card, blocked=True)
        assert spending_limit.refusal(card, Money(1, "EUR")) == "not-proved", (
            "blocked while the visit went on"
        )
        assert spending_limit.refusal("", Money(1, "EUR")) == "not-proved"


def test_declined_payments_do_not_count_against_the_limit_and_unknown_ones_do(
    store: Store, clock: ManualClock, ring: StoredCard
) -> None:
    order = store.service.price_order(RoomId("1"), PriceOrder(TICKET, OrderId("o1"), (SHIRT,), None))
    card_day_hash = store.service.spending_limit.day_hash_of(ring.uid_mac)
    for number, state in enumerate(PaymentState, 1):
        attempt = Attempt(f"KEY000000{number}", order.order_id, PaymentMeans.STORED, order.total)
        store.payments.book.put_key(attempt, number, card_day_hash=card_day_hash)
        if state is not attempt.state:
            store.payments.book.put_attempt(replace(attempt, state=state))
    counted = [state for state in PaymentState if not state.is_unpaid]
    assert store.service.spending_limit.spent(ring.uid_mac) == 12_900 * len(counted) == 12_900 * 6
    assert (
        store.service.spending_limit.spent(
            present(store.service.customers.book.card("04A1B2C3D4E502")).uid_mac
        )
        == 0
    )


def test_the_journal_leads_from_no_order_to_a_card_or_a_shopper(
    room: HttpClient, stream: EventStreamReader, prove: Callable[[], None], ring: StoredCard, store: Store
) -> None:
    prove()
    assert pay(room, stream, SHIRT, "o1") == "paid"
    ledger = store.payments.book.ledger
    told = "".join(str(row) for row in ledger.entries(1, ledger.head.seq))
    for secret in (CLARA, ring.uid_mac, ring.short, "'s1'", '"s1"', "Clara"):
        assert secret not in told
    assert store.service.spending_limit.day_hash_of(ring.uid_mac) in told


def test_a_feed_leaves_the_limit_of_a_card_as_it_is(
    store: Store, settings: StoreSettings, ring: StoredCard, clock: ManualClock
) -> None:
    store.resources.import_feed(present(settings.feeds), clock())
    assert present(store.service.customers.book.card(CLARA)).limit_minor == 25_800


class Forgetful(SpendingLimit):
    """Planted fault: a limit that counts nothing as spent."""

    def spent(self, uid_mac: str) -> int:  # noqa: ARG002  # that it does not look is the fault
        return 0


def test_planted_fault_a_limit_that_loses_the_spent_amount_is_caught(
    room: HttpClient, stream: EventStreamReader, prove: Callable[[], None], ring: StoredCard, store: Store
) -> None:
    forgetful = Forgetful(store.service.customers.book, store.payments.book, None, "UTC", store.clock)
    prove()
    assert [pay(room, stream, piece, f"o{n}") for n, piece in enumerate(SHIRTS[:2])] == ["paid", "paid"]
    cent = Money(1, "EUR")
    said = [
        spending_limit.refusal(ring.uid_mac, cent)
        for spending_limit in (store.service.spending_limit, forgetful)
    ]
    assert said == ["over-limit", ""]
