"""Runs `train-spark` in a process of its own, so that the JVM ends with it."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ABSENT = find_spec("pyspark") is None or shutil.which("java") is None
WHY_ABSENT = "pyspark (extra 'spark') or Java 17 is not installed"


def train_spark(items: Path, events: Path, out: Path, *options: str) -> Path:
    """The folder of the trained model."""
    words = ["-m", "recommender", "train-spark", "--catalogue", items, "--events", events, "--out", out]
    done = subprocess.run(
        [sys.executable, *map(str, words), "--master", "local[2]", "--memory", "1g", *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=3000,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return out
