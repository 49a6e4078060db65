"""Runs qmllint on the QML files, with a description of our Python types; any warning is an error."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from kiosk.screen.assets import qml
from kiosk.screen.tools.translations import tool


def main(more: tuple[Path, ...] = ()) -> int:
    """Run qmllint on all QML files and on `more`, with the types in a temporary module. Returns its exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from kiosk.screen.tools.type_description import qmltypes

    with tempfile.TemporaryDirectory() as scratch:
        module = Path(scratch) / "Mirror" / "ViewModels"
        module.mkdir(parents=True)
        (module / "qmldir").write_text(
            "module Mirror.ViewModels\nimport QtQml.Models auto\ntypeinfo view_models.qmltypes\n"
        )
        (module / "view_models.qmltypes").write_text(qmltypes())
        files = sorted(str(file) for file in (*qml().rglob("*.qml"), *more))
        command = [tool("qmllint"), "--max-warnings", "0", "-I", str(qml()), "-I", scratch, *files]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
