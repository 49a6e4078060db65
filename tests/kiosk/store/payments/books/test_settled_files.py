"""Reports over several files and months: overlaps, files of one name, empty ones, refunds alone, late failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from kiosk.connectors.payments.reports.line import LineKind, ReportError, ReportLine, Service
from kiosk.connectors.payments.reports.reading import opened_report
from kiosk.store.payments.books.pages import LedgerPages
from kiosk.store.payments.books.settle.lines import Lines
from kiosk.store.payments.books.settle.settlement import Compared, Scope, settle
from tests.kiosk.store.payments.books.exported import VIENNA
from tests.kiosk.store.payments.books.reports_of import Row, file_of, rows_of
from tests.kiosk.store.payments.books.settled_shop import SettledShop

SERVICES = [pytest.param(service, id=service.value) for service in Service]
WITHOUT_IDENTITY = [pytest.param(service, id=service.value) for service in (Service.ADYEN, Service.OWN)]


def shop_of(service: Service) -> tuple[SettledShop, list[Row]]:
    shop = SettledShop(service, Random(5), 50)
    return shop, rows_of(service, shop.moved)


def compared(
    shop: SettledShop,
    folder: Path,
    files: Sequence[Sequence[Row]],
    scope: Scope | None = None,
    lines: Lines | None = None,
) -> Compared:
    """Compares with several files of the same name, each in a folder of its own."""
    lines = Lines(shop.service) if lines is None else lines
    for number, rows in enumerate(files):
        (folder / str(number)).mkdir(exist_ok=True)
        path = file_of(shop.service, rows, folder / str(number) / "report.csv")
        with opened_report(path, VIENNA.zone, "EUR") as report:
            lines.add(report.lines)
    return settle(LedgerPages(shop.ledger), lines, VIENNA, scope or Scope(pending_days=0), lambda _, __: None)


def kinds(found: Compared) -> Counter[str]:
    return Counter(one.kind.value for one in found.found.differences)


class _FilesByName(Lines):
    """Planted fault: lines of files of the same name are never taken for the same."""

    def add(self, lines: Sequence[ReportLine]) -> None:  # type: ignore[override]
        self._identities.clear()
        super().add(lines)


@pytest.mark.parametrize("service", SERVICES)
def test_a_file_named_twice_and_overlapping_files_of_one_name(tmp_path: Path, service: Service) -> None:
    shop, rows = shop_of(service)
    middle = len(rows) // 2
    for files in ([rows, rows], [rows[: middle + 3], rows[middle - 3 :]], [rows[:middle], rows]):
        found = compared(shop, tmp_path, files)
        assert (kinds(found), found.lines) == ({}, len(shop.moved))
        assert found.repeated >= sum(map(len, files)) - len(rows)


@pytest.mark.parametrize("service", WITHOUT_IDENTITY)
def test_a_comparison_that_goes_by_names_of_files_is_caught(tmp_path: Path, service: Service) -> None:
    shop, rows = shop_of(service)
    assert kinds(compared(shop, tmp_path, [rows, rows], lines=_FilesByName(service))) != {}


@pytest.mark.parametrize("service", WITHOUT_IDENTITY)
def test_a_second_charge_that_only_the_later_of_two_overlapping_files_has(
    tmp_path: Path, service: Service
) -> None:
    shop, rows = shop_of(service)
    again = next(row for row in rows if "sale" in row.values() or "Settled" in row.values())
    expected = "charged-twice" if service is Service.ADYEN else "missing-in-ledger"
    assert kinds(compared(shop, tmp_path, [rows, [*rows, again]])) == {expected: 1}


@pytest.mark.parametrize("service", SERVICES)
def test_a_report_without_lines_agrees_with_nothing(tmp_path: Path, service: Service) -> None:
    """Without days it cannot be compared; for stated days all that should be in it is missing."""
    shop, _ = shop_of(service)
    with pytest.raises(ReportError, match="give --from and --to"):
        compared(shop, tmp_path, [[]])
    days = VIENNA.period(VIENNA.day_of(shop.moved[0].at_us), VIENNA.day_of(shop.shop.now_us))
    found = compared(shop, tmp_path, [[]], Scope(days))
    assert kinds(found).total() + len(found.found.pending) == len(shop.moved)
    assert kinds(found)["missing-at-service"] > 0


def test_refunds_alone_do_not_miss_the_payments_of_earlier_days(tmp_path: Path) -> None:
    """A service may list a refund with the time of its payment, so that the days must be stated."""
    for service in Service:
        shop, _ = shop_of(service)
        last = [one for one in shop.moved if one.kind is LineKind.REFUND][-1]
        alone = [row for row in rows_of(service, shop.moved) if last.number in "".join(row.values())]
        if service is Service.OWN:
            day = VIENNA.day_of(last.at_us)
            others = [one for one in shop.moved if VIENNA.day_of(one.at_us) == day]
            found = compared(shop, tmp_path, [rows_of(service, [last])])
            assert len(found.found.differences) == len(others) - 1
        else:
            with pytest.raises(ReportError, match="give --from and --to"):
                compared(shop, tmp_path, [alone])


@pytest.mark.parametrize("days_later", [3, 60])
def test_a_refund_that_failed_in_a_later_report_is_missing(tmp_path: Path, days_later: int) -> None:
    shop, rows = shop_of(Service.STRIPE)
    refund = next(row for row in rows if row["reporting_category"] == "refund")
    at = VIENNA.day_of(shop.shop.now_us).toordinal() + days_later
    day = VIENNA.day_of(shop.shop.now_us).fromordinal(at)
    failed = {**refund, "reporting_category": "refund_failure", "balance_transaction_id": "txn_failed"}
    failed |= {"gross": refund["gross"].removeprefix("-"), "created_utc": f"{day} 10:00:00"}
    scope = Scope(VIENNA.period(day, day), 0)
    found = compared(shop, tmp_path, [[failed]], scope)
    assert kinds(found) == {"refund-missing": 1}
    assert found.found.differences[0].place == "report.csv, line 2"
    assert kinds(compared(shop, tmp_path, [rows, [failed]])) == {"refund-missing": 1}


def test_numbers_of_slips_without_their_zeros(tmp_path: Path) -> None:
    """A spreadsheet makes 1 of 0001."""
    shop, rows = shop_of(Service.OWN)
    short = [{**row, "reference": row["reference"].lstrip("0")} for row in rows]
    assert kinds(compared(shop, tmp_path, [short])) == {}
    wrong = [{**row, "amount": "0.01"} if row is short[0] else row for row in short]
    assert kinds(compared(shop, tmp_path, [wrong])) == {"amount": 1}
