"""Records by key in a temporary file, so that an export of any size is converted in bounded memory."""

from __future__ import annotations

import json
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

_DECIMAL: Final = "\x00decimal"
"""Key of an object that stands for a decimal number; no text of an export contains NUL."""
_IN_MEMORY: Final = 256
"""Records that are kept in memory: exports name the rows of a style one after the other."""


class Spool:
    """A mapping of keys to JSON objects. In memory are the keys, positions in the file and the last used records."""

    def __init__(self, folder: Path) -> None:
        """`folder`: where the temporary file is; it has no name and is gone with this process."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 closed by `close`
        self._places: dict[str, int] = {}
        self._used: OrderedDict[str, dict[str, Any]] = OrderedDict()

    def get(self, key: str) -> dict[str, Any] | None:
        """The record; a change of it must be followed by `put`."""
        found = self._used.get(key)
        if found is not None:
            self._used.move_to_end(key)
            return found
        place = self._places.get(key)
        if place is None:
            return None
        record = self._read(place)
        self._keep(key, record)
        return record

    def put(self, key: str, record: dict[str, Any]) -> None:
        """Stores a record."""
        # a key has its place in the order of first use, also before it is written
        self._places.setdefault(key, -1)
        self._keep(key, record)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def __len__(self) -> int:
        return len(self._places)

    def items(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """All records in the order of their first `put`."""
        for key, record in self._used.items():
            self._write(key, record)
        self._used.clear()
        for key, place in self._places.items():
            yield key, self._read(place)

    def close(self) -> None:
        self._file.close()

    def _keep(self, key: str, record: dict[str, Any]) -> None:
        self._used[key] = record
        self._used.move_to_end(key)
        if len(self._used) > _IN_MEMORY:
            self._write(*self._used.popitem(last=False))

    def _write(self, key: str, record: dict[str, Any]) -> None:
        self._places[key] = self._file.seek(0, 2)
        self._file.write(json.dumps(record, default=_tagged).encode() + b"\n")

    def _read(self, place: int) -> dict[str, Any]:
        self._file.seek(place)
        record = json.loads(self._file.readline(), object_hook=_untagged)
        return dict(record)


def _tagged(value: object) -> dict[str, str]:
    if not isinstance(value, Decimal):
        raise TypeError(type(value).__name__)
    return {_DECIMAL: str(value)}


def _untagged(value: dict[str, Any]) -> Any:
    return Decimal(value[_DECIMAL]) if value.keys() == {_DECIMAL} else value
