"""Audit of a reader's thread: errors of the driver's own code and of the `post` callback do not end it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from itertools import pairwise

from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagReader, TagReads
from tests.hardware.fact_log import FactLog


def faults() -> Iterator[BaseException]:
    """One error of each family: of a value, of the machine, and one that is no `Exception`."""
    yield from (ValueError("a bug"), MemoryError(), SystemExit(1))


class FailingPost:
    """A `post` callback that raises the next of these errors at each TagReads, then works."""

    def __init__(self, facts: FactLog, errors: Iterator[BaseException]) -> None:
        self._facts, self._errors = facts, errors

    def __call__(self, fact: RadioFact) -> None:
        if isinstance(fact, TagReads):
            for error in self._errors:
                raise error
        self._facts(fact)


def complaints_about(
    reader: TagReader, errors: Iterable[BaseException] = (), timeout_s: float = 20.0
) -> list[str]:
    """Starts a reader whose code raises errors, or whose `post` raises `errors`; returns the broken promises."""
    facts = FactLog()
    reader.start(FailingPost(facts, iter(errors)))
    try:
        facts.wait_count(ReaderDown, 1, timeout_s)
        facts.wait_count(ReaderUp, 1, timeout_s)
        facts.wait(lambda seen: bool(seen) and isinstance(seen[-1], TagReads), "read at last", timeout_s)
    except AssertionError as late:
        return [str(late)]
    finally:
        reader.close()
    said: list[str] = []
    states = [fact for fact in facts.facts if isinstance(fact, ReaderUp | ReaderDown)]
    if any(type(one) is type(next_one) for one, next_one in pairwise(states)):
        said.append(f"a state was posted twice: {[type(state).__name__ for state in states]}")
    said += [
        f"no reason: {s}" for s in states if isinstance(s, ReaderDown) and "fault of the program" not in s.why
    ]
    if len(facts.threads) != 1:
        said.append(f"{len(facts.threads)} threads posted")
    if any(thread.ident in facts.threads for thread in threading.enumerate()):
        said.append("a thread is left")
    return said
