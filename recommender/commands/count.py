"""`count-pairs`: counts item pairs bought together in a history that does not fit in memory."""

import argparse
import sys
from typing import Any

from recommender.commands import option_types, options


def add(commands: Any) -> None:
    """Adds `count-pairs`."""
    it = commands.add_parser(
        "count-pairs", help="count pairs bought together in Parquet events, with DuckDB under a memory limit"
    )
    it.add_argument(
        "--events",
        type=option_types.table,
        required=True,
        nargs="+",
        metavar="PARQUET",
        help=options.EVENTS_HELP,
    )
    it.add_argument(
        "--out",
        type=option_types.output_file,
        required=True,
        metavar="PARQUET",
        help="file to write: item, other, baskets",
    )
    it.add_argument(
        "--memory",
        type=option_types.memory,
        default="2GB",
        metavar="SIZE",
        help="memory limit of DuckDB, then it spills to disk (default: 2GB)",
    )
    it.add_argument(
        "--threads", type=option_types.threads, default=1, metavar="N", help="threads of DuckDB (default: 1)"
    )
    it.add_argument(
        "--add",
        action="store_true",
        help="the inputs are counts of single shops or days; add them up (default: count events)",
    )
    it.set_defaults(run_command=run)


def run(chosen: argparse.Namespace) -> int:
    """Counts; returns 0 when the file is written."""
    from recommender.looks.signals.co_purchase_duckdb import add_pairs, count_pairs_large

    if chosen.add:
        pairs = add_pairs(chosen.events, chosen.out)
    else:
        pairs = count_pairs_large(chosen.events, chosen.out, memory=chosen.memory, threads=chosen.threads)
    sys.stdout.write(f"{chosen.out}: {pairs} pairs\n")
    return 0
