"""Exports of random days: they agree with what happened, day by day and as a whole, in both forms."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.clock import US
from kiosk.store.payments.books.forms import Form
from kiosk.store.payments.books.history import History, Page, Placed, Position, all_pages
from kiosk.store.payments.books.pages import LedgerPages
from kiosk.store.payments.books.period import Period, ShopDays
from kiosk.store.payments.books.rows import COLUMNS
from kiosk.store.payments.ledger import PostgresLedger, SqliteLedger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.books.exported import (
    VIENNA,
    exported,
    read_csv,
    read_json,
    rows_only,
    total,
)
from tests.kiosk.store.payments.books.random_shop import RandomShop
from tests.kiosk.store.payments.ledgers import KEY, memory_ledger

MONEY = ("payment", "refund", "reversal", "correction")
BEFORE_SUMMER_TIME = int(datetime(2026, 3, 27, 20, tzinfo=UTC).timestamp()) * US
BEFORE_WINTER_TIME = int(datetime(2026, 10, 23, 20, tzinfo=UTC).timestamp()) * US
SHOPS = st.tuples(
    st.randoms(use_true_random=False), st.sampled_from([BEFORE_SUMMER_TIME, BEFORE_WINTER_TIME]),
    st.sampled_from(["EUR", "JPY", "KWD"]),
)  # fmt: skip


def shop_of(made: tuple[Random, int, str], steps: int = 12) -> tuple[SqliteLedger, RandomShop]:
    ledger = memory_ledger()
    shop = RandomShop(ledger, *made)
    shop.live(steps, take_back=True)
    return ledger, shop


def day_by_day(ledger: Any, shop: RandomShop, days: ShopDays = VIENNA) -> list[dict[str, Any]]:
    day, found = date(2026, 3, 26), []
    if shop.now_us > BEFORE_WINTER_TIME:
        day = date(2026, 10, 22)
    while day <= days.day_of(shop.now_us) + timedelta(days=1):
        found += rows_only(read_json(exported(LedgerPages(ledger), day, day, days=days)[1]))
        day += timedelta(days=1)
    return found


@given(SHOPS)
@settings(max_examples=15)
def test_an_export_agrees_with_what_happened(made: tuple[Random, int, str]) -> None:
    ledger, shop = shop_of(made)
    done, text = exported(LedgerPages(ledger))
    rows, tally = read_json(text), shop.tally
    assert (done.agree, done.damaged, done.notices) == (True, 0, ())
    assert total(rows, ["order"]) == total(rows, ["receipt"]) == tally.sales
    assert total(rows, ["line"]) == total(rows, ["order", "cancellation"]) == tally.sales - tally.cancelled
    assert sum(row["kind"] == "order" for row in rows) == tally.orders
    of_rate: Counter[str] = Counter()
    for row in rows:
        if row["kind"] == "tax":
            of_rate[row["rate_percent"]] += row["tax_minor"]
    assert of_rate == {f"{ppm / 1e4:g}": tax for ppm, tax in tally.tax.items()}
    assert total(rows, ["refund"]) == -tally.refunded
    assert total(rows, MONEY) == tally.money
    assert sum(row["kind"] == "exchange" for row in rows) == tally.exchanges
    stated = [row["amount_minor"] for row in rows if row["kind"] == "total" and row["name"] == "money"]
    assert sum(stated) == tally.money


@given(SHOPS)
@settings(max_examples=10)
def test_single_days_have_the_rows_of_the_whole(made: tuple[Random, int, str]) -> None:
    ledger, shop = shop_of(made)
    whole = rows_only(read_json(exported(LedgerPages(ledger))[1]))
    assert day_by_day(ledger, shop) == whole
    for row in whole:
        assert row["at"].startswith(row["day"])


@given(SHOPS)
@settings(max_examples=10)
def test_both_forms_have_the_same_values(made: tuple[Random, int, str]) -> None:
    ledger, _ = shop_of(made)
    text = exported(LedgerPages(ledger), form=Form.CSV)[1]
    of_json = read_json(exported(LedgerPages(ledger))[1])
    assert read_csv(text) == [{name: str(value) for name, value in row.items()} for row in of_json]
    assert tuple(next(csv.reader(io.StringIO(text)))) == COLUMNS
    assert text.count("\r\n") == len(of_json) + 1
    for row in csv.DictReader(io.StringIO(text, newline="")):
        for column in ("name", "note", "reference", "order"):
            assert row[column][:1] not in {"=", "+", "-", "@", "\t"}, row


def test_an_exported_row_stays_when_the_order_goes_on() -> None:
    """An export of yesterday, made again later, has the same rows: refunds and exchanges are rows of their own day."""
    ledger = memory_ledger()
    shop = RandomShop(ledger, Random(4), BEFORE_SUMMER_TIME)
    shop.sale()
    day = VIENNA.day_of(shop.now_us)
    before = exported(LedgerPages(ledger), day, day)[1]
    shop.now_us += 3 * 86_400 * US
    while shop.sold:
        shop.exchange()
        shop.refund()
    assert exported(LedgerPages(ledger), day, day)[1] == before
    assert "refund" in exported(LedgerPages(ledger))[1]


def test_a_sale_that_was_taken_back_is_exported_once_and_counts_nothing() -> None:
    ledger = memory_ledger()
    shop = RandomShop(ledger, Random(5), BEFORE_SUMMER_TIME)
    shop.by_word()
    shop.take_back()
    done, text = exported(LedgerPages(ledger))
    rows = read_json(text)
    assert done.agree
    assert [(row["receipt"], row["by"], row["note"]) for row in rows if row["kind"] == "cancellation"] == [
        ("000001", "a-ines", "not-charged")
    ]
    sums = [total(rows, kinds) for kinds in (["order", "cancellation"], ["line"], MONEY)]
    assert (sums, total(rows, ["tax"], "tax_minor")) == ([0, 0, 0], 0)


def test_planted_an_export_without_the_cancellation_does_not_agree() -> None:
    class WithoutCancellation(LedgerPages):
        def page(self, period: Period, position: Position) -> Page:
            page = super().page(period, position)
            histories = tuple(
                replace(h, entries=tuple(e for e in h.entries if e.kind != "taken-back"))
                for h in page.histories
            )
            return replace(page, histories=histories)

    ledger = memory_ledger()
    shop = RandomShop(ledger, Random(5), BEFORE_SUMMER_TIME)
    shop.by_word()
    shop.take_back()
    rows = read_json(exported(WithoutCancellation(ledger))[1])
    assert total(rows, ["order", "cancellation"]) != total(rows, MONEY)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Vienna", date(2026, 3, 29), 23), ("Europe/Vienna", date(2026, 10, 25), 25),
        ("Africa/Cairo", date(2026, 4, 24), 23), ("America/Havana", date(2024, 11, 3), 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5), ("Pacific/Apia", date(2011, 12, 30), 0),
        ("Asia/Kathmandu", date(2026, 5, 1), 24),
    ],
)  # fmt: skip
def test_days_of_the_shop_are_as_long_as_its_clocks_say(zone: str, day: date, hours: float) -> None:
    period = ShopDays(ZoneInfo(zone)).period(day, day)
    assert (period.to_us - period.from_us) / US / 3600 == hours


@given(
    st.sampled_from(["Europe/Vienna", "Africa/Cairo", "America/Havana", "Australia/Lord_Howe", "Asia/Beirut", "UTC"]),
    st.integers(946_684_800 * US, 2_114_380_800 * US),
)  # fmt: skip
def test_each_instant_is_in_the_period_of_its_day_only(zone: str, at_us: int) -> None:
    days = ShopDays(ZoneInfo(zone))
    day = days.day_of(at_us)
    for around in range(-2, 3):
        other = day + timedelta(days=around)
        assert (at_us in days.period(other, other)) == (around == 0)


def test_entries_of_a_wrong_clock_are_in_the_day_that_they_name() -> None:
    ledger = memory_ledger()
    shop = RandomShop(ledger, Random(1), BEFORE_SUMMER_TIME)
    shop.sale()
    shop.now_us -= 30 * 86_400 * US
    wrong = VIENNA.day_of(shop.now_us)
    shop.sale()
    shop.now_us += 31 * 86_400 * US
    shop.sale()
    rows = read_json(exported(LedgerPages(ledger), wrong, wrong)[1])
    assert sum(row["kind"] == "order" for row in rows) == 1


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest) -> Iterator[SqlLedger]:
    opened: SqlLedger
    if request.param == "sqlite":
        opened = memory_ledger()
    else:
        opened = PostgresLedger(postgres.fresh_database(request.getfixturevalue("postgres_server")), KEY)
    yield opened
    opened.close()


def test_both_databases_export_the_same(ledger: SqlLedger) -> None:
    shop = RandomShop(ledger, Random(7), BEFORE_SUMMER_TIME)
    shop.live(25)
    rows = read_json(exported(LedgerPages(ledger))[1])
    assert total(rows, MONEY) == shop.tally.money
    assert day_by_day(ledger, shop) == rows_only(rows)
    assert all(row["note"] == "ok" for row in rows if row["kind"] == "check")


def test_no_secret_of_a_shopper_is_read() -> None:
    ledger = memory_ledger()
    shop = RandomShop(ledger, Random(7), BEFORE_SUMMER_TIME)
    attempt = shop.sale()
    ledger.append(
        "spent",
        attempt.order_id,
        {"key": attempt.key, "minor": 1},
        shop.now_us,
        key="x",
        state="hash-of-card",
    )
    (page,) = all_pages(LedgerPages(ledger), Period())
    assert "hash-of-card" not in repr(page)


class _WithoutLast(LedgerPages):
    """Planted fault: the last marked entry of each page is lost."""

    def page(self, period: Period, position: Position) -> Page:
        found = super().page(period, position)
        lost = max((place for history in found.histories for place in history.marked), default=None)
        cut = (History(h.order_id, h.entries, h.marked - {lost}) for h in found.histories)
        return replace(found, histories=tuple(cut))


def test_a_lost_row_is_noticed_by_the_tally() -> None:
    ledger = memory_ledger()
    shop = RandomShop(ledger, Random(3), BEFORE_SUMMER_TIME)
    shop.sale()
    assert total(read_json(exported(LedgerPages(ledger))[1]), ["order"]) == shop.tally.sales
    assert total(read_json(exported(_WithoutLast(ledger))[1]), ["order"]) != shop.tally.sales


class _LineLost(LedgerPages):
    """Planted fault: the orders have lost a line on the way."""

    def page(self, period: Period, position: Position) -> Page:
        found = super().page(period, position)
        return replace(
            found, histories=tuple(replace(h, entries=tuple(map(_cut, h.entries))) for h in found.histories)
        )


def _cut(entry: Placed) -> Placed:
    if entry.kind != "order":
        return entry
    body = json.loads(entry.body)
    return entry._replace(body=json.dumps({**body, "lines": body["lines"][:-1]}))


def test_totals_that_do_not_agree_are_said() -> None:
    ledger = memory_ledger()
    RandomShop(ledger, Random(3), BEFORE_SUMMER_TIME).sale()
    done, text = exported(_LineLost(ledger))
    assert not done.agree
    said = {row["name"]: row["note"] for row in read_json(text) if row["kind"] == "check"}
    assert "differs by -" in said["lines = orders"]
    assert said["receipts = orders"] == "ok"
