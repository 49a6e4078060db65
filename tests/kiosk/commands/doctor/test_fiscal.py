"""`cheval doctor` tries the law's cash register and says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.doctor import fiscal
from kiosk.commands.doctor.finding import Finding, State
from kiosk.config import Fiscal
from kiosk.connectors.fiscal.sim_book import Register
from kiosk.connectors.fiscal.sim_register import RegisterServer


def found(uri: str, **more: object) -> list[Finding]:
    return list(fiscal.look(Fiscal.model_validate({"uri": uri, **more})))


def test_a_register_in_test_mode_is_ready_and_noted() -> None:
    with RegisterServer() as server:
        (finding,) = found(server.url)
    assert finding.state is State.NOTE
    assert "SIM-REGISTER-1" in finding.found
    assert "test mode" in finding.found


def test_a_register_that_is_not_ready_is_bad() -> None:
    with RegisterServer(register=Register(ready=False)) as server:
        (finding,) = found(server.url)
    assert (finding.state, "is not ready" in finding.found) == (State.BAD, True)


def test_nobody_there_is_bad_and_says_that_sales_are_kept() -> None:
    (finding,) = found("http://127.0.0.1:1")
    assert finding.state is State.BAD
    assert "Sales are kept" in finding.advice


def test_a_missing_key_file_is_bad(tmp_path: Path) -> None:
    (finding,) = found("http://127.0.0.1:1", key_file=str(tmp_path / "none"))
    assert (finding.state, "no such file" in finding.found) == (State.BAD, True)


def test_without_a_register_it_is_a_note() -> None:
    (finding,) = fiscal.look(None)
    assert finding.state is State.NOTE
    assert "shop's till" in finding.found


@pytest.mark.parametrize(
    ("valid_until", "bad"), [("2020-01-01", True), ("2999-01-01", False), ("", False), ("soon", False)]
)
def test_a_certificate_that_ends_soon_is_bad(valid_until: str, bad: bool) -> None:
    with RegisterServer(register=Register(valid_until=valid_until)) as server:
        states = [finding.state for finding in found(server.url)]
    assert (State.BAD in states) is bad


@pytest.mark.parametrize(
    ("health", "words"),
    [
        (
            {"waiting": 3, "since_us": 0, "why": "no such\ntax rate", "stuck": 0},
            ["3 sale(s)", "no such tax rate"],
        ),
        ({"waiting": 1, "since_us": 0, "why": "", "stuck": 1}, ["not configured any more", "11 minutes"]),
        ({"waiting": 1, "since_us": 600_000_000, "why": "", "stuck": 0}, []),
        ({"waiting": 1, "since_us": 600_000_000, "why": "token", "stuck": 0, "denied": True}, ["1 minutes"]),
        ({"waiting": 0, "since_us": 0, "why": "", "stuck": 0}, []),
        ({}, []),
        ({"waiting": None, "since_us": [], "stuck": "x"}, []),
    ],
)
def test_sales_that_wait_for_long_are_bad(health: dict[str, object], words: list[str]) -> None:
    findings = list(fiscal.waiting(health, 660_000_000))
    assert all(finding.state is State.BAD for finding in findings)
    said = " ".join(finding.found for finding in findings)
    assert all(word in said for word in words)
    assert bool(findings) is bool(words)
