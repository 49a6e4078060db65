"""New PostgreSQL databases of a server that runs for one kill run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Lock

import psycopg

from tests.kiosk.store import postgres


class Databases:
    """The address of a new, empty database at each `next`. Safe to use from any thread."""

    def __init__(self, maintenance: str) -> None:
        self._maintenance, self._numbers, self._lock = maintenance, count(1), Lock()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        with self._lock, psycopg.connect(self._maintenance, autocommit=True) as connection:
            name = f"kills{next(self._numbers)}"
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"{self._maintenance.rpartition('/')[0]}/{name}"


@contextmanager
def databases() -> Iterator[Databases]:
    """Raises RuntimeError where Debian's postgresql is not installed."""
    if postgres.binaries() is None:
        raise RuntimeError("Debian's postgresql is not installed")
    with postgres.server() as running:
        yield Databases(running.url)
