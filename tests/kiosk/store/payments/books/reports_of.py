"""What the two services and the shop's own terminal would have of a random shop, and their reports, for tests.

The books are those of the doubles, and the doubles write the reports. Every payment and refund of the ledger is entered
in them here, as the service has it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum, unique
from pathlib import Path
from random import Random

from kiosk.clock import US
from kiosk.connectors.payments.doubles.adyen import report as adyen_report
from kiosk.connectors.payments.doubles.adyen.book import Book, Entry
from kiosk.connectors.payments.doubles.stripe_api import report as stripe_report
from kiosk.connectors.payments.doubles.stripe_api.account import Account
from kiosk.connectors.payments.doubles.stripe_api.objects import CARDS, Charge, Intent, Refund
from kiosk.connectors.payments.reports.line import LineKind, Service
from kiosk.connectors.payments.stripe_terminal.amounts import to_stripe
from kiosk.core.domain.money import Money
from kiosk.store.payments.books.rows import decimal_text
from tests.kiosk.store.payments.books.exported import VIENNA


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that a service has moved. `number`: its own, `charge`: that of the payment of a refund."""

    kind: LineKind
    number: str
    charge: str
    key: str
    order: str
    amount: Money
    at_us: int


Row = dict[str, str]


def rows_of(service: Service, moved: Sequence[Moved]) -> list[Row]:
    """The rows of the service's report."""
    match service:
        case Service.STRIPE:
            return list(stripe_report.rows(_account(moved)))
        case Service.ADYEN:
            return list(adyen_report.rows(_book(moved)))
        case Service.OWN:
            return list(_own(moved))


def file_of(service: Service, rows: Sequence[Row], path: Path) -> Path:
    """Writes a report."""
    with path.open("w", encoding="utf-8", newline="") as file:
        match service:
            case Service.STRIPE:
                stripe_report.write(file, iter(rows))
            case Service.ADYEN:
                adyen_report.write(file, rows)
            case Service.OWN:
                writer = csv.DictWriter(file, ("date", "reference", "type", "amount", "currency"))
                writer.writeheader()
                writer.writerows(rows)
    return path


def _account(moved: Sequence[Moved]) -> Account:
    account = Account(lambda: 0.0)
    intents: dict[str, Intent] = {}
    for one in moved:
        seconds, units = one.at_us // US, to_stripe(one.amount)
        if one.kind is LineKind.CHARGE:
            intent = Intent(
                f"pi_{one.number}", units, one.amount.currency.lower(), {"key": one.key, "order": one.order},
                ("card_present",), seconds, status="succeeded",
            )  # fmt: skip
            intent.charges.append(
                Charge(
                    f"ch_{one.number}",
                    units,
                    one.amount.currency.lower(),
                    CARDS["visa"],
                    ok=True,
                    captured=units,
                )
            )
            account.intents[intent.intent_id] = intents[one.number] = intent
        else:
            made = Refund(f"re_{one.number}", units, one.amount.currency.lower(), {"key": one.key}, seconds)
            intents[one.charge].refunds.append(made)
    return account


def _book(moved: Sequence[Moved]) -> Book:
    book, found = Book(), dict[str, Entry]()
    for one in moved:
        charge = one.kind is LineKind.CHARGE
        units = Decimal(one.amount.minor).scaleb(-one.amount.digits)
        at = adyen_report.utc_text(datetime.fromtimestamp(one.at_us / US, UTC))
        entry = Entry(
            "Payment" if charge else "Reversal", ("Cheval", one.key), units, one.amount.currency,
            one.order if charge else "", f"dbl.{one.number}", at, collected=int(charge), repaid=int(not charge),
            approved=units if charge else Decimal(0),
        )  # fmt: skip
        if charge:
            found[one.number] = entry
        else:
            entry.of = found[one.charge].transaction
        book.entries.append(entry)
    return book


def _own(moved: Sequence[Moved]) -> Iterator[Row]:
    for one in moved:
        yield {
            "date": VIENNA.day_of(one.at_us).isoformat(),
            "reference": one.number,
            "type": "sale" if one.kind is LineKind.CHARGE else "refund",
            "amount": decimal_text(one.amount.minor, one.amount.currency),
            "currency": one.amount.currency,
        }


def text_of(service: Service, rows: Sequence[Row]) -> str:
    """A report as one text."""
    file = io.StringIO(newline="")
    match service:
        case Service.STRIPE:
            stripe_report.write(file, iter(rows))
        case _:
            adyen_report.write(file, rows)
    return file.getvalue()


class NoPlaceError(Exception):
    """The shop has no order at which a difference could be planted."""


@unique
class Plant(Enum):
    """Seven kinds of differences, and the kinds under which they are reported."""

    MISSING_AT_SERVICE = "missing-at-service"
    MISSING_IN_LEDGER = "missing-in-ledger"
    AMOUNT = "amount"
    CURRENCY = "currency"
    TWICE = "charged-twice"
    REFUND_MISSING = "refund-missing"
    REFUND_EXTRA = "refund-extra"
    DAY = "day"
    STATE = "state"


def planted(
    moved: Sequence[Moved], plants: Sequence[Plant], random: Random, abandoned: Sequence[Moved]
) -> list[Moved]:
    """The same with a difference for each of these, each at another order. Raises NoPlaceError."""
    found, touched = list(moved), set[str]()
    for number, plant in enumerate(plants):
        refunds = plant is Plant.REFUND_MISSING
        pool = [
            m for m in found if m.order and m.order not in touched and (m.kind is LineKind.REFUND) == refunds
        ]
        if plant is Plant.STATE:
            pool = [m for m in abandoned if m.order not in touched]
        elif plant is not Plant.REFUND_MISSING:
            back = {m.order for m in found if m.kind is LineKind.REFUND}
            pool = [m for m in pool if m.order not in back]
        if not pool:
            raise NoPlaceError(plant.value)
        chosen = random.choice(pool)
        touched.add(chosen.order)
        found = _with(found, plant, chosen, number)
    return found


def _with(found: list[Moved], plant: Plant, chosen: Moved, number: int) -> list[Moved]:
    place = found.index(chosen) if chosen in found else len(found)
    other = "USD" if chosen.amount.currency != "USD" else "EUR"
    match plant:
        case Plant.MISSING_AT_SERVICE | Plant.REFUND_MISSING:
            return found[:place] + found[place + 1 :]
        case Plant.MISSING_IN_LEDGER:
            return [*found, _changed(chosen, number=f"unknown{number}", key="", order="")]
        case Plant.TWICE:
            return [*found, _changed(chosen, number=f"again{number}")]
        case Plant.REFUND_EXTRA:
            extra = Moved(
                LineKind.REFUND,
                f"extra{number}",
                chosen.number,
                "",
                chosen.order,
                chosen.amount,
                chosen.at_us + US,
            )
            return [*found, extra]
        case Plant.AMOUNT:
            more = Money(chosen.amount.minor + 10, chosen.amount.currency)
            return [*found[:place], _changed(chosen, amount=more), *found[place + 1 :]]
        case Plant.CURRENCY:
            changed = Money(chosen.amount.minor, other)
            return [*found[:place], _changed(chosen, amount=changed), *found[place + 1 :]]
        case Plant.DAY:
            return [
                *found[:place],
                _changed(chosen, at_us=chosen.at_us + 2 * 86_400 * US),
                *found[place + 1 :],
            ]
        case Plant.STATE:
            return [*found, chosen]


def _changed(one: Moved, **changes: object) -> Moved:
    values = {name: getattr(one, name) for name in one.__slots__}
    return Moved(**{**values, **changes})
