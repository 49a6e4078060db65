"""The import as a whole: what is read again, interruptions, refused rows, reports; SQLite and PostgreSQL."""

from __future__ import annotations

import fcntl
import logging
from datetime import UTC
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, FEED_FILE, FEED_LINE, LOOK, METADATA, STYLE
from kiosk.store.errors import ImportBusyError, ImportStoppedError
from kiosk.store.feed_import import ImportLimits, ImportReport
from kiosk.store.feed_import.report_file import report_lines, write_report
from tests.kiosk.store.feed_import.taking import FeedShop, Line, importer_of

KINDS = ("styles", "items", "stock", "shoppers", "associates", "looks", "promotions")
CONTENT = tuple(t for t in METADATA.sorted_tables if t.name not in {FEED_FILE.name, "alembic_version"})


def content(shop: FeedShop) -> dict[str, list[str]]:
    return {table.name: sorted(map(str, shop.rows(table))) for table in CONTENT}


def read(report: ImportReport) -> set[str]:
    return {kind.kind for kind in report.kinds if kind.read}


def test_the_first_import_reads_all_and_an_unchanged_feed_is_not_read_again(shop: FeedShop) -> None:
    before = content(shop)
    report = shop.take()
    assert read(report) == set()
    assert [kind.lines for kind in report.kinds] == [5, 19, 38, 2, 3, 1, 1], "what is known is still told"
    assert content(shop) == before
    shop.changes.clear()
    shop.take()
    assert shop.changes == []


def test_only_a_changed_file_is_read_and_only_changed_rows_are_told(shop: FeedShop) -> None:
    shop.changes.clear()
    shop.edit("styles", lambda line: {**line, "since": "2026-11-03"} if line["style_id"] == "S1" else line)
    report = shop.take()
    assert (read(report), report.kind("styles").changed, report.kind("styles").unchanged) == (
        {"styles"},
        1,
        4,
    )
    assert shop.changes == [(frozenset({"S1"}), frozenset(), frozenset({"styles"}))]


def test_a_touched_file_does_nothing(shop: FeedShop) -> None:
    before = content(shop)
    for kind in KINDS:
        shop.pass_s()
        shop.date(f"{kind}.jsonl")
    assert read(shop.take()) == set()
    assert content(shop) == before


def test_lines_in_another_form_with_the_same_values_write_nothing(shop: FeedShop) -> None:
    shop.changes.clear()
    shop.edit("items", lambda line: dict(reversed(line.items())))
    report = shop.take()
    assert (report.kind("items").changed, report.kind("items").lines) == (0, 19)
    assert shop.changes == [(frozenset(), frozenset(), frozenset({"items"}))]


def test_another_limit_judges_an_unchanged_file_again(shop: FeedShop) -> None:
    shop.edit("styles", lambda line: line if line["style_id"] in ("C1", "S1") else None)
    assert shop.take().held
    importer = importer_of(shop.database, limits=ImportLimits(loss_percent=60))
    assert importer.run(shop.folder, shop.pass_s()).held == ()
    assert len(shop.rows(STYLE)) == 2


def interrupted(shop: FeedShop, transactions: int) -> bool:
    """Ends an import before a transaction, as SIGKILL between two of them does; whether it had more than so many."""
    left = [transactions]

    def stopped() -> bool:
        left[0] -= 1
        return left[0] < 0

    try:
        importer_of(shop.database, stopped=stopped).run(shop.folder, shop.pass_s(), alone=True)
    except ImportStoppedError:
        return True
    return False


def season(folder: Path) -> FeedShop:
    """A shop whose feed has changed in every kind since its first import: new, other and lost rows."""
    folder.mkdir()
    shop = FeedShop(Database(f"sqlite:///{folder / 'store.db'}"), folder / "feed")
    shop.take()
    coat = {**shop.lines("styles")[0], "style_id": "N1"}
    shop.write("styles", [*(s for s in shop.lines("styles") if s["style_id"] != "S1"), coat])
    item = {"gtin": "09521234999997", "style_id": "N1", "colour": "NVY", "size": "38"}
    shop.write("items", [*(i for i in shop.lines("items") if i["style_id"] != "S1"), item])
    shop.write("stock", [{**line, "count": 3} for line in shop.lines("stock")])
    shop.edit("associates", lambda line: None if line["associate_id"] == "a-ines" else line)
    return shop


@pytest.mark.parametrize(
    "ends", [(2, 9), pytest.param(tuple(range(40)), marks=pytest.mark.full)], ids=["two", "all"]
)
def test_an_import_that_ended_anywhere_is_finished_by_the_next_one(
    tmp_path: Path, ends: tuple[int, ...]
) -> None:
    whole = season(tmp_path / "whole")
    whole.take()
    wanted = content(whole)
    whole.database.close()
    for transactions in ends:
        cut = season(tmp_path / f"cut{transactions}")
        assert interrupted(cut, transactions) or transactions > 9
        cut.take()
        assert _without_hashes(content(cut)) == _without_hashes(wanted)
        cut.database.close()


def _without_hashes(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: found for name, found in rows.items() if name not in ("associate", "feed_line")}


@pytest.fixture
def refusing(shop: FeedShop) -> FeedShop:
    """A database that refuses one look."""
    if shop.database.engine.dialect.name == "postgresql":
        statement = "ALTER TABLE look ADD CONSTRAINT refuse CHECK (look_id <> 'bad')"
    else:
        statement = (
            "CREATE TRIGGER refuse BEFORE INSERT ON look WHEN new.look_id = 'bad'"
            " BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    with shop.database.writing() as connection:
        connection.execute(text(statement))
    return shop


def test_a_row_that_the_database_refuses_is_left_out_alone(refusing: FeedShop) -> None:
    looks = [
        {"look_id": name, "items": ["C1-NVY", "A1-RED"], "by": "Mei"} for name in ("l1", "l2", "bad", "l3")
    ]
    refusing.write("looks", looks)
    report = refusing.take()
    assert [m.partition(",")[0] for m in report.mistakes] == ["looks.jsonl:3: was refused by the database"]
    assert {row["look_id"] for row in refusing.rows(LOOK)} == {"l1", "l2", "l3"}
    assert "bad" not in refusing.keys("looks"), "it is tried again when the file is read again"


def test_a_kind_that_fails_keeps_no_other_from_being_imported(
    shop: FeedShop, caplog: pytest.LogCaptureFixture
) -> None:
    with shop.database.writing() as connection:
        connection.execute(text("ALTER TABLE shopper RENAME TO elsewhere"))
    shop.edit("shoppers", lambda line: {**line, "first_name": "Claire"})
    shop.edit("stock", lambda line: {**line, "count": 1})
    report = shop.take()
    assert len(report.failed) == 1
    assert report.kind("stock").changed == 38
    assert "Clara" not in caplog.text
    with shop.database.writing() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO shopper"))
    assert shop.take().failed == ()


def test_an_old_database_without_digests_is_compared_by_values(shop: FeedShop) -> None:
    with shop.database.writing() as connection:
        connection.execute(FEED_LINE.delete())
        connection.execute(FEED_FILE.delete())
    before = content(shop)
    shop.write("items", [line for line in shop.lines("items") if line["style_id"] != "F1"])
    report = shop.take()
    assert (report.kind("items").changed, report.kind("items").deleted, report.kind("styles").changed) == (
        0,
        2,
        0,
    )
    assert content(shop)["style"] == before["style"]
    assert content(shop)["feed_line"] != before["feed_line"]


def test_a_file_that_is_gone_loses_nothing(shop: FeedShop) -> None:
    (shop.folder / "styles.jsonl").unlink()
    report = shop.take()
    assert (report.held, report.failed, len(shop.rows(STYLE))) == ((), (), 5)


def test_what_waits_ends_with_its_file_and_a_yes_for_it_starts_no_import_for_ever(shop: FeedShop) -> None:
    shop.write("styles", "")
    (held,) = shop.take().held
    shop.importer.accept(held.kind, held.digest, "m-mei", shop.now_us)
    assert shop.importer.accepted()
    (shop.folder / "styles.jsonl").unlink()
    shop.take()
    assert not shop.importer.accepted()
    assert len(shop.rows(STYLE)) == 5


def test_one_import_at_a_time_also_of_another_process(shop: FeedShop, tmp_path: Path) -> None:
    with (tmp_path / "feed-import.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ImportBusyError):
            importer_of(shop.database, state=tmp_path).run(shop.folder, shop.pass_s())
    importer_of(shop.database, state=tmp_path).run(shop.folder, shop.pass_s())


def test_the_report_names_everything_and_is_told_in_one_line(
    shop: FeedShop, caplog: pytest.LogCaptureFixture
) -> None:
    shop.edit("styles", lambda line: None if line["style_id"] in ("S1", "T1", "F1") else line)
    shop.write("looks", "{broken\n" * 30)
    with caplog.at_level(logging.INFO):
        caplog.clear()
        shop.take()
    told = [r for r in caplog.records if r.name.startswith("kiosk.store.feed_import")]
    assert len(told) == 1
    assert "waits for a yes: looks: file empty: 1 of 1, styles: rows lost: 3 of 5" in told[0].getMessage()
    report = (shop.folder / "feed-report.txt").read_text(encoding="utf-8")
    assert report.count("not JSON") == 30
    assert "F1, S1, T1" in report
    assert shop.take().notes == (), "the report is no file of the feed"
    assert list(shop.folder.glob(".feed-report*")) == []


def test_mistakes_of_an_unchanged_file_stay_in_the_report_also_after_a_restart(shop: FeedShop) -> None:
    shop.write("looks", "{broken\n")
    mistakes = shop.take().mistakes
    shop.edit("stock", lambda line: {**line, "count": 1})
    assert shop.take().mistakes == mistakes
    assert importer_of(shop.database).report().mistakes == mistakes


def test_a_folder_that_cannot_be_written_has_its_report_in_the_state_folder(
    tmp_path: Path, shop: FeedShop
) -> None:
    report = shop.take()
    lines = partial(report_lines, report, UTC, lambda kind: kind.mistakes)
    missing, state = tmp_path / "missing", tmp_path / "state"
    state.mkdir()
    assert write_report(lines, (missing, state)) == state / "feed-report.txt"
    assert write_report(lines, (missing,)) is None


def test_a_feed_on_both_databases(database_url: str, tmp_path: Path) -> None:
    """One story on each database; the other tests run on PostgreSQL with `--full`."""
    shop = FeedShop(Database(database_url), tmp_path / "feed")
    shop.take()
    shop.edit("styles", lambda line: None if line["style_id"] in ("S1", "T1", "F1") else line)
    shop.edit("stock", lambda line: {**line, "count": 3})
    shop.edit("shoppers", lambda line: line if line["shopper_id"] == "s2" else None)
    report = shop.take()
    assert [str(loss) for loss in report.held] == ["styles: rows lost: 3 of 5"]
    assert (report.kind("stock").changed, report.kind("shoppers").deleted) == (38, 1)
    assert shop.accept(report.held[0]).held == ()
    assert len(shop.rows(STYLE)) == 2
    assert shop.take().changed is False
    shop.database.close()


def test_an_item_id_moves_to_another_style_whichever_line_comes_first(shop: FeedShop) -> None:
    def named(line: Line, item: str) -> Line:
        first, *others = line["colours"]
        return {**line, "colours": [{**first, "item_id": item}, *others]}

    styles = shop.lines("styles")
    shop.write("styles", [named(styles[0], "moving"), *styles[1:]])
    shop.take()
    shop.write("styles", [*styles[1:], styles[0]])
    shop.take()
    for taker, giver in ((0, 1), (1, 0), (0, 1)):
        lines = [named(line, "moving") if n == taker else line for n, line in enumerate(styles)]
        shop.write("styles", lines if giver else list(reversed(lines)))
        assert shop.take().mistakes == ()
        owner = next(row for row in shop.rows(COLOURWAY) if row["item"] == "moving")
        assert owner["style_id"] == styles[taker]["style_id"]


def test_a_fault_that_lasts_is_told_once(shop: FeedShop, caplog: pytest.LogCaptureFixture) -> None:
    importer = importer_of(shop.database)
    for _ in range(3):
        assert importer.run(shop.folder / "absent", shop.pass_s()).failed
    assert len([r for r in caplog.records if "tried again" in r.getMessage()]) == 1


def test_items_that_go_after_their_style_came_back_are_judged(shop: FeedShop) -> None:
    styles = shop.lines("styles")
    shop.edit("styles", lambda line: None if line["style_id"] in ("S1", "T1", "F1") else line)
    assert shop.take().held
    shop.write("styles", styles)
    shop.edit("items", lambda line: None if line["style_id"] == "F1" else line)
    report = shop.take()
    assert (report.held, report.kind("items").deleted) == ((), 2)
