"""Closes several readers in the time of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from hardware.threads.supervised import start_job


class Closable(Protocol):
    """A reader of tags, labels or cards."""

    def close(self) -> None: ...


def close_all(readers: Iterable[Closable]) -> None:
    """Closes the readers at the same time. One may take 2 s (`hardware.ports.TagReader`), and a service that does not
    end in time is killed."""
    threads = [start_job("closing a reader", reader.close) for reader in readers]
    for thread in threads:
        thread.join()
