"""Qt list model whose rows have keys: an update inserts, moves and removes single rows, so that delegates
are not created again."""

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
_NO_PARENT = QModelIndex()
_FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class KeyedListModel(QAbstractListModel):
    """Rows are dictionaries of role name to value; the value of the role `key` identifies a row."""

    countChanged = Signal()  # noqa: N815 - name used by Qt

    def __init__(self, roles: Sequence[str], key: str) -> None:
        super().__init__()
        self._roles = {_FIRST_ROLE + n: name for n, name in enumerate(roles)}
        self._key = key
        self._rows: list[dict[str, Any]] = []

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - name used by Qt
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = 0) -> Any:
        if not index.isValid() or role not in self._roles:
            return None
        return self._rows[index.row()][self._roles[role]]

    def roleNames(self) -> dict[int, QByteArray]:  # noqa: N802 - name used by Qt
        return {role: QByteArray(name.encode()) for role, name in self._roles.items()}

    def _count(self) -> int:
        return len(self._rows)

    count = Property(int, _count, notify=countChanged)

    def rows(self) -> tuple[dict[str, Any], ...]:
        """The current rows."""
        return tuple(self._rows)

    def update(self, rows: Sequence[dict[str, Any]]) -> None:
        """Replace the rows by inserts, moves, removals and changes; the model is never reset.

        Raises ValueError if two rows have the same key.
        """
        before = len(self._rows)
        wanted = {row[self._key] for row in rows}
        if len(wanted) != len(rows):
            raise ValueError(f"two rows have the same {self._key}")
        for n in range(before - 1, -1, -1):
            if self._rows[n][self._key] not in wanted:
                self._remove(n)
        for n, row in enumerate(rows):
            self._place(n, row)
        if len(self._rows) != before:
            self.countChanged.emit()

    def _remove(self, n: int) -> None:
        self.beginRemoveRows(_NO_PARENT, n, n)
        del self._rows[n]
        self.endRemoveRows()

    def _place(self, n: int, row: dict[str, Any]) -> None:
        """Put `row` at index `n`; the rows before it are final already."""
        at = next((m for m in range(n, len(self._rows)) if self._rows[m][self._key] == row[self._key]), None)
        if at is None:
            self.beginInsertRows(_NO_PARENT, n, n)
            self._rows.insert(n, row)
            self.endInsertRows()
            return
        if at != n:
            self.beginMoveRows(_NO_PARENT, at, at, _NO_PARENT, n)
            self._rows.insert(n, self._rows.pop(at))
            self.endMoveRows()
        if self._rows[n] != row:
            changed = [role for role, name in self._roles.items() if self._rows[n][name] != row[name]]
            self._rows[n] = row
            self.dataChanged.emit(self.index(n), self.index(n), changed)
