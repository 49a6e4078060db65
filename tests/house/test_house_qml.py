"""Qt's linter knows our view objects: a page that misspells one of their properties does not pass."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """\
import QtQuick
import Mirror.Glass as Facts

Item {
    id: page

    required property Facts.MirrorView mirror

    visible: page.mirror.%s
}
"""


@pytest.fixture(scope="module")
def types(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("types")
    script = tree / "packaging" / "lib" / "qml_types.py"
    around = {**os.environ, "PYTHONPATH": str(tree)}
    subprocess.run([sys.executable, str(script), str(place)], env=around, timeout=60, check=True)
    return place


def lint(page: str, types: Path) -> tuple[int, str]:
    file = types / "Page.qml"
    file.write_text(page, encoding="utf-8")
    tool = Path(sys.executable).with_name("pyside6-qmllint")
    words = [str(tool), "--max-warnings", "0", "-I", str(types), str(file)]
    run = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    return run.returncode, run.stdout + run.stderr


def test_a_right_page_passes(types: Path) -> None:
    assert lint(PAGE % "still", types) == (0, "")
    assert lint(PAGE % "scene.garment.present", types) == (0, "")


@pytest.mark.parametrize(
    ("path", "wrong"),
    [("stil", "stil"), ("scene.garmnt.present", "garmnt"), ("scene.garment.presents", "presents")],
)
def test_a_misspelt_property_is_caught(path: str, wrong: str, types: Path) -> None:
    code, said = lint(PAGE % path, types)
    assert code != 0
    assert f'Member "{wrong}" not found' in said
