"""Counts pairs and trains item factors in Spark, for a history that does not fit one machine (extra `spark`, Java 17).

The only module that imports pyspark. What grows with the events stays in Spark; what it counts fits one machine (see
`history_counts`), where LightFM is trained on a sample of the baskets and the blend is chosen as for any history.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Floats
from recommender.errors import RecommenderError, TableError
from recommender.inputs.baskets import MAX_BASKET_ITEMS, Baskets
from recommender.inputs.event_kinds import RETURNED_FACTOR
from recommender.inputs.history_limits import HistoryLimits, RowCounts
from recommender.inputs.tables import Items
from recommender.looks.serving.column_roles import detect_roles
from recommender.looks.signals import spark_queries as queries
from recommender.looks.signals import spark_tables as tables
from recommender.looks.signals.co_purchase import PairCounts
from recommender.looks.signals.history_counts import HistoryCounts, Holdout
from recommender.looks.signals.item_factors import FactorSettings
from recommender.looks.signals.item_factors_in_parts import train_in_parts
from recommender.looks.signals.spark_parts import SparkParts
from recommender.looks.signals.spark_rows import open_tables

Progress = Callable[[str, float], None]
# Neighbours fetched for each item and each style, the strongest first; more than any signal keeps.
_FETCHED = 2000
_DAY = 86_400
# Samples are drawn in millionths.
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class SparkSettings:
    """Settings of the Spark session. `master` and `memory` as in Spark; `max_baskets`: largest number of baskets that
    LightFM is trained on; `scratch`: a folder that all machines of the cluster can reach (None: a temporary folder of
    this machine, for a local master); `partitions`: of shuffles (None: 4 for a local master, else 200)."""

    master: str = "local[*]"
    memory: str = "2g"
    max_baskets: int = 1_000_000
    scratch: Path | None = None
    partitions: int | None = None


@dataclass(frozen=True, slots=True)
class CountSettings:
    """`validation`: newest share of the history that is held out, as at most about `max_newer` baskets; `seed` of the
    samples of baskets."""

    factors: FactorSettings
    validation: float
    max_newer: int
    seed: int


@dataclass(frozen=True, slots=True)
class HistoryFacts:
    """What a history holds: the `rows` of its tables, usable `events` and `baskets`, the times of the first and the
    last event (seconds since 1970), and `second`, from which the newest share begins. None without events."""

    rows: RowCounts
    events: int
    baskets: int
    first: int | None
    last: int | None
    second: int | None


@contextmanager
def history(
    items: Items,
    events: Sequence[Path],
    settings: SparkSettings,
    counting: CountSettings,
    limits: HistoryLimits,
    progress: Progress,
) -> Iterator[SparkHistory]:
    """Opens a history in Spark. Raises `RecommenderError` if pyspark is missing or Spark does not start, `TableError`
    if the tables cannot be used or hold more unusable rows than `limits` allows."""
    spark = _session(settings)
    spark.sparkContext.setLogLevel("ERROR")
    try:
        with tempfile.TemporaryDirectory(dir=settings.scratch) as folder:
            rows = _opened(spark, items, events, Path(folder), limits)
            yield SparkHistory(spark, items, settings, counting, rows, Path(folder), progress)
    finally:
        spark.stop()


@dataclass(slots=True)
class SparkHistory:
    """A history in Spark, a `CountedHistory`; every result is small enough for one machine."""

    spark: Any
    items: Items
    settings: SparkSettings
    counting: CountSettings
    rows: RowCounts
    folder: Path
    progress: Progress
    sampled: int = 0
    """Number of baskets that LightFM was trained on the last time."""
    _fetches: int = 0
    _facts: HistoryFacts | None = None

    def facts(self) -> HistoryFacts:
        """What the history holds."""
        if self._facts is None:
            found = self.spark.sql(queries.FACTS.format(share=1 - self.counting.validation)).first()
            times = (
                None if found[name] is None else int(found[name]) for name in ("first", "last", "second")
            )
            counts = int(found["events"]), int(found["baskets"])
            self._facts = HistoryFacts(self.rows, *counts, *times)
        return self._facts

    def holdout(self) -> Holdout | None:
        """The history split by time; None if one part holds no basket of two items or more."""
        newest = self._newest()
        self._cells(newest)
        newer = self._baskets(self.counting.max_newer)
        if not len(newer):
            return None
        self._cells(f"NOT ({newest})")
        older = self._counted()
        return Holdout(older, newer) if len(older.baskets) else None

    def whole(self) -> HistoryCounts:
        """The counts of all days."""
        self._cells("true")
        return self._counted()

    def _newest(self) -> str:
        """The condition of the newest share of the events, as in `inputs.holdout`."""
        facts = self.facts()
        if facts.first is None or facts.last is None or facts.second is None:
            return "false"
        second = facts.second
        if facts.last - facts.first >= 2 * _DAY:
            days = [(row["day"] * _DAY, row["events"]) for row in self.spark.sql(queries.DAYS).collect()]
            share = np.cumsum([count for _, count in days][::-1])[::-1] / facts.events
            later = range(1, len(days))
            second = days[min(later, key=lambda at: abs(share[at] - self.counting.validation))][0]
        second = max(second, facts.first + 1)
        if second <= facts.last:
            return f"seconds >= {second}"
        return f"pmod(xxhash64(basket), {max(round(1 / self.counting.validation), 2)}) = 0"

    def _cells(self, which: str) -> None:
        self.spark.sql("UNCACHE TABLE IF EXISTS held")
        self.spark.sql(f"SELECT * FROM events WHERE {which}").createOrReplaceTempView("chosen")  # noqa: S608
        marked = queries.marked_rows()
        self.spark.sql(marked).createOrReplaceTempView("marked")
        self.spark.sql(queries.RAW).createOrReplaceTempView("raw")
        # most histories state no returns; then nothing is joined
        returns = self.spark.sql("SELECT 1 FROM marked WHERE back = 1 LIMIT 1").collect()
        returned = queries.RETURNED if returns else queries.NOTHING_RETURNED
        self.spark.sql(returned).createOrReplaceTempView("returned")
        cells = queries.CELLS.format(returned=RETURNED_FACTOR)
        self.spark.sql(cells).createOrReplaceTempView("cells")
        self.spark.sql(queries.HELD.format(largest=MAX_BASKET_ITEMS)).cache().createOrReplaceTempView("held")
        self.spark.sql(queries.LARGER).createOrReplaceTempView("larger")

    def _counted(self) -> HistoryCounts:
        self.progress("counting in Spark", 0.0)
        spark, count, styles = self.spark, len(self.items), len(self.items.style_names)
        newest = spark.sql("SELECT max(seconds) AS last FROM chosen").first()["last"]
        by_item = self._fetched(spark.sql(queries.by_item(int(newest or 0) - _DAY)))
        met, sales, last, weight, kept = (
            tables.values_by_item(by_item, "item", name, count)
            for name in ("met", "sales", "last", "weight", "kept")
        )
        baskets = self._baskets(self.settings.max_baskets)
        self.sampled = len(baskets)
        category = detect_roles(self.items).get("category")
        words = 0 if category is None else len(category.values)
        return HistoryCounts(
            baskets,
            met.astype(np.int32),
            np.maximum(sales, 0).astype(np.int32),
            np.maximum(last, 0).astype(np.int32),
            self._pairs(count, styles, weight),
            tables.category_square(self._fetched(spark.sql(queries.CATEGORIES)), words),
            tables.purchases(self._fetched(spark.sql(queries.KEPT_CATEGORIES)), kept.astype(np.int32), words),
            self._factors(),
        )

    def _pairs(self, count: int, styles: int, weight: Any) -> PairCounts:
        pairs, styled = self._strongest(queries.PAIRS), queries.STYLED
        self.spark.sql(styled).createOrReplaceTempView("styled")
        by_style = self._fetched(self.spark.sql(queries.STYLE_WEIGHTS))
        return PairCounts(
            tables.pair_matrix(pairs, "together", count, np.float32),
            tables.pair_matrix(pairs, "baskets", count, np.int32),
            weight,
            tables.pair_matrix(self._strongest(queries.STYLE_PAIRS), "together", styles, np.float32),
            tables.values_by_item(by_style, "style", "weight", styles),
        )

    def _strongest(self, query: str) -> Any:
        self.spark.sql(query).createOrReplaceTempView("pairs")
        return self._fetched(self.spark.sql(queries.STRONGEST.format(table="pairs", keep=_FETCHED)))

    def _baskets(self, most: int) -> Baskets:
        """At most about `most` of the baskets with two items or more; all of them if there are no more."""
        count = int(self.spark.sql("SELECT count(*) AS baskets FROM larger").first()["baskets"])
        share = int(_MILLION * min(1.0, most / max(count, 1)))
        seed = self.counting.seed
        return tables.baskets_from(self._fetched(self.spark.sql(queries.SOME.format(seed=seed, share=share))))

    def _factors(self) -> Floats:
        from pyspark import StorageLevel

        context, folder = self.spark.sparkContext, self._next_folder()
        frame = self.spark.sql(queries.PARTS)
        count = max(context.defaultParallelism, int(self.spark.conf.get("spark.sql.shuffle.partitions")))
        frame.repartition(count, "basket").sortWithinPartitions("basket", "item").write.parquet(str(folder))
        files = sorted(map(str, folder.glob("*.parquet")))
        parts = SparkParts(context, files, len(self.items), StorageLevel.MEMORY_AND_DISK)
        try:
            return train_in_parts(parts, self.counting.factors, self.progress)
        finally:
            parts.close()

    def _fetched(self, frame: Any) -> Any:
        """Rows as an Arrow table, transferred through Parquet files: py4j is too slow for millions of rows."""
        import pyarrow.parquet

        folder = self._next_folder()
        frame.write.parquet(str(folder))
        return pyarrow.parquet.read_table(folder)

    def _next_folder(self) -> Path:
        self._fetches += 1
        return self.folder / str(self._fetches)


def _opened(
    spark: Any, items: Items, events: Sequence[Path], folder: Path, limits: HistoryLimits
) -> RowCounts:
    from pyspark.errors import PySparkException

    try:
        return open_tables(spark, items, events, folder, limits)
    except PySparkException as error:
        first = next(iter(str(error).splitlines()), type(error).__name__)
        names = ", ".join(path.name for path in events)
        raise TableError(names, [f"cannot be read: {first[:160]}"]) from error


def _session(settings: SparkSettings) -> Any:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise RecommenderError("training with Spark needs pyspark: install the extra 'spark'") from error
    # the executors' Python is this one, with one thread for each of Spark's
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    local = settings.master.startswith("local")
    try:
        builder = (
            SparkSession.builder.master(settings.master)
            .appName("cheval looks")
            .config("spark.driver.memory", settings.memory)
            .config("spark.executorEnv.OPENBLAS_NUM_THREADS", "1")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", str(settings.partitions or (4 if local else 200)))
        )
        for name in ("spark.driver.bindAddress", "spark.driver.host") if local else ():
            builder = builder.config(name, "127.0.0.1")
        return builder.getOrCreate()
    except PySparkException as error:
        raise RecommenderError(
            "Spark does not start: it needs Java 17 or newer, in JAVA_HOME or on the PATH"
        ) from error
