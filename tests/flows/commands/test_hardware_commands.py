"""A technician uses the reader commands of `cheval`: record reads, replay them, decode tags, locate tags in rooms."""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.commands import main as hardware_main
from hardware.commands import parser as hardware_parser
from hardware.sim.radio.llrp_reader import SimLlrpReader
from kiosk.__main__ import main as cheval_main

EPC = "3074257BF7194E4000001A85"
COMMANDS = ["listen", "decode", "calibrate", "locate"]
Cheval = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def cheval(tmp_path: Path) -> Cheval:
    """Runs `cheval` as a process of its own in a temporary folder."""

    def run(*arguments: str, standard_input: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kiosk", *arguments],
            cwd=tmp_path,
            input=standard_input,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


@pytest.fixture
def reader() -> Iterator[SimLlrpReader]:
    with SimLlrpReader() as reader:
        reader.place(EPC, antenna=2, rate_hz=40)
        yield reader


def test_reads_are_recorded_replayed_and_decoded(
    cheval: Cheval, reader: SimLlrpReader, tmp_path: Path
) -> None:
    recorded = cheval("listen", reader.uri, "--seconds", "1")
    assert recorded.returncode == 0, recorded.stderr
    (tmp_path / "reads.jsonl").write_text(recorded.stdout)
    replayed = cheval("listen", "replay://reads.jsonl?speed=5", "--seconds", "1")
    reads = [json.loads(line) for line in replayed.stdout.splitlines()]
    assert len(reads) == len(recorded.stdout.splitlines()) > 5
    assert {read["antenna"] for read in reads} == {2}
    decoded = cheval("decode", "-", standard_input=f"{reads[0]['epc']}\n")
    assert json.loads(decoded.stdout)["gtin"] == "80614141123458"


def test_tags_are_located_after_a_walk(cheval: Cheval, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("rooms: {left: {antennas: [1]}, right: {antennas: [2]}}\n")
    walk = [
        (second * 1_000_000 + n * 50_000, antenna, -50 if antenna == own else -70, "AA", room)
        for second in range(1, 61)
        for room, own in [("left", 1) if second <= 30 else ("right", 2)]
        for n, antenna in enumerate((own, own, own, 3 - own))
    ]
    _write(tmp_path / "walk.csv", walk)
    calibrated = cheval("calibrate", "--site", "site.yaml", "--walk", "walk.csv", "--out", "cal.json")
    assert calibrated.returncode == 0, calibrated.stderr
    assert "right room" in calibrated.stderr
    _write(tmp_path / "reads.csv", [row for row in walk if row[4] == "right"])
    located = cheval("locate", "--site", "site.yaml", "--calibration", "cal.json", "--reads", "reads.csv")
    assert located.returncode == 0, located.stderr
    rooms = [json.loads(line)["room"] for line in located.stdout.splitlines()]
    assert rooms.count("right") > 20
    assert "left" not in rooms


def test_a_closed_pipe_is_not_an_error(reader: SimLlrpReader) -> None:
    listening = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "listen", reader.uri, "--seconds", "3"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert listening.stdout is not None
    assert listening.stderr is not None
    listening.stdout.readline()
    listening.stdout.close()
    with listening.stderr:
        said = listening.stderr.read().splitlines()
    assert all(line.startswith(f"{reader.uri}: ") for line in said), "the summary at most"
    assert listening.wait(30) == 0


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("main", "program"), [(cheval_main, "cheval"), (hardware_main.main, "python -m hardware")]
)
def test_help_names_the_program(
    main: Callable[[list[str]], int], program: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: {program} {command} ")


def test_every_option_has_a_help_text() -> None:
    commands = argparse.ArgumentParser().add_subparsers()
    hardware_parser.add(commands)
    assert sorted(commands.choices) == sorted(COMMANDS)
    for parser in commands.choices.values():
        assert parser.description
        assert all(action.help for action in parser._actions)


def _write(path: Path, rows: list[tuple[int, int, int, str, str]]) -> None:
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(("at_us", "antenna", "rssi_dbm", "epc", "room"))
        table.writerows(rows)
