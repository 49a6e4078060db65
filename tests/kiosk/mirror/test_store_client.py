"""What the mirror's client sends for each effect, and how it tells a store that is away from one that refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kiosk.core.domain.payment import PaymentState
from kiosk.core.exchanges import EXCHANGES
from kiosk.core.visit.effects import CancelPayment, Effect, ReportVisit, TogglePiece
from kiosk.core.visit.events import PaymentChanged
from kiosk.core.wire import to_json
from kiosk.mirror.store_client import PICTURE_TRIES, StoreClient, StoreRefusedError, StoreUnreachableError
from tests.kiosk.core.test_exchanges import EFFECTS, REQUEST, T
from tests.kiosk.mirror.loopback_store import LoopbackStore

ROOM = "/api/v1/rooms/room%201"
PATHS = {
    "ReportVisit": ("PUT", "/visit"),
    "FindLooks": ("POST", "/looks"),
    "AdviseSize": ("POST", "/size"),
    "SaveFitFeedback": ("PUT", "/feels"),
    "IdentifyShopper": ("POST", "/identify"),
    "TogglePiece": ("POST", "/pieces"),
    "SendRequest": ("PUT", "/requests/t1.r1"),
    "WithdrawRequest": ("POST", "/requests/t1.r1/withdraw"),
    "ReportBasket": ("PUT", "/basket"),
    "PutAside": ("PUT", "/asides/t1.a1"),
    "TakeBackAside": ("DELETE", "/asides/t1.a1"),
    "FindDelivery": ("POST", "/delivery"),
    "PriceOrder": ("PUT", "/orders/t1.o1"),
    "CollectPayment": ("PUT", "/orders/t1.o1/payment"),
    "CancelPayment": ("DELETE", "/orders/t1.o1/payment"),
    "PrintReceipt": ("PUT", "/orders/t1.o1/print"),
    "ReportMessage": ("PUT", "/messages/m1"),
    "RecordItemEvent": ("POST", "/notes"),
}
WITHOUT_BODY = ("WithdrawRequest", "CancelPayment", "TakeBackAside")


@pytest.fixture
def client(store: LoopbackStore) -> Iterator[StoreClient]:
    one = StoreClient(store.url, "room 1", "token")
    yield one
    one.close()


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda e: type(e).__name__)
def test_each_effect_is_sent_by_its_method_path_and_body(
    store: LoopbackStore, client: StoreClient, effect: Effect
) -> None:
    store.replies.clear()
    name = type(effect).__name__
    method, path = PATHS[name]
    with pytest.raises(StoreRefusedError):
        client.ask(effect)
    sent = REQUEST if name == "SendRequest" else effect
    body = None if name in WITHOUT_BODY else to_json(sent)
    assert store.heard == [(method, ROOM + path, body)]


def test_an_answer_is_read_as_the_type_of_its_exchange(store: LoopbackStore, client: StoreClient) -> None:
    cancel = next(effect for effect in EFFECTS if isinstance(effect, CancelPayment))
    changed = PaymentChanged(1, T, cancel.order_id, PaymentState.ABANDONED)
    store.replies[("DELETE", "/payment")] = lambda _: (202, to_json(changed))
    store.replies[("PUT", "/visit")] = lambda _: (204, None)
    assert client.ask(cancel) == changed
    assert client.ask(EFFECTS[0]) is None
    assert {CancelPayment, type(EFFECTS[0])} <= set(EXCHANGES)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 503])
def test_a_passing_fault_is_a_store_that_is_away(
    store: LoopbackStore, client: StoreClient, status: int
) -> None:
    store.replies[("PUT", "/visit")] = lambda _: (status, {})
    with pytest.raises(StoreUnreachableError):
        client.ask(ReportVisit(T, began=True, at_us=1))


@pytest.mark.parametrize("body", [{}, {"ours": "yes"}, [], None])
def test_an_answer_of_the_wrong_shape_is_a_refusal(
    store: LoopbackStore, client: StoreClient, body: Any
) -> None:
    store.replies[("POST", "/pieces")] = lambda _: (200, body)
    toggle = next(e for e in EFFECTS if isinstance(e, TogglePiece))
    with pytest.raises(StoreRefusedError, match="cannot be read"):
        client.ask(toggle)


def test_a_shop_description_that_is_no_object_counts_as_no_answer(
    store: LoopbackStore, client: StoreClient
) -> None:
    store.replies[("GET", "/shop")] = lambda _: (200, ["name"])
    with pytest.raises(StoreUnreachableError, match="not an object"):
        client.shop()


def test_a_missing_picture_and_a_store_that_is_away_give_none(
    store: LoopbackStore, client: StoreClient
) -> None:
    assert client.picture("S1-WHI.webp", 400) is None
    assert store.heard[-1][:2] == ("GET", "/api/v1/pictures/S1-WHI.webp?h=400")
    store.close()
    assert client.picture("S1-WHI.webp", 400) is None
    with pytest.raises(StoreUnreachableError):
        client.stream()


def test_a_picture_that_is_not_ready_is_asked_for_again_a_few_times(
    store: LoopbackStore, client: StoreClient
) -> None:
    answers = [503, 503, 200]
    store.replies[("GET", "/a.webp?h=400")] = lambda _: (answers.pop(0), "the picture")
    store.replies[("GET", "/b.webp?h=400")] = lambda _: (503, None)
    assert client.picture("a.webp", 400) == b'"the picture"'
    assert client.picture("b.webp", 400) is None
    assert len(store.heard) == 3 + PICTURE_TRIES
    client.close()
    assert client.picture("b.webp", 400) is None
    assert len(store.heard) == 3 + PICTURE_TRIES + 1, "a mirror that ends asks no further"
