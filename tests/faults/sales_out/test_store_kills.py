"""A whole store is killed with SIGKILL while shoppers pay: what its ledger has is given once, in order."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from threading import Event
from time import monotonic

import pytest

from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.staff.tokens import store_key
from tests.kiosk.connectors.sales_out.erp import Erp, erp
from tests.kiosk.store.http_clients import mirror, read_stream
from tests.kiosk.store.payments.payment_steps import collect, price
from tests.kiosk.store.sales_out.ledger_documents import all_documents
from tests.kiosk.store.sample_shop import gtin_of, piece_of
from tests.kiosk.store.store_process import StoreProcess
from tests.kiosk.store.terminal_process import TerminalProcess, terminal_process

ARTICLE = ("S1", "WHI", "M")
PAUSE = Event()
KILLS = 8


def begun(shop: StoreProcess, folder: Path) -> None:
    """Waits until both destinations have begun, with the empty ledger."""
    log, end_s = folder / "store.log", monotonic() + 30
    while log.read_text().count("begins with what happens from now on") < 2:
        assert monotonic() < end_s, log.read_text()
        PAUSE.wait(0.05)


def pay_until_killed(shop: StoreProcess, terminal: TerminalProcess, number: int, after_s: float) -> None:
    """A shopper pays for a shirt; the store is killed some time after she laid her card on the terminal."""
    piece = (piece_of(*ARTICLE, number), gtin_of(*ARTICLE))
    with mirror(shop.url, shop.state, "1") as room, read_stream(room, "/api/v1/rooms/1/stream") as stream:
        stream.named("Snapshot")
        price(room, order=f"o{number}", pieces=(piece,))
        collect(room, order=f"o{number}")
        end_s = monotonic() + 20
        while not terminal.do(do="tap", card="ok")["taken"]:
            assert monotonic() < end_s
            PAUSE.wait(0.02)
        PAUSE.wait(after_s)
        shop.kill()


@pytest.mark.full
@pytest.mark.timeout(900)
def test_what_the_ledger_has_is_given_once(tmp_path: Path) -> None:
    random, folder = Random(8), tmp_path / "books"
    folder.mkdir()
    with erp(tmp_path / "erp") as at, terminal_process() as terminal:
        hook = {
            "url": at.url, "key_file": str(at.key_file), "network": "this-computer", "ca_file": str(at.ca_file),
        }  # fmt: skip
        out = {"folders": {"books": {"folder": str(folder)}}, "web_hooks": {"erp": hook}}
        shop = StoreProcess(tmp_path, terminal.uri, sales_out=out)
        try:
            shop.start()
            begun(shop, tmp_path)
            for number in range(1, KILLS + 1):
                pay_until_killed(shop, terminal, number, random.random() * 0.4)
                shop.start()
            wanted = settled_documents(shop, at, KILLS)
        finally:
            shop.close()
    assert len(wanted) == KILLS, "each shopper has paid"
    assert list(at.taken.values()) == wanted
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_bytes().splitlines()]
    assert lines == wanted


def settled_documents(shop: StoreProcess, at: Erp, sales: int) -> list[bytes]:
    """Waits until the receiver has all sales, ends the store, and gives the documents of its ledger."""
    end_s = monotonic() + 60
    while len(at.taken) < sales:
        assert monotonic() < end_s, [json.loads(body)["id"] for body in at.taken.values()]
        PAUSE.wait(0.05)
    assert shop.stop() == 0
    ledger = SqliteLedger(shop.state / "ledger.db", ChainKey(store_key(shop.state)))
    found = [document.body for document in all_documents(ledger)]
    ledger.close()
    return found
