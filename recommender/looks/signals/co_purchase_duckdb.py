"""Counts pairs of a history that does not fit in memory, with DuckDB under a memory limit (extra `large`).

The counts equal those computed in memory (`co_purchase.PairCounts.bought_together`). Counts of shops and days
that share no basket can be added.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from recommender.errors import RecommenderError, TableError
from recommender.inputs.baskets import MAX_BASKET_ITEMS
from recommender.inputs.event_kinds import EVENT_WEIGHT, EventKind, names_of_kinds

_HELD = """
CREATE TEMP TABLE held AS
WITH history AS (
    SELECT CAST(basket_id AS VARCHAR) AS basket, CAST(item_id AS VARCHAR) AS item,
        coalesce(CAST(shopper_id AS VARCHAR), '') AS shopper, "at" AS moment,
        replace(replace(lower(trim(CAST(kind AS VARCHAR))), '-', '_'), ' ', '_') AS kind
    FROM read_parquet($events)
), raw AS (
    SELECT basket, item, bool_or(list_contains($bought, kind)) AS kept, bool_or(list_contains($back, kind)) AS back,
        bool_or(list_contains($meant, kind)) AND NOT bool_or(list_contains($refused, kind)) AS counts,
        min(moment) FILTER (list_contains($bought, kind)) AS moment,
        arg_min(shopper, moment) FILTER (list_contains($bought, kind)) AS shopper
    FROM history GROUP BY basket, item
), loose AS (
    SELECT h.shopper, h.item, count(*) AS pieces, max(h.moment) AS latest
    FROM history h JOIN raw c USING (basket, item)
    WHERE list_contains($back, h.kind) AND NOT c.kept GROUP BY h.shopper, h.item
), returned AS (
    SELECT basket, item FROM (
        SELECT c.basket, c.item, l.pieces,
            row_number() OVER (PARTITION BY c.shopper, c.item ORDER BY c.moment DESC, c.basket DESC) AS place
        FROM raw c JOIN loose l ON c.shopper = l.shopper AND c.item = l.item
        WHERE c.kept AND NOT c.back AND c.moment <= l.latest
    ) WHERE place <= pieces
), cells AS (
    SELECT c.basket, c.item, c.kept AND NOT c.back AND r.basket IS NULL AS bought
    FROM raw c LEFT JOIN returned r ON r.basket = c.basket AND r.item = c.item WHERE c.counts
), sizes AS (
    SELECT basket FROM cells GROUP BY basket HAVING count(*) BETWEEN 2 AND $largest
)
SELECT hash(basket) AS basket, item FROM cells SEMI JOIN sizes USING (basket) WHERE bought
"""
# integer ids in the order of the item ids: joining and grouping by integers takes a third of the memory
_NAMES = """
CREATE TEMP TABLE names AS
SELECT item, (row_number() OVER (ORDER BY item))::INTEGER AS number FROM (SELECT DISTINCT item FROM held)
"""
_CELLS = "CREATE TEMP TABLE bought AS SELECT basket, number FROM held JOIN names USING (item)"
_PAIRS = """
WITH met AS (
    SELECT a.number AS one, b.number AS two, count(*)::INTEGER AS baskets
    FROM bought a JOIN bought b ON a.basket = b.basket AND a.number < b.number GROUP BY ALL
)
SELECT n.item AS item, m.item AS other, baskets
FROM met JOIN names n ON n.number = one JOIN names m ON m.number = two ORDER BY one, two
"""


def count_pairs_large(events: Sequence[Path], out: Path, *, memory: str = "2GB", threads: int = 1) -> int:
    """Writes `item, other, baskets` (item < other) of all bought pairs to the Parquet file `out`; returns
    their number.

    `events` are Parquet files as for `read_events`. Raises `RecommenderError` if DuckDB is not installed or
    the files cannot be counted.
    """
    duckdb = _library()
    out.parent.mkdir(parents=True, exist_ok=True)
    config = {"memory_limit": memory, "threads": threads, "temp_directory": str(out.parent / ".spill")}
    kinds = {
        "bought": names_of_kinds(EventKind.PURCHASE, EventKind.TRYON_KEPT),
        "meant": names_of_kinds(*(kind for kind in EventKind if EVENT_WEIGHT[kind] > 0)),
        "refused": names_of_kinds(EventKind.NOT_THIS),
        "back": names_of_kinds(EventKind.RETURN),
    }
    try:
        with duckdb.connect(config=config) as base:
            base.execute("SET preserve_insertion_order = false")
            base.execute(
                _HELD, {"events": [str(path) for path in events], "largest": MAX_BASKET_ITEMS, **kinds}
            )
            base.execute(_NAMES)
            base.execute(_CELLS)
            base.execute("DROP TABLE held")
            base.sql(_PAIRS).write_parquet(str(out))
            return _rows(base, out)
    except duckdb.Error as error:
        raise TableError(", ".join(path.name for path in events), [str(error).splitlines()[0]]) from error


def add_pairs(parts: Sequence[Path], out: Path) -> int:
    """Adds the counts of shops or days that share no basket into one file; returns the number of pairs."""
    duckdb = _library()
    with duckdb.connect() as base:
        summed = base.sql(
            "SELECT item, other, sum(baskets)::INTEGER AS baskets FROM read_parquet($parts) GROUP BY ALL ORDER BY ALL",
            params={"parts": [str(part) for part in parts]},
        )
        summed.write_parquet(str(out))
        return _rows(base, out)


def _rows(base: Any, out: Path) -> int:
    return int(base.execute("SELECT count(*) FROM read_parquet(?)", [str(out)]).fetchone()[0])


def _library() -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise RecommenderError("counting large histories needs DuckDB: install the extra 'large'") from error
    return duckdb
