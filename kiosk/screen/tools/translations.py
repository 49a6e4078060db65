"""Updates the .ts files from the texts of the QML files (lupdate) and compiles the .qm files (lrelease)."""

from __future__ import annotations

import argparse
import subprocess
import sys
import sysconfig
from pathlib import Path

from kiosk.core.domain.texts import LANGUAGES
from kiosk.screen.assets import assets, qml


def tool(name: str) -> str:
    """Path of a Qt tool installed with PySide6."""
    return str(Path(sysconfig.get_path("scripts")) / f"pyside6-{name}")


def _update(language: str, file: Path) -> None:
    command = [tool("lupdate"), str(qml()), "-silent", "-no-obsolete", "-locations", "none"]
    command += ["-source-language", "en", "-target-language", language]
    # The QML files hold the English texts; only plurals need a file.
    command += ["-pluralonly"] if language == "en" else []
    subprocess.run([*command, "-ts", str(file)], check=True)


def main(argv: list[str] | None = None) -> int:
    """Update and compile all languages. Returns 0; raises CalledProcessError if a tool fails."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.screen.tools.translations", description=__doc__)
    parser.add_argument(
        "--only-make", action="store_true", help="compile only, leave the .ts files as they are"
    )
    args = parser.parse_args(sys.argv[1:] if argv is None else argv)
    for language in LANGUAGES:
        file = assets() / "translations" / f"cheval_{language}.ts"
        if not args.only_make:
            _update(language, file)
        subprocess.run(
            [tool("lrelease"), "-silent", str(file), "-qm", str(file.with_suffix(".qm"))], check=True
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
