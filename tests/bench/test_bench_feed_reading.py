"""How fast a feed file is read, beside a plain loop over `json.loads` or `csv.reader` that checks and keeps nothing."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kiosk.connectors.feeds import FeedKind
from tests.bench.timing_in_turns import in_turns
from tests.kiosk.connectors.feeds.feed_files import ean, item, jsonl, opened, read, stock

LINES = 10_000
# measured, times the plain loop: new lines 8 to 11 (JSONL) and 30 to 38 (CSV), known ones 1.0 to 1.7 and 5.7 to 7.0
MOST_NEW = {"items.jsonl": 15.0, "stock.jsonl": 15.0, "stock.csv": 55.0}
MOST_KNOWN = {"items.jsonl": 3.0, "stock.jsonl": 3.0, "stock.csv": 10.0}


def write(folder: Path, name: str) -> Path:
    path = folder / name
    if name.endswith(".csv"):
        rows = (f"{ean(n)},floor,{n % 7},2026-11-29T08:00:00+01:00\n" for n in range(LINES))
        path.write_text("gtin,place,count,counted_at\n" + "".join(rows))
        return path
    make = item if name.startswith("items") else stock
    return jsonl(path, [make(n) for n in range(LINES)])


def plain_loop(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            for _ in csv.reader(file):
                pass
        else:
            for line in file:
                json.loads(line)


@pytest.mark.parametrize("name", MOST_NEW)
def test_a_feed_is_read_at_a_multiple_of_a_plain_loop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = write(tmp_path, name)
    kind: FeedKind = "items" if name.startswith("items") else "stock"
    known = read(tmp_path, kind).digests
    assert len(known) == LINES
    works: tuple[Callable[[int], object], ...] = (
        lambda _: plain_loop(path),
        lambda _: opened(tmp_path).read(kind, {}),
        lambda _: opened(tmp_path).read(kind, known),
    )
    loop, new, same = np.median(in_turns(works, rounds=1, tries=4), axis=1)
    with capsys.disabled():
        print(
            f"\n{name}: {LINES / new * 1e6:,.0f} new lines/s ({new / loop:.1f} x a plain loop), "
            f"{LINES / same * 1e6:,.0f} known lines/s ({same / loop:.1f} x)"
        )
    assert new <= MOST_NEW[name] * loop
    assert same <= MOST_KNOWN[name] * loop


def test_progress_is_told_at_least_every_few_milliseconds(tmp_path: Path) -> None:
    """The longest work between two calls of `progress`, in which no other thread could be let through.

    The best of five readings is judged: a collection of all the test process's objects may fall into one.
    """
    write(tmp_path, "items.jsonl")

    def share() -> float:
        began = last = time.thread_time()
        longest = 0.0

        def progress(_done: int, _whole: int) -> None:
            nonlocal last, longest
            now = time.thread_time()
            longest, last = max(longest, now - last), now

        opened(tmp_path).read("items", {}, progress)
        return longest / (time.thread_time() - began)

    assert min(share() for _ in range(5)) < 0.1
