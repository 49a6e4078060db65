"""Finds crashes: processes that ended by themselves, and exceptions that nobody has caught, in the logs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk.demo.processes import Child


def ended(children: Mapping[str, Child]) -> list[str]:
    """Processes that do not run any more."""
    return [f"{name} ended with {child.exit_code}" for name, child in children.items() if not child.alive]


def faults_logged(folder: Path) -> list[str]:
    """Kinds of exceptions with a traceback in the logs of a folder, with their number."""
    found: Counter[str] = Counter()
    for file in sorted(folder.glob("*.log")):
        found.update(f"{file.stem}: {text}" for text in _traces(file.read_text("utf-8", "replace")))
    return [f"{text} ({count} x)" for text, count in found.items()]


def _traces(log: str) -> Iterator[str]:
    for line in log.splitlines():
        record = _record(line)
        if trace := str(record.get("trace", "")):
            yield f"{record.get('text', '')}: {trace.splitlines()[-1]}"
        elif line.startswith("Traceback"):
            yield "a traceback outside of the log"


def _record(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
