"""Counts a history in Spark in a process of its own, so that the JVM ends with it.

Usage: `python -m tests.recommender.spark_counts ITEMS EVENTS whole|holdout RESULT`; RESULT is a pickled `Counted`.
"""

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from recommender.inputs.catalogue import read_items
from recommender.looks.signals.co_purchase_spark import (
    CountSettings,
    HistoryFacts,
    SparkSettings,
    history,
)
from recommender.looks.signals.history_counts import HistoryCounts, Holdout
from recommender.looks.signals.item_factors import FactorSettings
from tests.recommender.quick import silent

FACTORS = FactorSettings(dimensions=4, iterations=2)
VALIDATION = 0.17
# a short run is over before the optimising compiler of Java is of use
JAVA = {"JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}


@dataclass(frozen=True, slots=True)
class Counted:
    """What Spark found; `whole` and `holdout` None if they were not asked for."""

    whole: HistoryCounts | None
    holdout: Holdout | None
    facts: HistoryFacts
    sampled: int


def count_in_spark(items: Path, events: Path, part: str, folder: Path) -> Counted:
    """Runs this module in another process."""
    result = folder / "counted.pickle"
    words = ["-m", "tests.recommender.spark_counts", str(items), str(events), part, str(result)]
    done = subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=1500,
        env={**os.environ, **JAVA},
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = pickle.loads(result.read_bytes())
    assert isinstance(found, Counted)
    return found


def main(items_file: str, events: str, part: str, result: str) -> None:
    """Counts, and writes the result."""
    items = read_items(Path(items_file))
    settings = SparkSettings("local[2]", "1g", partitions=2)
    counting = CountSettings(FACTORS, VALIDATION, max_newer=1000, seed=7)
    with history(items, [Path(events)], settings, counting, silent) as opened:
        whole = opened.whole() if part == "whole" else None
        holdout = opened.holdout() if part == "holdout" else None
        counted = Counted(whole, holdout, opened.facts(), opened.sampled)
    Path(result).write_bytes(pickle.dumps(counted))


if __name__ == "__main__":
    # the classes of this module by the name under which tests import them
    from tests.recommender import spark_counts

    spark_counts.main(*sys.argv[1:])
