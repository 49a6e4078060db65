"""What every form of file gives: raw records with their numbers, parsed only on demand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol


class RecordError(Exception):
    """A record that cannot be parsed; the text contains no value of it."""


class Records(Protocol):
    """The records of an open file.

    `form` is what the meaning of a raw record depends on besides itself, for example the header. `cut` says after
    the last record why the file is surely incomplete; empty if it is not.
    """

    form: bytes
    cut: str

    def records(self) -> Iterator[tuple[int, str]]:
        """Line number (1-based; in a JSON list the position) and raw text of each record, blank ones left out."""
        ...

    def fields(self, raw: str) -> dict[str, Any]:
        """The fields of a raw record. Raises RecordError."""
        ...
