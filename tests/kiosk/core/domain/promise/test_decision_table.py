"""The decision, row by row: who asks, when, for what, and where the piece lies -> what is promised, and why."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.core.domain.money import Money
from kiosk.core.domain.promise.decision import Asked, promise_for
from kiosk.core.domain.promise.rules import DeliveryRules
from kiosk.core.domain.promise.values import DeliveryPromise, DeliveryWay
from kiosk.core.domain.sales.payment_means import PaymentMeans
from kiosk.core.domain.shopper import Tier
from tests.kiosk.core.domain.promise.sample_rules import PARIS, RULES, SHOP, WAREHOUSE

ZONE = ZoneInfo(PARIS)
TABLE = Path(__file__).parent / "decision_table.csv"
Row = dict[str, str]


def rows() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def us(wall: str) -> int:
    return int(datetime.fromisoformat(wall).replace(tzinfo=ZONE).timestamp()) * 1_000_000


def outcome(row: Row, rules: DeliveryRules = RULES) -> tuple[str, ...]:
    """The columns from `service` on, as they are now."""
    tier = Tier.PROVED if row["shopper"] == "member" else Tier.GUEST
    asked = Asked(
        us(row["at"]), Money(int(row["goods"]), "EUR"), tier, PaymentMeans(row["means"]), row["zone"],
        frozenset(filter(None, [row["promotion"]])),
    )  # fmt: skip
    found = promise_for(rules, asked, DeliveryWay(row["way"]), row["lies_in"].split())
    if not isinstance(found, DeliveryPromise):
        return (f"no: {found.value}", "", "", "", "", "")
    by = datetime.fromtimestamp(found.order_by_us // 1_000_000, ZONE).strftime("%Y-%m-%d %H:%M")
    return (
        found.service, found.place, f"{'on' if found.guaranteed else 'from'} {found.day}" if found.day else "",
        str(found.fee.minor) if found.fee else "", by if found.order_by_us else "",
        " ".join(reason.value for reason in found.reasons),
    )  # fmt: skip


def stated(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in ("service", "place", "day", "fee", "order_by", "reasons"))


def test_the_table_is_long_enough_and_has_no_row_twice() -> None:
    found = [tuple(row.values())[:8] for row in rows()]
    assert len(found) >= 200
    assert len(set(found)) == len(found)


def test_each_row_is_decided_as_the_table_says() -> None:
    wrong = [(row, outcome(row)) for row in rows() if outcome(row) != stated(row)]
    assert wrong == []


@pytest.mark.parametrize(
    "planted",
    [
        replace(RULES, places=(replace(SHOP, cut_off_min=15 * 60 + 1), *RULES.places[1:])),
        replace(RULES, places=(SHOP, replace(WAREHOUSE, handling_days=1), RULES.places[2])),
        replace(RULES, services=RULES.services[1:]),
        replace(RULES, carriers=(replace(RULES.carriers[0], transits=()), RULES.carriers[1])),
    ],
    ids=["a cut-off one minute later", "a slower warehouse", "no express", "a carrier that goes nowhere"],
)
def test_a_change_of_the_rules_is_seen(planted: DeliveryRules) -> None:
    assert any(outcome(row, planted) != stated(row) for row in rows())
