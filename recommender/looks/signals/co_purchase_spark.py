"""Counts pairs and trains ALS factors in Spark, for a history that does not fit one machine (extra `spark`,
Java 17).

The only module that imports pyspark. `recommender.looks.pipeline.spark_model` makes a model from the result.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Floats, Ints, Longs
from recommender.errors import RecommenderError
from recommender.inputs.baskets import MAX_BASKET_ITEMS
from recommender.inputs.event_kinds import EVENT_WEIGHT, RETURNED_FACTOR, EventKind, names_of_kinds
from recommender.inputs.tables import Items
from recommender.looks.serving.column_roles import detect_roles
from recommender.looks.serving.model import Attribute
from recommender.looks.signals.co_purchase import NEIGHBOURS

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class SparkSettings:
    """Settings of the Spark session and of ALS. `alpha` is the confidence weight of an observation (Hu,
    Koren, Volinsky 2008); `rounds` are ALS iterations; `master` and `memory` as in Spark."""

    rank: int = 128
    rounds: int = 10
    ridge: float = 0.05
    alpha: float = 20.0
    seed: int = 7
    master: str = "local[*]"
    memory: str = "2g"


@dataclass(frozen=True, slots=True)
class SparkCounts:
    """Results from Spark: per item, per pair and per pair of categories, and the size of the history."""

    factors: Floats
    interactions: Ints
    sales: Ints
    weight: Doubles
    pairs: Any
    category_pairs: Longs
    events: int
    baskets: int
    first: str
    last: str


_EVENTS = """
SELECT CAST(e.basket_id AS STRING) AS basket, i.row AS item, try_cast(CAST(e.at AS STRING) AS DATE) AS day,
       replace(replace(lower(trim(e.kind)), '-', '_'), ' ', '_') AS kind
FROM history e JOIN items i ON CAST(e.item_id AS STRING) = i.item_id
"""
_CELLS = """
SELECT basket, item, max(weight) * IF(max(back) = 1, {returned}, 1.0) AS weight, max(bought) AS bought
FROM (SELECT basket, item, {weight} AS weight, {bought} AS bought, {back} AS back, {refused} AS refused FROM chosen)
GROUP BY basket, item HAVING max(refused) = 0 AND max(weight) > 0
"""
_HELD = """
SELECT c.* FROM cells c JOIN (SELECT basket FROM cells GROUP BY basket HAVING count(*) <= {largest}) USING (basket)
"""
_PAIRS = """
SELECT a.item AS item, b.item AS other, sum(a.weight * b.weight) AS together, sum(a.bought * b.bought) AS baskets
FROM held a JOIN held b ON a.basket = b.basket AND a.item <> b.item GROUP BY a.item, b.item
"""
_STRONGEST = """
SELECT item, other, together, baskets FROM (
    SELECT *, row_number() OVER (PARTITION BY item ORDER BY together DESC, other) AS place FROM pairs
) WHERE place <= {keep}
"""
_WHOLE = """
SELECT count(*) AS events, count(DISTINCT basket) AS baskets, min(day) AS first, max(day) AS last FROM chosen
"""
_SOME = """
SELECT h.basket, h.item, h.weight FROM held h JOIN (
    SELECT basket FROM held GROUP BY basket HAVING count(*) >= 2 ORDER BY hash(basket), basket LIMIT {most}
) USING (basket)
"""
_CATEGORIES = """
WITH kinds AS (
    SELECT DISTINCT h.basket, i.category FROM held h JOIN items i ON h.item = i.row
    WHERE h.bought = 1 AND i.category >= 0
)
SELECT a.category AS one, b.category AS two, count(*) AS baskets
FROM kinds a JOIN kinds b ON a.basket = b.basket GROUP BY a.category, b.category
"""


@contextmanager
def history(items: Items, events: Sequence[Path], settings: SparkSettings) -> Iterator[SparkHistory]:
    """Opens a history in Spark. Raises `RecommenderError` if pyspark is missing or Spark does not start."""
    spark = _session(settings)
    spark.sparkContext.setLogLevel("ERROR")
    try:
        with tempfile.TemporaryDirectory() as folder:
            _tables(spark, items, [str(path) for path in events], detect_roles(items).get("category"))
            yield SparkHistory(spark, items, settings, Path(folder))
    finally:
        spark.stop()


@dataclass(slots=True)
class SparkHistory:
    """A history in Spark; every result is small enough for one machine."""

    spark: Any
    items: Items
    settings: SparkSettings
    folder: Path
    _fetches: int = 0

    def days(self) -> dict[str, int]:
        """Number of events on each day, oldest first; events without a day are left out."""
        rows = self.spark.sql(
            "SELECT CAST(day AS STRING) AS day, count(*) AS events FROM events WHERE day IS NOT NULL GROUP BY day"
        ).collect()
        return dict(sorted((row["day"], int(row["events"])) for row in rows))

    def sums(self, progress: Progress, before: str | None = None) -> SparkCounts:
        """Counts pairs and trains factors on all days, or on those before a day."""
        self._cells("true" if before is None else f"day < DATE'{before}' OR day IS NULL")
        return self._counted(progress)

    def baskets(self, since: str, most: int) -> Any:
        """`basket, item, weight` of at most `most` baskets with two items or more, from a day on, as an Arrow
        table."""
        self._cells(f"day >= DATE'{since}'")
        return self._fetched(self.spark.sql(_SOME.format(most=most)))

    def _cells(self, which: str) -> None:
        self.spark.catalog.clearCache()
        self.spark.sql(f"SELECT * FROM events WHERE {which}").createOrReplaceTempView("chosen")  # noqa: S608
        weight_by_kind = " ".join(
            f"WHEN kind IN ({_quoted_names(kind)}) THEN {EVENT_WEIGHT[kind]}D" for kind in EventKind
        )
        cells = _CELLS.format(
            returned=RETURNED_FACTOR,
            weight=f"CASE {weight_by_kind} ELSE 0.0D END",
            bought=_marked(EventKind.PURCHASE, EventKind.TRYON_KEPT),
            back=_marked(EventKind.RETURN),
            refused=_marked(EventKind.NOT_THIS),
        )
        self.spark.sql(cells).createOrReplaceTempView("cells")
        self.spark.sql(_HELD.format(largest=MAX_BASKET_ITEMS)).cache().createOrReplaceTempView("held")

    def _counted(self, progress: Progress) -> SparkCounts:
        from pyspark.ml.recommendation import ALS

        progress("counting in Spark", 0.0)
        items, settings, spark = self.items, self.settings, self.spark
        category = detect_roles(items).get("category")
        totals = spark.sql(_WHOLE).first()
        spark.sql(_PAIRS).createOrReplaceTempView("pairs")
        pairs = self._fetched(spark.sql(_STRONGEST.format(keep=NEIGHBOURS)))
        by_item = self._fetched(_by_item(spark))
        categories = self._fetched(spark.sql(_CATEGORIES))
        progress("learning factors in Spark", 0.0)
        # The basket number is only used as the ALS user. A few hash collisions do no harm; numbering all
        # baskets would require a sort.
        held = spark.sql("SELECT abs(hash(basket) % 2147483647) AS user, item, weight FROM held")
        als = ALS(
            rank=settings.rank, maxIter=settings.rounds, regParam=settings.ridge, alpha=settings.alpha,
            implicitPrefs=True, seed=settings.seed, userCol="user", itemCol="item", ratingCol="weight",
        )  # fmt: skip
        factors = self._fetched(als.fit(held).itemFactors)
        return SparkCounts(
            _spread_factors(factors, len(items), settings.rank),
            _values_by_item(by_item, "met", len(items)).astype(np.int32),
            np.maximum(_values_by_item(by_item, "sales", len(items)), 0).astype(np.int32),
            _values_by_item(by_item, "weight", len(items)),
            pairs,
            _square(categories, 0 if category is None else len(category.values)),
            int(totals["events"]),
            int(totals["baskets"]),
            str(totals["first"]),
            str(totals["last"]),
        )

    def _fetched(self, frame: Any) -> Any:
        """Rows as an Arrow table, transferred through Parquet files: py4j is too slow for millions of rows."""
        import pyarrow.parquet

        self._fetches += 1
        folder = self.folder / str(self._fetches)
        frame.write.parquet(str(folder))
        return pyarrow.parquet.read_table(folder)


def _tables(spark: Any, items: Items, events: list[str], category: Attribute | None) -> None:
    codes = category.codes.tolist() if category else [-1] * len(items)
    rows = [(item, row, code) for row, (item, code) in enumerate(zip(items.ids, codes, strict=True))]
    known = spark.createDataFrame(rows, "item_id string, row int, category int")
    known.createOrReplaceTempView("items")
    spark.read.parquet(*events).createOrReplaceTempView("history")
    spark.sql(_EVENTS).cache().createOrReplaceTempView("events")


def _by_item(spark: Any) -> Any:
    good = [kind for kind in EventKind if kind not in {EventKind.NOT_THIS, EventKind.RETURN}]
    return spark.sql(
        f"""SELECT item, max(met) AS met, sum(sales) AS sales, sum(weight) AS weight FROM (
        SELECT item, {_marked(*good)} AS met,
            {_marked(EventKind.PURCHASE)} - {_marked(EventKind.RETURN)} AS sales, 0.0D AS weight FROM chosen
        UNION ALL SELECT item, 0, 0, weight FROM held) GROUP BY item"""  # noqa: S608 - the text contains only our own constants
    )


def _marked(*kinds: EventKind) -> str:
    return f"IF(kind IN ({_quoted_names(*kinds)}), 1, 0)"


def _quoted_names(*kinds: EventKind) -> str:
    return ", ".join(f"'{word}'" for word in names_of_kinds(*kinds))


def _values_by_item(table: Any, name: str, items: int) -> Doubles:
    found = np.zeros(items)
    found[table["item"].to_numpy()] = table[name].to_numpy()
    return found


def _spread_factors(table: Any, items: int, rank: int) -> Floats:
    found = np.zeros((items, rank), np.float32)
    features = table["features"].combine_chunks()
    found[table["id"].to_numpy()] = np.asarray(features.values, np.float32).reshape(-1, rank)
    return found


def _square(table: Any, words: int) -> Longs:
    found = np.zeros((words, words), np.int64)
    found[table["one"].to_numpy(), table["two"].to_numpy()] = table["baskets"].to_numpy()
    return found


def _session(settings: SparkSettings) -> Any:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise RecommenderError("training with Spark needs pyspark: install the extra 'spark'") from error
    try:
        return (
            SparkSession.builder.master(settings.master)
            .appName("cheval looks")
            .config("spark.driver.memory", settings.memory)
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "4" if settings.master.startswith("local") else "200")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()
        )
    except PySparkException as error:
        raise RecommenderError(
            "Spark does not start: it needs Java 17 or newer, in JAVA_HOME or on the PATH"
        ) from error
