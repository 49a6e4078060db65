"""What lies in place of a feed file and is no feed file is told at once, and what is known stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.connectors.feeds import limits
from kiosk.store.db.tables import STOCK
from tests.kiosk.store.feed_import.taking import FeedShop


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(limits.MAX_FILE_BYTES * 5)


UNREADABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pipe": (os.mkfifo, "a pipe or a device"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "a pipe or a device"),
    "a file that cannot be read": (
        lambda path: path.symlink_to("/proc/self/mem"),
        "cannot be read: input/output error",
    ),
    "a folder": (Path.mkdir, "is a folder"),
    "a link to itself": (lambda path: path.symlink_to(path), "too many levels of symbolic links"),
    "a file of 10 GiB": (huge, "is it the right file?"),
    "another encoding": (lambda path: path.write_bytes("gtin\nПальто".encode("cp1251")), "save it as UTF-8"),
    "another table": (lambda path: path.write_text("a,b\n1,2\n"), "not JSON"),
}


@pytest.mark.parametrize(("place", "told"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_feed_file_is_told_and_the_stock_stays(
    shop: FeedShop, place: Callable[[Path], object], told: str
) -> None:
    before = shop.rows(STOCK)
    file = shop.folder / "stock.jsonl"
    file.unlink()
    place(file)
    report = shop.take()
    assert any(told in what for what in (*report.failed, *report.mistakes)), report
    assert shop.rows(STOCK) == before


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_imported(shop: FeedShop) -> None:
    """A file without permission, or on a network drive that is away; `/proc/self/mem` cannot be read at its start."""
    (shop.folder / "styles.jsonl").unlink()
    (shop.folder / "styles.jsonl").symlink_to("/proc/self/mem")
    shop.edit("stock", lambda line: {**line, "count": 9})
    report = shop.take()
    assert report.failed == ("styles.jsonl: cannot be read: input/output error",)
    assert {row["count"] for row in shop.rows(STOCK)} == {9}
    assert shop.take().kind("stock").read is False, "it is noted as imported"


def test_a_feed_that_is_away_leaves_what_is_known_of_its_files(shop: FeedShop) -> None:
    shop.write("looks", "{broken\n")
    before = shop.take()
    away = shop.folder.rename(shop.folder.parent / "away")
    report = shop.take()
    assert report.failed
    assert not any(kind.read for kind in report.kinds)
    assert (len(report.kinds), report.mistakes) == (7, before.mistakes)
    away.rename(shop.folder)
    assert shop.take().mistakes == before.mistakes
