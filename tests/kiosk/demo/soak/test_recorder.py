"""Real processes that leak are recorded, and judged as violations; logs and ends of processes are crashes."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.demo.processes import Child
from kiosk.demo.soak.crashes import ended, faults_logged
from kiosk.demo.soak.evidence import Answer, Evidence, RequestEnd
from kiosk.demo.soak.judge import MIN_TREND_S, violations
from kiosk.demo.soak.recorder import Recorder, calibration_loop, sample_of
from tests.optional_values import present

SAMPLES = 24


@contextmanager
def leaking(folder: Path, leak: str) -> Iterator[tuple[Child, socket.socket]]:
    """A process that leaks with each byte, and the connection to it."""
    child = Child("tests.kiosk.demo.soak.leaking_program", leak, log=folder / "leaking.log")
    try:
        with socket.create_connection(("127.0.0.1", child.ready()["port"])) as link:
            yield child, link
    finally:
        child.end()


@pytest.mark.parametrize("leak", ["memory", "descriptors", "threads", "nothing"])
def test_a_leak_of_a_process_is_a_violation(leak: str, tmp_path: Path) -> None:
    samples = []
    with leaking(tmp_path, leak) as (child, link):
        for number in range(SAMPLES):
            link.sendall(b".")
            assert link.recv(1) == b"."
            samples.append(present(sample_of(child.pid, MIN_TREND_S * number / SAMPLES)))
    judged = Evidence(run_s=MIN_TREND_S, visits=1, samples={"store": tuple(samples)})
    kinds = {violation.kind for violation in violations(judged)} - {"answer times"}
    assert kinds == ({leak} - {"nothing"})


def test_a_process_that_has_ended_is_a_crash(tmp_path: Path) -> None:
    with leaking(tmp_path, "end") as (child, link):
        assert ended({"store": child}) == []
        link.sendall(b".")
        assert child.wait(30) == 3
        assert ended({"store": child}) == ["store ended with 3"]
    assert sample_of(child.pid, 0.0) is None


def test_an_exception_in_a_log_is_a_crash(tmp_path: Path) -> None:
    known = {"level": "WARNING", "text": "a reader does not answer"}
    fault = {
        "level": "ERROR",
        "text": "failed",
        "trace": "Traceback (most recent call last):\n...\nKeyError: 7",
    }
    lines = [json.dumps(line) for line in (known, fault, fault)]
    (tmp_path / "store.log").write_text("\n".join([*lines, "no JSON", "[1]"]), "utf-8")
    (tmp_path / "reader 0.log").write_text("Traceback (most recent call last):\n", "utf-8")
    assert faults_logged(tmp_path) == [
        "reader 0: a traceback outside of the log (1 x)",
        "store: failed: KeyError: 7 (2 x)",
    ]


def test_lines_of_the_rooms_become_evidence() -> None:
    sold: list[str] = []
    recorder = Recorder(sold.extend, began_s=100.0)
    end = RequestEnd("r1", "done", open=False, waited_s=3.0)
    for line in (
        {"seen": "answer", "kind": "price", "ms": 12.5, "at_s": 107.0},
        {"seen": "request", "request_id": "r1", "state": "done", "open": False, "waited_s": 3.0},
        {"seen": "receipt", "number": "000001", "pieces": ["a", "b"]},
        {"seen": "visit", "room": "1", "why": ""},
        {"seen": "visit", "room": "2", "why": "price: page pay"},
        {"ended": True},
    ):
        recorder.take(line)
    assert (recorder.answers, recorder.requests) == ([Answer("price", 7.0, 12.5)], [end])
    assert (recorder.receipts, recorder.visits, sold) == (["000001"], 1, ["a", "b"])
    assert [text.partition("s: ")[2] for text in recorder.given_up] == ["price: page pay"]


def test_the_calibration_loop_takes_time() -> None:
    assert calibration_loop() > 0
    assert present(sample_of(os.getpid(), 1.0)).threads > 0
