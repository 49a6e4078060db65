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
