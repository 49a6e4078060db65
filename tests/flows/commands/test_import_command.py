"""`cheval import` beside a store process: asked while it runs, alone after it was killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.store.staff.local_access import ACCESS_FILE
from tests.kiosk.store.api.test_feed_routes import season_change
from tests.kiosk.store.store_process import ROOT, StoreProcess


def cheval_import(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", "import", *words, "--config", str(folder / "store.yaml")]
    return subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.full
def test_the_running_store_is_asked_and_after_its_end_the_command_works_alone(tmp_path: Path) -> None:
    shop = StoreProcess(tmp_path, "sim://127.0.0.1:1")
    try:
        shop.start()
        season_change(tmp_path / "feed")
        asked = cheval_import(tmp_path)
        assert asked.returncode == 1, asked.stderr
        assert "styles: rows lost: 3 of 5" in asked.stdout
        assert "feed imported" not in asked.stderr, "the store did it"
        shop.kill()
        assert (shop.state / ACCESS_FILE).exists()
        alone = cheval_import(tmp_path, "--accept", "styles")
        assert alone.returncode == 1, alone.stderr
        assert "styles: rows lost" not in alone.stdout.partition("mistakes")[2]
        shop.start()
        assert cheval_import(tmp_path).returncode == 1
        assert shop.stop() == 0
        assert not (shop.state / ACCESS_FILE).exists()
    finally:
        shop.close()
