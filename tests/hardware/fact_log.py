"""Collects the facts of any reader, and waits for expected ones with a deadline."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from hardware.ports import TagRead, TagReads


class FactLog:
    """Keeps every fact in order. `wait` blocks until a condition on all facts so far holds."""

    def __init__(self) -> None:
        self.facts: list[Any] = []
        self.threads: set[int] = set()
        self._news = threading.Condition()

    def __call__(self, fact: Any) -> None:
        with self._news:
            self.facts.append(fact)
            self.threads.add(threading.get_ident())
            self._news.notify_all()

    def wait(self, holds: Callable[[list[Any]], bool], what: str, timeout_s: float = 10.0) -> list[Any]:
        """All facts as soon as the condition holds; fails with a message after the deadline."""
        deadline = time.monotonic() + timeout_s
        with self._news:
            while not holds(self.facts):
                left = deadline - time.monotonic()
                if left <= 0 or not self._news.wait(left):
                    raise AssertionError(f"no {what} within {timeout_s} s; last facts: {self.facts[-3:]}")
            return list(self.facts)

    def wait_count(self, kind: type, count: int = 1, timeout_s: float = 10.0) -> list[Any]:
        """All facts once `count` of one kind are there."""
        return self.wait(
            lambda facts: self.count(kind, facts) >= count, f"{count} {kind.__name__}", timeout_s
        )

    def count(self, kind: type, facts: list[Any] | None = None) -> int:
        return sum(isinstance(fact, kind) for fact in (self.facts if facts is None else facts))

    def reads(self) -> list[TagRead]:
        return [read for fact in list(self.facts) if isinstance(fact, TagReads) for read in fact.reads]
