"""Pair counts under a memory limit equal those in memory, and counts of shops add up."""

import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from recommender.errors import RecommenderError
from recommender.inputs.baskets import baskets_of
from recommender.inputs.history import events_from
from recommender.inputs.tables import Events, Items
from recommender.looks.signals.co_purchase import count_pairs
from tests.optional_values import present
from tests.recommender import toy_shop
from tests.recommender.quick import QUICK, silent

ABSENT = find_spec("duckdb") is None
WITH_DUCKDB = pytest.mark.skipif(ABSENT, reason="DuckDB (extra 'large') is not installed")
KINDS = ("purchase", "Sale", "tryon kept", "Try-On-Left", "request", "not_this", "return")
GIB = 2**30


def counted(events: Path, folder: Path, name: str = "pairs", **more: Any) -> Path:
    from recommender.looks.signals.co_purchase_duckdb import count_pairs_large

    out = folder / f"{name}.parquet"
    count_pairs_large([events], out, **{"memory": "200MB", **more})
    return out


def rows(path: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return pq.read_table(path).to_pylist()


@WITH_DUCKDB
def test_counts_equal_those_in_memory_for_every_kind_of_event(
    tables: tuple[Items, Events], tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    items, _ = tables
    table = toy_shop.events(toy_shop.catalogue(), kinds=KINDS)
    pq.write_table(table, tmp_path / "events.parquet")
    told = rows(counted(tmp_path / "events.parquet", tmp_path))
    baskets = baskets_of(events_from(table, items))
    bought_together = count_pairs(baskets, items.styles, len(items.style_names)).bought_together
    assert len(told) > 100
    assert bought_together.nnz == 2 * len(told)
    for row in told:
        assert row["item"] < row["other"]
        assert bought_together[items.index[row["item"]], items.index[row["other"]]] == row["baskets"]


@WITH_DUCKDB
def test_counts_of_shops_add_up_unless_a_basket_is_split(shop: tuple[Path, Path], tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    from recommender.looks.signals.co_purchase_duckdb import add_pairs

    whole = pq.read_table(shop[1])
    of_basket = np.array([int(basket[1:]) for basket in whole["basket_id"].to_pylist()])
    by_row = np.arange(len(of_basket))

    def added(part_of: npt.NDArray[np.int64]) -> list[dict[str, Any]]:
        parts = []
        for number in range(3):
            pq.write_table(whole.filter(part_of % 3 == number), tmp_path / f"shop{number}.parquet")
            parts.append(counted(tmp_path / f"shop{number}.parquet", tmp_path, f"pairs{number}"))
        add_pairs(parts, tmp_path / "sum.parquet")
        return rows(tmp_path / "sum.parquet")

    pair_weights = rows(counted(shop[1], tmp_path, "whole"))
    assert added(of_basket) == pair_weights
    assert added(by_row) != pair_weights, "baskets torn apart between shops do not add up, and are seen"


@WITH_DUCKDB
def test_an_unreadable_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "events.parquet").write_bytes(b"no parquet")
    with pytest.raises(RecommenderError, match=r"events\.parquet"):
        counted(tmp_path / "events.parquet", tmp_path)


@pytest.mark.skipif(not ABSENT, reason="DuckDB is installed")
def test_without_duckdb_there_is_one_clear_error(shop: tuple[Path, Path], tmp_path: Path) -> None:
    from recommender.looks.signals.co_purchase_duckdb import count_pairs_large

    with pytest.raises(RecommenderError, match="extra 'large'"):
        count_pairs_large([shop[1]], tmp_path / "pairs.parquet")


@pytest.mark.skipif(find_spec("pyspark") is not None, reason="pyspark is installed")
def test_without_spark_there_is_one_clear_error(
    tables: tuple[Items, Events], shop: tuple[Path, Path], tmp_path: Path
) -> None:
    from recommender.inputs.history_limits import HistoryLimits
    from recommender.looks.pipeline.spark_model import make_with_spark
    from recommender.looks.signals.co_purchase_spark import SparkSettings

    with pytest.raises(RecommenderError, match="extra 'spark'"):
        make_with_spark(tables[0], [shop[1]], SparkSettings(), QUICK, tmp_path / "m", HistoryLimits(), silent)


def large_history(path: Path, events: int, seed: int = 7) -> Path:
    """`events` purchases in baskets of one to five of 20,000 items with a long-tail distribution, written in
    parts. Half of the baskets are of 100,000 known shoppers; a basket a second."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(seed)
    chance = 1 / np.arange(1, 20_001) ** 0.8
    edges = np.cumsum(chance / chance.sum())
    writer, basket = None, 0
    for _ in range(0, events, 500_000):
        sizes = rng.integers(1, 6, 500_000 // 3)
        held = np.repeat(np.arange(basket, basket + len(sizes)), sizes)[:500_000]
        basket += len(sizes)
        table = pa.table(
            {
                "basket_id": pa.array(held),
                "shopper_id": pa.array([f"s{b % 100_000}" if b % 2 else "" for b in held.tolist()]),
                "at": pa.array(held * 1_000_000 + 1_700_000_000_000_000, pa.timestamp("us", tz="UTC")),
                "channel": pa.array(["shop"] * len(held)),
                "item_id": pa.array(np.searchsorted(edges, rng.random(len(held)))),
                "kind": pa.array(["purchase"] * len(held)),
            }
        )
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    present(writer).close()
    return path


COUNT_PAIRS = """
import sys
from pathlib import Path
from recommender.__main__ import main
code = main(["count-pairs", *sys.argv[1:]])
# the peak of this program alone; ru_maxrss would include the memory of the process that started it
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(int(peak.split()[1]) * 1024)
sys.exit(code)
"""


def timed(events: Path, out: Path) -> tuple[float, int]:
    """Seconds and peak memory (bytes) of the command in a process of its own."""
    options = ["--events", str(events), "--out", str(out), "--memory", "2GB"]
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-c", COUNT_PAIRS, *options], capture_output=True, text=True, check=True
    )
    return time.monotonic() - started, int(run.stdout.splitlines()[-1])


@pytest.mark.full
@pytest.mark.timeout(900)
@WITH_DUCKDB
def test_ten_million_rows_under_two_gigabytes(tmp_path: Path) -> None:
    """At most fifteen times the time of a million rows, within the memory limit plus the interpreter."""
    seconds, most = {}, 0
    for million in (1, 10):
        events = large_history(tmp_path / f"{million}.parquet", million * 1_000_000)
        seconds[million], used = timed(events, tmp_path / "out" / f"{million}.parquet")
        most = max(most, used)
    ratio = seconds[10] / seconds[1]
    print(
        f"\n1 M rows {seconds[1]:.1f} s, 10 M rows {seconds[10]:.1f} s: {ratio:.1f} x; at most {most / GIB:.2f} GiB"
    )
    assert ratio <= 15
    assert most <= 2.3 * GIB
