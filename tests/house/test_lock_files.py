"""The lock files cover pyproject.toml, with hashes and without addresses."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKS = ("build", "run", "store", "mirror", "check", "peers")


def pins(text: str) -> dict[str, list[Version]]:
    """Package -> the versions a lock gives it (one for each Python, at times)."""
    found: dict[str, list[Version]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", text, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(Version(version))
    return found


def faults(text: str) -> list[str]:
    """Lines of a lock that are not `name==version ; marker` with hashes."""
    entries = re.split(r"\n(?! )", text.replace("\\\n", "").strip())
    entry = r"[a-z0-9-]+==[\w.+!]+( ; [^-]+)?\s+(--hash=sha256:[0-9a-f]{64}\s*)+"
    return [line for line in entries if not re.fullmatch(entry, line)]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_names_versions_and_hashes(name: str, tree: Path) -> None:
    assert faults((tree / "packaging" / "lock" / f"{name}.txt").read_text(encoding="utf-8")) == []


def test_planted_lines_are_caught() -> None:
    good = f"numpy==2.0 ; python_version < '3.12' \\\n    --hash=sha256:{'0' * 64} \\\n    --hash=sha256:{'1' * 64}\n"
    assert faults(good) == []
    for wrong in ("numpy==2.0\n", f"numpy>=2.0 --hash=sha256:{'0' * 64}\n", "--find" + "-links somewhere\n"):
        assert len(faults(good + wrong)) == 1


def test_the_locks_answer_the_project_file(tree: Path) -> None:
    project = tomllib.loads((tree / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run = pins((tree / "packaging" / "lock" / "run.txt").read_text(encoding="utf-8"))
    check = pins((tree / "packaging" / "lock" / "check.txt").read_text(encoding="utf-8"))
    for wanted in map(Requirement, project["dependencies"]):
        assert all(version in wanted.specifier for version in run[canonicalize_name(wanted.name)]), wanted
    extras = project["optional-dependencies"]
    # what counts large histories is light enough to be tested everywhere; what needs Java is not
    for wanted in map(Requirement, extras["check"] + extras["large"]):
        assert all(version in wanted.specifier for version in check[canonicalize_name(wanted.name)]), wanted
    assert {name: check[name] for name in run} == run, "what is tested is what runs"


def test_the_packages_contain_what_is_tested(tree: Path) -> None:
    """Store and mirror have the versions of `run`; together they have all of it."""
    run, store, mirror = (
        pins((tree / "packaging" / "lock" / f"{name}.txt").read_text(encoding="utf-8"))
        for name in ("run", "store", "mirror")
    )
    assert {name: run[name] for name in store} == store
    assert {name: run[name] for name in mirror} == mirror
    assert set(run) == set(store) | set(mirror)
    assert set(run) - set(store) == {"pyside6-essentials", "shiboken6"}
