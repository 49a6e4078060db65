"""Finds personal values in bytes: files below a folder, and the writable memory of a process."""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np

_PAGE: Final = resource.getpagesize()
_ENTRY: Final = 8


def forms(value: str) -> dict[str, bytes]:
    """The bytes as which a value may stand somewhere, by name: of Python or in a file, of Qt, of a card."""
    found = {"text": value.encode(), "utf-16": value.encode("utf-16-le")}
    if value.lower() != value and all(letter in "0123456789ABCDEF" for letter in value):
        found |= {"lower case": value.lower().encode(), "bytes": bytes.fromhex(value)}
    return found


def found_in(content: bytes, values: Mapping[str, str]) -> Counter[str]:
    """How often each value stands in the content, by value and form."""
    return Counter(
        {
            f"{name} as {form}": count
            for name, value in values.items()
            for form, content_of in forms(value).items()
            if (count := content.count(content_of))
        }
    )


def found_in_files(folder: Path, values: Mapping[str, str]) -> dict[str, Counter[str]]:
    """The same for every file below a folder, by its name."""
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            counts = found_in(file.read_bytes(), values)
            if counts:
                found[str(file.relative_to(folder))] = counts
    return found


def found_in_memory(process: int, values: Mapping[str, str]) -> Counter[str]:
    """The same for the writable memory of a process. Raises OSError where the system does not allow to read it."""
    found: Counter[str] = Counter()
    with (
        Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory,
        Path(f"/proc/{process}/pagemap").open("rb", buffering=0) as pages,
    ):
        for start, end, name in _writable(process):
            pages.seek(start // _PAGE * _ENTRY)
            for first, last in _used(pages.read((end - start) // _PAGE * _ENTRY)):
                try:
                    memory.seek(start + first * _PAGE)
                    content = memory.read((last - first) * _PAGE)
                except (OSError, ValueError):
                    continue
                for what, count in found_in(content, values).items():
                    found[f"{what} ({name})"] += count
    return found


def _used(entries: bytes) -> Iterator[tuple[int, int]]:
    """Runs of pages that are in memory or in swap: bits 63 and 62 of their entries (proc_pid_pagemap(5))."""
    used = np.frombuffer(entries, np.uint64) >> np.uint64(62) != 0
    edges = np.flatnonzero(np.diff(np.concatenate(([False], used, [False])).astype(np.int8)))
    yield from ((int(first), int(last)) for first, last in edges.reshape(-1, 2))


def _writable(process: int) -> Iterator[tuple[int, int, str]]:
    for line in Path(f"/proc/{process}/maps").read_text(encoding="utf-8").splitlines():
        where, rights, _, _, _, *name = line.split(maxsplit=5)
        if rights.startswith("rw") and "[vvar" not in line:
            start, end = where.split("-")
            yield int(start, 16), int(end, 16), name[0] if name else "anonymous"
