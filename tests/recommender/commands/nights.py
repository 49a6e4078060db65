"""Nights of a small shop: tables in a folder, and `renew` run on them in a process of its own."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from recommender.artefacts.last_run import LastRun, read_last_run
from recommender.artefacts.versions import ServedVersions, read_served
from tests.optional_values import present
from tests.recommender import toy_shop

BASKETS = 60
"""Too few to train on, so that a night takes a second: the model without LightFM is made."""


@dataclass
class Shop:
    """A folder with `items.parquet`, `events.parquet` and the published versions."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "looks"

    @property
    def served(self) -> ServedVersions:
        return read_served(self.root)

    @property
    def last_run(self) -> LastRun:
        return present(read_last_run(self.root))

    def write(self, items: pa.Table | None = None, events: pa.Table | None = None) -> None:
        """Writes the tables of the night; default: the whole catalogue, and its history."""
        whole = toy_shop.catalogue()
        pq.write_table(whole if items is None else items, self.folder / "items.parquet")
        history = toy_shop.events(whole, baskets=BASKETS) if events is None else events
        pq.write_table(history, self.folder / "events.parquet")

    def words(self, *more: object) -> list[str]:
        """The arguments of `renew` for these tables."""
        tables = ["--catalogue", self.folder / "items.parquet", "--events", self.folder / "events.parquet"]
        return list(map(str, ["renew", *tables, "--to", self.root, "--json", *more]))

    def process(self, *more: object) -> subprocess.Popen[str]:
        """`renew` in a process of its own."""
        command = [sys.executable, "-m", "recommender", *self.words(*more)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def with_column(table: pa.Table, name: str, values: Any) -> pa.Table:
    """The table with another column of that name."""
    return table.set_column(table.column_names.index(name), name, pa.array(values))


def history(baskets: int = BASKETS) -> pa.Table:
    """The history of the whole catalogue."""
    return toy_shop.events(toy_shop.catalogue(), baskets=baskets)
