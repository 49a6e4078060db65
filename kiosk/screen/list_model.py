"""A list model of frozen rows that changes by key: what stays keeps its delegate and can move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class KeyedListModel(QAbstractListModel):
    """Rows are dictionaries of role to value; the value under `key` tells one row from another."""

    countChanged = Signal()  # noqa: N815 - Qt's own name for it

    def __init__(self, roles: Sequence[str], key: str) -> None:
        super().__init__()
        self._roles = {_FIRST_ROLE + n: name for n, name in enumerate(roles)}
        self._key = key
        self._rows: list[dict[str, Any]] = []

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = 0) -> Any:
        if not index.isValid() or role not in self._roles:
            return None
        return self._rows[index.row()][self._roles[role]]

    def roleNames(self) -> dict[int, QByteArray]:  # noqa: N802 - Qt's name
        return {role: QByteArray(name.encode()) for role, name in self._roles.items()}

    def _count(self) -> int:
        return len(self._rows)

    count = Property(int, _count, notify=countChanged)

    def rows(self) -> tuple[dict[str, Any], ...]:
        """The rows as they are now."""
        return tuple(self._rows)

    def update(self, rows: Sequence[dict[str, Any]]) -> None:
        """Be these rows: take out, move, put in and change by key, never reset. Keys must differ."""
        before = len(self._rows)
        wanted = {row[self._key] for row in rows}
        if len(wanted) != len(rows):
            raise ValueError(f"two rows share one {self._key}")
        for n in range(before - 1, -1, -1):
            if self._rows[n][self._key] not in wanted:
                self._take_out(n)
        for n, row in enumerate(rows):
            self._place(n, row)
        if len(self._rows) != before:
            self.countChanged.emit()

    def _take_out(self, n: int) -> None:
        self.beginRemoveRows(_NOWHERE, n, n)
        del self._rows[n]
        self.endRemoveRows()

    def _place(self, n: int, row: dict[str, Any]) -> None:
        """Have `row` at place `n`, everything before it being right already."""
        at = next((m for m in range(n, len(self._rows)) if self._rows[m][self._key] == row[self._key]), None)
        if at is None:
            self.beginInsertRows(_NOWHERE, n, n)
            self._rows.insert(n, row)
            self.endInsertRows()
            return
        if at != n:
            self.beginMoveRows(_NOWHERE, at, at, _NOWHERE, n)
            self._rows.insert(n, self._rows.pop(at))
            self.endMoveRows()
        if self._rows[n] != row:
            changed = [role for role, name in self._roles.items() if self._rows[n][name] != row[name]]
            self._rows[n] = row
            self.dataChanged.emit(self.index(n), self.index(n), changed)
