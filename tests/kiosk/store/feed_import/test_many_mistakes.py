"""A feed with a mistake in each line: memory and database have the first ones, the report has all of them."""

from __future__ import annotations

import gc
import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC
from functools import partial
from pathlib import Path

import pytest

from kiosk.connectors.feeds import MAX_KEPT, FeedMistake, open_folder
from kiosk.store.db.tables import FEED_FILE
from kiosk.store.feed_import.mistake_files import MistakeFiles
from kiosk.store.feed_import.report import KindReport
from kiosk.store.feed_import.report_file import report_lines
from tests.kiosk.store.feed_import.taking import FeedShop, importer_of

FEW, MANY = MAX_KEPT + 1_000, MAX_KEPT + 6_000
MOST_BYTES = 8
"""Of memory for each further mistake."""


def wrong_stock(lines: int) -> str:
    """Lines whose keys can be read, each with two mistakes."""
    return "".join(
        json.dumps({"sku": f"S-{n}", "place": "floor", "count": "x", "reserved": "y"}) + "\n"
        for n in range(lines)
    )


def peak_bytes(work: Callable[[], object]) -> int:
    """The most memory of Python's objects while `work` runs and its result exists."""
    gc.collect()
    tracemalloc.start()
    try:
        kept = work()
        return tracemalloc.get_traced_memory()[1] if kept is not None else 0
    finally:
        tracemalloc.stop()


def bytes_a_mistake(folder: Path, read: Callable[[], object]) -> float:
    """How much more memory a further mistake needs."""
    found = []
    for lines in (FEW, MANY):
        (folder / "stock.jsonl").write_text(wrong_stock(lines), "utf-8")
        read()
        found.append(peak_bytes(read))
    return (found[1] - found[0]) / (2 * (MANY - FEW))


def test_a_further_mistake_needs_no_memory_in_the_reader(tmp_path: Path) -> None:
    assert bytes_a_mistake(tmp_path, lambda: open_folder(tmp_path).read("stock", {})) < MOST_BYTES


def test_mistakes_that_are_all_kept_are_noticed(tmp_path: Path) -> None:
    def read() -> object:
        kept: list[tuple[str, FeedMistake]] = []
        open_folder(tmp_path, on_mistake=lambda *about: kept.append(about)).read("stock", {})
        return kept

    assert bytes_a_mistake(tmp_path, read) > 10 * MOST_BYTES


def test_a_further_mistake_needs_no_memory_in_an_import(shop: FeedShop, tmp_path: Path) -> None:
    feed = tmp_path / "other"
    feed.mkdir()
    importer = importer_of(shop.database, state=tmp_path)
    assert bytes_a_mistake(feed, partial(importer.run, feed, shop.now_us)) < MOST_BYTES


def test_the_report_has_all_of_them_also_after_a_restart(shop: FeedShop, tmp_path: Path) -> None:
    lines = MAX_KEPT // 2 + 100
    shop.write("stock", wrong_stock(lines))
    report = importer_of(shop.database, state=tmp_path).run(shop.folder, shop.now_us)
    assert (report.mistake_count, len(report.mistakes)) == (2 * lines, MAX_KEPT)
    (stored,) = (json.loads(row["report"]) for row in shop.rows(FEED_FILE) if row["kind"] == "stock")
    assert len(stored["mistakes"]) == MAX_KEPT
    written = (shop.folder / "feed-report.txt").read_text("utf-8")
    assert f"Mistakes ({2 * lines})" in written
    assert [written.count(f"stock.jsonl:{n}: ") for n in (1, lines)] == [2, 2]
    shop.write("looks", "{broken\n")
    report = importer_of(shop.database, state=tmp_path).run(shop.folder, shop.now_us)
    assert report.mistake_count == 2 * lines + 1
    written = (shop.folder / "feed-report.txt").read_text("utf-8")
    assert written.count("\n  stock.jsonl:") == 2 * lines
    assert "looks.jsonl:1: " in written


def test_a_dry_run_leaves_the_mistakes_of_the_last_import(shop: FeedShop, tmp_path: Path) -> None:
    shop.write("stock", wrong_stock(MAX_KEPT))
    importer = importer_of(shop.database, state=tmp_path)
    importer.run(shop.folder, shop.now_us)
    file = tmp_path / "feed-mistakes" / "stock.txt"
    before = file.read_bytes()
    shop.write("stock", wrong_stock(3))
    assert importer.run(shop.folder, shop.now_us, dry_run=True).mistake_count == 6
    assert file.read_bytes() == before
    assert importer.run(shop.folder, shop.now_us).mistake_count == 6
    assert len(file.read_text("utf-8").splitlines()) == 6
    shop.edit("stock", lambda _: None)
    importer.run(shop.folder, shop.now_us)
    assert not file.exists()


def test_what_cannot_be_written_is_said_in_the_report(tmp_path: Path) -> None:
    (tmp_path / "feed-mistakes").write_text("in the way", "utf-8")
    files = MistakeFiles(tmp_path)
    files.begin("stock")
    files.add("stock", FeedMistake("stock.csv", 1, "wrong"))
    files.finish("stock")
    report = KindReport("stock", "stock.csv", mistakes=("stock.csv:1: wrong",), more_mistakes=7)
    assert [line.partition(",")[0] for line in files.of(report)] == [
        "stock.csv:1: wrong",
        "stock.csv: 7 more",
    ]


def test_mistakes_that_a_version_before_stored_are_cut(shop: FeedShop) -> None:
    shop.write("looks", "{broken\n")
    shop.take()
    with shop.database.writing() as connection:
        (row,) = (row for row in shop.rows(FEED_FILE) if row["kind"] == "looks")
        old = {**json.loads(row["report"]), "mistakes": ["looks.jsonl:1: not JSON"] * (MAX_KEPT + 5)}
        del old["more_mistakes"]
        this = FEED_FILE.c.kind == "looks"
        connection.execute(FEED_FILE.update().where(this).values(report=json.dumps(old)))
    report = importer_of(shop.database).report()
    assert (len(report.mistakes), report.mistake_count) == (MAX_KEPT, MAX_KEPT + 5)


@pytest.mark.parametrize("kind", ["stock", "styles"])
def test_a_file_with_mistakes_only_is_not_empty(shop: FeedShop, kind: str) -> None:
    """Its keys can be read, so that rows are lost: the file is not unreadable as a whole."""
    wrong = '{"style_id": "NEW"}\n' if kind == "styles" else wrong_stock(1)
    shop.write(kind, wrong)
    assert {loss.what.value for loss in shop.take().held if loss.kind == kind} == {"rows lost"}


def test_the_lines_of_a_report_without_mistakes_have_no_such_heading(shop: FeedShop) -> None:
    lines = list(report_lines(shop.take(), UTC, lambda kind: kind.mistakes))
    assert not [line for line in lines if line.startswith("Mistakes")]
