"""A random shop whose payments one service takes, with what that service has moved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from kiosk.clock import US
from kiosk.connectors.payments.reports.line import LineKind, Service
from kiosk.connectors.payments.reports.reading import opened_report
from kiosk.core.domain.follow_up import WholeFollowUp
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.store.payments.books.pages import LedgerPages
from kiosk.store.payments.books.period import Period
from kiosk.store.payments.books.settle.lines import Lines, undated
from kiosk.store.payments.books.settle.settlement import Compared, Scope, settle
from tests.kiosk.store.payments.books.exported import VIENNA
from tests.kiosk.store.payments.books.random_shop import RandomShop
from tests.kiosk.store.payments.books.reports_of import Moved, Row, file_of, rows_of
from tests.kiosk.store.payments.ledgers import memory_ledger

IDENTITIES = {Service.STRIPE: "stripe:tmr_x", Service.ADYEN: "nexo:V400m-1", Service.OWN: "attended:till"}
START_US = 1_774_600_000 * US
"""27 March 2026, two days before the clocks are changed."""


class SettledShop:
    """`moved`: what the service has; `abandoned`: what it would have if it had charged what was given up."""

    def __init__(self, service: Service, random: Random, steps: int, currency: str = "EUR") -> None:
        self.service, self.ledger = service, memory_ledger()
        self.shop = RandomShop(
            self.ledger, random, START_US, currency, identity=IDENTITIES[service], service=service
        )
        self.shop.live(steps)
        self.moved = moved_by(self.shop)
        self.abandoned = [
            _charge(a, f"late{a.key}")
            for a in self.shop.attempts
            if a.state in (PaymentState.ABANDONED, PaymentState.DECLINED) and not self._is_paid(a)
        ]

    def _is_paid(self, attempt: Attempt) -> bool:
        return any(
            a.order_id == attempt.order_id and a.state is PaymentState.PAID for a in self.shop.attempts
        )

    def settle(
        self, folder: Path, moved: Sequence[Moved], *, period: Period | None = None, pending_days: int | None = 0,
        terminals: frozenset[str] = frozenset(), lines: Lines | None = None, files: int = 1,
    ) -> Compared:  # fmt: skip
        rows = rows_of(self.service, moved)
        return self.settle_rows(
            folder,
            rows,
            period=period,
            pending_days=pending_days,
            terminals=terminals,
            lines=lines,
            files=files,
        )

    def settle_rows(
        self, folder: Path, rows: Sequence[Row], *, period: Period | None = None, pending_days: int | None = 0,
        terminals: frozenset[str] = frozenset(), lines: Lines | None = None, files: int = 1,
    ) -> Compared:  # fmt: skip
        """Compares with a report, or with several files of it, whose first and last rows are in two of them."""
        lines, size = Lines(self.service) if lines is None else lines, -(-len(rows) // files)
        for number in range(files):
            part = rows[max(0, number * size - 3) : (number + 1) * size]
            path = file_of(self.service, part, folder / f"report-{number}.csv")
            with opened_report(path, VIENNA.zone, "EUR") as report:
                assert report.service is self.service
                lines.add(report.lines)
        whole = Period(START_US - US, self.shop.now_us + 3 * 86_400 * US)
        scope = Scope(period or whole, pending_days, terminals)
        return settle(LedgerPages(self.ledger), lines, VIENNA, scope, lambda _, __: None)


def moved_by(shop: RandomShop) -> list[Moved]:
    """What a service has of a shop, in the order of time."""
    found = [
        _charge(a, undated(a.reference).removeprefix("ch_"))
        for a in shop.attempts
        if _collected(a) and not _voided(shop, a)
    ]
    of_order = {one.order: one.number for one in found}
    of_payments = (
        body
        for attempt in shop.attempts
        for body in shop.follow_ups.of_attempt(attempt.order_id, attempt.key)
        if body.kind is FollowUpKind.REFUND and body.state is RefundState.DONE
    )
    back: tuple[Refund | WholeFollowUp, ...] = (*shop.returns, *of_payments)
    for one in back:
        number = undated(one.reference).removeprefix("re_")
        charge = of_order[one.order_id]
        found.append(
            Moved(LineKind.REFUND, number, charge, one.key, one.order_id, one.amount, one.changed_us)
        )
    return sorted(found, key=lambda one: one.at_us)


def _collected(attempt: Attempt) -> bool:
    return attempt.state in (PaymentState.PAID, PaymentState.UNWANTED, PaymentState.REVERSED)


def _voided(shop: RandomShop, attempt: Attempt) -> bool:
    found = shop.follow_ups.of_attempt(attempt.order_id, attempt.key)
    return any(body.kind is FollowUpKind.VOID for body in found)


def _charge(attempt: Attempt, number: str) -> Moved:
    name = number or f"typed{attempt.key}"
    return Moved(LineKind.CHARGE, name, "", attempt.key, attempt.order_id, attempt.amount, attempt.sent_us)
