"""Counts pairs of a history that no longer fits in memory, with DuckDB under a memory limit (extra `large`).

The sums are the same whole numbers as those counted in memory, and those of shops and days add up exactly.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from recommender.baskets import LARGEST
from recommender.errors import RecommenderError

_HELD = """
CREATE TEMP TABLE held AS
WITH cells AS (
    SELECT DISTINCT CAST(basket_id AS VARCHAR) AS basket, CAST(item_id AS VARCHAR) AS item
    FROM read_parquet($events) WHERE lower(kind) IN ('purchase', 'buy', 'bought', 'sale', 'sold', 'tryon_kept')
), sizes AS (SELECT basket FROM cells GROUP BY basket HAVING count(*) BETWEEN 2 AND $largest)
SELECT hash(basket) AS basket, item FROM cells SEMI JOIN sizes USING (basket)
"""
_PAIRS = """
SELECT a.item AS item, b.item AS other, count(*)::INTEGER AS baskets
FROM held a JOIN held b ON a.basket = b.basket AND a.item < b.item GROUP BY ALL ORDER BY ALL
"""


def count_pairs_large(events: Sequence[Path], out: Path, *, memory: str = "2GB", threads: int = 1) -> int:
    """Writes `item, other, baskets` (item < other) of all bought pairs as Parquet to `out`; returns how many.

    `events` are Parquet files as `read_events` takes them. Raises where DuckDB is not installed.
    """
    duckdb = _library()
    out.parent.mkdir(parents=True, exist_ok=True)
    asked = {"memory_limit": memory, "threads": threads, "temp_directory": str(out.parent / ".spill")}
    with duckdb.connect(config=asked) as base:
        base.execute(_HELD, {"events": [str(path) for path in events], "largest": LARGEST})
        base.sql(_PAIRS).write_parquet(str(out))
        return int(base.execute("SELECT count(*) FROM read_parquet(?)", [str(out)]).fetchone()[0])


def add_pairs(parts: Sequence[Path], out: Path) -> int:
    """Adds counts of shops or days that share no basket into one file."""
    duckdb = _library()
    with duckdb.connect() as base:
        summed = base.sql(
            "SELECT item, other, sum(baskets)::INTEGER AS baskets FROM read_parquet($parts) GROUP BY ALL ORDER BY ALL",
            params={"parts": [str(part) for part in parts]},
        )
        summed.write_parquet(str(out))
        return int(base.execute("SELECT count(*) FROM read_parquet(?)", [str(out)]).fetchone()[0])


def _library() -> Any:
    try:
        import duckdb  # type: ignore[import-not-found, unused-ignore]  # the extra may be absent
    except ImportError as absent:
        raise RecommenderError("counting large histories needs DuckDB: install the extra 'large'") from absent
    return duckdb
