"""Reads JSONL, JSON or CSV files as records; a line that cannot be parsed is one mistake, the others are read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.connectors.feeds.feed_file import FeedMistake

MAX_LINE_CHARS = 1_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one object, with its line (1-based; in a JSON list its position). They may be personal data."""

    line: int
    fields: dict[str, Any] = field(repr=False)


def records(path: Path) -> Iterator[Record | FeedMistake]:
    """The records of a file in their order: JSON objects by line, a JSON list, or CSV with a header line."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        yield FeedMistake(path.name, 0, f"cannot be read: {error.strerror}")
        return
    except UnicodeDecodeError as error:
        yield FeedMistake(path.name, 0, f"is not UTF-8 (byte {error.start})")
        return
    if path.suffix == ".csv":
        yield from _csv(path.name, text)
    elif path.suffix == ".json":
        yield from _json(path.name, text)
    else:
        yield from _jsonl(path.name, text)


def _jsonl(name: str, text: str) -> Iterator[Record | FeedMistake]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if len(line) > MAX_LINE_CHARS:
            yield FeedMistake(name, number, f"longer than {MAX_LINE_CHARS} characters")
            continue
        yield _object(name, number, line)


def _object(name: str, number: int, line: str) -> Record | FeedMistake:
    try:
        value = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        return FeedMistake(name, number, f"not JSON: {error}")
    if not isinstance(value, dict):
        return FeedMistake(name, number, f"{type(value).__name__} where an object was expected")
    return Record(number, value)


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON number")


def _json(name: str, text: str) -> Iterator[Record | FeedMistake]:
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        yield FeedMistake(name, 0, f"not JSON: {error}")
        return
    # an object is expected to hold its records in its first list; without one it is not a feed, for example an error
    entries = (
        next((v for v in value.values() if isinstance(v, list)), None) if isinstance(value, dict) else value
    )
    if not isinstance(entries, list):
        yield FeedMistake(name, 0, "contains no list")
        return
    for number, entry in enumerate(entries, 1):
        yield Record(number, entry) if isinstance(entry, dict) else FeedMistake(name, number, "not an object")


def _csv(name: str, text: str) -> Iterator[Record | FeedMistake]:
    reader = csv.reader(io.StringIO(text), strict=True)
    header: list[str] | None = None
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield FeedMistake(name, reader.line_num, f"not CSV: {error}")
            continue
        if header is None:
            header = [column.strip() for column in row]
        elif len(row) != len(header):
            if row:
                yield FeedMistake(
                    name, reader.line_num, f"{len(row)} columns where {len(header)} were expected"
                )
        else:
            yield Record(reader.line_num, _nested(header, row))


def _nested(header: list[str], row: list[str]) -> dict[str, Any]:
    """A row as nested fields: the column `name.en` becomes {"name": {"en": ...}}. Empty cells are left out."""
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
