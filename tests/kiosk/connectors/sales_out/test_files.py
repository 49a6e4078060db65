"""Documents in a folder: whole lines, once each, by the shop's days; and the totals of each day."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.connectors.sales_out.files import FilesDestination, folder_mistake
from kiosk.connectors.sales_out.port import DestinationLostError, Document

VIENNA = ZoneInfo("Europe/Vienna")
NOON_US = int(datetime(2026, 11, 30, 11, tzinfo=UTC).timestamp()) * 1_000_000
MIDNIGHT_US = int(datetime(2026, 11, 30, 23, tzinfo=UTC).timestamp()) * 1_000_000
"""Between 30 November and 1 December in Vienna."""


def document(number: int, at_us: int = NOON_US, *rates: tuple[int, int, int], kind: str = "sale") -> Document:
    body = {
        "id": f"{kind}.o{number}", "kind": kind, "currency": "EUR", "means": "terminal",
        "taxes": [{"rate_ppm": ppm, "gross": gross, "tax": tax, "net": gross - tax} for ppm, gross, tax in rates],
    }  # fmt: skip
    return Document(f"{kind}.o{number}", kind, at_us, json.dumps(body).encode())


def ids(file: Path) -> list[str]:
    return [json.loads(line)["id"] for line in file.read_bytes().splitlines()]


def rows(folder: Path, day: str) -> list[dict[str, str]]:
    text = (folder / f"totals-{day}.csv").read_bytes().decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_days_are_those_of_the_shop(tmp_path: Path) -> None:
    folder = FilesDestination(tmp_path, VIENNA)
    folder.take([document(1, MIDNIGHT_US - 1), document(2, MIDNIGHT_US), document(3, MIDNIGHT_US - 1)])
    assert ids(tmp_path / "sales-2026-11-30.jsonl") == ["sale.o1", "sale.o3"]
    assert ids(tmp_path / "sales-2026-12-01.jsonl") == ["sale.o2"]
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "sales-2026-11-30.jsonl", "sales-2026-12-01.jsonl", "totals-2026-11-30.csv", "totals-2026-12-01.csv",
    ]  # fmt: skip


def test_totals_by_kind_means_and_rate(tmp_path: Path) -> None:
    folder = FilesDestination(tmp_path, VIENNA)
    folder.take([document(1, NOON_US, (200_000, 12_000, 2_000), (0, 500, 0))])
    folder.take([document(2, NOON_US, (200_000, 600, 100)), document(3, NOON_US, kind="stock")])
    folder.take([document(4, NOON_US, (200_000, -600, -100), kind="refund")])
    found = [tuple(row.values()) for row in rows(tmp_path, "2026-11-30")]
    assert found == [
        ("2026-11-30", "EUR", "refund", "terminal", "20", "1", "-600", "-6.00", "-100", "-500"),
        ("2026-11-30", "EUR", "sale", "terminal", "0", "1", "500", "5.00", "0", "500"),
        ("2026-11-30", "EUR", "sale", "terminal", "20", "2", "12600", "126.00", "2100", "10500"),
        ("2026-11-30", "EUR", "total", "", "", "3", "12500", "125.00", "2000", "10500"),
    ]


def test_totals_go_on_after_a_restart(tmp_path: Path) -> None:
    FilesDestination(tmp_path, VIENNA).take([document(1, NOON_US, (200_000, 600, 100))])
    FilesDestination(tmp_path, VIENNA).take([document(2, NOON_US, (200_000, 600, 100))])
    assert rows(tmp_path, "2026-11-30")[-1]["gross_minor"] == "1200", (
        "planted: totals of this run alone are 600"
    )


def test_half_a_line_that_a_power_cut_has_left_is_removed(tmp_path: Path) -> None:
    FilesDestination(tmp_path, VIENNA).take([document(1), document(2)])
    file = tmp_path / "sales-2026-11-30.jsonl"
    whole = file.read_bytes()
    for cut in (1, 5, len(document(2).body)):
        file.write_bytes(whole[:-cut])
        FilesDestination(tmp_path, VIENNA).take([document(2), document(3)])
        assert ids(file) == ["sale.o1", "sale.o2", "sale.o3"]


def test_a_file_that_is_gone_or_changed_outside_is_read_again(tmp_path: Path) -> None:
    folder, file = FilesDestination(tmp_path, VIENNA), tmp_path / "sales-2026-11-30.jsonl"
    folder.take([document(1)])
    with file.open("ab") as more:
        more.write(document(2).body + b"\nno document\n[]\n")
    folder.take([document(2), document(3)])
    assert file.read_bytes().splitlines()[2:4] == [b"no document", b"[]"]
    assert file.read_bytes().count(b"sale.o2") == 1
    file.unlink()
    folder.take([document(4)])
    assert ids(file) == ["sale.o4"]


def test_the_group_may_read_and_nobody_else(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        FilesDestination(tmp_path, VIENNA).take([document(1)])
    finally:
        os.umask(before)
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o640}


def test_no_link_is_followed(tmp_path: Path) -> None:
    aim = tmp_path / "aim"
    aim.write_text("kept")
    (tmp_path / "sales-2026-11-30.jsonl").symlink_to(aim)
    with pytest.raises(DestinationLostError, match="cannot be written"):
        FilesDestination(tmp_path, VIENNA).take([document(1)])
    assert aim.read_text() == "kept"


def test_a_disk_that_is_almost_full_gets_nothing(tmp_path: Path) -> None:
    folder = FilesDestination(tmp_path, VIENNA, min_free_bytes=1 << 62)
    with pytest.raises(DestinationLostError, match="almost full"):
        folder.take([document(1)])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    place = tmp_path / "share"
    place.mkdir()
    folder = FilesDestination(place, VIENNA)
    folder.take([document(1)])
    place.rename(tmp_path / "away")
    with pytest.raises(DestinationLostError):
        folder.take([document(2)])
    (tmp_path / "away").rename(place)
    folder.take([document(2)])
    assert ids(place / "sales-2026-11-30.jsonl") == ["sale.o1", "sale.o2"]


def test_a_folder_that_cannot_be_used_is_said_and_may_come_later(tmp_path: Path) -> None:
    place = tmp_path / "share"
    assert "no folder" in folder_mistake(place)
    folder = FilesDestination(place, VIENNA)
    with pytest.raises(DestinationLostError, match="No such file"):
        folder.take([document(1)])
    place.mkdir()
    assert folder_mistake(place) == ""
    folder.take([document(1)])
    assert ids(place / "sales-2026-11-30.jsonl") == ["sale.o1"]
