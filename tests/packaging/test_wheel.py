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
# assets of the product; those of the demo lie in `demo`, pictures of the README in `readme`
ASSETS = ("fonts", "sizes", "translations")
NOT_SHIPPED = {".pyc", ".pyi"}
DEMO = re.compile(r"kiosk/demo/|kiosk/commands/demo\.py|kiosk/commands/simulate/|assets/demo/")


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tree, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def demo_wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tree / "packaging" / "cheval-demo", tmp_path_factory.mktemp("demo-wheel"))


def built(project: Path, place: Path) -> Path:
    """The wheel of a project folder, built into `place`."""
    ran(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        "wheel",
        "--directory",
        str(place),
        cwd=project,
    )
    (file,) = place.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the product's wheel, without the demo."""
    return environment(tmp_path_factory.mktemp("environment"), wheel)


def environment(place: Path, *wheels: Path) -> Path:
    """A new environment with these wheels and, by a path file, our dependencies; its interpreter."""
    venv.create(place, symlinks=True)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(place), "platbase": str(place)}))
    ours = place / "bin" / "python"
    options = ("install", "-q", "-q", "--no-deps", "--no-index")
    ran(sys.executable, "-m", "pip", "--python", str(ours), *options, *map(str, wheels))
    # after the wheel's own directory on the path, and without the path file of an editable install in there
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return ours


def ran(*words: str, cwd: Path | None = None) -> str:
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def wanted(tree: Path) -> set[str]:
    """Paths of all files of our packages and shipped assets, the demo's included."""
    folders = [*PACKAGES, *(f"assets/{name}" for name in (*ASSETS, "demo"))]
    return {
        file.relative_to(tree).as_posix()
        for folder in folders
        for file in (tree / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and file.suffix not in NOT_SHIPPED
    }


def names_in(wheel: Path) -> set[str]:
    """Files of a wheel by their path in the tree, without its metadata."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    return {re.sub("^kiosk/_assets/", "assets/", name) for name in names}


def test_product_and_demo_together_hold_every_file_once(tree: Path, wheel: Path, demo_wheel: Path) -> None:
    product, demo = names_in(wheel), names_in(demo_wheel)
    assert sorted(wanted(tree) - product - demo) == []
    assert sorted(product | demo) == sorted(wanted(tree))
    assert product & demo == set()
    assert sorted(name for name in product if DEMO.match(name)) == []
    assert sorted(name for name in demo if not DEMO.match(name)) == []
    with zipfile.ZipFile(wheel) as archive:
        assert any(name.endswith(".dist-info/licenses/LICENSE") for name in archive.namelist())


def test_a_file_that_was_left_out_is_caught(tree: Path, wheel: Path, demo_wheel: Path) -> None:
    names = (names_in(wheel) | names_in(demo_wheel)) - {"kiosk/paths.py"}
    assert wanted(tree) - names == {"kiosk/paths.py"}


def test_the_message_names_the_demo_package_if_it_is_not_installed(python: Path) -> None:
    run = subprocess.run(
        [python.with_name("cheval"), "demo"], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 2
    assert "pip install cheval-demo" in run.stderr


def test_the_demos_wheel_brings_the_command(
    tree: Path, wheel: Path, demo_wheel: Path, tmp_path: Path
) -> None:
    python = environment(tmp_path / "environment", wheel, demo_wheel)
    listed = ran(str(python.with_name("cheval")), "demo", "--visit", "list")
    visits = {file.stem for file in (tree / "assets" / "demo" / "visits").glob("*.yaml")}
    assert {line.split()[0] for line in listed.splitlines()} == visits


def test_both_have_one_version(tree: Path) -> None:
    files = [tree / "pyproject.toml", tree / "packaging" / "cheval-demo" / "pyproject.toml"]
    product, demo = (tomllib.loads(file.read_text(encoding="utf-8"))["project"] for file in files)
    assert demo["version"] == product["version"]
    assert demo["dependencies"] == [f"cheval=={product['version']}"]


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
