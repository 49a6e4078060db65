"""The receipt page says whether the law's cash register has the sale: signed, being signed, or the shop's own till."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import Queue

import pytest
import requests

from kiosk.connectors.fiscal.sim_book import SERIAL, Fault
from kiosk.connectors.fiscal.sim_register import RegisterServer
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.lifecycle import Store
from kiosk.store.payments.fiscal.fiscal_queue import FiscalQueue
from kiosk.store.settings import FiscalSettings, StoreSettings
from kiosk.store.texts import page_texts
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import SHIRT, buy, ended, refund
from tests.kiosk.store.sample_shop import InProcessTerminal, settings_in
from tests.optional_values import present


@pytest.fixture
def server() -> Iterator[RegisterServer]:
    with RegisterServer() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> StoreSettings:
    plain = settings_in(tmp_path)
    plain = replace(plain, timeouts=replace(plain.timeouts, first_query_us=1000))
    if getattr(request, "param", "") == "no register":
        return plain
    server: RegisterServer = request.getfixturevalue("server")
    return replace(plain, fiscal=FiscalSettings(server.url, timeout_s=2))


@pytest.fixture
def queue(store: Store) -> FiscalQueue:
    return present(store.payments.fiscal)


def bought(room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, store: Store) -> str:
    """Buys; the address of the receipt, which the mirror of a store on this computer alone does not show."""
    buy(room, stream, terminal)
    return present(store.payments.book.receipt(OrderId("o1"))).link


def page(link: str, language: str = "en") -> str:
    answer = requests.get(link, headers={"Accept-Language": language}, timeout=10)
    assert answer.status_code == 200
    return answer.text


def test_the_receipt_is_complete_when_the_register_has_signed(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, store: Store, server: RegisterServer,
    queue: FiscalQueue,
) -> None:  # fmt: skip
    server.register.faults.append(Fault.LOST)
    link = bought(room, stream, terminal, store)
    texts = page_texts("receipt", "en")
    assert texts["pending"] in page(link)
    assert texts["keep"] not in page(link)
    assert not queue.sweep()
    assert present(store.health().fiscal).waiting == 1
    assert texts["pending"] in page(link)
    assert queue.sweep()
    complete = page(link)
    assert texts["pending"] not in complete
    assert texts["shop_till"] not in complete
    (entry,) = server.register.book.values()
    for said in (
        SERIAL,
        entry["answer"]["signature"],
        "Simulated register: no fiscal receipt",
        "<svg",
        texts["keep"],
    ):
        assert said in complete
    assert present(store.health().fiscal).waiting == 0


def test_a_refund_is_registered_too(
    url: str, room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, ines: HttpClient,
    server: RegisterServer, queue: FiscalQueue,
) -> None:  # fmt: skip
    buy(room, stream, terminal)
    assert queue.sweep()
    ended(url, ines, refund(ines, SHIRT[0]))
    assert queue.sweep()
    assert [(e["kind"], e["total"]) for e in server.register.entries()] == [
        ("sale", 110_900),
        ("refund", 12_900),
    ]
    (_, back) = server.register.book.values()
    assert back["sale"]["taxes"] == [{"percent": "20", "net": 10_750, "tax": 2_150}]


def test_the_stores_own_thread_registers_without_being_asked(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, store: Store, queue: FiscalQueue
) -> None:
    registered: Queue[str] = Queue()
    queue.on_registered = lambda entry: registered.put(entry.key)
    queue.start()
    buy(room, stream, terminal)
    store.payments.finish_pending()
    assert registered.get(timeout=30) == "s-o1"


@pytest.mark.parametrize("settings", ["no register"], indirect=True)
def test_without_a_register_the_page_says_that_the_shops_till_has_the_sale(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, store: Store
) -> None:
    link = bought(room, stream, terminal, store)
    for language in LANGUAGES:
        assert page_texts("receipt", language)["shop_till"] in page(link, language)
    assert store.health().fiscal is None
