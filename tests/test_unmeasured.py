"""Long tests run without coverage, also in the processes of pytest-xdist."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CONFTEST = "from tests.conftest import pytest_addoption, pytest_runtest_protocol\n"
TESTS = """
import sys
import threading

import pytest


def traced():
    found = [sys.gettrace() is not None]
    thread = threading.Thread(target=lambda: found.append(sys.gettrace() is not None))
    thread.start()
    thread.join()
    return any(found)


@pytest.mark.full
def test_long():
    print("ran", "long", traced())


@pytest.mark.no_cover
def test_by_the_own_marker():
    print("ran", "marked", traced())


def test_short():
    print("ran", "short", traced())
"""


def test_a_long_test_is_not_measured_and_the_next_one_is(tmp_path: Path, tree: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "test_some.py").write_text(TESTS, encoding="utf-8")
    words = ["-m", "pytest", "-p", "no:cacheprovider", "-rP", "-n", "1", "-c", os.devnull, str(tmp_path)]
    coverage = ["--full", "--cov=kiosk/core", "--cov-branch", "--cov-report="]
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTEST_ADDOPTS": ""}
    run = subprocess.run(
        [sys.executable, *words, *coverage], cwd=tree, capture_output=True, text=True, check=True, timeout=100,
        env={**environment, "COVERAGE_FILE": str(tmp_path / "coverage")},
    )  # fmt: skip
    ran = dict(line.split()[1:] for line in run.stdout.splitlines() if line.startswith("ran "))
    # the marker of pytest-cov is the planted fault: it pauses one measurement of two
    assert ran == {"long": "False", "marked": "True", "short": "True"}, run.stdout
