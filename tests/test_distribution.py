"""Tests of one file run in one process; long parts of a file are spread."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.distribution import unit_of

CONFTEST = """
from tests.distribution import FilesTogether


def pytest_xdist_make_scheduler(config, log):
    return FilesTogether(config, log)
"""
TESTS = """
import os

import pytest


@pytest.mark.parametrize("number", range(12))
def test_together(number, record_property):
    print("ran", "together", os.getpid())


@pytest.mark.parametrize("number", [f"apart-{n}" for n in range(12)])
def test_apart(number):
    print("ran", "apart", os.getpid())
"""


def test_a_file_is_one_unit_and_a_part_that_is_apart_is_another() -> None:
    assert (
        unit_of("tests/a/test_b.py::test_c[1]") == unit_of("tests/a/test_b.py::test_d") == "tests/a/test_b.py"
    )
    assert unit_of("tests/a/test_b.py::test_c[apart-1]") != unit_of("tests/a/test_b.py::test_c[apart-2]")


def test_processes_are_given_whole_files(tmp_path: Path, tree: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "test_some.py").write_text(TESTS, encoding="utf-8")
    words = ["-m", "pytest", "-p", "no:cacheprovider", "-rP", "-n", "2", "-c", os.devnull, str(tmp_path)]
    run = subprocess.run(
        [sys.executable, *words], cwd=tree, capture_output=True, text=True, check=True, timeout=100,
        env={**os.environ, "PYTHONPATH": str(tree), "PYTEST_ADDOPTS": ""},
    )  # fmt: skip
    ran = [line.split()[1:] for line in run.stdout.splitlines() if line.startswith("ran ")]
    processes = {kind: {process for what, process in ran if what == kind} for kind in ("together", "apart")}
    assert len(ran) == 24, run.stdout
    assert len(processes["together"]) == 1
    assert processes["apart"] - processes["together"], "each is given a unit before the first ends"
