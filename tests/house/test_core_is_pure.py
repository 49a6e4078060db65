"""The core stays pure: it imports only the modules of a list, and never asks for the time."""

from __future__ import annotations

import ast
from pathlib import Path

ALLOWED = {
    "__future__", "bisect", "collections", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools",
    "hashlib", "heapq", "itertools", "json", "kiosk", "math", "operator", "re", "string", "types", "typing",
    "unicodedata",
}  # fmt: skip


def strange_imports(core: Path) -> list[str]:
    """Imports that are not on the list, as `file: module`."""
    found = []
    for file in sorted(core.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            found += [f"{file.name}: {name}" for name in names if name.split(".")[0] not in ALLOWED]
            found += [
                f"{file.name}: {n}" for n in names if n.startswith("kiosk") and not n.startswith("kiosk.core")
            ]
    return found


def calls_of_the_clock(core: Path) -> list[str]:
    """Calls that ask for the time of day, as `file:line`."""
    clocks = {"now", "today", "utcnow"}
    return [
        f"{file.name}:{node.lineno}"
        for file in sorted(core.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clocks
    ]


def test_the_core_is_pure(tree: Path) -> None:
    assert strange_imports(tree / "kiosk" / "core") == []
    assert calls_of_the_clock(tree / "kiosk" / "core") == []


def test_planted_imports_are_caught(tmp_path: Path) -> None:
    wrong = "import socket\nfrom kiosk.store import hub\nfrom datetime import datetime\ndatetime.now()\n"
    (tmp_path / "planted.py").write_text(wrong, encoding="utf-8")
    assert strange_imports(tmp_path) == ["planted.py: socket", "planted.py: kiosk.store"]
    assert calls_of_the_clock(tmp_path) == ["planted.py:4"]
