"""No card number is kept or sent: terminals of Stripe and Adyen whose replies are full of them, and typed slips."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from kiosk.connectors.payments.doubles.adyen.rehearsal import Rehearsal
from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from tests.faults.card_numbers.leaking_providers import (
    PAN,
    SPACED,
    LeakingAdyenTerminal,
    LeakingStripe,
    leaked,
    leaked_payment,
)
from tests.faults.card_numbers.search import NUMBERS, TRACK_END, found_in, found_in_files
from tests.faults.test_card_numbers import LISTEN, visit
from tests.kiosk.connectors.payments.doubles.stripe_loop import place_in
from tests.kiosk.store.http_clients import associate, mirror, read_stream
from tests.kiosk.store.payments.payment_steps import SHIRT, ends
from tests.kiosk.store.sample_shop import PIN
from tests.kiosk.store.store_process import StoreProcess

pytestmark = [pytest.mark.full, pytest.mark.timeout(600)]
SERIALS = count(324_600_001)


class Hand:
    """The keys of a terminal in the store's configuration, and the hand that lays cards on it."""

    def __init__(self, keys: dict[str, str], double: Any, *, stripe: bool) -> None:
        self.keys, self._double, self._stripe = keys, double, stripe

    def tap(self, good: bool) -> bool:
        Event().wait(0.02)
        if self._stripe:
            return bool(self._double.tap("visa" if good else "declined"))
        return bool(self._double.tap(good=good))


@contextmanager
def leaking(provider: str, folder: Path) -> Iterator[Hand]:
    """A leaking double of that provider; its files are outside of the store's folder."""
    with ExitStack() as opened:
        if provider == "stripe":
            stripe = LeakingStripe()
            opened.callback(stripe.close)
            place = place_in(folder, f"stripe://{stripe.reader}?base={stripe.base}")
            double: Any = stripe
        else:
            double = LeakingAdyenTerminal(f"V400m-{next(SERIALS)}")
            rehearsal = Rehearsal.made(folder)
            server = rehearsal.serve(double)
            opened.callback(server.close)
            place = rehearsal.cloud(server) if provider == "adyen" else rehearsal.local(server)
        keys = {"uri": place.uri, "key_file": str(place.key_file)}
        yield Hand(
            keys | ({"ca_file": str(place.ca_file)} if place.ca_file else {}),
            double,
            stripe=provider == "stripe",
        )


def started(folder: Path, keys: dict[str, str]) -> StoreProcess:
    folder.mkdir()
    terminal = {"name": "till", **keys}
    return StoreProcess(folder, keys["uri"], listen=LISTEN, payments={"terminals": [terminal]})


@pytest.mark.parametrize("provider", ["stripe", "nexo", "adyen"])
def test_a_visit_at_a_provider_that_leaks_card_numbers_keeps_and_sends_none(
    tmp_path: Path, provider: str
) -> None:
    (tmp_path / "double").mkdir()
    with leaking(provider, tmp_path / "double") as hand:
        store = started(tmp_path / "shop", hand.keys)
        try:
            store.start()
            said = visit(store, hand.tap)
            assert "declined" in said
            assert found_in(said.encode()) == []
            assert found_in_files(tmp_path / "shop") == []
        finally:
            store.close()
    assert found_in_files(tmp_path / "shop") == [], "also after it was killed"


def test_a_card_number_that_an_associate_enters_for_a_slip_is_refused_and_kept_nowhere(
    tmp_path: Path,
) -> None:
    store = started(tmp_path / "shop", {"uri": "attended://desk"})
    try:
        store.start()
        with (
            mirror(store.url, store.state, "1") as room,
            read_stream(room, "/api/v1/rooms/1/stream") as stream,
            associate(store.url, "a-ines", PIN) as ines,
        ):
            room.of_room("PUT", "/orders/o1", PriceOrder(Ticket("t"), OrderId("o1"), (SHIRT,), None))
            collect = CollectPayment(Ticket("t"), OrderId("o1"), PaymentMeans.TERMINAL, 1)
            room.of_room("PUT", "/orders/o1/payment", collect)
            ends(stream, "sent")
            (task,) = ines.ask("GET", "/api/v1/attended")[1]["attended"]
            path = f"/api/v1/attended/{task['key']}"
            ines.ask("POST", f"{path}/begin")
            for entered in (*NUMBERS, SPACED, SPACED.replace(" ", "-"), f"VISA {PAN}", f"{PAN}{TRACK_END}"):
                status, answer = ines.ask("POST", f"{path}/result", {"done": True, "number": entered})
                assert (status >= 400, found_in(str(answer).encode())) == (True, []), entered[-4:]
            assert ines.ask("POST", f"{path}/result", {"done": True, "number": "0042"})[0] == 200
            ends(stream, "paid")
        assert found_in_files(tmp_path / "shop") == []
    finally:
        store.close()


def test_planted_a_reply_of_a_leaking_double_is_full_of_numbers() -> None:
    reply = {
        "SaleToPOIResponse": {"PaymentResponse": {"Response": {"Result": "Success"}, "PaymentResult": {}}}
    }
    assert len(found_in(str(leaked_payment(reply)).encode())) >= 2
    card = {"id": "ch_1", "payment_method_details": {"card_present": {"brand": "visa", "last4": "4242"}}}
    assert PAN in leaked(card)["payment_method_details"]["card_present"]["last4"]
    assert leaked(card)["id"] == "ch_1"
