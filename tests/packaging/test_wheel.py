"""The wheel, tried away from the tree: nothing may be found there that was only lying beside us.

Its environment holds our dependencies, reached by a path file, and of ours nothing but the wheel.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

PACKAGES = ("kiosk", "hardware", "recommender")
LEFT_BEHIND = {".pyc", ".pyi"}


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("wheel")
    ran(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(place), cwd=tree)
    (file,) = place.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has the wheel."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, symlinks=True)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(place), "platbase": str(place)}))
    ours = place / "bin" / "python"
    ran(
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(ours),
        "install",
        "-q",
        "-q",
        "--no-deps",
        "--no-index",
        str(wheel),
    )
    # after the wheel's own directory on the path, and without the path file of an editable install in there
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return ours


def ran(*words: str, cwd: Path | None = None) -> str:
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def missing(tree: Path, names: set[str]) -> list[str]:
    """Files of our packages and assets that are not in a wheel of these names."""
    wanted = {
        file.relative_to(tree).as_posix()
        for room in (*PACKAGES, "assets")
        for file in (tree / room).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and file.suffix not in LEFT_BEHIND
    }
    return sorted(name for name in wanted if re.sub("^assets/", "kiosk/_assets/", name) not in names)


def test_all_files_are_in_it_and_nothing_else(tree: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert missing(tree, names) == []
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == set(PACKAGES)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_a_file_that_was_left_out_is_caught(tree: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist()) - {"kiosk/paths.py"}
    assert missing(tree, names) == ["kiosk/paths.py"]


def test_every_module_imports(python: Path) -> None:
    program = """
import importlib, pkgutil, sys
names = ["kiosk", "hardware", "recommender"]
for package in map(importlib.import_module, tuple(names)):
    names += [m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
for name in names:
    # an entry point runs where it is imported; Alembic's scripts only run inside Alembic
    if not name.endswith("__main__") and ".migrations" not in name:
        assert sys.prefix in importlib.import_module(name).__file__, name
print(len(names))
"""
    assert int(ran(str(python), "-I", "-c", program)) > 100


def test_assets_and_commands_are_found(python: Path) -> None:
    place = Path(ran(str(python), "-I", "-c", "from kiosk import paths; print(paths.assets())").strip())
    assert place.name == "_assets"
    assert place.is_dir()
    assert "doctor" in ran(str(python.with_name("cheval")), "--help")
    assert '"platform"' not in ran(str(python.with_name("cheval")), "doctor", "--json")


def test_the_version_is_the_projects(tree: Path, python: Path) -> None:
    project = tomllib.loads((tree / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = ran(str(python), "-I", "-c", "from importlib.metadata import version; print(version('cheval'))")
    assert said.strip() == project["version"]
