"""A batch of queries: invalid lines are reported and skipped, all others are answered."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

GOOD: list[dict[str, Any]] = [
    {"id": 1, "shopper": None, "room": ["0000-navy"], "exclude_styles_in_room": True, "in_stock": None},
    {"id": "no room", "room": []},
    {"id": "unheard of", "room": ["ghost", "0001-navy"]},
    {"id": "twice", "room": ["0001-navy", "0001-navy"], "exclude_styles_in_room": False},
    {"id": {"any": "thing"}, "room": ["0001-navy"], "exclude_styles_in_room": None},
    {"id": "half a letter \udcff", "room": ["\udcff"]},
]
BARE: list[dict[str, Any]] = [
    {"id": "sold out", "room": ["0001-navy"], "in_stock": []},
    {"id": 0, "room": [], "in_stock": ["ghost"]},
]
BROKEN = [
    b"no json",
    b'{"id": 2, "room": ["0000-navy"]',
    b"[1, 2]",
    b'{"id": 3}',
    b'{"id": 4, "room": "0000-navy"}',
    b'{"id": 5, "room": [null]}',
    b'{"id": 6, "room": [1.5]}',
    b'{"id": 7, "room": [], "in_stock": "all"}',
    b'{"id": 8, "room": [], "exclude_styles_in_room": "no"}',
    b'{"id": NaN, "room": []}',
    b'{"id": 9, "room": ["\xff\xfe"]}',
    b"[" * 100_000,
]


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invalid lines among valid ones, with blank lines between."""
    lines = [json.dumps(query).encode() for query in (*GOOD, *BARE)]
    with_new_arrivals = [
        line for at, broken in enumerate(BROKEN) for line in (broken, lines[at % len(lines)], b"")
    ]
    path = tmp_path_factory.mktemp("batch") / "queries.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines + with_new_arrivals) + b"\n")
    return path


def answered(model: Path, *arguments: Any, stdin: Any = None) -> tuple[int, Any, str]:
    done = subprocess.run(
        [sys.executable, "-m", "recommender", "suggest", "--model", str(model), *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=100,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr.decode()


def unnamed(answers: list[Any], path: Path) -> set[str]:
    """Invalid lines whose number no error states, and errors without such a line."""
    told = {answer["error"].split(":")[0] for answer in map(json.loads, answers) if "error" in answer}
    lines = path.read_bytes().split(b"\n")
    return {f"line {at}" for at, line in enumerate(lines, start=1) if line in BROKEN} ^ told


def test_invalid_lines_are_reported_and_the_others_answered(model_folder: Path, batch: Path) -> None:
    code, answers, told = answered(model_folder, "--batch", batch, "--k", 20)
    assert code == 1
    assert told.count("\n") == 1
    assert "12 lines were not answered; line 9: this is not JSON" in told
    assert not unnamed(answers, batch)
    known = [json.loads(line) for line in answers[: len(GOOD) + len(BARE)]]
    assert [answer["id"] for answer in known] == [query["id"] for query in (*GOOD, *BARE)]
    assert [len(answer["items"]) for answer in known] == [20] * len(GOOD) + [0] * len(BARE)


def test_a_pipe_gives_the_same_as_a_file(model_folder: Path, batch: Path) -> None:
    file = answered(model_folder, "--batch", batch, "--k", 5)
    assert answered(model_folder, "--batch", "-", "--k", 5, stdin=batch.read_bytes()) == file


def test_a_reader_that_counts_answers_instead_of_lines_is_caught(batch: Path) -> None:
    naive, number = [], 0
    for line in batch.read_bytes().splitlines():
        if line.strip():
            number += 1
            if line in BROKEN:
                naive.append(json.dumps({"error": f"line {number}: broken"}))
    assert unnamed(naive, batch)


def test_invalid_options_are_refused(model_folder: Path, batch: Path, tmp_path: Path) -> None:
    for option in (("--k", 0), ("--k", -5), ("--k", "many"), ("--slot", -1)):
        code, answers, told = answered(model_folder, "--batch", batch, *option)
        assert (code, answers) == (2, [])
        assert "Traceback" not in told
    code, _, told = answered(model_folder, "--batch", tmp_path)
    assert code == 2
    assert told.count("\n") == 1
