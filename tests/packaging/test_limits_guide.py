"""The guide names every limit of the configuration with its default, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel

from kiosk.config.limits import Limits

_ROW = re.compile(r"^\| `([a-z_.]+)` \| (\d+) \|", re.MULTILINE)


def rows(text: str) -> dict[str, int]:
    return {key: int(default) for key, default in _ROW.findall(text)}


def defaults() -> dict[str, int]:
    found: dict[str, int] = {}
    for name in Limits.model_fields:
        section = getattr(Limits(), name)
        assert isinstance(section, BaseModel)
        found |= {f"{name}.{key}": value for key, value in section.model_dump().items()}
    return found


def test_the_guide_has_every_limit_with_its_default(tree: Path) -> None:
    assert rows((tree / "packaging/guides/limits.md").read_text(encoding="utf-8")) == defaults()


def test_planted_a_changed_default_is_found(tree: Path) -> None:
    text = (tree / "packaging/guides/limits.md").read_text(encoding="utf-8")
    assert rows(text.replace("| 768 |", "| 512 |")) != defaults()
