"""The same size in other countries' words, from a table that names its source. Not a measure of anybody.

Countries print EU, US, UK, IT, FR and JP sizes, letters, or waist and inseam in inches. The table lies beside the
program as data, so that a house can lay its own over it.
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
    """One kind of clothing: rows of sizes that belong together, smallest first, and where the table is from."""

    name: str
    source: str
    rows: tuple[Mapping[str, str], ...]

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems it knows, in the order of its rows."""
        return tuple(self.rows[0]) if self.rows else ()

    def convert(self, size: str, of: str, to: str) -> tuple[str, ...]:
        """A size of one system in another, smallest first; two where the one holds two of the other, none where it
        is not in the table."""
        wanted = normalise_text(size).upper()
        found = (row[to] for row in self.rows if to in row and row.get(of, "").upper() == wanted)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Girths:
    """Letter codes by girth (from including, to excluding, cm)."""

    letters: tuple[tuple[str, float, float], ...]

    def letter(self, girth_cm: float) -> str:
        """The letter of a girth; "" beyond the table."""
        return next((name for name, low, high in self.letters if low <= girth_cm < high), "")


@dataclass(frozen=True, slots=True)
class SizeSystems:
    """All ladders by name, and letters by girth for women and men."""

    tables: Mapping[str, SizeTable]
    girths: Mapping[str, Girths]
    source: str

    @staticmethod
    def read(path: Path) -> "SizeSystems":
        """From a JSON file. Errors: TableError where it cannot be used."""
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            letters = dict(told["letters"])
            source = str(letters.pop("source"))
            return SizeSystems(
                {name: _ladder(name, each) for name, each in told["ladders"].items()},
                {who: _girths(rows) for who, rows in letters.items()},
                source,
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise TableError(path.name, [f"no table of sizes: {type(wrong).__name__}"]) from wrong


def _ladder(name: str, told: Mapping[str, Any]) -> SizeTable:
    rows = tuple({system: normalise_text(size) for system, size in row.items()} for row in told["rows"])
    return SizeTable(name, str(told["source"]), rows)


def _girths(rows: list[Mapping[str, Any]]) -> Girths:
    return Girths(tuple((str(r["alpha"]), float(r["from_cm"]), float(r["to_cm"])) for r in rows))


def inches(label: str) -> tuple[int, int] | None:
    """Waist and inseam of a label ("W32/L34", "32x34"), or None where it is no such label."""
    text = label.upper().replace(" ", "").replace("W", "").replace("L", "")
    parts = text.replace("X", "/").split("/")
    if len(parts) != len(("waist", "inseam")) or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    return int(parts[0]), int(parts[1])
