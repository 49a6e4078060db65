"""A technician walks through two rooms with the survey's tags, over a real simulated reader."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.rooms.calibration import load_calibration
from hardware.rooms.site import load_site
from hardware.sim.radio.llrp_model import ReaderModel
from hardware.sim.radio.llrp_reader import SimLlrpReader
from hardware.survey.findings import Verdict
from hardware.survey.survey import StepKind, SurveyStep
from kiosk.commands.survey import run_survey, write_results
from kiosk.config import StoreConfig, parse_store

TAGS = [f"30361FACE8000000000000{n:02X}" for n in range(4)]


class Walk:
    """Carries the tags to where a step says; a wall lets `leak_db` less of the neighbour's signal through."""

    def __init__(self, reader: SimLlrpReader, leak_db: float) -> None:
        self._reader, self._leak = reader, leak_db
        self._rooms = {"1": 1, "2": 2}

    def say(self, step: SurveyStep) -> bool:
        for tag in TAGS:
            self._reader.do({"do": "remove", "epc": tag})
        if step.kind in (StepKind.WALK, StepKind.CHECK):
            own = self._rooms[step.room or ""]
            for tag in TAGS:
                for antenna in self._rooms.values():
                    signal = -50.0 if antenna == own else -50.0 - self._leak
                    order = {"do": "place", "epc": tag, "antenna": antenna, "rssi_dbm": signal, "rate_hz": 40}
                    self._reader.do(order)
        return True

    def wait(self, seconds: float) -> None:
        # A check is judged by the second and needs a few of them; a walk is judged by its reads.
        time.sleep(seconds / (4 if seconds <= 20 else 40))


def config(reader: SimLlrpReader) -> StoreConfig:
    rooms = {"1": {"antennas": ["ceiling/1"]}, "2": {"antennas": ["ceiling/2"]}}
    return parse_store(json.dumps({"readers": [{"name": "ceiling", "uri": reader.uri}], "rooms": rooms}))


@pytest.mark.parametrize(
    ("leak_db", "verdict"),
    [pytest.param(25.0, Verdict.PASSED, marks=pytest.mark.full), (4.0, Verdict.FAILED)],
)
def test_a_site_passes_or_does_not(tmp_path: Path, leak_db: float, verdict: Verdict) -> None:
    said: list[str] = []
    with SimLlrpReader(seed=3) as reader:
        walk = Walk(reader, leak_db)
        survey = run_survey(config(reader), walk.say, walk.wait, references=False)
    write_results(survey, tmp_path, "Ostrevane", said.append)
    assert survey.verdict is verdict, said
    assert (tmp_path / "survey.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "survey.html").read_text("utf-8")
    assert (tmp_path / "site.yaml").exists() is (verdict is Verdict.PASSED)
    if verdict is Verdict.PASSED:
        assert list(load_site(tmp_path / "site.yaml").rooms) == ["1", "2"]
        assert load_calibration(tmp_path / "calibration.json").seconds
        assert all(abs((f.isolation_db or 0.0) - leak_db) < 2 for f in survey.findings)
    else:
        assert any("no site file" in line for line in said)


@pytest.mark.parametrize(
    ("uri", "antennas", "out", "code", "message"),
    [
        ("llrp://127.0.0.1:PORT", "[]", "survey", 2, "no room has antennas"),
        ("llrp://127.0.0.1:PORT", "[a/1]", "store.yaml", 2, "store.yaml: File exists"),
        ("llrp://127.0.0.1:PORT", "[a/1]", "survey", 3, "reader a: 127.0.0.1:"),
        ("sim://a", "[a/1]", "survey", 3, "cancelled"),
    ],
)
def test_a_survey_that_cannot_begin_says_so_before_the_walk(
    uri: str,
    antennas: str,
    out: str,
    code: int,
    message: str,
    tmp_path: Path,
    free_port: Callable[[], int],
) -> None:
    file = tmp_path / "store.yaml"
    address = uri.replace("PORT", str(free_port()))
    file.write_text(
        f"readers: [{{name: a, uri: '{address}'}}]\nrooms: {{a: {{antennas: {antennas}}}}}\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "kiosk", "survey", "--config", str(file), "--out", str(tmp_path / out)]
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert ended.returncode == code
    assert message in ended.stderr


def test_a_disconnected_antenna_is_said_before_the_walk(tmp_path: Path) -> None:
    """It does not end the survey: some readers cannot detect their antennas."""
    file = tmp_path / "store.yaml"
    with SimLlrpReader(ReaderModel(disconnected=frozenset({2}))) as reader:
        rooms = "{'1': {antennas: [a/1]}, '2': {antennas: [a/2]}}"
        file.write_text(f"readers: [{{name: a, uri: '{reader.uri}'}}]\nrooms: {rooms}\n", encoding="utf-8")
        command = [sys.executable, "-m", "kiosk", "survey", "--config", str(file), "--out", str(tmp_path)]
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    first, *_, last = ended.stderr.splitlines()
    assert "no antenna is detected at port 2, which room 2 should use" in first
    assert "cancelled" in last
