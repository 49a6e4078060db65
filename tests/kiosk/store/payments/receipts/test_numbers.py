"""A receipt is found by its number, wherever it stands in the ledgers, with gaps and damaged entries between."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentMeans, Receipt
from kiosk.core.wire import to_json
from kiosk.store.payments.ledger.port import Entry, Head
from kiosk.store.payments.receipts.numbers import receipt_numbered


@dataclass
class Rows:
    """Entries in memory; counts how many are read."""

    rows: list[Entry]
    archives: tuple[Rows, ...] = ()
    read: int = field(default=0)

    @property
    def head(self) -> Head:
        return Head(len(self.rows))

    def entries(self, first: int, last: int) -> Iterator[Entry]:
        for row in self.rows[first - 1 : last]:
            self.read += 1
            yield row


def ledger(kinds: list[str], begin: int = 1) -> Rows:
    """Entries of these kinds; `receipt` counts on from `begin`, `gap` leaves numbers unused."""
    rows, number, money = [], begin - 1, Money(1, "EUR")
    for seq, kind in enumerate(kinds, 1):
        number += {"receipt": 1, "gap": 50}.get(kind, 0)
        receipt = Receipt(
            OrderId(f"o{number}"), f"{number:06d}", money, money, PaymentMeans.TERMINAL, "x/r/t", 1
        )
        body = "broken" if kind == "damaged" else json.dumps(to_json(receipt))
        rows.append(Entry(seq, 1, "receipt" if kind == "damaged" else kind, "o", "", "", body, ""))
    return Rows(rows)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["receipt", "attempt", "gap", "damaged"]), max_size=120), st.integers(1, 3))
def test_every_number_is_found_and_no_other(kinds: list[str], begin: int) -> None:
    now, earlier = ledger(kinds, begin + 10_000), ledger(kinds, begin)
    now.archives = (earlier,)
    numbers = {int(json.loads(r.body)["number"]) for each in (now, earlier) for r in each.rows
               if r.kind == "receipt" and r.body != "broken"}  # fmt: skip
    for number in (*numbers, 0, 99_999):
        found = receipt_numbered(now, number)
        assert (found is not None and int(found.number) == number) is (number in numbers)


def test_a_large_ledger_is_not_read_whole() -> None:
    large = ledger(["attempt", "attempt", "receipt", "attempt"] * 20_000)
    assert receipt_numbered(large, 12_345) is not None
    assert large.read < 300
