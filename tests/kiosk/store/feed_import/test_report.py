"""The report of an import: what is said about single kinds is said of the whole as well."""

from __future__ import annotations

from kiosk.store.api.feed_answers import result_answer
from kiosk.store.feed_import.report import ImportReport, KindReport


def test_notes_of_the_folder_and_of_every_kind_are_told() -> None:
    kinds = (KindReport("styles", notes=("styles.csv: b",)), KindReport("stock", notes=("stock.csv:3: c",)))
    report = ImportReport(1, kinds=kinds, notes=("x.xlsx: a",))
    assert report.every_note == ("x.xlsx: a", "styles.csv: b", "stock.csv:3: c")
    assert result_answer(report).notes == report.every_note
