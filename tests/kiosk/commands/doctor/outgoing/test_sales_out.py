"""`cheval doctor` about sales for other systems: the configuration, what waits, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.clock import US
from kiosk.commands.doctor.finding import State
from kiosk.commands.doctor.outgoing.sales_out import look
from kiosk.config.sales.sales_out import SalesFolder, SalesOut

NOW_US = 10**15
WELL: dict[str, Any] = {
    "name": "books", "waiting": 0, "oldest_us": None, "tries": 0, "why": "", "stopped": False, "failing": False,
}  # fmt: skip


def test_nothing_is_said_without_destinations() -> None:
    assert list(look(SalesOut(), {"sales_out": [WELL]}, NOW_US)) == []


@pytest.mark.parametrize(
    ("state", "wanted", "said"),
    [
        ({}, State.GOOD, "taken all"),
        (
            {"waiting": 2, "oldest_us": NOW_US - 90 * US},
            State.NOTE,
            "2 documents wait, the oldest for 1 minutes",
        ),
        (
            {"waiting": 2, "oldest_us": NOW_US, "failing": True, "why": "the disk"},
            State.BAD,
            "0 minutes: the disk",
        ),
        (
            {"waiting": 2, "stopped": True, "failing": True, "why": "answers 422"},
            State.BAD,
            "refuses a document",
        ),
        ({"why": 5, "waiting": None, "oldest_us": "x"}, State.GOOD, "taken all"),
    ],
)
def test_what_the_running_store_says(tmp_path: Path, state: dict[str, Any], wanted: State, said: str) -> None:
    out = SalesOut(folders={"books": SalesFolder(folder=tmp_path)})
    (found,) = look(out, {"sales_out": [WELL | state]}, NOW_US)
    assert found.state is wanted
    assert said in found.found


def test_without_a_store_and_with_a_folder_that_is_missing(tmp_path: Path) -> None:
    folders = {"books": SalesFolder(folder=tmp_path), "gone": SalesFolder(folder=tmp_path / "none")}
    first, second = look(SalesOut(folders=folders), {}, NOW_US)
    assert (first.state, second.state) == (State.NOTE, State.BAD)
    assert "no folder" in second.found
