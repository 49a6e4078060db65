"""Threads that need a state lock go before those that give way, however often they come; for a limited time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from kiosk.store.db.state_lock import HeldLocks, StateLock

LONG_S = 30.0


class NotGivingWay(StateLock):
    """A planted fault: it lets nobody pass."""

    def give_way(self, limit_s: float = LONG_S) -> None:
        del limit_s


def run(work: Callable[[], None]) -> Thread:
    thread = Thread(target=work)
    thread.start()
    return thread


def until(true: Callable[[], bool]) -> None:
    waiting = Event()
    for _ in range(3000):
        if true():
            return
        waiting.wait(0.01)
    raise AssertionError


def order_of_turns(lock: StateLock, *, ends_first: bool) -> list[str]:
    """One thread begins while the lock is held, then another ends something, then a third begins."""
    turns: list[str] = []
    asked = Event()

    def begin() -> None:
        with lock:
            turns.append("begin")

    def end() -> None:
        asked.set()
        lock.give_way(LONG_S)
        turns.append("end")

    with lock:
        threads = [run(begin)]
        until(lambda: lock.awaited == 1)
        threads.append(run(end))
        assert asked.wait(LONG_S)
        if ends_first:
            threads[-1].join(LONG_S)
        threads.append(run(begin))
        until(lambda: lock.awaited == 2)
    for thread in threads:
        thread.join(LONG_S)
    return turns


def test_what_ends_gives_way_to_all_that_begins() -> None:
    assert order_of_turns(StateLock(HeldLocks()), ends_first=False)[0] == "begin"


def test_a_lock_that_lets_nobody_pass_is_noticed() -> None:
    assert order_of_turns(NotGivingWay(HeldLocks()), ends_first=True)[0] == "end"


def test_every_thread_that_gave_way_gets_its_turn() -> None:
    lock, done = StateLock(HeldLocks()), []

    def work(number: int) -> None:
        if number % 2:
            lock.give_way(LONG_S)
        with lock:
            done.append(number)

    with lock:
        first = run(lambda: work(0))
        until(lambda: lock.awaited == 1)
        threads = [run(lambda n=n: work(n)) for n in range(1, 20)]  # type: ignore[misc]
        until(lambda: lock.awaited == 10)
    for thread in (first, *threads):
        thread.join(LONG_S)
    assert sorted(done) == list(range(20))
    assert lock.awaited == 0


def test_it_waits_for_a_limited_time() -> None:
    lock, ended = StateLock(HeldLocks()), Event()
    with lock:
        waiting = run(lock.__enter__)
        until(lambda: lock.awaited == 1)
        giving = run(lambda: (lock.give_way(0.01), ended.set())[-1])  # type: ignore[func-returns-value]
        assert ended.wait(LONG_S)
        giving.join()
    waiting.join()


def test_a_thread_with_a_state_lock_waits_for_nobody() -> None:
    held = HeldLocks()
    lock, other = StateLock(held), StateLock(held)
    ended = Event()

    def nested() -> None:
        with other:
            lock.give_way(LONG_S)
            ended.set()

    with lock:
        waiting = run(lock.__enter__)
        until(lambda: lock.awaited == 1)
        thread = run(nested)
        assert ended.wait(LONG_S / 3)
    waiting.join()
    thread.join()


def test_a_lock_is_busy_while_a_thread_waits_for_it_and_not_for_one_thread_alone() -> None:
    lock = StateLock(HeldLocks())
    with lock, lock:
        assert not lock.is_busy
        waiting = run(lock.__enter__)
        until(lambda: lock.awaited == 1)
        assert lock.is_busy
    waiting.join()
    until(lambda: not lock.is_busy)


def test_it_waits_until_the_lock_is_quiet_or_for_a_limited_time() -> None:
    lock = StateLock(HeldLocks())
    with lock:
        lock.until_quiet(LONG_S)  # at once: the lock is its own
        waiting = run(lock.__enter__)
        until(lambda: lock.awaited == 1)
        giving = run(lambda: lock.until_quiet(0.01))
        giving.join(LONG_S)
        assert not giving.is_alive()
    waiting.join()
    lock.until_quiet(LONG_S)
    assert not lock.awaited
