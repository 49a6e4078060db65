"""CSV files of reads: invalid rows are skipped, unusable files refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hardware.rooms.reads_csv import READ_COLUMNS, WALK_COLUMNS, ReadsFileError, load_reads
from hardware.rooms.site import parse_site

SITE = parse_site("rooms: {one: {antennas: [1]}, two: {antennas: [2]}}")
CELL = st.one_of(
    st.text(max_size=12), st.sampled_from(["1", "-50", "one", "1e9", "inf", '"', "\r", "3034", "9" * 5000])
)
BODY = st.lists(st.lists(CELL, max_size=7).map(",".join), max_size=12).map("\n".join)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    BODY,
    st.sampled_from(["at_us,antenna,rssi_dbm,epc,room\n", "", "\ufeffAT_US, antenna ,rssi_dbm,epc,room\r\n"]),
)
@example('1,1,-50,"' + "x" * 200_000, "at_us,antenna,rssi_dbm,epc,room\n")
def test_any_text_is_loaded_or_refused(tmp_path: Path, body: str, header: str) -> None:
    path = tmp_path / "walk.csv"
    path.write_bytes((header + body).encode("utf-8", "surrogatepass"))
    try:
        table = load_reads(path, SITE, WALK_COLUMNS)
    except ReadsFileError:
        return
    assert all(read.at_us >= 0 and read.antenna in SITE.antennas for read in table.reads)
    assert [read.at_us for read in table.reads] == sorted(read.at_us for read in table.reads)


@pytest.mark.parametrize("empty", ["", " ", "null", "None", "NA", "-"])
def test_an_empty_strength_is_unknown_and_an_empty_antenna_only_with_one(tmp_path: Path, empty: str) -> None:
    path = tmp_path / "reads.csv"
    path.write_text(f"at_us,antenna,rssi_dbm,epc\n1,1,{empty},E\n2,{empty},-50,E\n")
    table = load_reads(path, SITE, READ_COLUMNS)
    assert [(read.antenna.port, read.rssi_dbm) for read in table.reads] == [(1, None)]
    assert table.skipped.examples == ("line 3: no antenna, and the site has 2 of them",)
    alone = load_reads(path, parse_site("rooms: {one: {antennas: [1]}}"), READ_COLUMNS)
    assert [(read.antenna.port, read.rssi_dbm) for read in alone.reads] == [(1, None), (1, -50.0)]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadsFileError, match="cannot be read"):
        load_reads(tmp_path, SITE, WALK_COLUMNS)


def test_names_of_rooms_and_of_the_corridor(tmp_path: Path) -> None:
    path = tmp_path / "walk.csv"
    rooms = ("one", "two", "", "outside", "None", "three")
    path.write_text(
        "at_us,antenna,rssi_dbm,epc,room\n" + "\n".join(f"{n},1,-50,E,{room}" for n, room in enumerate(rooms))
    )
    table = load_reads(path, SITE, WALK_COLUMNS)
    assert [read.room for read in table.reads] == ["one", "two", "", "", ""]
    assert table.skipped.count == 1


ROWS = ("1000000,1,-50.5,E1", "1200000,2,-61,E2")


def saved(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "reads.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("first", ["", "sep=;"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_of_spreadsheets_are_read(
    tmp_path: Path, encoding: str, newline: str, first: str, separator: str
) -> None:
    lines = [line.replace(",", separator) for line in (",".join(READ_COLUMNS), *ROWS)]
    if first:
        lines.insert(0, first.replace(";", separator))
    if separator != ",":
        lines = [line.replace(".", ",") for line in lines]
    table = load_reads(saved(tmp_path, newline.join(lines), encoding), SITE, READ_COLUMNS)
    assert table.skipped.count == 0
    assert [(read.at_us, read.rssi_dbm) for read in table.reads] == [(1_000_000, -50.5), (1_200_000, -61.0)]


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (["1767225600", "1767225601"], "seem to be seconds since 1970"),
        (["1767225600000", "1767225601000"], "seem to be milliseconds since 1970"),
        ([str(n) for n in range(60)], "seem to be seconds or milliseconds"),
        (["0.5", "1.25"], "has a fraction"),
        (["1767225600.25"], "has a fraction"),
    ],
)
def test_times_in_another_unit_are_refused_with_a_hint(tmp_path: Path, times: list[str], said: str) -> None:
    rows = [f"{at},1,-50,E" for at in times]
    with pytest.raises(ReadsFileError, match=said):
        load_reads(saved(tmp_path, "\n".join((",".join(READ_COLUMNS), *rows))), SITE, READ_COLUMNS)


def test_microseconds_that_a_program_kept_as_floats_are_read(tmp_path: Path) -> None:
    rows = ["1.7672256e+15,1,-50,E", "1767225600250000.5,1,-50,E", "1767225600500000.0,1,-50,E"]
    table = load_reads(saved(tmp_path, "\n".join((",".join(READ_COLUMNS), *rows))), SITE, READ_COLUMNS)
    assert [read.at_us % 1_000_000 for read in table.reads] == [0, 250_000, 500_000]
