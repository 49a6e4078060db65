"""Invented exports for tests, converted by a preset or mapping, and read as the store reads the result."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from kiosk.connectors.feeds import FeedFile, open_folder
from kiosk.connectors.mapping import Conversion, MappingFile, Shop, convert, load_mapping
from kiosk.core.domain.ids import check_digit

NOW_US = 1_790_000_000_000_000
"""In September 2026."""


def ean(number: int) -> str:
    """A valid EAN-13 with the prefix for examples."""
    digits = f"952{number:09d}"
    return digits + str(check_digit(digits))


def table(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


@dataclass(frozen=True, slots=True)
class Imported:
    """What the store reads of a converted file."""

    conversion: Conversion
    styles: FeedFile[Any] | None
    items: FeedFile[Any] | None
    stock: FeedFile[Any] | None

    @property
    def articles(self) -> dict[str, Any]:
        return dict(self.items.changed) if self.items is not None else {}

    @property
    def counts(self) -> dict[str, int]:
        return {key: line.count for key, line in self.stock.changed.items()} if self.stock is not None else {}

    @property
    def reasons(self) -> list[tuple[int, str]]:
        return [(mistake.line, mistake.what) for mistake in self.conversion.mistakes]


def imported(
    folder: Path, file: Path, mapping: str | MappingFile, currency: str = "EUR", now_us: int = NOW_US
) -> Imported:
    """Converts a file and reads the feed that it gives. Every line of it is taken, or was refused by the mapping."""
    out = folder / "feed"
    out.mkdir(exist_ok=True)
    rules = load_mapping(mapping) if isinstance(mapping, str) else mapping
    made = convert(file, rules, out, Shop(currency, UTC, now_us))
    feed = open_folder(out, currency=currency)
    read = Imported(made, feed.read("styles", {}), feed.read("items", {}), feed.read("stock", {}))
    for part in (read.styles, read.items, read.stock):
        assert part is None or all(f"{made.file}:" in mistake.what for mistake in part.mistakes), part
    return read


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return file


def json_lines(records: Sequence[object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


SHOPIFY = (
    "Handle", "Title", "Body (HTML)", "Type", "Status", "Gift Card", "Option1 Name", "Option1 Value", "Option2 Name",
    "Option2 Value", "Variant SKU", "Variant Inventory Qty", "Variant Price", "Variant Compare At Price",
    "Variant Barcode", "Image Src",
)  # fmt: skip


def shopify_rows(
    styles: int, sizes: Sequence[str] = ("S", "M", "L", "XL"), colours: int = 5
) -> list[list[str]]:
    """Rows of a products export: `styles` x `colours` x `sizes` variants."""
    rows, number = [list(SHOPIFY)], 0
    for style in range(styles):
        for at in range(colours * len(sizes)):
            colour, size = f"Colour {at // len(sizes)}", sizes[at % len(sizes)]
            number += 1
            first = not at
            rows.append(
                [
                    f"style-{style}", f"Style {style}" if first else "",
                    "<p>Soft &amp; <b>warm</b></p>" if first else "",
                    "Shirts" if first else "", "active" if first else "", "false" if first else "",
                    "Color" if first else "", colour, "Size" if first else "", size, f"SKU-{number}", str(number % 7),
                    f"{100 + style % 50}.90", "189.00" if style % 3 == 0 else "", f"'{ean(number)}", "",
                ]
            )  # fmt: skip
    return rows
