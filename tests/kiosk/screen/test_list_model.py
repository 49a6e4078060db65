"""The keyed list model changes by key and keeps Qt's promises for models."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QAbstractItemModelTester

from kiosk.screen.list_model import KeyedListModel
from kiosk.screen.window import application

_ROLES = ("epc", "name")


def _row(key: int, name: str = "") -> dict[str, Any]:
    return {"epc": f"E{key}", "name": name or f"piece {key}"}


def _held(rows: KeyedListModel) -> list[str]:
    role = next(role for role, name in rows.roleNames().items() if name.data() == b"epc")
    return [rows.data(rows.index(n), role) for n in range(rows.rowCount())]


def _walk(rows: KeyedListModel, steps: int) -> list[str]:
    """A random life of a model under Qt's own tester; what the tester complained of."""
    application()
    qt_messages: list[str] = []

    def hear(kind: QtMsgType, _context: object, said: str) -> None:
        qt_messages.append(said)

    before = qInstallMessageHandler(hear)
    try:
        tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Warning)
        chance = Random(11)
        for _ in range(steps):
            keys = chance.sample(range(12), chance.randrange(13))
            wanted = [_row(key, f"name {chance.randrange(3)}") for key in keys]
            rows.update(wanted)
            if _held(rows) != [row["epc"] for row in wanted]:
                qt_messages.append("the model does not hold what it was told")
        del tester
    finally:
        qInstallMessageHandler(before)
    return qt_messages


def test_a_thousand_changes_satisfy_qts_own_model_tester() -> None:
    assert _walk(KeyedListModel(_ROLES, "epc"), 1000) == []


class _Boastful(KeyedListModel):
    """A planted fault: one row more is announced than comes."""

    def beginInsertRows(self, parent: QModelIndex, first: int, last: int) -> None:  # noqa: N802
        super().beginInsertRows(parent, first, last + 1)


def test_the_tester_catches_a_model_that_announces_too_much() -> None:
    assert _walk(_Boastful(_ROLES, "epc"), 20)


def test_what_stays_is_moved_and_not_made_anew() -> None:
    application()
    rows = KeyedListModel(_ROLES, "epc")
    told: list[str] = []
    rows.rowsInserted.connect(lambda *_: told.append("in"))
    rows.rowsRemoved.connect(lambda *_: told.append("out"))
    rows.rowsMoved.connect(lambda *_: told.append("moved"))
    rows.dataChanged.connect(lambda *_: told.append("changed"))
    rows.update([_row(1), _row(2), _row(3)])
    told.clear()
    rows.update([_row(3), _row(1, "another name")])
    assert told == ["out", "moved", "changed"]


def test_two_rows_with_one_key_are_refused() -> None:
    application()
    with pytest.raises(ValueError, match="epc"):
        KeyedListModel(_ROLES, "epc").update([_row(1), _row(1)])
