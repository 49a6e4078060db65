"""Locked versions are compared with advisories: planted ones are found, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.house.test_lock_files import LOCKS, pins

Events = list[dict[str, str]]


def record(name: str, events: Events, versions: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """An advisory of a package as the database writes it."""
    ranges = [{"type": "ECOSYSTEM", "events": events}] if events else []
    part = {"package": {"name": name, "ecosystem": "PyPI"}, "ranges": ranges, "versions": list(versions)}
    return {"id": f"PYSEC-{name}", "modified": "2026-01-02T03:04:05Z", "affected": [part], **more}


BELOW_2: Events = [{"introduced": "0"}, {"fixed": "2.0"}]
TWICE: Events = [{"introduced": "2.5"}, {"fixed": "2.5.2"}, {"introduced": "0"}, {"fixed": "2.3.2"}]
COMMITS = {"type": "GIT", "repo": "x", "events": [{"introduced": "0"}]}
# name: the locked version, the advisory, whether it must be found and with which end
CASES = {
    "below": ("1.9", record("below", BELOW_2), "fixed in 2.0"),
    "fixed": ("2.0", record("fixed", BELOW_2), None),
    "candidate": ("2.0rc1", record("candidate", BELOW_2), "fixed in 2.0"),
    "first": ("2.3.1", record("first", TWICE), "fixed in 2.3.2"),
    "between": ("2.4", record("between", TWICE), None),
    "second": ("2.5.1", record("second", TWICE), "fixed in 2.5.2"),
    "never-fixed": ("9", record("never-fixed", [{"introduced": "3"}]), "no fixed version is known"),
    "not-yet": ("2.9", record("not-yet", [{"introduced": "3"}]), None),
    "last": ("1.11", record("last", [{"introduced": "0"}, {"last_affected": "1.11.0"}]), "no fixed version"),
    "after-last": ("1.12", record("after-last", [{"introduced": "0"}, {"last_affected": "1.11.0"}]), None),
    "listed": ("1.2", record("listed", [], ("0.3.2c.dev", "0.8.3-r1-x", "1.2.0")), "no fixed version is known"),
    "not-listed": ("1.3", record("not-listed", [], ("1.2.0",)), None),
    "withdrawn": ("1.0", record("withdrawn", BELOW_2, withdrawn="2026-06-09T00:00:00Z"), None),
    "commits": ("1.0", record("commits", [], affected=[{"package": {"name": "commits"}, "ranges": [COMMITS]}]), None),
    "other": ("1.0", record("another", BELOW_2), None),
    "old-name": ("1.0", record("Old_Name", BELOW_2), "fixed in 2.0"),
}  # fmt: skip


def compared(tree: Path, *arguments: Path | str) -> tuple[int, list[str]]:
    """Runs the command; its exit code and lines."""
    command = [sys.executable, str(tree / "packaging" / "advisories.py"), *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return run.returncode, (run.stdout + run.stderr).splitlines()


def test_planted_advisories_are_found_and_no_others(tree: Path, tmp_path: Path) -> None:
    lines = [
        f"{name}=={version} \\\n    --hash=sha256:{'0' * 64}\n" for name, (version, _, _) in CASES.items()
    ]
    (tmp_path / "run.txt").write_text("".join(lines), encoding="utf-8")
    for name, (_, advisory, _) in CASES.items():
        place = tmp_path / "vulns" / name
        place.mkdir(parents=True)
        (place / "PYSEC-1.yaml").write_text(yaml.safe_dump(advisory), encoding="utf-8")
    code, said = compared(tree, tmp_path, "--locks", tmp_path)
    found = {line.partition(" ")[0]: line for line in said[:-1]}
    assert set(found) == {name for name, (_, _, end) in CASES.items() if end}
    assert all(end is None or end in found[name] for name, (_, _, end) in CASES.items())
    assert code == 1
    assert said[-1].startswith(f"{len(CASES)} locked versions, records until 2026-01-02: {len(found)} ")


def test_a_folder_without_records_is_not_called_good(tree: Path, tmp_path: Path) -> None:
    code, said = compared(tree, tmp_path)
    assert (code, len(said)) == (2, 1)
    assert "has no records" in said[0]


def looked_up(text: str) -> set[tuple[str, str]]:
    """Names and versions in the table of ADVISORIES.md."""
    return set(re.findall(r"^\| ([a-z0-9-]+) \| (\d[\w.]*) \|", text, re.MULTILINE))


def locked(tree: Path) -> set[tuple[str, str]]:
    """Names and versions of all lock files."""
    return {
        (name, str(version))
        for file in LOCKS
        for name, versions in pins((tree / "packaging" / "lock" / f"{file}.txt").read_text("utf-8")).items()
        for version in versions
    }


def test_the_advisories_of_every_locked_version_were_looked_up(tree: Path) -> None:
    text = (tree / "packaging" / "lock" / "ADVISORIES.md").read_text(encoding="utf-8")
    assert looked_up(text) == locked(tree), (
        "look the changed ones up and write what was found into ADVISORIES.md"
    )
    without_one = re.sub(r"^\| h11 .*\n", "", text, flags=re.MULTILINE)
    assert looked_up(without_one) != locked(tree)
