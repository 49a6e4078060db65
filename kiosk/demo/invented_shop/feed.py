"""Writes the invented shop as feed files, as a retailer would send them: JSON lines, one file for each kind of record.

Files: `styles.jsonl`, `items.jsonl`, `stock.jsonl`, `shoppers.jsonl`, `associates.jsonl`, `looks.json`.
The GTINs use the GS1 prefix 952, which GS1 reserves for demonstrations and examples: no real garment has one.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kiosk.demo.invented_shop import people, source_files, stock
from kiosk.demo.invented_shop.styles import Item, Style, items, picture_of, styles


def write(directory: Path, seed: int) -> None:
    """Write every feed file into `directory`, created if missing; the same seed gives the same bytes."""
    directory.mkdir(parents=True, exist_ok=True)
    _lines(directory / "styles.jsonl", (_style(style) for style in styles()))
    _lines(directory / "items.jsonl", (_item(item) for item in items()))
    _lines(directory / "stock.jsonl", stock.rows(seed))
    _lines(directory / "shoppers.jsonl", people.shoppers(seed))
    _lines(directory / "associates.jsonl", people.associates())
    looks = json.dumps(source_files.read_json("looks.json"), ensure_ascii=False, indent=1)
    (directory / "looks.json").write_text(looks + "\n", encoding="utf-8")


def _style(style: Style) -> dict[str, Any]:
    return {
        "style_id": style.style_id,
        "name": style.name,
        "category": style.category,
        "line": style.line,
        "story": style.story,
        "material": style.material,
        "care": style.care,
        "origin": style.origin,
        "price": {"currency": "EUR", "minor": style.price_minor},
        "size_system": style.size_system,
        "sizes": list(style.sizes),
        "colours": [
            {
                "code": colour.code,
                "name": colour.name,
                "hex": colour.hex,
                "picture": picture_of(style.style_id, colour.code),
            }
            for colour in style.colours
        ],
        "since": style.since,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "gtin": item.gtin,
        "style_id": item.style.style_id,
        "colour": item.colour.code,
        "size": item.size,
    }


def _lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
