"""A small random shop for tests (seeded): a catalogue with a hidden taste, and baskets that follow it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

CATEGORIES = ("jacket", "shirt", "trousers", "dress", "knitwear", "scarf")
MATERIALS = ("wool", "linen", "silk", "cotton")
COLOURS = ("navy", "ivory", "olive")
DAY = datetime(2025, 3, 1, tzinfo=UTC)


def catalogue(styles: int = 60, seed: int = 7, numeric: bool = False) -> pa.Table:
    """ITEMS: every style in three colours; its taste (0 to 4) is stated in the collection column."""
    rng = np.random.default_rng(seed)
    rows: dict[str, list[Any]] = {
        name: [] for name in ("item_id", "style_id", "price", "category", "material", "colour", "collection")
    }
    for style in range(styles):
        taste, kind = style % 5, CATEGORIES[rng.integers(len(CATEGORIES))]
        for at, colour in enumerate(COLOURS):
            rows["item_id"].append(1000 + style * 10 + at if numeric else f"{style:04d}-{colour}")
            rows["style_id"].append(100 + style if numeric else f"S{style:04d}")
            rows["price"].append(float(40 + 25 * (style % 9)))
            rows["category"].append(kind)
            rows["material"].append(MATERIALS[style % len(MATERIALS)])
            rows["colour"].append(colour)
            rows["collection"].append(f"taste {taste}")
    return pa.table(rows)


def events(
    items: pa.Table,
    baskets: int = 900,
    seed: int = 7,
    unsold: int = 6,
    kinds: tuple[Any, ...] = ("purchase",),
) -> pa.Table:
    """EVENTS: each basket holds two to four items of one taste; the last `unsold` items are never sold."""
    rng = np.random.default_rng(seed)
    ids = items["item_id"].to_pylist()
    taste = items["collection"].to_pylist()
    by_taste: dict[str, list[Any]] = {}
    for at, item in enumerate(ids[: len(ids) - unsold]):
        by_taste.setdefault(taste[at], []).append(item)
    rows: dict[str, list[Any]] = {
        name: [] for name in ("basket_id", "shopper_id", "item_id", "at", "kind", "channel")
    }
    for basket in range(baskets):
        candidates = by_taste[f"taste {rng.integers(5)}"]
        chance = 1 / np.arange(1, len(candidates) + 1) ** 0.7
        picked = rng.choice(
            len(candidates), size=int(rng.integers(2, 5)), replace=False, p=chance / chance.sum()
        )
        for at in picked:
            rows["basket_id"].append(f"b{basket}")
            rows["shopper_id"].append(f"p{basket % 150}" if basket % 3 else None)
            rows["item_id"].append(candidates[at])
            rows["at"].append((DAY + timedelta(hours=basket)).isoformat())
            rows["kind"].append(kinds[int(rng.integers(len(kinds)))])
            rows["channel"].append("store")
    return pa.table(rows)


def write(folder: Path, **asked: Any) -> tuple[Path, Path]:
    """Writes ITEMS and EVENTS as Parquet; returns both paths."""
    numeric = asked.pop("numeric", False)
    items = catalogue(numeric=numeric)
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(items, folder / "items.parquet")
    pq.write_table(events(items, **asked), folder / "events.parquet")
    return folder / "items.parquet", folder / "events.parquet"
