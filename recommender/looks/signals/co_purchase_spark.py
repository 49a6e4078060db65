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
from recommender.inputs.history_limits import EARLIEST, HistoryLimits
from recommender.inputs.row_checks import day_of
from recommender.inputs.tables import Items
from recommender.looks.serving.chance import PurchaseCounts
from recommender.looks.serving.column_roles import detect_roles
from recommender.looks.serving.model import Attribute
from recommender.looks.signals import spark_queries as queries
from recommender.looks.signals.co_purchase import NEIGHBOURS
from recommender.looks.signals.purchase_counts import expected_pairs

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
    bought: PurchaseCounts
    events: int
    baskets: int
    first: str
    last: str


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
        return self._fetched(self.spark.sql(queries.SOME.format(most=most)))

    def _cells(self, which: str) -> None:
        self.spark.sql("UNCACHE TABLE IF EXISTS held")
        self.spark.sql(f"SELECT * FROM events WHERE {which}").createOrReplaceTempView("chosen")  # noqa: S608
        weight_by_kind = " ".join(
            f"WHEN kind IN ({_quoted_names(kind)}) THEN {EVENT_WEIGHT[kind]}D" for kind in EventKind
        )
        marked = queries.MARKED.format(
            weight=f"CASE {weight_by_kind} ELSE 0.0D END",
            bought=_marked(EventKind.PURCHASE, EventKind.TRYON_KEPT),
            back=_marked(EventKind.RETURN),
            refused=_marked(EventKind.NOT_THIS),
        )
        self.spark.sql(marked).createOrReplaceTempView("marked")
        self.spark.sql(queries.RAW).createOrReplaceTempView("raw")
        # most histories state no returns; then nothing is joined
        returns = self.spark.sql("SELECT 1 FROM marked WHERE back = 1 LIMIT 1").collect()
        returned = queries.RETURNED if returns else queries.NOTHING_RETURNED
        self.spark.sql(returned).createOrReplaceTempView("returned")
        cells = queries.CELLS.format(returned=RETURNED_FACTOR)
        self.spark.sql(cells).createOrReplaceTempView("cells")
        self.spark.sql(queries.HELD.format(largest=MAX_BASKET_ITEMS)).cache().createOrReplaceTempView("held")

    def _counted(self, progress: Progress) -> SparkCounts:
        from pyspark.ml.recommendation import ALS

        progress("counting in Spark", 0.0)
        items, settings, spark = self.items, self.settings, self.spark
        category = detect_roles(items).get("category")
        totals = spark.sql(queries.WHOLE).first()
        spark.sql(queries.PAIRS).createOrReplaceTempView("pairs")
        pairs = self._fetched(spark.sql(queries.STRONGEST.format(keep=NEIGHBOURS)))
        by_item = self._fetched(_by_item(spark))
        categories = self._fetched(spark.sql(queries.CATEGORIES))
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
            _purchases(
                self._fetched(spark.sql(queries.KEPT_CATEGORIES)),
                _values_by_item(by_item, "kept", len(items)).astype(np.int32),
                0 if category is None else len(category.values),
            ),
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
    days = {"earliest": day_of(EARLIEST), "latest": day_of(HistoryLimits().latest)}
    spark.sql(queries.EVENTS.format(**days)).cache().createOrReplaceTempView("events")


def _by_item(spark: Any) -> Any:
    good = [kind for kind in EventKind if kind not in {EventKind.NOT_THIS, EventKind.RETURN}]
    return spark.sql(
        f"""SELECT item, max(met) AS met, sum(sales) AS sales, sum(weight) AS weight, sum(kept) AS kept FROM (
        SELECT item, {_marked(*good)} AS met,
            {_marked(EventKind.PURCHASE)} - {_marked(EventKind.RETURN)} AS sales, 0.0D AS weight, 0 AS kept FROM chosen
        UNION ALL SELECT item, 0, 0, weight, bought FROM held) GROUP BY item"""  # noqa: S608 - the text contains only our own constants
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


def _purchases(categories: Any, kept: Ints, words: int) -> PurchaseCounts:
    """The purchase counts from the baskets of each category; category -1 stands for all baskets."""
    code = categories["category"].to_numpy()
    chances, baskets = [], 0
    for name in ("every", "larger"):
        counts = categories[name].to_numpy()
        total, held = int(counts[code < 0].sum()), np.zeros(words, np.int64)
        held[code[code >= 0]] = counts[code >= 0]
        chances.append(expected_pairs(held, total))
        baskets = max(baskets, total)
    return PurchaseCounts(baskets, kept, np.maximum(*chances))


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
