"""The QML linter accepts our pages and knows the Python types."""

from __future__ import annotations

from pathlib import Path

from kiosk.screen.tools import lint

PLANTED = """\
import QtQuick
import Mirror.ViewModels as ViewModels

Item {
    required property ViewModels.MirrorViewModel mirror

    visible: mirror.scene.garment.colur !== ""
}
"""


def test_the_pages_pass_and_a_misspelt_property_does_not(tmp_path: Path) -> None:
    assert lint.main() == 0
    wrong = tmp_path / "Wrong.qml"
    wrong.write_text(PLANTED)
    assert lint.main((wrong,)) != 0
