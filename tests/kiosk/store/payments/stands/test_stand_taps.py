"""A tap at a stand buys its garment: once, only with consent, only within the limit, only while there is stock."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.clock import Clocks
from kiosk.core.domain.ids import ArticleId, RoomId, Ticket
from kiosk.core.domain.payment import is_own_id
from kiosk.core.domain.sales.stand import is_stand
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.core.visit.events import CardTapped
from kiosk.store.lifecycle import Store
from kiosk.store.payments.stands.earlier_taps import EarlierTaps
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient, mirror, read_stream
from tests.kiosk.store.payments.payment_steps import CLARA
from tests.kiosk.store.payments.stands.conftest import COAT, Tap, sent, tap_at
from tests.kiosk.store.payments.stands.sales_rigs import SalesRig
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, sample_store, served
from tests.kiosk.store.shop_cards import link
from tests.optional_values import present

HENRIK = "04A1B2C3D4E502"
MAX_QUESTIONS = 4000


def state(stand: HttpClient, purchase: dict[str, Any]) -> dict[str, Any]:
    """The purchase as the reader reads it now."""
    status, answer = stand.ask("GET", f"/api/v1/stands/coat/orders/{purchase['order_id']}")
    assert status == 200, answer
    found: dict[str, Any] = answer["purchase"]
    return found


def paid(stand: HttpClient, purchase: dict[str, Any]) -> dict[str, Any]:
    """The purchase once it is paid; each question takes some milliseconds."""
    for _ in range(MAX_QUESTIONS):
        found = state(stand, purchase)
        if found["sign"] == "paid":
            return found
    raise AssertionError(found)


def seen(stand: HttpClient, purchase: dict[str, Any]) -> int:
    """The reader has shown that it is paid."""
    return stand.ask("PUT", f"/api/v1/stands/coat/orders/{purchase['order_id']}/seen")[0]


def test_a_tap_buys_the_garment_of_the_stand(
    stand: HttpClient, tap: Tap, ines: HttpClient, store: Store, terminal: InProcessTerminal
) -> None:
    before = present(store.service.catalogue.garment(COAT)).stock_of(COAT)
    with read_stream(ines, "/api/v1/floor/stream") as floor:
        floor.named("Floor")
        bought = tap()
        assert bought["sign"] in ("accepted", "paid")
        task = floor.wait(lambda name, body: name == "BagTask" and body["order_id"] == bought["order_id"])
    assert task["room"] == "coat"
    assert [line["article"] for line in task["lines"]] == [COAT]
    paid(stand, bought)
    assert terminal.collected() == [1]
    store.payments.finish_pending()
    now = present(store.service.catalogue.garment(COAT)).stock_of(COAT)
    assert present(before)[1].here - present(now)[1].here == 1
    assert ines.ask("POST", f"/api/v1/bags/{bought['order_id']}/done")[0] == 204


def test_a_double_tap_is_charged_once(
    stand: HttpClient, tap: Tap, terminal: InProcessTerminal, clock: ManualClock
) -> None:
    first = tap()
    again = tap()
    assert (again["order_id"], again["repeated"]) == (first["order_id"], True)
    paid(stand, first)
    clock.pass_s(3600)
    assert tap()["order_id"] == first["order_id"], "nobody has seen that it is paid"
    assert seen(stand, first) == 204
    assert tap()["order_id"] == first["order_id"], "its result is an hour old, and was seen only now"
    assert terminal.collected() == [1]


def test_after_the_time_of_repetition_a_tap_buys_another_piece(
    stand: HttpClient, tap: Tap, terminal: InProcessTerminal, clock: ManualClock
) -> None:
    first = paid(stand, tap())
    seen(stand, first)
    assert tap()["order_id"] == first["order_id"]
    clock.pass_s(16)
    second = tap()
    assert second["order_id"] != first["order_id"]
    paid(stand, second)
    assert terminal.collected() == [1, 1]


class _FindsNothing(EarlierTaps):
    """The planted fault: the ledger is not asked for earlier purchases."""

    def find(self, stand: RoomId, article: ArticleId, uid_mac: str, repeat_us: int) -> None:
        del stand, article, uid_mac, repeat_us


@pytest.mark.parametrize(("kind", "orders"), [(EarlierTaps, 1), (_FindsNothing, 2)])
def test_a_double_tap_without_the_look_into_the_ledger_would_be_charged_twice(
    store: Store, clock: ManualClock, settings: StoreSettings, kind: type[EarlierTaps], orders: int
) -> None:
    rig = SalesRig(store, settings, Clocks(clock, clock), earlier=kind)
    assert len({rig.tap().order_id, rig.tap().order_id}) == orders


def test_a_double_tap_over_a_restart_of_the_store_is_charged_once(
    settings: StoreSettings, clock: ManualClock, terminal: InProcessTerminal
) -> None:
    found = []
    for counter in (1, 2):
        with (
            sample_store(settings, clock, terminal) as store,
            served(store) as url,
            mirror(url, settings.state, "coat") as stand,
        ):
            bought = tap_at(stand, counter)()
            found.append(paid(stand, bought)["order_id"])
    assert found[0] == found[1]
    assert terminal.collected() == [1]


def test_a_tap_sent_again_after_a_lost_reply_buys_once(
    stand: HttpClient, tap: Tap, terminal: InProcessTerminal
) -> None:
    first = tap(tap_id="tap-lost-reply")
    assert first["order_id"] == "stand-tap-lost-reply"
    paid(stand, first)
    seen(stand, first)
    assert tap(tap_id="tap-lost-reply")["order_id"] == first["order_id"]
    assert terminal.collected() == [1]


@pytest.mark.parametrize(
    ("tap_id", "status"),
    [
        ("x" * 8, 200), ("x" * 19, 200), ("A-z_09" * 3, 200), ("x" * 7, 409), ("x" * 20, 409), ("x" * 64, 409),
        ("", 409), ("../../etc", 409), ("tap.00000001", 409), ("tap-00000001\n", 409), ("тап-тап-тап", 409),
    ],
)  # fmt: skip
def test_the_id_of_a_tap_is_the_number_of_a_piece_too(
    stand: HttpClient, terminal: InProcessTerminal, tap_id: str, status: int
) -> None:
    body = IdentifyShopper(Ticket(tap_id), CardTapped(1, "ntag424", CLARA, link(CLARA, 1)))
    answered, answer = sent(stand, body)
    assert answered == status, answer
    if status == 200:
        paid(stand, answer["purchase"])
    assert len(terminal.collected()) == (status == 200)


def test_who_has_not_agreed_or_is_not_known_is_refused_and_nothing_is_charged(
    tap: Tap, ines: HttpClient, terminal: InProcessTerminal, store: Store
) -> None:
    assert tap(HENRIK)["why"] == "not-agreed"
    assert tap("04A1B2C3D4E599")["why"] == "unknown-card"
    notices = ines.ask("GET", "/api/v1/floor")[1]["stands"]
    assert [(n["stand"], n["title"], n["why"]) for n in notices] == [("coat", "Coats", "unknown-card")]
    assert terminal.collected() == []
    assert ines.ask("POST", "/api/v1/stand-notices/coat/seen")[0] == 204
    assert ines.ask("GET", "/api/v1/floor")[1]["stands"] == []
    assert ines.ask("POST", "/api/v1/stand-notices/coat/seen")[0] == 404


def test_a_card_over_its_limit_is_refused_with_a_word_for_the_associate(
    tap: Tap, ines: HttpClient, terminal: InProcessTerminal, store: Store
) -> None:
    book = store.service.customers.book
    book.set_limit(present(book.card(CLARA)).short, 10_000)
    refused = tap()
    assert (refused["sign"], refused["why"]) == ("refused", "over-limit")
    assert [n["why"] for n in ines.ask("GET", "/api/v1/floor")[1]["stands"]] == ["over-limit"]
    assert terminal.collected() == []
    assert ines.ask("GET", "/api/v1/floor")[1]["bags"] == []


def test_a_notice_that_was_confirmed_does_not_come_back_while_the_reader_waits(
    stand: HttpClient, tap: Tap, ines: HttpClient, terminal: InProcessTerminal
) -> None:
    terminal.silent = True
    first = tap()
    assert any(state(stand, first)["sign"] == "unsure" for _ in range(MAX_QUESTIONS))
    assert ines.ask("POST", "/api/v1/stand-notices/coat/seen")[0] == 204
    assert state(stand, first)["sign"] == "unsure"
    assert ines.ask("GET", "/api/v1/floor")[1]["stands"] == []
    tap()  # she taps again: somebody is to come
    assert [n["why"] for n in ines.ask("GET", "/api/v1/floor")[1]["stands"]] == ["unsure"]


def test_the_last_piece_is_sold_once(
    store: Store, stand: HttpClient, tap: Tap, terminal: InProcessTerminal, clock: ManualClock
) -> None:
    signs = []
    for _ in range(5):  # four in stock
        purchase = tap()
        signs.append(purchase["why"] or "bought")
        if purchase["order_id"]:
            seen(stand, paid(stand, purchase))
        clock.pass_s(60)
    assert signs == [*["bought"] * 4, "sold-out"]
    assert len(terminal.collected()) == 4


def test_a_stand_may_do_nothing_else_and_a_mirror_may_not_buy_at_a_stand(
    stand: HttpClient, room: HttpClient, ines: HttpClient
) -> None:
    assert stand.ask("GET", "/api/v1/rooms/coat/stream")[0] == 403
    assert stand.ask("GET", "/api/v1/rooms/1/stream")[0] == 403
    assert room.ask("GET", "/api/v1/stands/coat/orders/stand-00000000")[0] == 403
    assert room.ask("GET", "/api/v1/stands/1/orders/stand-00000000")[0] == 403
    assert HttpClient(stand.url).ask("GET", "/api/v1/stands/coat/orders/stand-00000000")[0] == 401
    assert ines.ask("GET", "/api/v1/stands/coat/orders/stand-00000000")[0] == 401


def test_an_order_of_a_stand_is_none_of_the_ids_that_a_mirror_may_use() -> None:
    assert is_stand("stand-12345678")
    assert is_own_id("stand-12345678")
    assert not is_stand("stand-1.abc.1")
