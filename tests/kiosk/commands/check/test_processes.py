"""`cheval store` as a process with wrong files: it refuses with exit code 2, or starts and says what is missing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.kiosk.store.store_process import ROOT, StoreProcess


def test_a_refused_file_ends_the_process_with_all_mistakes_and_no_traceback(tmp_path: Path) -> None:
    file = tmp_path / "store.yaml"
    settings = {
        "state": str(tmp_path / "state"),
        "readers": [{"name": "north", "uri": "llrp://10.0.0..7?power=24"}],
        "rooms": {"1": {"antennas": [99999]}},
        "radio": {"site": "none.yaml"},
    }
    file.write_text(json.dumps(settings, indent=1), "utf-8")
    words = [sys.executable, "-m", "kiosk", "store", "--config", str(file)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 2
    assert "did you mean power_dbm?" in done.stderr
    assert "a part between two dots is empty" in done.stderr
    assert "ports are numbered from 1" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "state").exists()


def test_a_store_starts_without_the_files_that_are_missing_and_its_log_names_them(
    tmp_path: Path, free_port: Callable[[], int]
) -> None:
    store = StoreProcess(
        tmp_path,
        f"sim://127.0.0.1:{free_port()}",
        readers=[
            {"name": "tags", "uri": "sim://room"},
            {"name": "rec", "uri": "replay:///nowhere/reads.jsonl"},
        ],
        rooms={"1": {"antennas": ["tags/1"]}, "2": {"antennas": ["tags/1"]}},
        radio={"site": "site.yaml", "calibration": "calibration.json"},
        cards={"keys_file": "keys"},
    )
    with closing(store):
        store.start()
        assert store.stop() == 0
    log = (tmp_path / "store.log").read_text()
    assert "Traceback" not in log
    for key in ("radio.site", "radio.calibration", "cards.keys_file", "readers[1].uri"):
        assert f": {key}: " in log
