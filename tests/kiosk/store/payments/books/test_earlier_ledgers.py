"""Exports and settlement of a ledger that an earlier version has written: pieces by EPC, one tax, no terminal named."""

from __future__ import annotations

from pathlib import Path

from kiosk.connectors.payments.reports.line import Service
from kiosk.connectors.payments.reports.reading import opened_report
from kiosk.store.payments.books.pages import LedgerPages
from kiosk.store.payments.books.settle.lines import Lines
from kiosk.store.payments.books.settle.settlement import Scope, settle
from kiosk.store.payments.ledger import SqliteLedger
from tests.kiosk.store.payments.books.exported import VIENNA, exported, read_json, total
from tests.kiosk.store.payments.ledgers import KEY
from tests.kiosk.store.payments.test_earlier_versions import COAT, SHIRT, write_ledger
from tests.kiosk.store.sample_shop import settings_in


def test_a_ledger_of_an_earlier_version_is_exported_and_compared(tmp_path: Path) -> None:
    made = settings_in(tmp_path)
    write_ledger(made)
    ledger = SqliteLedger(made.ledger_path, KEY)
    done, text = exported(LedgerPages(ledger))
    rows = read_json(text)
    assert done.agree
    assert [row["article"] for row in rows if row["kind"] == "line"] == [SHIRT, SHIRT, COAT, COAT]
    assert (total(rows, ["order"]), total(rows, ["refund"])) == (38_700 + 12_900, -12_900)
    (refund,) = (row for row in rows if row["kind"] == "refund")
    assert (refund["rate_percent"], refund["tax_minor"], refund["receipt"]) == ("20", -4_300, "000001")
    slips = tmp_path / "slips.csv"
    slips.write_text(
        "date,reference,type,amount\n1970-01-01,REF1,sale,387.00\n1970-01-01,REF1,sale,129.00\n"
        "1970-01-01,R,refund,129.00\n",
        "utf-8",
    )
    lines = Lines(Service.OWN)
    with opened_report(slips, VIENNA.zone, "EUR") as report:
        lines.add(report.lines)
    found = settle(LedgerPages(ledger), lines, VIENNA, Scope(), lambda _, __: None).found
    assert (found.differences, found.agreed) == ([], 3)
    ledger.close()
