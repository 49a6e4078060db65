"""Counts of a soak: added to a file by several processes, continued after an end, limited by number and by time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.soak_counts import Soak, add_to, options, read

ROOT = Path(__file__).resolve().parents[2]


def test_a_run_ends_at_its_number_and_counts_what_was_run() -> None:
    soak = Soak("kills", n=5)
    for number in soak.rounds():
        soak.add(number, {"kills": 2, "paid": number})
    assert dict(soak.total) == {"kills": 6, "paid": 0 + 1 + 2}


def test_a_run_ends_when_its_time_has_passed() -> None:
    assert list(Soak("kills", minutes=1e-9).rounds()) == []


def test_a_soak_goes_on_with_the_round_after_the_last(tmp_path: Path) -> None:
    file = tmp_path / "var" / "kills.json"
    for wanted in ([0, 1], [2, 3]):
        soak, played = Soak("kills", n=2, seed=7, counts=file), []
        for number in soak.rounds():
            played.append(number)
            soak.add(number, {"kills": 1})
        assert played == wanted
    assert read(file) == {"total": {"kills": 4}, "rounds": 4, "next": {"7": 4}}
    assert next(iter(Soak("kills", seed=8, counts=file).rounds())) == 0, "another seed has rounds of its own"


def test_several_processes_add_to_one_file(tmp_path: Path) -> None:
    file = tmp_path / "kills.json"
    code = (
        "import sys; from pathlib import Path; from tests.faults.soak_counts import add_to\n"
        "for n in range(40): add_to(Path(sys.argv[1]), 1, n, {'kills': 1})"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(file)], cwd=ROOT) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert read(file)["total"] == {"kills": 120}


def test_the_result_is_one_json_line_and_a_violation_is_an_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for violations, code in ((0, 0), (2, 1)):
        soak = Soak("kills", n=1, seed=3)
        soak.add(0, {"kills": 1, "violations": violations})
        assert soak.conclude() == code
        (line,) = capsys.readouterr().out.splitlines()
        assert json.loads(line) == {"seed": 3, "kills": 1, "violations": violations}


def test_options_without_a_limit_run_a_hundred(tmp_path: Path) -> None:
    parser = options("", "kills")
    assert Soak.of(parser.parse_args([]), "kills").left() == 100
    assert Soak.of(parser.parse_args(["--minutes", "3"]), "kills").n == 0
    given = parser.parse_args(["--n", "4", "--seed", "9", "--counts", str(tmp_path / "c.json")])
    assert Soak.of(given, "kills") == Soak("kills", 4, 9, 0.0, tmp_path / "c.json")
    add_to(tmp_path / "c.json", 9, 0, {"kills": 1})
