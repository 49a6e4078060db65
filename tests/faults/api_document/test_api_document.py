"""Every answer of the API is one that its document promises: status, type and schema; none is 500."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from tests.faults.api_document.driver import target
from tests.kiosk.store import postgres
from tests.peers.environment import WHY_ABSENT, python

pytestmark = pytest.mark.skipif(python() is None, reason=WHY_ABSENT)


def test_every_operation_answers_as_documented(tmp_path: Path) -> None:
    with target(tmp_path) as store:
        found = store.run(examples=1, seed=1, phases="fuzzing")
    assert (found.breaks, found.faults) == ((), ())
    assert found.calls >= found.operations > 110


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_ten_thousand_calls_are_answered_as_documented(tmp_path: Path) -> None:
    calls = 0
    with target(tmp_path) as store:
        for seed in range(1, 20):
            found = store.run(examples=40, seed=seed)
            assert (found.breaks, found.faults) == ((), ())
            calls += found.calls
            if calls >= 10_000:
                return
    raise AssertionError(f"only {calls} calls were made")


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_calls_are_answered_as_documented_with_postgres(postgres_server: str, tmp_path: Path) -> None:
    with target(tmp_path, postgres.fresh_database(postgres_server)) as store:
        found = store.run(examples=5, seed=1)
    assert (found.breaks, found.faults) == ((), ())


def _plant(app: FastAPI) -> None:
    """Routes whose answers are not those of the document, in place of real ones."""

    def fails() -> None:
        raise ZeroDivisionError

    def other_type() -> JSONResponse:
        return JSONResponse({"events": 1, "next": "a", "more": False})

    for path, planted in (("/api/v1/insights/items", fails), ("/api/v1/events", other_type)):
        app.router.routes.insert(0, APIRoute(path, planted, include_in_schema=False))


@pytest.mark.full
def test_planted_a_fault_and_an_answer_of_another_schema_are_found(tmp_path: Path) -> None:
    with target(tmp_path, changed=_plant) as store:
        found = store.run(examples=2, seed=1, phases="fuzzing", path="/api/v1/(insights/items|events)$")
    assert {line.partition(":")[0] for line in found.breaks} == {
        "GET /api/v1/insights/items",
        "GET /api/v1/events",
    }
    assert found.faults
