"""Totals of an export by currency, and checks that they agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from kiosk.core.domain.tax import percent_of_ppm
from kiosk.store.payments.books.rows import MONEY, Row, RowKind, decimal_text

K = TypeVar("K")
_NAMES = {RowKind.TAX: "taxes", RowKind.ENTERED: "entered"}
SALES, REFUNDS = "sales", "refunds"


@dataclass(slots=True)
class _Sum:
    rows: int = 0
    amount: int = 0
    tax: int = 0
    net: int = 0

    def add(self, row: Row) -> None:
        self.rows += 1
        self.amount += row.amount or 0
        self.tax += row.tax or 0
        self.net += row.net or 0

    def with_added(self, other: _Sum) -> _Sum:
        """Both together."""
        return _Sum(
            self.rows + other.rows, self.amount + other.amount, self.tax + other.tax, self.net + other.net
        )


@dataclass(slots=True)
class Totals:
    """Adds rows up as they are written."""

    _sums: dict[tuple[str, str], _Sum] = field(default_factory=dict)
    _rates: dict[tuple[str, str, int], _Sum] = field(default_factory=dict)
    _terminals: dict[tuple[str, str], _Sum] = field(default_factory=dict)
    _currencies: dict[str, None] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Counts a row."""
        if row.amount is None:
            return
        self._currencies.setdefault(row.currency)
        _of(self._sums, (row.currency, row.kind.value)).add(row)
        if row.rate_ppm is not None and row.kind in (RowKind.TAX, RowKind.REFUND):
            name = SALES if row.kind is RowKind.TAX else REFUNDS
            _of(self._rates, (row.currency, name, row.rate_ppm)).add(row)
        if row.kind in MONEY:
            _of(self._terminals, (row.currency, row.terminal or row.means)).add(row)

    def rows(self) -> Iterator[Row]:
        """Totals and checks, by currency."""
        for currency in sorted(self._currencies):
            yield from self._totals(currency)
            yield from self._checks(currency)

    @property
    def agree(self) -> bool:
        """Whether all checks hold."""
        return all(row.note == "ok" for row in self.rows() if row.kind is RowKind.CHECK)

    def money(self, currency: str) -> int:
        """Payments less refunds and reversals, with corrections, in minor units."""
        return sum(self._sum(currency, kind).amount for kind in MONEY)

    def _sum(self, currency: str, kind: RowKind) -> _Sum:
        return self._sums.get((currency, kind.value), _Sum())

    def _totals(self, currency: str) -> Iterator[Row]:
        for kind in RowKind:
            if (currency, kind.value) in self._sums:
                yield _total(_NAMES.get(kind, f"{kind.value}s"), currency, self._sum(currency, kind))
        for (of, name, rate), each in sorted(self._rates.items()):
            if of == currency:
                yield _total(f"tax of {name} at {percent_of_ppm(rate)} %", currency, each, rate)
        for (of, name), each in sorted(self._terminals.items()):
            if of == currency:
                yield _total(f"money by {name or 'unknown terminal'}", currency, _Sum(each.rows, each.amount))
        rows = sum(self._sum(currency, kind).rows for kind in MONEY)
        yield _total("money", currency, _Sum(rows, self.money(currency)))

    def _checks(self, currency: str) -> Iterator[Row]:
        orders, lines = self._sum(currency, RowKind.ORDER), self._sum(currency, RowKind.LINE)
        sold = orders.with_added(self._sum(currency, RowKind.CANCELLATION))
        rates, receipts = self._sum(currency, RowKind.TAX), self._sum(currency, RowKind.RECEIPT)
        by_terminal = sum(each.amount for (of, _), each in self._terminals.items() if of == currency)
        yield _check("lines = orders", currency, lines.amount - sold.amount)
        yield _check("tax of lines = tax of orders", currency, lines.tax - sold.tax)
        yield _check("tax by rate = tax of orders", currency, rates.tax - sold.tax)
        yield _check("net by rate = net of orders", currency, rates.net - sold.net)
        yield _check("receipts = orders", currency, receipts.amount - orders.amount)
        yield _check("money by terminal = money", currency, by_terminal - self.money(currency))


def _of(sums: dict[K, _Sum], key: K) -> _Sum:
    return sums.setdefault(key, _Sum())


def _total(name: str, currency: str, total: _Sum, rate: int | None = None) -> Row:
    return Row(
        RowKind.TOTAL, name=name, line=total.rows, rate_ppm=rate, currency=currency, amount=total.amount,
        tax=total.tax or None, net=total.net or None,
    )  # fmt: skip


def _check(name: str, currency: str, difference: int) -> Row:
    said = "ok" if not difference else f"differs by {decimal_text(difference, currency)} {currency}"
    return Row(RowKind.CHECK, name=name, currency=currency, note=said)
