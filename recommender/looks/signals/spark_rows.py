"""Opens the tables of a history in Spark, and leaves out or refuses unusable rows as `inputs.history` does."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from recommender.errors import TableError
from recommender.inputs.event_kinds import EventKind
from recommender.inputs.history_limits import EARLIEST, HistoryLimits, RowCounts
from recommender.inputs.row_checks import UnusableRows, refuse_if_too_many
from recommender.inputs.tables import Items
from recommender.looks.signals import spark_queries as queries
from recommender.looks.signals import spark_tables as tables

_NEEDED = ("basket_id", "shopper_id", "item_id", "at", "kind", "channel")
# Numbers below a limit are of that unit, given as units a second; larger ones are nanoseconds.
_UNITS = ((1e11, 1), (1e14, 10**3), (1e17, 10**6))


def open_tables(
    spark: Any, items: Items, events: Sequence[Path], folder: Path, limits: HistoryLimits
) -> RowCounts:
    """Creates the views `items`, `history` (every row) and `events` (the usable ones); returns the counts of the rows.

    `repeated` is not counted. Raises `TableError` if a column is missing or too many rows are unusable.
    """
    tables.write_items(items, folder / "items.parquet")
    spark.read.parquet(str(folder / "items.parquet")).createOrReplaceTempView("items")
    table, source = spark.read.parquet(*map(str, events)), ", ".join(path.name for path in events)
    missing = [f"column {name} is missing" for name in _NEEDED if name not in table.columns]
    if missing:
        raise TableError(source, [*missing, f"there are {', '.join(table.columns) or 'no columns'}"])
    table.createOrReplaceTempView("history")
    filled = {
        "seconds": _seconds(spark, dict(table.dtypes)["at"]),
        "earliest": EARLIEST,
        "latest": limits.latest,
        "kinds": queries.quoted_names(*EventKind),
    }
    counts = _checked(spark, source, filled, limits)
    spark.sql(queries.EVENTS.format(**filled)).cache().createOrReplaceTempView("events")
    return counts


def _checked(spark: Any, source: str, filled: dict[str, Any], limits: HistoryLimits) -> RowCounts:
    spark.sql(queries.ROWS.format(**filled)).createOrReplaceTempView("rows")
    number = {
        row["reason"]: int(row["rows"]) for row in spark.sql(queries.REASONS.format(**filled)).collect()
    }
    left_out = {reason: count for reason, count in number.items() if reason != "used"}
    counts = RowCounts(sum(number.values()), **left_out)
    if counts.unusable > limits.max_loss * counts.read:
        unknown = [row["kind"] for row in spark.sql(queries.UNKNOWN_KINDS.format(**filled)).collect()]
        refuse_if_too_many(source, counts, _mistakes(spark, filled), unknown, limits)
    return counts


def _mistakes(spark: Any, filled: dict[str, Any]) -> dict[str, UnusableRows]:
    found = {}
    for reason, wrong in queries.MISTAKES.items():
        row = spark.sql(queries.ROWS_WITH.format(wrong=wrong.format(**filled))).first()
        if row["rows"]:
            found[reason] = UnusableRows(int(row["rows"]), row["written"])
    return found


def _seconds(spark: Any, kind: str) -> str:
    """The expression for whole seconds since 1970 of the column `at`; numbers as in `inputs.event_times`."""
    if kind not in {"bigint", "int", "double", "float"}:
        return "unix_timestamp(try_cast(CAST(e.at AS STRING) AS TIMESTAMP))"
    median = spark.sql("SELECT percentile_approx(abs(at), 0.5D) AS median FROM history").first()["median"]
    unit = next((unit for limit, unit in _UNITS if (median or 0) < limit), 10**9)
    return f"CAST(floor(e.at / {unit}) AS BIGINT)"
