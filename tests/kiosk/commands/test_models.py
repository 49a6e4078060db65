"""`cheval models`: the commands of the recommender, loaded only when one of them runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from recommender.inputs.catalogue import read_items
from recommender.inputs.history import read_events
from recommender.looks.pipeline.make import make
from tests.recommender import toy_shop
from tests.recommender.quick import QUICK, silent


def cheval(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *words], capture_output=True, text=True, check=False, timeout=100
    )


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    item_file, event_file = toy_shop.write(folder, baskets=200)
    items = read_items(item_file)
    make(items, read_events(event_file, items), QUICK, folder / "looks", silent)
    return folder / "looks"


def test_help_names_every_option_and_loads_no_numpy() -> None:
    shown = cheval("models", "suggest", "--help")
    assert shown.returncode == 0
    assert "cheval models suggest" in shown.stdout
    for option in ("--model", "--room", "--batch", "--k", "--slot"):
        assert option in shown.stdout
    program = (
        "import sys, contextlib\nfrom kiosk.__main__ import main\n"
        "with contextlib.suppress(SystemExit): main(['models', '--help'])\n"
        "print('numpy' in sys.modules, 'pyarrow' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False False"


def test_a_model_is_asked_as_by_python_m_recommender(model: Path) -> None:
    words = ["suggest", "--model", str(model), "--room", "0000-navy", "--json"]
    ours = cheval("models", *words)
    theirs = subprocess.run(
        [sys.executable, "-m", "recommender", *words], capture_output=True, text=True, check=True
    )
    assert ours.returncode == 0, ours.stderr
    assert ours.stdout == theirs.stdout
    assert len(json.loads(ours.stdout)["items"]) == 6


def test_a_missing_model_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    done = cheval("models", "suggest", "--model", str(tmp_path), "--room", "a")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
