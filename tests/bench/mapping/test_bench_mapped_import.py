"""Conversion of an export: time beside reading the same file with csv and json alone, and memory by number of rows."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest

from kiosk.connectors.mapping import Shop, convert, load_mapping
from tests.kiosk.connectors.mapping.exports import NOW_US, json_lines, shopify_rows, table, written

ROWS = 20_000
MAX_CSV, MAX_JSON = 300.0, 110.0
MAX_GROWTH_BYTES = 800
"""Memory for each further row: the numbers of articles and counts, and where styles are in the temporary file."""
_MEMORY = """
import resource, sys
from datetime import UTC
from pathlib import Path
from kiosk.connectors.mapping import Shop, convert, load_mapping
made = convert(Path(sys.argv[1]), load_mapping("shopify"), Path(sys.argv[2]), Shop("EUR", UTC, 0))
print(made.rows - made.refused, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def cpu_s(work: Callable[[], object]) -> float:
    """The least CPU time of three runs: other programs disturb it least."""
    times = []
    for _ in range(3):
        began = time.thread_time()
        work()
        times.append(time.thread_time() - began)
    return min(times)


def read_csv(file: Path) -> int:
    with file.open(encoding="utf-8", newline="") as opened:
        return sum(1 for _ in csv.reader(opened))


def read_json(file: Path) -> int:
    with file.open(encoding="utf-8") as opened:
        return sum(1 for line in opened if json.loads(line))


@pytest.mark.full
@pytest.mark.parametrize(("form", "limit"), [("csv", MAX_CSV), ("jsonl", MAX_JSON)])
def test_time_beside_reading_alone(tmp_path: Path, form: str, limit: float) -> None:
    head, *rows = shopify_rows(ROWS // 20)
    if form == "csv":
        file, alone = written(tmp_path, "p.csv", table([head, *rows])), read_csv
    else:
        records = [dict(zip(head, row, strict=True)) for row in rows]
        file, alone = written(tmp_path, "p.jsonl", json_lines(records)), read_json
    mapping, out = load_mapping("shopify"), tmp_path / "out"
    out.mkdir()
    ours = cpu_s(lambda: convert(file, mapping, out, Shop("EUR", UTC, NOW_US)))
    theirs = cpu_s(lambda: alone(file))
    print(f"{form}: {ours / theirs:.1f} x of reading alone; {ours / ROWS * 1e6:.0f} us a row")
    assert ours / theirs <= limit


@pytest.mark.full
def test_memory_does_not_hold_the_file(tmp_path: Path) -> None:
    used = {}
    for count in (ROWS, 10 * ROWS):
        file, out = written(tmp_path, f"{count}.csv", table(shopify_rows(count // 20))), tmp_path / str(count)
        out.mkdir()
        run = subprocess.run(
            [sys.executable, "-c", _MEMORY, str(file), str(out)], check=True, capture_output=True, text=True
        )
        rows, used[count] = map(int, run.stdout.split())
        assert rows == count
    growth = (used[10 * ROWS] - used[ROWS]) / (9 * ROWS)
    print(f"{used[ROWS] >> 20} MiB and {used[10 * ROWS] >> 20} MiB: {growth:.0f} bytes a row")
    assert growth <= MAX_GROWTH_BYTES
