"""Small feeds for tests: valid records of each kind, written in the form that a test needs."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from kiosk.connectors.feeds import FeedFile, FeedFolder, FeedKind, open_folder
from kiosk.core.domain.ids import check_digit

STYLE: dict[str, Any] = {
    "style_id": "C1", "name": {"en": "Coat", "de": "Mantel"}, "category": "coats",
    "price": {"currency": "EUR", "minor": 98000}, "colours": [{"code": "NVY", "name": "Navy", "picture": "c1.png"}],
}  # fmt: skip
SHOPPER: dict[str, Any] = {"shopper_id": "s1", "first_name": "Clara", "sizes": {"coats": "38"}}
ASSOCIATE: dict[str, Any] = {"associate_id": "a1", "name": "Ines", "pin": "4711"}
LOOK: dict[str, Any] = {
    "look_id": "l1",
    "items": ["C1-NVY", {"style_id": "S1", "colour": "WHI"}],
    "by": "Mei",
}
PROMOTION: dict[str, Any] = {"promotion_id": "p1", "name": "10 % off", "kind": "percent", "percent": 10}


def ean(number: int) -> str:
    """A valid EAN-13 with a prefix for examples (GS1 prefix 952)."""
    digits = f"952{number:09d}"
    return digits + str(check_digit(digits))


def item(number: int, **fields: Any) -> dict[str, Any]:
    return {"gtin": ean(number), "style_id": "C1", "colour": "NVY", "size": "38", **fields}


def stock(number: int, count: int | str = 2, **fields: Any) -> dict[str, Any]:
    return {"gtin": ean(number), "place": "floor", "count": count, **fields}


def stock_key(number: int, place: str = "floor") -> str:
    return f"0{ean(number)} {place}"


def jsonl(path: Path, records: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def set_time(path: Path, us: int) -> None:
    """Sets the time of a file's last modification."""
    os.utime(path, ns=(us * 1000, us * 1000))


def opened(folder: Path, currency: str = "EUR", zone: tzinfo = UTC, key: bytes = b"") -> FeedFolder:
    return open_folder(folder, currency=currency, zone=zone, key=key)


def read(folder: Path, kind: FeedKind, known: Mapping[str, bytes] | None = None, **how: Any) -> FeedFile[Any]:
    """The file of a kind; it must exist."""
    found = opened(folder, **how).read(kind, known or {})
    assert found is not None
    return found


def told(file: FeedFile[Any]) -> list[str]:
    """The mistakes as texts."""
    return [str(mistake) for mistake in file.mistakes]
