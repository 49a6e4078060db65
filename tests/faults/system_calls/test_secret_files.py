"""A secret file is durable when it is written: its content, then its name, then the folder that has the name."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.system_calls.tracing import unusable

ROOT = Path(__file__).resolve().parents[3]
WRITE = """
import sys
from pathlib import Path
from kiosk.store.staff.tokens import write_secret
write_secret(Path(sys.argv[1]), b"x")
"""
REPLACE = """
import sys
from pathlib import Path
fresh = Path(sys.argv[1]).with_suffix(".new")
fresh.write_bytes(b"x")
fresh.replace(sys.argv[1])
"""


def calls(folder: Path, code: str) -> list[str]:
    """The syncs and renames of a program, with the names of their files."""
    if why := unusable():
        pytest.skip(why)
    trace = folder / "trace"
    traced = "trace=fsync,fdatasync,rename,renameat,renameat2"
    words = ["strace", "-f", "-qq", "-y", "-o", str(trace), "-e", traced]
    subprocess.run([*words, sys.executable, "-c", code, str(folder / "secret")], cwd=ROOT, check=True)
    found = []
    for line in trace.read_text(encoding="utf-8").splitlines():
        if match := re.search(r"(fsync|fdatasync)\(\d+<([^>]+)>", line):
            found.append(f"sync {Path(match[2]).name}")
        elif "rename" in line:
            found.append("rename")
    return found


def test_a_secret_is_synced_renamed_and_its_folder_is_synced(tmp_path: Path) -> None:
    assert calls(tmp_path, WRITE) == ["sync secret.new", "rename", f"sync {tmp_path.name}"]


def test_planted_fault_a_name_that_is_not_durable_is_seen(tmp_path: Path) -> None:
    assert calls(tmp_path, REPLACE) == ["rename"]
