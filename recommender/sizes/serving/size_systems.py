"""Converts sizes between countries (EU, US, UK, IT, FR, JP) and letters, from a table with stated sources.

The table is a data file, so that a shop can replace it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recommender.errors import TableError
from recommender.sizes.serving.fit_table import normalise_text

LETTERS = "alpha"


@dataclass(frozen=True, slots=True)
class SizeTable:
    """Sizes of one kind of clothing: rows of equivalent sizes, ascending, and the source of the table."""

    name: str
    source: str
    rows: tuple[Mapping[str, str], ...]

    @property
    def systems(self) -> tuple[str, ...]:
        """The size systems, in the order of the rows."""
        return tuple(self.rows[0]) if self.rows else ()

    def convert(self, size: str, of: str, to: str) -> tuple[str, ...]:
        """A size of one system in another, ascending: two sizes if it covers both, none if it is not in the
        table."""
        wanted = normalise_text(size).upper()
        found = (row[to] for row in self.rows if to in row and row.get(of, "").upper() == wanted)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Girths:
    """Letter sizes by girth (from inclusive, to exclusive, cm)."""

    letters: tuple[tuple[str, float, float], ...]

    def letter(self, girth_cm: float) -> str:
        """The letter of a girth; "" outside the table."""
        return next((name for name, low, high in self.letters if low <= girth_cm < high), "")


@dataclass(frozen=True, slots=True)
class SizeSystems:
    """All tables by name, and letter sizes by girth for women and men."""

    tables: Mapping[str, SizeTable]
    girths: Mapping[str, Girths]
    source: str

    @staticmethod
    def read(path: Path) -> "SizeSystems":
        """Reads a JSON file. Raises `TableError` if it cannot be used."""
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            letters = dict(document["letters"])
            source = str(letters.pop("source"))
            return SizeSystems(
                {name: _size_table(name, each) for name, each in document["ladders"].items()},
                {who: _girths(rows) for who, rows in letters.items()},
                source,
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise TableError(path.name, [f"not a table of sizes: {type(error).__name__}"]) from error


def _size_table(name: str, document: Mapping[str, Any]) -> SizeTable:
    rows = tuple({system: normalise_text(size) for system, size in row.items()} for row in document["rows"])
    return SizeTable(name, str(document["source"]), rows)


def _girths(rows: list[Mapping[str, Any]]) -> Girths:
    return Girths(tuple((str(r["alpha"]), float(r["from_cm"]), float(r["to_cm"])) for r in rows))
