"""Delivery to one destination: in order, once each, over every fault of a receiver; decisions of persons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.clock import Clocks
from kiosk.connectors.sales_out.https import HttpsDestination
from kiosk.core.domain.ids import PieceId
from kiosk.store.db.database import Database
from kiosk.store.errors import RefusedError
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.sales_out.delivery import Delivery, DeliverySource
from kiosk.store.sales_out.reading import DocumentReader
from kiosk.store.sales_out.state_rows import Act, StateRows
from tests.contracts.ledger_orders import pay
from tests.kiosk.connectors.sales_out.erp import BREAKS, TAKES_AND_BREAKS, Erp, erp
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.ledgers import memory_ledger
from tests.kiosk.store.sales_out.ledger_documents import all_documents, first_mark
from tests.kiosk.store.sample_shop import ManualClock, empty_tables, gtin_of

ARTICLE = gtin_of("S1", "WHI", "M")


@dataclass
class Shop:
    """A ledger and its destination `erp`, whose thread is the test."""

    ledger: SqliteLedger
    rows: StateRows
    at: Erp
    clock: ManualClock
    destination: HttpsDestination
    delivery: Delivery
    sold: int = 0

    def sell(self, count: int = 1) -> list[str]:
        """Ids of the documents of so many sales."""
        names = []
        for _ in range(count):
            self.sold += 1
            pay(self.ledger, f"o{self.sold}", PieceId(f"{ARTICLE}.{self.sold}"))
            names.append(f"sale.o{self.sold}.{self.sold:06d}")
        return names

    def restart(self) -> None:
        """As after a kill: nothing of what was in memory is kept."""
        self.destination.close()
        source = DeliverySource(DocumentReader(self.ledger), self.rows, Clocks(self.clock, self.clock))
        self.destination = HttpsDestination(self.at.place())
        self.delivery = Delivery("erp", self.destination, source, jitter=lambda: 0.0)

    def drain(self, rounds: int = 200) -> None:
        """Calls the delivery as its thread does; the clock passes its waits."""
        for _ in range(rounds):
            wait_s = self.delivery.deliver()
            if wait_s is None:
                return
            self.clock.pass_s(wait_s)
        raise AssertionError("it does not come to an end")

    @property
    def taken(self) -> list[str]:
        return list(self.at.taken)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def shop(request: pytest.FixtureRequest, tmp_path: Path, clock: ManualClock) -> Iterator[Shop]:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    if request.param == "postgresql":
        url = postgres.fresh_database(request.getfixturevalue("postgres_server"))
    else:
        (tmp_path / "store.db").write_bytes(empty_tables())
    database, ledger = Database(url), memory_ledger()
    with erp(tmp_path / "erp") as at:
        rows = StateRows(database)
        source = DeliverySource(DocumentReader(ledger), rows, Clocks(clock, clock))
        destination = HttpsDestination(at.place())
        found = Shop(ledger, rows, at, clock, destination, Delivery("erp", destination, source))
        found.restart()
        found.drain()  # a new destination begins with what happens next
        yield found
        found.destination.close()
        found.ledger.close()
    database.close()


def test_a_new_destination_begins_with_what_happens_next(shop: Shop) -> None:
    assert shop.sell(3) == ["sale.o1.000001", "sale.o2.000002", "sale.o3.000003"]
    shop.drain()
    assert shop.taken == ["sale.o1.000001", "sale.o2.000002", "sale.o3.000003"]
    source = DeliverySource(DocumentReader(shop.ledger), shop.rows, Clocks(shop.clock, shop.clock))
    assert Delivery("bi", shop.destination, source).deliver() is None
    assert len(shop.at.calls) == 3, "planted: one that begins with the first entry gives three again"


FAULTS: dict[str, list[int]] = {
    "takes-and-breaks": [TAKES_AND_BREAKS] * 4,
    "breaks": [BREAKS] * 6,
    "500": [500] * 8,
    "busy": [429, 503, 408],
    "mixed": [500, TAKES_AND_BREAKS, 0, BREAKS, 503, TAKES_AND_BREAKS, 0, 500],
}


@pytest.mark.parametrize("script", FAULTS.values(), ids=FAULTS)
def test_no_fault_loses_a_document_or_doubles_one(shop: Shop, script: list[int]) -> None:
    names = shop.sell(6)
    shop.at.script.extend(script)
    shop.drain()
    assert shop.taken == names
    assert shop.delivery.state().tries == 0
    assert not shop.at.script


def test_after_a_restart_what_was_given_has_the_same_bytes(shop: Shop) -> None:
    names = shop.sell(4)
    shop.at.script.extend([0, TAKES_AND_BREAKS])
    shop.delivery.deliver()
    shop.restart()
    shop.drain()
    assert shop.taken == names
    assert [document.body for document in all_documents(shop.ledger)] == list(shop.at.taken.values())


def test_the_waits_grow_and_retry_after_is_kept_to(shop: Shop) -> None:
    shop.sell()
    shop.at.script.extend([500] * 7)
    waits = []
    for _ in range(7):
        waits.append(shop.delivery.deliver())
        shop.clock.pass_s(waits[-1] or 0)
    assert waits == [0.5, 1, 2, 4, 8, 15, 15]
    shop.at.script.append(503)
    shop.at.retry_after = "120"
    assert shop.delivery.deliver() == 120
    shop.clock.pass_s(119)
    calls = len(shop.at.calls)
    assert shop.delivery.deliver() == 1
    assert len(shop.at.calls) == calls, "planted: a call within Retry-After would be one more"


def test_a_refused_document_holds_up_the_next_ones_until_somebody_decides(shop: Shop) -> None:
    names = shop.sell(3)
    shop.at.script.extend([0, 422])
    shop.drain()
    state = shop.delivery.state()
    assert (state.stopped, state.why, shop.taken) == (names[1], "the receiver answers 422", names[:1])
    shop.clock.pass_s(86_400)
    shop.restart()
    shop.drain()
    assert len(shop.at.calls) == 2
    with pytest.raises(RefusedError):
        shop.delivery.decide(Act.SKIP, "wrong one", "m-mei", names[0])
    shop.delivery.decide(Act.RETRY, "", "m-mei", names[1])
    shop.at.script.append(400)
    shop.drain()
    assert shop.delivery.state().stopped == names[1]
    shop.delivery.decide(Act.SKIP, "entered by hand", "m-mei", names[1])
    shop.drain()
    assert shop.taken == [names[0], names[2]]
    found = [(d.act, d.document, d.why, d.reason, d.by) for d in shop.rows.decisions("erp")]
    assert sorted(found, key=lambda each: each[0].value) == [
        (Act.RETRY, names[1], "the receiver answers 422", "", "m-mei"),
        (Act.SKIP, names[1], "the receiver answers 400", "entered by hand", "m-mei"),
    ]


def test_documents_are_given_again_from_a_mark_on(shop: Shop) -> None:
    names = shop.sell(3)
    shop.drain()
    shop.delivery.decide(Act.REPLAY, "from 2026-11-30", "command/root", to=first_mark(shop.ledger))
    shop.drain()
    assert (len(shop.at.calls), shop.taken) == (6, names)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_decision_while_a_document_is_given(shop: Shop, moment: str) -> None:
    """What the thread has given then does not undo the decision."""
    names = shop.sell(2)
    to = first_mark(shop.ledger)
    given: Callable[[dict[str, str], bytes], int] = shop.at.answer

    def answer(headers: dict[str, str], body: bytes) -> int:
        status = given(headers, body) if moment == "before" else 0
        if not shop.rows.decisions("erp"):
            shop.delivery.decide(Act.REPLAY, "from 2026-11-30", "m-mei", to=to)
        return status or given(headers, body)

    object.__setattr__(shop.at, "answer", answer)
    shop.delivery.deliver()
    assert shop.delivery.state().mark == to
    shop.drain()
    assert shop.taken == names
