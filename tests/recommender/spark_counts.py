"""Counts a history in Spark in a process of its own, so that the JVM ends with it.

Usage: `python -m tests.recommender.spark_counts ITEMS EVENTS whole|holdout RESULT`; RESULT is a pickled `Counted`.
"""

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recommender.errors import TableError
from recommender.inputs.catalogue import read_items
from recommender.inputs.history_limits import HistoryLimits
from recommender.inputs.tables import Items
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
# nothing may be unusable; as on a day before the history; the default
LIMITS = (HistoryLimits(0.0), HistoryLimits(now=1_600_000_000), HistoryLimits())
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
    found = in_another_process(items, events, part, folder)
    assert isinstance(found, Counted)
    return found


def refusals_in_spark(items: Path, events: Path, folder: Path) -> list[str]:
    """`refusal` with each of `LIMITS`."""
    found: list[str] = in_another_process(items, events, "refused", folder)
    return found


def in_another_process(items: Path, events: Path, part: str, folder: Path) -> Any:
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
    return pickle.loads(result.read_bytes())


def main(items_file: str, events: str, part: str, result: str) -> None:
    """Counts, and writes the result."""
    items = read_items(Path(items_file))
    settings = SparkSettings("local[2]", "1g", partitions=2)
    counting = CountSettings(FACTORS, VALIDATION, max_newer=1000, seed=7)
    if part == "refused":
        Path(result).write_bytes(pickle.dumps([refusal(items, Path(events), each) for each in LIMITS]))
        return
    with history(items, [Path(events)], settings, counting, HistoryLimits(), silent) as opened:
        whole = opened.whole() if part == "whole" else None
        holdout = opened.holdout() if part == "holdout" else None
        counted = Counted(whole, holdout, opened.facts(), opened.sampled)
    Path(result).write_bytes(pickle.dumps(counted))


def refusal(items: Items, events: Path, limits: HistoryLimits) -> str:
    """Why the history is refused; empty if it is not."""
    counting = CountSettings(FACTORS, VALIDATION, max_newer=1000, seed=7)
    try:
        with history(
            items, [events], SparkSettings("local[1]", "1g", partitions=1), counting, limits, silent
        ):
            return ""
    except TableError as error:
        return str(error)


if __name__ == "__main__":
    # the classes of this module by the name under which tests import them
    from tests.recommender import spark_counts

    spark_counts.main(*sys.argv[1:])
