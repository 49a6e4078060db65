"""`count-pairs`: what was bought together in a history larger than memory."""

import argparse
import sys
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Adds `count-pairs`."""
    it = commands.add_parser(
        "count-pairs", help="count bought pairs of Parquet events under a memory limit (DuckDB)"
    )
    it.add_argument("--events", type=Path, required=True, nargs="+", metavar="PARQUET")
    it.add_argument("--out", type=Path, required=True, metavar="PARQUET")
    it.add_argument("--memory", default="2GB", help="what DuckDB may take before it spills to disk")
    it.add_argument("--threads", type=int, default=1)
    it.add_argument("--add", action="store_true", help="the inputs are counts of single shops; add them up")
    it.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Counts; 0 when written."""
    from recommender.looks.signals.co_purchase_duckdb import add_pairs, count_pairs_large

    if chosen.add:
        pairs = add_pairs(chosen.events, chosen.out)
    else:
        pairs = count_pairs_large(chosen.events, chosen.out, memory=chosen.memory, threads=chosen.threads)
    sys.stdout.write(f"{chosen.out}: {pairs} pairs\n")
    return 0
