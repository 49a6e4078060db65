"""Parcels of paid orders: listed, moved by associates, and what a missed day has for consequence, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.core.domain.promise.parcels import ParcelMove, ParcelState
from kiosk.core.domain.promise.values import DeliveryWay
from kiosk.store.db.table_groups.parcels import PARCEL_ADDRESS
from kiosk.store.lifecycle import Store
from kiosk.store.payments.promises.address_rows import AddressRows, delete_addresses_before
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, associate
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, refund
from tests.kiosk.store.payments.promises.delivery_shop import SEND, delivering, pay, price
from tests.kiosk.store.sample_shop import PIN, InProcessTerminal, ManualClock, build
from tests.optional_values import present

DAY_S = 86_400
KEEP = (COAT[0], DeliveryWay.COLLECT)


@pytest.fixture
def settings(tmp_path: Any) -> StoreSettings:
    return delivering(tmp_path)


@pytest.fixture
def paid(
    room: HttpClient,
    stream: EventStreamReader,
    terminal: InProcessTerminal,
    store: Store,
    prove: Callable[[], None],
) -> None:
    """A member has paid for a shirt that is sent and a coat that is kept."""
    prove()
    price(room, (*SEND, KEEP))
    pay(room, stream, terminal)
    store.payments.finish_pending()


def listed(ines: HttpClient) -> list[dict[str, Any]]:
    status, found = ines.ask("GET", "/api/v1/parcels")
    assert status == 200
    return list(found)


def move(ines: HttpClient, key: str, verb: str) -> tuple[int, Any]:
    return ines.ask("POST", f"/api/v1/parcels/{key.replace('#', '%23')}/{verb}")


def returned(store: Store) -> None:
    """Waits until the terminal has paid something of the order back."""
    for _ in range(500):
        if store.payments.refunds.refunded(OrderId("o1")):
            return
        store.payments.refunds.worker.pause(0.02)
    raise AssertionError("nothing was paid back")


@pytest.mark.usefixtures("paid")
def test_parcels_are_listed_by_their_day_and_moved_once(ines: HttpClient) -> None:
    kept, sent = listed(ines)
    assert [one["promise"]["way"] for one in (kept, sent)] == ["collect", "send"]
    assert [[line["piece"] for line in one["lines"]] for one in (kept, sent)] == [[COAT[0]], [SHIRT[0]]]
    key = sent["parcel"]["key"]
    assert move(ines, key, "ship")[1]["state"] == "shipped"
    assert move(ines, key, "ship")[1] == listed(ines)[1]["parcel"]
    assert move(ines, kept["parcel"]["key"], "ship")[0] == 409, "what is kept is not sent"
    assert move(ines, kept["parcel"]["key"], "hand-over")[1]["state"] == "done"
    assert [one["parcel"]["key"] for one in listed(ines)] == [key]
    assert move(ines, key, "hand-over")[1]["state"] == "done"
    assert move(ines, key, "ship")[0] == 409
    assert listed(ines) == []
    assert move(ines, "o1#p9", "ship")[0] == 404


@pytest.mark.usefixtures("paid")
def test_a_missed_day_pays_the_fee_back_once(
    url: str, ines: HttpClient, store: Store, clock: ManualClock, terminal: InProcessTerminal
) -> None:
    store.payments.parcels.sweep()
    assert [one["late"] for one in listed(ines)] == [False, False]
    clock.pass_s(10 * DAY_S)
    for _ in range(3):
        store.payments.parcels.sweep()
        returned(store)
    with associate(url, "a-ines", PIN) as later:  # her session is over by now
        sent = next(one for one in listed(later) if one["promise"]["way"] == "send")
        by_hand = refund(later, sent["promise"]["fee_piece"])[1]
    assert sent["late"]
    assert sent["parcel"]["missed_us"]
    refunds = store.payments.refunds._refunds.of_order(OrderId("o1"))
    assert [(one.amount.minor, one.by) for one in refunds] == [(200, "missed-promise")]
    assert sent["parcel"]["credit"] == refunds[0].key
    assert by_hand["key"] == refunds[0].key, "by hand nothing more of it is paid back"
    assert sum(terminal.repaid()) == 200


@pytest.mark.usefixtures("paid")
def test_what_was_delivered_in_time_is_not_missed(ines: HttpClient, store: Store, clock: ManualClock) -> None:
    sent = next(one for one in listed(ines) if one["promise"]["way"] == "send")
    move(ines, sent["parcel"]["key"], "hand-over")
    clock.pass_s(10 * DAY_S)
    store.payments.parcels.sweep()
    assert store.payments.refunds._refunds.of_order(OrderId("o1")) == ()
    # planted: the same parcel, still open
    book = store.payments.parcels._book
    book.put(replace(present(book.parcel(sent["parcel"]["key"])), state=ParcelState.OPEN))
    store.payments.parcels.sweep()
    assert len(store.payments.refunds._refunds.of_order(OrderId("o1"))) == 1


def test_a_guest_who_was_told_a_first_day_has_no_day_to_miss(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, store: Store, clock: ManualClock
) -> None:
    price(room)
    pay(room, stream, terminal)
    clock.pass_s(30 * DAY_S)
    store.payments.parcels.sweep()
    assert store.payments.refunds._refunds.of_order(OrderId("o1")) == ()


@pytest.mark.usefixtures("paid")
def test_parcels_are_there_after_a_restart(store: Store, settings: StoreSettings, clock: ManualClock) -> None:
    before = store.payments.parcels.listed()
    store.close()
    with build(settings, clock, {"till": InProcessTerminal()}) as again:
        assert again.payments.parcels.listed() == before


@pytest.mark.usefixtures("paid")
def test_what_is_paid_back_leaves_the_list(ines: HttpClient, store: Store) -> None:
    refund(ines, SHIRT[0])
    returned(store)
    assert [one["promise"]["way"] for one in listed(ines)] == ["collect"]


ADDRESS = ["Clara Berg", "Rue de l'Été 7, 3ᵉ étage", "75003 Paris"]


def address_of(ines: HttpClient, key: str, lines: list[str]) -> int:
    return ines.ask("PUT", f"/api/v1/parcels/{key.replace('#', '%23')}/address", {"lines": lines})[0]


@pytest.mark.usefixtures("paid")
def test_an_address_is_encrypted_listed_and_erased_when_the_parcel_is_handed_over(
    ines: HttpClient, store: Store, settings: StoreSettings, caplog: pytest.LogCaptureFixture
) -> None:
    kept, sent = (one["parcel"]["key"] for one in listed(ines))
    assert address_of(ines, sent, [f" {ADDRESS[0]} ", "", *ADDRESS[1:]]) == 204
    assert [one["address"] for one in listed(ines)] == [[], ADDRESS]
    with store.resources.database.reading() as connection:
        (row,) = connection.execute(select(PARCEL_ADDRESS)).all()
    assert b"Clara" not in bytes(row.sealed)
    assert AddressRows(store.resources.database, b"another key").all() == {}
    assert "Clara" not in caplog.text
    assert not any(b"Clara Berg" in file.read_bytes() for file in settings.state.rglob("*") if file.is_file())
    assert address_of(ines, kept, ADDRESS) == 409, "what is kept needs none"
    assert address_of(ines, "o1#p9", ADDRESS) == 404
    move(ines, sent, "hand-over")
    with store.resources.database.reading() as connection:
        assert connection.execute(select(PARCEL_ADDRESS)).all() == []
    assert address_of(ines, sent, ADDRESS) == 409


def addresses(store: Store) -> tuple[str, ...]:
    return store.payments.parcels._addresses.parcels()


@pytest.mark.usefixtures("paid")
def test_the_address_of_a_parcel_that_is_paid_back_is_erased(ines: HttpClient, store: Store) -> None:
    sent = listed(ines)[1]["parcel"]["key"]
    address_of(ines, sent, ADDRESS)
    store.payments.parcels.sweep()
    assert addresses(store) == (sent,), "it is still to be sent"
    refund(ines, SHIRT[0])
    returned(store)
    store.payments.parcels.sweep()
    assert addresses(store) == ()
    assert address_of(ines, sent, ADDRESS) == 409
    assert addresses(store) == ()


@pytest.mark.usefixtures("paid")
def test_an_address_outlives_neither_a_power_cut_nor_a_hand_over_at_the_same_moment(
    ines: HttpClient, store: Store
) -> None:
    sent = listed(ines)[1]["parcel"]["key"]
    desk = store.payments.parcels
    address_of(ines, sent, ADDRESS)
    desk._move(
        Associate(AssociateId("a-ines"), "", ()), sent, ParcelMove.HAND_OVER
    )  # and then the power is cut
    assert addresses(store) == (sent,)
    desk.sweep()
    assert addresses(store) == ()


@pytest.mark.usefixtures("paid")
def test_an_address_stays_where_the_hand_over_cannot_be_written(ines: HttpClient, store: Store) -> None:
    _, sent = (one["parcel"]["key"] for one in listed(ines))
    address_of(ines, sent, ADDRESS)
    store.payments.book.ledger.close()
    assert move(ines, sent, "hand-over")[0] != 200
    assert addresses(store) == (sent,)


@pytest.mark.usefixtures("paid")
@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["one line"], 409), (["", "  ", "x"], 409), (["a"] * 8, 422), (["a", "b" * 81], 422),
        (["a\u202eb", "c"], 409), (["a\x00b", "c"], 422), (["a", "\u200b"], 409), ([], 422),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(ines: HttpClient, lines: list[str], status: int) -> None:
    sent = listed(ines)[1]["parcel"]["key"]
    assert address_of(ines, sent, lines) == status
    assert listed(ines)[1]["address"] == []


@pytest.mark.usefixtures("paid")
def test_old_addresses_are_erased(ines: HttpClient, store: Store, clock: ManualClock) -> None:
    sent = listed(ines)[1]["parcel"]["key"]
    address_of(ines, sent, ADDRESS)
    delete_addresses_before(store.resources.database, clock.now_us)
    assert listed(ines)[1]["address"] == ADDRESS
    delete_addresses_before(store.resources.database, clock.now_us + 1)
    assert listed(ines)[1]["address"] == []
