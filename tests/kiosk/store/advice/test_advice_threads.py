"""Advice that hangs takes no thread from other requests; questions that wait too long are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Semaphore

import pytest
import requests
from fastapi import FastAPI

from kiosk.store.advice.advice_threads import AdviceThreads
from kiosk.store.api import problems
from kiosk.store.api.server import HttpServer

QUESTIONS = 45
"""More than the server has threads."""


class HangingAdvice:
    """Advice that does not answer before `go_on` is set."""

    def __init__(self) -> None:
        self.go_on, self.begun = Event(), Semaphore(0)

    def __call__(self) -> bool:
        self.begun.release()
        return self.go_on.wait(30)


def with_own_threads(app: FastAPI, advice: HangingAdvice) -> None:
    threads = AdviceThreads()

    @app.post("/looks")
    async def looks() -> bool:
        return await threads.run(advice)


def planted(app: FastAPI, advice: HangingAdvice) -> None:
    """The planted fault: advice on the same threads as everything else."""

    @app.post("/looks")
    def looks() -> bool:
        return advice()


@contextmanager
def asked(
    route: Callable[[FastAPI, HangingAdvice], None],
) -> Iterator[tuple[str, HangingAdvice, list[int]]]:
    """A server with that route and a quick one, asked for advice 45 times; the answers' status codes at the end."""
    app, advice = FastAPI(), HangingAdvice()
    problems.install(app)
    route(app, advice)

    @app.get("/quick")
    def quick() -> bool:
        return True

    server = HttpServer(app, "127.0.0.1", 0)
    server.open()
    assert server.wait_until_open()
    statuses: list[int] = []
    with ThreadPoolExecutor(QUESTIONS) as pool:
        answers = [pool.submit(requests.post, f"{server.url}/looks", timeout=30) for _ in range(QUESTIONS)]
        assert advice.begun.acquire(timeout=20)
        yield server.url, advice, statuses
        advice.go_on.set()
        statuses += [answer.result().status_code for answer in answers]
    server.close(5)


def test_a_quick_request_is_answered_while_all_advice_hangs() -> None:
    with asked(with_own_threads) as (url, advice, statuses):
        assert advice.begun.acquire(timeout=20), "two threads"
        for _ in range(5):
            assert requests.get(f"{url}/quick", timeout=20).status_code == 200
        assert not advice.begun.acquire(blocking=False)
    assert set(statuses) <= {200, 503}
    assert 200 in statuses


def test_planted_fault_on_shared_threads_a_quick_request_waits() -> None:
    with asked(planted) as (url, advice, _):
        for _ in range(39):
            assert advice.begun.acquire(timeout=20)
        with pytest.raises(requests.exceptions.ReadTimeout):
            requests.get(f"{url}/quick", timeout=1)


def test_a_question_that_waits_too_long_is_refused() -> None:
    def impatient(app: FastAPI, advice: HangingAdvice) -> None:
        threads = AdviceThreads(threads=1, max_wait_s=0.05)

        @app.post("/looks")
        async def looks() -> bool:
            return await threads.run(advice)

    with asked(impatient) as (url, advice, statuses):
        for _ in range(3):
            answer = requests.post(f"{url}/looks", timeout=20)
            assert (answer.status_code, answer.json()["title"]) == (503, "Busy")
        advice.go_on.set()
        while (free := requests.post(f"{url}/looks", timeout=20)).status_code == 503:
            """The thread may be busy with those that still wait."""
        assert free.status_code == 200, "the thread is used again"
    # those that arrive late on a slow machine are answered, after the thread is free
    assert set(statuses) <= {200, 503}
    assert 200 in statuses, "the first one"
