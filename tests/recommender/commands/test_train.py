"""The commands `train` and `suggest` in processes of their own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.recommender import toy_shop


def run(*arguments: Any, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "recommender", *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def test_train_then_suggest_twice_the_same_bytes(tmp_path: Path) -> None:
    items, events = toy_shop.write(tmp_path / "shop", numeric=True, baskets=200)
    for name in ("a", "b"):
        done = run(
            "train",
            "--catalogue",
            items,
            "--events",
            events,
            "--out",
            tmp_path / name,
            "--epochs",
            2,
            "--json",
        )
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["items"] == 180
    for file in sorted((tmp_path / "a").iterdir()):
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name
    queries = tmp_path / "q.jsonl"
    asked = {"shopper": None, "exclude_styles_in_room": True}
    lines = [
        {"id": 1, "room": [1000], "in_stock": None, **asked},
        {"id": "two", "room": ["1000", 1010], "in_stock": [1020, 1030], **asked},
        {"id": 3, "room": [], "in_stock": None, **asked},
        {"id": 4, "room": "1000"},
    ]
    queries.write_text("\n".join(map(json.dumps, lines)) + "\nno json\n")
    done = run("suggest", "--model", tmp_path / "a", "--batch", queries, "--k", 20)
    assert done.returncode == 1
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, "two", 3, 4, None]
    assert len(answers[0]["items"]) == 20
    assert all(isinstance(item["item_id"], int) and item["why"] for item in answers[0]["items"])
    assert {item["item_id"] for item in answers[1]["items"]} == {1020, 1030}
    with_past = run("suggest", "--model", tmp_path / "a", "--batch", queries, "--k", 20, "--history", events)
    assert [json.loads(line)["id"] for line in with_past.stdout.splitlines()] == [1, "two", 3, 4, None]
    assert "error" in answers[3]
    assert "error" in answers[4]


def test_a_room_is_answered_in_text(model_folder: Path) -> None:
    done = run("suggest", "--model", model_folder, "--room", "0000-navy,0005-navy,unheard-of")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 6
    assert "unheard-of" in done.stderr


def test_an_error_is_one_line_and_an_exit_code(tmp_path: Path) -> None:
    done = run("suggest", "--model", tmp_path, "--room", "a")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
