"""The keyed list model changes by key and passes the model tester of Qt."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QAbstractItemModelTester

from kiosk.screen.list_model import KeyedListModel
from kiosk.screen.window import application

_ROLES = ("piece", "name")


def _row(key: int, name: str = "") -> dict[str, Any]:
    return {"piece": f"E{key}", "name": name or f"piece {key}"}


def _keys(rows: KeyedListModel) -> list[str]:
    role = next(role for role, name in rows.roleNames().items() if name.data() == b"piece")
    return [rows.data(rows.index(n), role) for n in range(rows.rowCount())]


def _tester_messages(rows: KeyedListModel, steps: int) -> list[str]:
    """Random updates of a model under the model tester of Qt; the messages of the tester."""
    application()
    messages: list[str] = []

    def record(kind: QtMsgType, _context: object, message: str) -> None:
        messages.append(message)

    before = qInstallMessageHandler(record)
    try:
        tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Warning)
        chance = Random(11)
        for _ in range(steps):
            keys = chance.sample(range(12), chance.randrange(13))
            wanted = [_row(key, f"name {chance.randrange(3)}") for key in keys]
            rows.update(wanted)
            if _keys(rows) != [row["piece"] for row in wanted]:
                messages.append("the rows of the model are wrong")
        del tester
    finally:
        qInstallMessageHandler(before)
    return messages


def test_a_thousand_updates_pass_the_model_tester() -> None:
    assert _tester_messages(KeyedListModel(_ROLES, "piece"), 1000) == []


class _OverAnnouncingModel(KeyedListModel):
    """A planted fault: announces one row more than it inserts."""

    def beginInsertRows(self, parent: QModelIndex | QPersistentModelIndex, first: int, last: int) -> None:  # noqa: N802
        super().beginInsertRows(parent, first, last + 1)


def test_the_tester_finds_a_model_that_announces_too_much() -> None:
    assert _tester_messages(_OverAnnouncingModel(_ROLES, "piece"), 20)


def test_rows_that_stay_are_moved_and_not_inserted_again() -> None:
    application()
    rows = KeyedListModel(_ROLES, "piece")
    changes: list[str] = []
    rows.rowsInserted.connect(lambda *_: changes.append("in"))
    rows.rowsRemoved.connect(lambda *_: changes.append("out"))
    rows.rowsMoved.connect(lambda *_: changes.append("moved"))
    rows.dataChanged.connect(lambda *_: changes.append("changed"))
    rows.update([_row(1), _row(2), _row(3)])
    changes.clear()
    rows.update([_row(3), _row(1, "another name")])
    assert changes == ["out", "moved", "changed"]


def test_two_rows_with_the_same_key_are_refused() -> None:
    application()
    with pytest.raises(ValueError, match="piece"):
        KeyedListModel(_ROLES, "piece").update([_row(1), _row(1)])
