"""The retailers' guide lists every column with its meaning, and its examples are read without a mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.connectors.feeds import FEED_KINDS, FeedKind
from kiosk.connectors.feeds.columns import COLUMNS, EITHER, AnyColumn, ListColumn
from tests.kiosk.connectors.feeds.feed_files import read

GUIDE = (Path(__file__).parents[4] / "packaging/guides/feed.md").read_text(encoding="utf-8")


def section(kind: FeedKind) -> str:
    """The part of the guide about a kind."""
    return GUIDE.split(f"\n### {kind}\n")[1].split("\n## ")[0].split("\n### ")[0]


def row(kind: FeedKind, column: AnyColumn, inside: str = "") -> str:
    """The line of the guide's table for a column."""
    others = [name for group in EITHER[kind] if column.name in group for name in group if name != column.name]
    need = "yes" if column.required else f"or {', '.join(others)}" if others and not inside else ""
    return f"| `{inside}{column.name}` | {need} | {column.what} |"


def rows(kind: FeedKind) -> list[str]:
    found = []
    for column in COLUMNS[kind]:
        if column.name != "deleted":
            found.append(row(kind, column))
        if isinstance(column, ListColumn):
            found += [row(kind, inner, f"{column.name}[].") for inner in column.columns]
    return found


@pytest.mark.parametrize("kind", FEED_KINDS)
def test_every_column_is_in_the_guide_and_no_other(kind: FeedKind) -> None:
    table = [line for line in section(kind).splitlines() if line.startswith("| `")]
    assert table == rows(kind)


@pytest.mark.parametrize("kind", FEED_KINDS)
def test_the_examples_of_the_guide_are_read(tmp_path: Path, kind: FeedKind) -> None:
    ((form, example),) = re.findall(r"```(csv|json)\n(.*?)```", section(kind), re.DOTALL)
    (tmp_path / f"{kind}.{'csv' if form == 'csv' else 'jsonl'}").write_text(example, encoding="utf-8")
    found = read(tmp_path, kind)
    assert (found.mistakes, found.notes) == ((), ())
    assert len(found.changed) == len(example.splitlines()) - (form == "csv")
