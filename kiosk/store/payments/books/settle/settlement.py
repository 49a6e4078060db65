"""Compares reports with the ledgers: page by page, each order once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kiosk.clock import US
from kiosk.connectors.payments.reports.line import LineKind, ReportError, Service
from kiosk.store.payments.books.history import Pages, all_pages
from kiosk.store.payments.books.period import Period, ShopDays
from kiosk.store.payments.books.settle.assignment import with_failed_refunds
from kiosk.store.payments.books.settle.claims import Claim, claims_of
from kiosk.store.payments.books.settle.lines import Lines
from kiosk.store.payments.books.settle.matching import Found, Window, chargeback, compare, unknown
from kiosk.store.payments.books.settle.slips import join_slips

DAY_US: Final = 86_400 * US
PENDING_DAYS: Final[Mapping[Service, int]] = {Service.STRIPE: 2, Service.ADYEN: 3, Service.OWN: 0}
"""So many days before the end of a report a payment may be missing in it, because it comes with the next one."""
_EARLIER_US: Final = 7 * DAY_US
"""A line may be younger than the ledger's entry by so much: the payment was captured later."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The result for one service. `lines`: of its reports; `repeated` ones were left out. `damaged`, `notices`: what
    cannot be read of the ledgers."""

    service: Service
    lines: int
    repeated: int
    fees: Mapping[str, int]
    period: Period
    found: Found
    damaged: int
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is compared: a period, unlimited for that of the reports; the days of which payments may still be pending,
    None for those of the service; the names of terminals, all of the service's if there are none."""

    period: Period = field(default_factory=Period)
    pending_days: int | None = None
    terminals: frozenset[str] = frozenset()

    def has(self, claim: Claim, service: Service) -> bool:
        """Whether a claim is compared with the reports of a service. Entries of earlier versions name no terminal."""
        return claim.service is service and (
            not self.terminals or not claim.terminal or claim.terminal in self.terminals
        )


def settle(
    pages: Pages, lines: Lines, days: ShopDays, scope: Scope, progress: Callable[[int, int], None]
) -> Compared:
    """Compares the reports of one service with the ledgers.

    Raises what `Pages.page` raises, and ReportError if neither the reports nor `scope` say which days are compared.
    """
    pending_days = PENDING_DAYS[lines.service] if scope.pending_days is None else scope.pending_days
    window = _window(lines, days, scope, pending_days)
    found, seen, damaged, notices = Found(), set[str](), 0, list[str]()
    for page in all_pages(pages, Period(window.from_us - _EARLIER_US)):
        for history in page.histories:
            if history.order_id not in seen:
                seen.add(history.order_id)
                claims = [claim for claim in claims_of(history) if scope.has(claim, lines.service)]
                compare(history.order_id, claims, lines, window, found)
        damaged += page.damaged
        notices += page.notices
        progress(page.done, page.total)
    for line in with_failed_refunds(tuple(lines.unused())):
        if line.kind in (LineKind.CHARGEBACK, LineKind.CHARGEBACK_REVERSED):
            found.chargebacks.append(chargeback(line, ""))
        elif line.foreign:
            found.foreign += 1
        elif window.from_us <= line.at_us < window.to_us:
            found.differences.append(unknown(line))
    if lines.service is Service.OWN:
        join_slips(found, days)
    found.differences.sort(key=lambda one: (one.at_us, one.order, one.key))
    fees = {code: minor for code, minor in lines.fees.items() if code and minor}
    return Compared(
        lines.service, len(lines), lines.repeated, fees, Period(window.from_us, window.to_us), found, damaged,
        tuple(notices),
    )  # fmt: skip


def _window(lines: Lines, days: ShopDays, scope: Scope, pending_days: int) -> Window:
    """The period that was asked for; else from the day of the first payment to that of the last one.

    What is younger than the reports is pending, unless both the last day and the days of pending payments were stated,
    or the reports have no line at all.
    """
    unlimited, period = Period(), scope.period
    is_stated = period.to_us != unlimited.to_us
    if not (lines.first_us or period.from_us != unlimited.from_us) or not (lines.last_us or is_stated):
        why = "no payment in it, so that its period is not known; give --from and --to"
        raise ReportError(f"report of {lines.service.value}", 0, why)
    whole = days.period(days.day_of(lines.first_us), days.day_of(lines.last_us))
    from_us = whole.from_us if period.from_us == unlimited.from_us else period.from_us
    to_us = period.to_us if is_stated else whole.to_us
    is_complete = is_stated and (scope.pending_days is not None or not lines.last_us)
    end_us = to_us if is_complete else min(to_us, whole.to_us)
    return Window(from_us, to_us, end_us - pending_days * DAY_US, days.day_of)
