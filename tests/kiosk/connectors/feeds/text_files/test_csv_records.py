"""CSV of other systems: delimiters, quotes, line breaks in cells, stray quotes, cut files."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.connectors.feeds.limits import MAX_LINE_CHARS
from kiosk.connectors.feeds.text_files.csv_dialect import CsvDialect, dialect_of
from kiosk.connectors.feeds.text_files.csv_records import CsvRecords
from kiosk.connectors.feeds.text_files.records import RecordError
from kiosk.connectors.feeds.text_files.text_file import TextFile

KNOWN = ("gtin", "name", "count", "colours")


def read(folder: Path, content: str | bytes) -> tuple[list[tuple[int, Any]], str]:
    """Line number with the fields, or the mistake, of each record; and why the file is cut."""
    path = folder / "stock.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with TextFile(path) as file:
        dialect = dialect_of(list(file.lines()), KNOWN)
        assert dialect is not None
        records = CsvRecords(file, dialect)
        return [(number, fields(records, raw)) for number, raw in records.records()], records.cut


def fields(records: CsvRecords, raw: str) -> Any:
    try:
        return records.fields(raw)
    except RecordError as error:
        return str(error)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_break(tmp_path: Path, delimiter: str, end: str) -> None:
    rows = [["gtin", "name"], ["1", 'Coat, "long"; wide'], ["2", "two\nlines" if end == "\n" else "one"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    found, cut = read(tmp_path, text.getvalue())
    assert [record for _, record in found] == [{"gtin": g, "name": n} for g, n in rows[1:]]
    assert cut == ""


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [
        ("gtin;name,de;count", ";"),
        ("gtin,name", ","),
        ('"GTIN, UPC, EAN"\tGtin\tName', "\t"),
        ("sep=;\r\ngtin;name", ";"),
        ("a;b;c", ";"),
        ("a|b|c|d", "|"),
        ("gtin", ","),
        ('gtin;"name\n(long)"', ";"),
    ],
)
def test_the_delimiter_is_that_of_the_known_columns(header: str, delimiter: str) -> None:
    dialect = dialect_of(header.split("\n"), KNOWN)
    assert dialect is not None
    assert dialect.delimiter == delimiter


def test_names_of_columns_are_plain(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "\ufeff GTIN ;Colours.0.Code;Name.de\n1;red;Rot\n")
    assert found == [(2, {"gtin": "1", "colours": {"0": {"Code": "red"}}, "name": {"de": "Rot"}})]


def test_blank_lines_and_rows_of_delimiters_are_left_out(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "gtin;name\n\n1;a\n;\n \n2;b\n")
    assert [number for number, _ in found] == [3, 6]


def test_empty_columns_at_the_end_are_no_mistake(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "gtin,name\n1,a,,\n2,b,x\n3\n")
    assert found == [
        (2, {"gtin": "1", "name": "a"}),
        (3, "3 columns where 2 were expected"),
        (4, "1 columns where 2 were expected"),
    ]


def test_a_stray_quote_costs_its_line_alone(tmp_path: Path) -> None:
    rows = "".join(f"{n},b\n" for n in range(3, 3000))
    found, cut = read(tmp_path, f'gtin,name\n1,"open\n2,b\n{rows}')
    assert found[0] == (
        2,
        "not CSV: unexpected end of data; a quote inside of a quoted cell is written twice",
    )
    assert [number for number, _ in found] == list(range(2, 3001))
    assert cut == ""


def test_two_stray_quotes_cost_their_lines_alone_and_both_are_told(tmp_path: Path) -> None:
    found, _ = read(tmp_path, 'gtin,name\n1,"open\n2,"open too\n3,c\n4,"two\nlines"\n')
    assert [(number, isinstance(record, dict)) for number, record in found] == [
        (2, False), (3, False), (4, True), (5, True),
    ]  # fmt: skip
    assert found[3][1] == {"gtin": "4", "name": "two\nlines"}


def test_a_quote_inside_of_a_cell_is_text(tmp_path: Path) -> None:
    found, _ = read(tmp_path, 'gtin,name\n1,27" screen\n2,say "hi"\n3,"say ""hi"""\n4,"a"b\n')
    assert [record["name"] if isinstance(record, dict) else record for _, record in found[:3]] == [
        '27" screen', 'say "hi"', 'say "hi"',
    ]  # fmt: skip
    assert "not CSV" in found[3][1]


@pytest.mark.parametrize(
    ("content", "cut"),
    [
        ("gtin,name\n1,a\n2,b", ""),
        ("gtin,name\n1,a\n2", "ends in the middle of a line"),
        ('gtin,name\n1,a\n2,"b', "ends in the middle of a line"),
        ('gtin,name\n1,a\n2,"b\nc', "ends in the middle of a line"),
        ("gtin,name\n1,a\n\x00\x00\x00\x00", "ends with bytes of zero, as after a loss of power"),
        ("gtin,name\n", ""),
    ],
)
def test_a_cut_file_is_noticed(tmp_path: Path, content: str, cut: str) -> None:
    assert read(tmp_path, content)[1] == cut


def test_a_long_line_is_a_mistake_and_memory_stays_bounded(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "gtin,name\n1," + "x" * (3 * MAX_LINE_CHARS) + "\n2,b\n")
    assert found == [(2, f"longer than {MAX_LINE_CHARS} characters"), (3, {"gtin": "2", "name": "b"})]


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from('",;\n'), max_size=12
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELLS, CELLS), max_size=6), st.sampled_from([",", ";", "\t"]), st.booleans())
def test_what_was_written_is_read(
    tmp_path: Path, rows: list[tuple[str, str]], delimiter: str, quoted: bool
) -> None:
    text = io.StringIO()
    if quoted:
        writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    else:
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerows([("gtin", "name"), *rows])
    found, cut = read(tmp_path, text.getvalue())
    expected = [
        {k: v.strip() for k, v in zip(("gtin", "name"), row, strict=True) if v.strip()} for row in rows
    ]
    assert [record for _, record in found if record] == [record for record in expected if record]
    assert cut == ""


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from('ab",;='), max_size=12), max_size=8), st.booleans())
def test_no_line_is_lost_or_read_twice(tmp_path: Path, lines: list[str], ended: bool) -> None:
    path = tmp_path / "stock.csv"
    path.write_text("\n".join(["gtin,name", *lines]) + "\n" * ended)
    read_lines: list[int] = []
    with TextFile(path) as file:
        for number, raw in CsvRecords(file, CsvDialect(",", ("gtin", "name"), 2)).records():
            read_lines += range(number, number + raw.count("\n") + 1)
    assert read_lines == sorted(set(read_lines))
    assert set(read_lines) >= {number for number, line in enumerate(lines, 2) if line.strip(",")}
