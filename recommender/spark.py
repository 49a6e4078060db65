"""A chain's history on many machines: factors from Spark's ALS and pairs counted in Spark, as the model shops serve.

For what no longer fits one machine (extra `spark`, Java 17). ALS knows no features, so new arrivals go by the
catalogue's words. The only door of pyspark. Source of the mix: ALS 128 + 0.5 kNN found .126 at 10 on a large retailer's
baskets, where kNN alone found .119; what is learned with LightFM finds more where it fits in memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Floats, Ints, Longs, Rows
from recommender.baskets import LARGEST
from recommender.cold import by_words, no_rows
from recommender.errors import RecommenderError
from recommender.kinds import RETURNED, WEIGHT, EventKind, words_of
from recommender.model import Arrivals, Attribute, Blend, LooksModel, Shelf, Voice
from recommender.pairs import NEIGHBOURS, SHRINK
from recommender.roles import roles_of
from recommender.tables import Items

NAME = "ALS + 0.5 co-purchase"
_BESIDE = 0.5
_ROOMS = 200
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How Spark learns. `alpha`: how much a meeting outweighs none (Hu, Koren, Volinsky 2008); `master` as Spark names
    it."""

    rank: int = 128
    rounds: int = 10
    ridge: float = 0.05
    alpha: float = 20.0
    seed: int = 7
    master: str = "local[*]"
    memory: str = "2g"


@dataclass(frozen=True, slots=True)
class Sums:
    """What Spark has counted and learned: per item, per pair, per pair of categories; and how much there was."""

    factors: Floats
    met: Ints
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
FROM told e JOIN items i ON CAST(e.item_id AS STRING) = i.item_id
"""
_CELLS = """
SELECT basket, item, max(weight) * IF(max(back) = 1, {returned}, 1.0) AS weight, max(bought) AS bought
FROM (SELECT basket, item, {weight} AS weight, {bought} AS bought, {back} AS back, {refused} AS refused FROM events)
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
_CATEGORIES = """
WITH kinds AS (
    SELECT DISTINCT h.basket, i.category FROM held h JOIN items i ON h.item = i.row
    WHERE h.bought = 1 AND i.category >= 0
)
SELECT a.category AS one, b.category AS two, count(*) AS baskets
FROM kinds a JOIN kinds b ON a.basket = b.basket GROUP BY a.category, b.category
"""


def learn(items: Items, events: Sequence[Path], settings: Settings, told: Progress) -> LooksModel:
    """A model as `recommender.artefact` writes it. Raises `RecommenderError` where Spark is not there or fails."""
    sums = count(items, events, settings, told)
    if not sums.met.any():
        raise RecommenderError(
            "the history holds no purchase, try-on or request, so there is nothing to learn from"
        )
    return assembled(items, sums)


def count(items: Items, events: Sequence[Path], settings: Settings, told: Progress) -> Sums:
    """Everything that is done on many machines."""
    spark = _session(settings)
    spark.sparkContext.setLogLevel("ERROR")
    try:
        with tempfile.TemporaryDirectory() as place:
            return _counted(spark, items, [str(path) for path in events], settings, Path(place), told)
    finally:
        spark.stop()


def _counted(
    spark: Any, items: Items, events: list[str], settings: Settings, place: Path, told: Progress
) -> Sums:
    from pyspark.ml.recommendation import ALS

    told("counting in Spark", 0.0)
    category = roles_of(items).get("category")
    _tables(spark, items, events, category)
    whole = spark.sql(
        "SELECT count(*) AS events, count(DISTINCT basket) AS baskets, min(day) AS first, max(day) AS last FROM events"
    ).first()
    spark.sql(_PAIRS).createOrReplaceTempView("pairs")
    pairs = _fetched(spark.sql(_STRONGEST.format(keep=NEIGHBOURS)), place / "pairs")
    met = _fetched(_by_item(spark), place / "items")
    categories = _fetched(spark.sql(_CATEGORIES), place / "categories")
    told("learning factors in Spark", 0.0)
    # a basket is an anchor of its pieces and no more: that few share a number does no harm, sorting them all would
    held = spark.sql("SELECT abs(hash(basket) % 2147483647) AS user, item, weight FROM held")
    als = ALS(
        rank=settings.rank, maxIter=settings.rounds, regParam=settings.ridge, alpha=settings.alpha, implicitPrefs=True,
        seed=settings.seed, userCol="user", itemCol="item", ratingCol="weight",
    )  # fmt: skip
    factors = _fetched(als.fit(held).itemFactors, place / "factors")
    return Sums(
        _spread_factors(factors, len(items), settings.rank),
        _column(met, "met", len(items)).astype(np.int32),
        np.maximum(_column(met, "sales", len(items)), 0).astype(np.int32),
        _column(met, "weight", len(items)),
        pairs,
        _square(categories, 0 if category is None else len(category.words)),
        int(whole["events"]),
        int(whole["baskets"]),
        str(whole["first"]),
        str(whole["last"]),
    )


def _tables(spark: Any, items: Items, events: list[str], category: Attribute | None) -> None:
    codes = category.codes.tolist() if category else [-1] * len(items)
    rows = [(item, row, code) for row, (item, code) in enumerate(zip(items.ids, codes, strict=True))]
    known = spark.createDataFrame(rows, "item_id string, row int, category int")
    known.createOrReplaceTempView("items")
    spark.read.parquet(*events).createOrReplaceTempView("told")
    spark.sql(_EVENTS).cache().createOrReplaceTempView("events")
    loud = " ".join(f"WHEN kind IN ({_words(kind)}) THEN {WEIGHT[kind]}D" for kind in EventKind)
    cells = _CELLS.format(
        returned=RETURNED,
        weight=f"CASE {loud} ELSE 0.0D END",
        bought=_marked(EventKind.PURCHASE, EventKind.TRYON_KEPT),
        back=_marked(EventKind.RETURN),
        refused=_marked(EventKind.NOT_THIS),
    )
    spark.sql(cells).createOrReplaceTempView("cells")
    spark.sql(_HELD.format(largest=LARGEST)).cache().createOrReplaceTempView("held")


def _by_item(spark: Any) -> Any:
    good = [kind for kind in EventKind if kind not in {EventKind.NOT_THIS, EventKind.RETURN}]
    return spark.sql(
        f"""SELECT item, max(met) AS met, sum(sales) AS sales, sum(weight) AS weight FROM (
        SELECT item, {_marked(*good)} AS met,
            {_marked(EventKind.PURCHASE)} - {_marked(EventKind.RETURN)} AS sales, 0.0D AS weight FROM events
        UNION ALL SELECT item, 0, 0, weight FROM held) GROUP BY item"""  # noqa: S608 - words of our own
    )


def _marked(*kinds: EventKind) -> str:
    return f"IF(kind IN ({_words(*kinds)}), 1, 0)"


def _words(*kinds: EventKind) -> str:
    return ", ".join(f"'{word}'" for word in words_of(*kinds))


def _fetched(frame: Any, place: Path) -> Any:
    """Rows as an Arrow table, over files: millions of them would choke Python's way to the JVM."""
    import pyarrow.parquet

    frame.write.parquet(str(place))
    return pyarrow.parquet.read_table(place)


def _column(table: Any, name: str, items: int) -> Doubles:
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


def assembled(items: Items, sums: Sums) -> LooksModel:
    """The sums as the arrays that shops serve: factors on one scale, co-purchase rows beside them."""
    sold = np.flatnonzero(sums.met).astype(np.int32)
    place = np.full(len(items), -1, np.int32)
    place[sold] = np.arange(len(sold), dtype=np.int32)
    rows = _rows(sums, place, len(items))
    one = np.ones((len(items), 1), np.float32)
    bias = (1e-3 * np.log1p(sums.sales[sold])).astype(np.float32)[:, None]
    scale = _deviation(sums.factors, sold)
    price = np.where(np.isnan(items.price), -1, items.price).astype(np.float32)
    shelf = Shelf(
        items.ids, items.styles, price, sums.sales, sums.weight.astype(np.float32), sold, roles_of(items),
        items.numeric_ids,
    )  # fmt: skip
    return LooksModel(
        shelf,
        np.ascontiguousarray(np.hstack([sums.factors / np.float32(scale), one]), np.float32),
        np.ascontiguousarray(np.hstack([sums.factors[sold], bias]), np.float32),
        rows,
        no_rows(len(items.style_names)),
        _arrivals(items, sums),
        Blend(NAME, Voice(steep=_BESIDE / _heard(rows, sold)), Voice()),
        sums.category_pairs,
    )


def _rows(sums: Sums, place: Ints, items: int) -> Rows:
    item, other = sums.pairs["item"].to_numpy(), sums.pairs["other"].to_numpy()
    order = np.lexsort((place[other], item))
    item, column = item[order], place[other][order]
    together = sums.pairs["together"].to_numpy()[order]
    values = (together / (sums.weight[item] + SHRINK)).astype(np.float32)
    counts = sums.pairs["baskets"].to_numpy()[order].astype(np.int32)
    start = np.searchsorted(item, np.arange(items + 1)).astype(np.int64)
    return Rows(start, column.astype(np.int64), values, np.zeros(len(values), np.float32), counts)


def _deviation(factors: Floats, sold: Ints) -> float:
    """How far scores of rooms with one garment lie apart."""
    rooms = sold[np.linspace(0, len(sold) - 1, min(_ROOMS, len(sold))).astype(int)]
    return max(float((factors[rooms] @ factors[sold].T).std(axis=1).mean()), 1e-6)


def _heard(rows: Rows, sold: Ints) -> float:
    """The same for log(1 + 1000 p), with all the zeros."""
    spread = []
    for room in sold[np.linspace(0, len(sold) - 1, min(_ROOMS, len(sold))).astype(int)]:
        said = np.zeros(len(sold))
        said[rows.columns_of(int(room))] = np.log1p(1000 * rows.values_of(int(room)))
        spread.append(said.std())
    return max(float(np.mean(spread)), 1e-6)


def _arrivals(items: Items, sums: Sums) -> Arrivals:
    rows = np.flatnonzero(sums.met == 0).astype(np.int32)
    words = by_words(items)
    quiet = np.zeros(len(rows), np.float32)
    target = np.ascontiguousarray(words.target[rows])
    return Arrivals(rows, words.context, target, quiet, no_rows(len(items.style_names)), Voice())


def _session(settings: Settings) -> Any:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as absent:
        raise RecommenderError("learning in Spark needs pyspark: install the extra 'spark'") from absent
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
    except PySparkException as absent:
        raise RecommenderError(
            "Spark does not start: it needs Java 17 or newer, in JAVA_HOME or on the path"
        ) from absent
