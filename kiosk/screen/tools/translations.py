"""Keeps the translations in step with the QML files: gathers new texts into the .ts files, makes the .qm files."""

from __future__ import annotations

import argparse
import subprocess
import sys
import sysconfig
from pathlib import Path

from kiosk.core.domain.texts import LANGUAGES
from kiosk.screen.assets import assets, qml


def tool(name: str) -> str:
    """One of Qt's tools as it came with PySide6."""
    return str(Path(sysconfig.get_path("scripts")) / f"pyside6-{name}")


def _gather(language: str, file: Path) -> None:
    command = [tool("lupdate"), str(qml()), "-silent", "-no-obsolete", "-locations", "none"]
    command += ["-source-language", "en", "-target-language", language]
    # English stands in the QML files; only its plurals need a file.
    command += ["-pluralonly"] if language == "en" else []
    subprocess.run([*command, "-ts", str(file)], check=True)


def main(words: list[str] | None = None) -> int:
    """Gather texts and make the binary files; 0 when all is done."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.screen.tools.translations", description=__doc__)
    parser.add_argument("--only-make", action="store_true", help="leave the .ts files as they are")
    told = parser.parse_args(sys.argv[1:] if words is None else words)
    for language in LANGUAGES:
        file = assets() / "translations" / f"cheval_{language}.ts"
        if not told.only_make:
            _gather(language, file)
        subprocess.run(
            [tool("lrelease"), "-silent", str(file), "-qm", str(file.with_suffix(".qm"))], check=True
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
