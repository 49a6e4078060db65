"""Reports of the services as files: recognised by their columns, amounts and times exact, hostile files refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.connectors.payments.doubles.adyen import report as adyen_report
from kiosk.connectors.payments.doubles.stripe_api import report as stripe_report
from kiosk.connectors.payments.reports.line import LineKind, ReportError, ReportLine, Service
from kiosk.connectors.payments.reports.reading import opened_report
from kiosk.core.domain.money import Money

VIENNA = ZoneInfo("Europe/Vienna")
ADYEN_SAMPLE = """Company Account,Merchant Account,Psp Reference,Merchant Reference,Payment Method,Creation Date,TimeZone,Type,Modification Reference,Gross Currency,Gross Debit (GC),Gross Credit (GC),Exchange Rate,Net Currency,Net Debit (NC),Net Credit (NC),Commission (NC),Markup (NC),Scheme Fees (NC),Interchange (NC),Payment Method Variant,Modification Merchant Reference,Batch Number,Reserved4
TestCompany,TestMerchant,1813702551707653,3vpzf7,visa,2013-06-03 11:26:49,CET,Settled,1713702551795048,GBP,,5.00,1,GBP,,4.88,,0.04,0.01,0.07,visaclassic,,7,
TestCompany,TestMerchant,1313642467023511,324959451,visa,2013-03-26 22:37:26,CET,Chargeback,2313642467170922,EUR,349.99,,1,EUR,357.49,,7.5,,,,visaclassic,,7,
"""  # noqa: E501 the two lines are those of Adyen's page about this report, with a batch number
Read = Callable[..., tuple[Service, list[ReportLine]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(text: str | bytes, currency: str = "EUR") -> tuple[Service, list[ReportLine]]:
        path = tmp_path / "report.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        with opened_report(path, VIENNA, currency) as report:
            return report.service, list(report.lines)

    return reading


def test_the_published_lines_of_adyen_are_read(read: Read) -> None:
    service, (settled, back) = read(ADYEN_SAMPLE)
    assert (service, settled.kind, back.kind) == (Service.ADYEN, LineKind.CHARGE, LineKind.CHARGEBACK)
    assert (settled.amount, back.amount) == (Money(500, "GBP"), Money(34999, "EUR"))
    assert (settled.reference, settled.order, settled.batch, settled.fee) == (
        "1813702551707653",
        "3vpzf7",
        "7",
        12,
    )
    # the number of a payment has its time in it: 1370255170 s, and the line is 39 s later
    assert settled.at_us // 10**6 - 1370255170 == 39


def stripe(**cells: str) -> str:
    columns = ",".join(cells)
    return f"{columns}\n{','.join(cells.values())}\n"


PLAIN = {
    "balance_transaction_id": "txn_1", "created": "2026-03-29 03:00:00", "currency": "usd", "gross": "11.00",
    "fee": "0.33", "reporting_category": "charge", "source_id": "ch_1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "amount", "at_us"),
    [
        ({}, Money(1100, "USD"), 1_774_746_000),
        ({"created_utc": "2026-03-29 01:00:00"}, Money(1100, "USD"), 1_774_746_000),
        (
            {"customer_facing_amount": "10.00", "customer_facing_currency": "eur"},
            Money(1000, "EUR"),
            1_774_746_000,
        ),
        (
            {"customer_facing_amount": "1200", "customer_facing_currency": "jpy"},
            Money(1200, "JPY"),
            1_774_746_000,
        ),
        (
            {"customer_facing_amount": "12.500", "customer_facing_currency": "kwd"},
            Money(12500, "KWD"),
            1_774_746_000,
        ),
    ],
)
def test_amounts_of_stripe_are_those_that_the_shopper_saw(
    read: Read, cells: dict[str, str], amount: Money, at_us: int
) -> None:
    """Also where the payout is in another currency; `created` is in the zone of the request, with summer time."""
    _, (line,) = read(stripe(**{**PLAIN, **cells}))
    assert (line.amount, line.at_us // 10**6, line.fee) == (amount, at_us, 33)


@pytest.mark.parametrize(
    ("currency", "text", "minor"),
    [
        ("CLP", "500.00", 500),
        ("CVE", "12", 1200),
        ("IDR", "12", 1200),
        ("ISK", "7.00", 7),
        ("KWD", "1.234", 1234),
    ],
)
def test_amounts_of_adyen_have_its_digits_of_a_currency(
    read: Read, currency: str, text: str, minor: int
) -> None:
    sample = ADYEN_SAMPLE.replace(
        "GBP,,5.00,1,GBP,,4.88,,0.04,0.01,0.07", f"{currency},,{text},1,{currency},,{text},,,,"
    )
    assert read(sample)[1][0].amount == Money(minor, currency)


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("CET", 10),
        ("CEST", 9),
        ("UTC", 11),
        ("GMT", 11),
        ("UTC+02:00", 9),
        ("Europe/Amsterdam", 9),
        ("PST", 19),
    ],
)
def test_zones_of_a_report(read: Read, zone: str, utc: int) -> None:
    _, (line, _) = read(ADYEN_SAMPLE.replace("2013-06-03 11:26:49,CET", f"2013-06-03 11:26:49,{zone}"))
    assert line.at_us // 10**6 % 86_400 // 3600 == utc


def test_an_unknown_zone_is_refused_and_not_guessed(read: Read) -> None:
    with pytest.raises(ReportError, match="line 2: time zone `XYZ` is not known"):
        read(ADYEN_SAMPLE.replace("11:26:49,CET", "11:26:49,XYZ"))


def test_semicolons_with_decimal_commas(read: Read) -> None:
    service, (line,) = read("Date;Reference;Type;Amount\n2026-03-29;0042;Sale;12,50\n", "CHF")
    assert (service, line.amount, line.dated) == (Service.OWN, Money(1250, "CHF"), True)


@pytest.mark.parametrize(
    ("cells", "currency", "minor"),
    [("1000", "JPY", 1000), ("1.000", "JPY", None), ("12.500", "EUR", None), ("1.000.000", "EUR", None),
     ("-1.000", "KWD", None), ("1,000", "KWD", 1000), ("12.50", "EUR", 1250), ("1.000,50", "EUR", None)],
)  # fmt: skip
def test_a_thousand_with_a_point_is_not_read_as_one(
    read: Read, cells: str, currency: str, minor: int | None
) -> None:
    text = f"date;reference;type;amount\n2026-03-29;42;sale;{cells}\n"
    if minor is None:
        with pytest.raises(ReportError, match="line 2: "):
            read(text, currency)
    else:
        assert read(text, currency)[1][0].amount == Money(minor, currency)


def test_numbers_that_a_spreadsheet_has_shortened_are_refused(read: Read) -> None:
    with pytest.raises(ReportError, match=r"line 2: `1\.8137E\+15` in column psp reference was shortened"):
        read(ADYEN_SAMPLE.replace("1813702551707653", "1.8137E+15"))


OWN = "date,reference,type,amount,currency\n2026-03-29,0001,sale,1.00,EUR\n2026-03-29,0002,sale,129.00,EUR\n"


def test_a_file_that_ends_within_a_line_is_refused(read: Read) -> None:
    """Also where an amount is cut, which is a number still. A whole last line without line end is read."""
    whole = read(OWN)
    assert read(OWN[:-1]) == whole
    for text in (OWN, ADYEN_SAMPLE):
        last = text[:-1].rindex("\n") + 1
        for end in range(last + 1, text.rindex(","), 3):
            with pytest.raises(ReportError):
                read(text[:end])


def test_order_of_columns_and_byte_order_mark_do_not_matter(read: Read) -> None:
    cells = dict(reversed(PLAIN.items()))
    assert read(b"\xef\xbb\xbf" + stripe(**cells).encode())[1] == read(stripe(**PLAIN))[1]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"gross": "-1.00"}, "a charge has a negative amount"),
        ({"gross": ""}, "column gross is empty"),
        ({"gross": "1e3"}, "is no number"),
        ({"gross": "NaN"}, "is no number"),
        ({"gross": "\u0661\u0662"}, "is no number"),
        ({"gross": "9" * 30}, "is no number"),
        ({"created": "yesterday"}, "is no date and time"),
    ],
)
def test_lines_that_cannot_be_used_are_named(read: Read, cells: dict[str, str], why: str) -> None:
    with pytest.raises(ReportError, match=why) as caught:
        read(stripe(**{**PLAIN, **cells}))
    assert (caught.value.file, caught.value.line) == ("report.csv", 2)


@given(st.binary(max_size=40), st.integers(0, 900), st.sampled_from([ADYEN_SAMPLE, stripe(**PLAIN)]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mutated_files_are_read_or_refused(read: Read, junk: bytes, place: int, text: str) -> None:
    mutated = text.encode()
    try:
        read(mutated[:place] + junk + mutated[place + len(junk) :])
    except ReportError:
        return


def test_the_doubles_write_the_columns_that_are_read(read: Read) -> None:
    assert read(",".join(adyen_report.COLUMNS) + "\n") == (Service.ADYEN, [])
    assert read(",".join(stripe_report.COLUMNS) + "\n") == (Service.STRIPE, [])
