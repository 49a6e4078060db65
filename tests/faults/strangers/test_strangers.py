"""Hostile requests from strangers and known callers get an answer that is no fault; planted faults are found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from tests.faults.strangers.__main__ import main, play_round
from tests.faults.strangers.attacked import attacked
from tests.faults.strangers.hostile import HostileRequests
from tests.kiosk.store import postgres


def test_hostile_requests_get_no_fault(tmp_path: Path) -> None:
    with attacked(tmp_path) as store:
        counts = play_round(store, "check", 250)
        seeds = [f"check-{n}" for n in range(50)]
        assert [store.requests.request(s) for s in seeds] == [store.requests.request(s) for s in seeds]
    assert store.wrong == []
    assert counts["requests"] == 250
    assert counts["status 200"] > 25, "many of them reach what is behind the checks"
    assert counts["status 422"] > 10


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_ten_thousand_hostile_requests_get_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--n", "10000", "--seed", "7"]) == 0
    assert json.loads(capsys.readouterr().out)["requests"] == 10_000


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_hostile_requests_get_no_fault_with_postgres(postgres_server: str, tmp_path: Path) -> None:
    with attacked(tmp_path, postgres.fresh_database(postgres_server)) as store:
        play_round(store, "postgres", 3000)
    assert store.wrong == []


def _plant(app: FastAPI) -> None:
    def planted(number: int) -> int:
        return 1 // (1 if number < 2**31 else 0)

    app.router.routes.insert(0, APIRoute("/api/v1/insights/items", planted))


def test_planted_a_route_that_fails_for_some_number_is_found(tmp_path: Path) -> None:
    with attacked(tmp_path, changed=_plant) as store:
        store.requests = numbers_of("/api/v1/insights/items")
        for number in range(40):
            store.play(f"planted-{number}")
        store.finish()
    assert store.wrong
    assert {each["why"].partition(":")[0] for each in store.wrong} <= {"status 500", "a fault is in the log"}


def numbers_of(path: str) -> HostileRequests:
    """Requests of one path with a number."""
    parameter = {"name": "number", "in": "query", "schema": {"type": "integer"}}
    document = {"paths": {path: {"get": {"parameters": [parameter]}}}, "components": {"schemas": {}}}
    return HostileRequests(document, {"nobody": ""})
