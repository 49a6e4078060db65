"""The written visits of the demo, played as a newcomer plays them: one command, offscreen, over every real wire."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk import paths
from kiosk.config import tree
from kiosk.demo.script import parse
from kiosk.demo.shop import DemoShop

PNG = b"\x89PNG\r\n\x1a\n"


def play(visit: str, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    words = [
        "demo",
        "--headless",
        "--visit",
        visit,
        "--shots",
        str(out),
        "--transcript",
        str(out / "t.jsonl"),
    ]
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *words, "--speed", "8", *more],
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


def written_shots(visit: str) -> list[str]:
    """The names of the pictures that a visit of the demo takes, in order."""
    file = paths.assets() / "demo" / "visits" / f"{visit}.yaml"
    steps = parse(tree.read(file.read_text("utf-8")).value).steps
    return [str(step.what) for step in steps if step.verb == "shot"]


def lines(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "t.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.timeout(420)
@pytest.mark.parametrize(
    ("visit", "collected"),
    [
        # `check` plays it by itself, from the command line
        pytest.param("default", 1, marks=pytest.mark.full),
        ("ring", 1),
        pytest.param("delivery", 1, marks=pytest.mark.full),
        pytest.param("sizes", 0, marks=pytest.mark.full),
        ("reader-lost", 0),
        pytest.param("labels", 1, marks=pytest.mark.full),
        pytest.param("bar-code", 1, marks=pytest.mark.full),
        ("answer-lost", 1),
        pytest.param("exchange", 1, marks=pytest.mark.full),
    ],
)
def test_a_visit_ends_as_written(demo_shop: DemoShop, tmp_path: Path, visit: str, collected: int) -> None:
    done = play(visit, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    shots = sorted(tmp_path.glob("*.png"))
    assert [shot.stem.split("-", 1)[1] for shot in shots] == written_shots(visit)
    assert all(shot.read_bytes().startswith(PNG) for shot in shots)
    told = lines(tmp_path)
    assert told[-1]["ended"] == "passed"
    collects = [line for line in told if line.get("effect", {}).get("is") == "Collect"]
    assert len({json.dumps(c["effect"]) for c in collects}) == collected


@pytest.mark.timeout(420)
def test_a_visit_that_differs_from_its_script_fails_with_a_message(
    demo_shop: DemoShop, tmp_path: Path
) -> None:
    """A planted fault in the script: what it says must be seen is never seen."""
    script = tmp_path / "wrong.yaml"
    script.write_text("name: wrong\nsteps:\n  - see: {page: receipt, within: 1}\n", "utf-8")
    done = play(str(script), tmp_path)
    assert done.returncode == 1
    assert "step 1" in done.stderr
    assert "page is 'rest'" in done.stderr
    assert lines(tmp_path)[-1]["ended"] == "failed"


def test_an_unknown_visit_is_refused_by_name(demo_shop: DemoShop, tmp_path: Path) -> None:
    done = play("nosuch", tmp_path)
    assert done.returncode == 1
    assert "known: answer-lost, bar-code, default" in done.stderr
