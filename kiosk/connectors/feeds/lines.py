"""Lines of JSONL, JSON or CSV as records, and the mistakes in them; a bad line never costs a good one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST = 1_000_000
"""A line of more characters is a mistake, not a style."""


@dataclass(frozen=True, slots=True)
class FeedProblem:
    """What is wrong in which file and line (1-based; 0 for the file as a whole)."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


@dataclass(frozen=True, slots=True)
class Record:
    """A line that is an object."""

    line: int
    fields: dict[str, Any]


def records(path: Path) -> Iterator[Record | FeedProblem]:
    """The lines of a file, in order: JSON objects by line, a JSON list, or CSV with a header line."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        yield FeedProblem(path.name, 0, f"cannot be read: {error.strerror}")
        return
    except UnicodeDecodeError as error:
        yield FeedProblem(path.name, 0, f"is not UTF-8 (byte {error.start})")
        return
    if path.suffix == ".csv":
        yield from _csv(path.name, text)
    elif path.suffix == ".json":
        yield from _json(path.name, text)
    else:
        yield from _jsonl(path.name, text)


def _jsonl(name: str, text: str) -> Iterator[Record | FeedProblem]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if len(line) > LONGEST:
            yield FeedProblem(name, number, f"longer than {LONGEST} characters")
            continue
        yield _object(name, number, line)


def _object(name: str, number: int, line: str) -> Record | FeedProblem:
    try:
        value = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return FeedProblem(name, number, f"not JSON: {error}")
    if not isinstance(value, dict):
        return FeedProblem(name, number, f"{type(value).__name__} where an object was expected")
    return Record(number, value)


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is not a number of JSON")


def _json(name: str, text: str) -> Iterator[Record | FeedProblem]:
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        yield FeedProblem(name, 0, f"not JSON: {error}")
        return
    entries = (
        next((v for v in value.values() if isinstance(v, list)), []) if isinstance(value, dict) else value
    )
    if not isinstance(entries, list):
        yield FeedProblem(name, 0, "no list in it")
        return
    for number, entry in enumerate(entries, 1):
        yield Record(number, entry) if isinstance(entry, dict) else FeedProblem(name, number, "not an object")


def _csv(name: str, text: str) -> Iterator[Record | FeedProblem]:
    reader = csv.reader(io.StringIO(text), strict=True)
    header: list[str] | None = None
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield FeedProblem(name, reader.line_num, f"not CSV: {error}")
            continue
        if header is None:
            header = [column.strip() for column in row]
        elif len(row) != len(header):
            if row:
                yield FeedProblem(
                    name, reader.line_num, f"{len(row)} columns where {len(header)} were expected"
                )
        else:
            yield Record(reader.line_num, _nested(header, row))


def _nested(header: list[str], row: list[str]) -> dict[str, Any]:
    """`name.en` becomes {"name": {"en": ...}}; empty cells are left out."""
    record: dict[str, Any] = {}
    for column, cell in zip(header, row, strict=True):
        if not cell.strip():
            continue
        *path, last = column.split(".")
        inner = record
        for step in path:
            inner = inner.setdefault(step, {})
            if not isinstance(inner, dict):
                break
        else:
            inner[last] = cell.strip()
    return record
