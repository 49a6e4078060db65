"""Keeps the result of a database query until it is invalidated."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class CachedQuery(Generic[T]):
    """The result of `read`, which is called at the first use and again after `invalidate`. Safe from any thread.

    A result that was read while `invalidate` was called may be out of date: it is returned once and not kept.
    """

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._kept: tuple[T] | None = None
        self._generation = 0
        self._lock = Lock()

    def get(self) -> T:
        with self._lock:
            if self._kept is not None:
                return self._kept[0]
            generation = self._generation
        result = self._read()
        with self._lock:
            if generation == self._generation:
                self._kept = (result,)
        return result

    def invalidate(self) -> None:
        with self._lock:
            self._generation += 1
            self._kept = None
