"""The ledger against reports of the services: random days, planted differences of each kind, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from kiosk.clock import US
from kiosk.connectors.payments.reports.line import LineKind, ReportLine, Service
from kiosk.core.domain.money import Money
from kiosk.store.payments.books.period import Period
from kiosk.store.payments.books.settle.lines import Lines
from kiosk.store.payments.books.settle.settlement import Compared
from tests.kiosk.store.payments.books.random_shop import RandomShop
from tests.kiosk.store.payments.books.reports_of import Moved, NoPlaceError, Plant, planted, rows_of
from tests.kiosk.store.payments.books.settled_shop import START_US, SettledShop

ONE_FOLDER = settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
SHOPS = st.tuples(
    st.sampled_from(list(Service)), st.integers(0, 10**9), st.sampled_from(["EUR", "JPY", "KWD", "CLP"])
)
SERVICES = [pytest.param(service, id=service.value) for service in Service]
OF_SLIP = {Plant.TWICE: "missing-in-ledger", Plant.STATE: "missing-in-ledger"}
"""The shop's own terminal knows no orders: a second or an unknown slip is one that the ledger does not have."""


def shop_of(made: tuple[Service, int, str], steps: int = 14) -> SettledShop:
    service, seed, currency = made
    return SettledShop(service, Random(seed), steps, exact(service, currency))


def exact(service: Service, currency: str) -> str:
    """Stripe's amounts of KWD end in 0, Adyen's of CLP have two digits: the random prices are of others there."""
    return "EUR" if service is Service.STRIPE and currency == "KWD" else currency


def kinds(compared: Compared) -> Counter[str]:
    return Counter(one.kind.value for one in compared.found.differences)


@given(SHOPS)
@ONE_FOLDER
def test_a_report_of_what_happened_has_no_difference(tmp_path: Path, made: tuple[Service, int, str]) -> None:
    shop = shop_of(made)
    compared = shop.settle(tmp_path, shop.moved)
    assert compared.found.differences == []
    assert compared.found.pending == []
    assert compared.found.agreed == len(shop.moved)


@given(SHOPS, st.lists(st.sampled_from(list(Plant)), min_size=1, max_size=4, unique=True))
@ONE_FOLDER
def test_planted_differences_are_found_and_no_others(
    tmp_path: Path, made: tuple[Service, int, str], plants: list[Plant]
) -> None:
    shop = shop_of(made, steps=60)
    try:
        moved = planted(shop.moved, plants, Random(made[1]), shop.abandoned)
    except NoPlaceError:
        reject()
    assert kinds(shop.settle(tmp_path, moved)) == expected(shop.service, plants)


def expected(service: Service, plants: list[Plant]) -> Counter[str]:
    if service is not Service.OWN:
        return Counter(plant.value for plant in plants)
    return Counter(OF_SLIP.get(plant, plant.value) for plant in plants)


@pytest.mark.parametrize("service", SERVICES)
def test_twenty_differences_of_seven_kinds_over_several_files(tmp_path: Path, service: Service) -> None:
    """Missing at the service, missing in the ledger, amount, currency, twice, refund missing or extra, day or state."""
    shop = SettledShop(service, Random(11), 220)
    plants = [*Plant, *Plant, Plant.AMOUNT, Plant.TWICE]
    moved = planted(shop.moved, plants, Random(5), shop.abandoned)
    compared = shop.settle(tmp_path, moved, files=3)
    assert len(plants) == 20
    assert kinds(compared) == expected(service, plants)
    assert compared.repeated == 6, "the rows that two files have"
    places = {one.place for one in compared.found.differences if one.report is not None}
    assert all("report-" in place and ", line " in place for place in places)


def not_refunded(shop: SettledShop) -> Moved:
    """The first payment of which nothing was paid back."""
    back = {m.order for m in shop.moved if m.kind is LineKind.REFUND}
    return next(m for m in shop.moved if m.order not in back)


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_too_new_for_the_report_is_pending_and_not_missing(tmp_path: Path, service: Service) -> None:
    shop = SettledShop(service, Random(3), 80)
    end_us = shop.moved[-1].at_us
    new = [m for m in shop.moved if m.at_us > end_us - 86_400 * US and m.kind is LineKind.CHARGE][:-1]
    old = not_refunded(shop)
    assert new
    kept = [m for m in shop.moved if m.order not in {n.order for n in new} and m is not old]
    period = Period(START_US - US, shop.shop.now_us + US)
    compared = shop.settle(tmp_path, kept, period=period, pending_days=2)
    missing = [one for one in compared.found.differences if one.kind.value == "missing-at-service"]
    assert [one.order for one in missing] == [old.order]
    assert {one.order for one in compared.found.pending} >= {m.order for m in new}
    at_once = shop.settle(tmp_path, kept, period=period, pending_days=0)
    assert {one.order for one in at_once.found.differences} >= {m.order for m in new}


def test_what_is_younger_than_the_report_is_pending_unless_all_is_stated(tmp_path: Path) -> None:
    """Somebody compares up to today with a report that ends some days ago."""
    shop = SettledShop(Service.ADYEN, Random(3), 80)
    cut_us = shop.moved[-1].at_us - 6 * 86_400 * US
    kept = [m for m in shop.moved if m.at_us < cut_us]
    today = Period(START_US - US, shop.shop.now_us + US)
    assert kinds(shop.settle(tmp_path, kept, period=today, pending_days=None)) == {}
    assert kinds(shop.settle(tmp_path, kept, period=today, pending_days=0)) != {}


@pytest.mark.parametrize("service", SERVICES)
def test_a_period_is_compared_alone(tmp_path: Path, service: Service) -> None:
    """A difference before the period, and one after it, are not shown."""
    shop = SettledShop(service, Random(8), 90)
    middle_us = (START_US + shop.shop.now_us) // 2
    first = not_refunded(shop)
    kept = [m for m in shop.moved if m is not first]
    assert kinds(shop.settle(tmp_path, kept)) == {"missing-at-service": 1}
    period = Period(middle_us, shop.shop.now_us + US)
    assert kinds(shop.settle(tmp_path, kept, period=period)) == {}


def test_the_report_of_one_of_two_own_terminals(tmp_path: Path) -> None:
    """Their slips have the same numbers on the same days."""
    shop = SettledShop(Service.OWN, Random(8), 30)
    other = RandomShop(
        shop.ledger,
        Random(9),
        START_US,
        prefix="z",
        terminal="t2",
        identity="attended:two",
        service=Service.OWN,
    )
    other.live(30)
    assert kinds(shop.settle(tmp_path, shop.moved, terminals=frozenset({"t1"}))) == {}
    assert "missing-at-service" in kinds(shop.settle(tmp_path, shop.moved))


def test_stripe_without_our_metadata_matches_by_its_numbers(tmp_path: Path) -> None:
    shop = SettledShop(Service.STRIPE, Random(2), 60)
    rows = rows_of(Service.STRIPE, shop.moved)
    for row in rows:
        for column in ("payment_metadata[key]", "payment_metadata[order]", "refund_metadata[key]"):
            row.pop(column, None)
    words = [a for a in shop.shop.attempts if a.provisional]
    found = kinds(shop.settle_rows(tmp_path, rows))
    assert found["missing-at-service"] == len(words), "nobody has entered a number for them"


def test_payments_of_a_web_shop_at_the_same_account_are_no_differences(tmp_path: Path) -> None:
    shop = SettledShop(Service.STRIPE, Random(2), 30)
    rows = rows_of(Service.STRIPE, shop.moved)
    other = {**rows[0], "balance_transaction_id": "txn_web", "source_id": "ch_web", "charge_id": "ch_web"}
    other |= {"payment_intent_id": "pi_web", "payment_metadata[key]": "", "payment_metadata[order]": ""}
    at_reader = {**other, "balance_transaction_id": "txn_keyed", "source_id": "ch_k", "charge_id": "ch_k"}
    online = {**other, "payment_method_type": "card"}
    compared = shop.settle_rows(tmp_path, [*rows, online, {**at_reader, "payment_intent_id": "pi_k"}])
    assert (kinds(compared), compared.found.foreign) == ({"missing-in-ledger": 1}, 1)


def test_chargebacks_and_fees_are_stated_beside(tmp_path: Path) -> None:
    shop = SettledShop(Service.ADYEN, Random(2), 40)
    rows = rows_of(Service.ADYEN, shop.moved)
    charge = next(row for row in rows if row["Type"] == "Settled")
    back = {**charge, "Type": "Chargeback", "Modification Reference": "cb1", "Gross Credit (GC)": ""}
    back |= {"Gross Debit (GC)": charge["Gross Credit (GC)"]}
    won = {**charge, "Type": "ChargebackReversed", "Modification Reference": "cb2"}
    compared = shop.settle_rows(tmp_path, [*rows, back, won])
    assert kinds(compared) == {}
    assert [one.reversed for one in compared.found.chargebacks] == [False, True]
    assert compared.fees["EUR"] > 0


def test_a_refund_that_failed_later_is_a_missing_refund(tmp_path: Path) -> None:
    shop = SettledShop(Service.STRIPE, Random(2), 60)
    rows = rows_of(Service.STRIPE, shop.moved)
    refund = next(row for row in rows if row["reporting_category"] == "refund")
    failed = {**refund, "reporting_category": "refund_failure", "balance_transaction_id": "txn_failed"}
    failed |= {"gross": refund["gross"].removeprefix("-")}
    assert kinds(shop.settle_rows(tmp_path, [*rows, failed])) == {"refund-missing": 1}


def test_words_of_persons_are_compared(tmp_path: Path) -> None:
    """Agreement, contradiction, and no word where the report does not cover the time."""
    shop = SettledShop(Service.ADYEN, Random(21), 80)
    words = [a for a in shop.shop.attempts if a.provisional]
    assert len(words) > 3
    denied = words[0]
    kept = [m for m in shop.moved if m.order != denied.order_id]
    found = shop.settle(tmp_path, kept).found.words
    assert {word.key: word.moved for word in found} == {
        a.key: None if a is denied else a.amount for a in words
    }
    covered = Period(words[2].sent_us - US, words[2].sent_us + 3600 * US)
    within = shop.settle(tmp_path, kept, period=covered).found.words
    assert denied.key not in {word.key for word in within}


class _OfAnyAmount(Lines):
    """Planted fault: each line states the amount that was asked for."""

    def __init__(self, service: Service, amounts: dict[str, Money]) -> None:
        super().__init__(service)
        self.amounts = amounts

    def add(self, lines: Iterable[ReportLine]) -> None:
        super().add(replace(line, amount=self.amounts.get(line.key, line.amount)) for line in lines)


def test_a_comparison_that_forgets_amounts_is_caught(tmp_path: Path) -> None:
    shop = SettledShop(Service.STRIPE, Random(11), 60)
    moved = planted(shop.moved, [Plant.AMOUNT], Random(5), shop.abandoned)
    assert kinds(shop.settle(tmp_path, moved)) == {"amount": 1}
    forgetful = _OfAnyAmount(Service.STRIPE, {m.key: m.amount for m in shop.moved})
    assert kinds(shop.settle(tmp_path, moved, lines=forgetful)) == {}
