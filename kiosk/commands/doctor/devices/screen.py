"""Checks the screen: whether Qt starts, on which platform, and whether the fonts load.

Qt runs in a child process, since it aborts the process if the platform cannot be opened.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from kiosk import paths
from kiosk.commands.doctor import child
from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.fonts.readable import PACKAGES, SCRIPTS, SYSTEM, fonts_of

_ASK = """
import json, sys
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtQuick import QQuickView  # what the mirror's window is; it needs more libraries of the system
app = QGuiApplication([])
screen = app.primaryScreen()
size = screen.size()
bad = [file for file in sys.argv[1:] if QFontDatabase.addApplicationFont(file) < 0]
print(json.dumps({"platform": app.platformName(), "width": size.width(), "height": size.height(), "bad": bad}))
"""
_LIBRARIES = (
    "Install what the demo installs: ./packaging/demo --prepare, or apt-get install libegl1 libgssapi-krb5-2"
    " libxkbcommon0."
)


def look() -> list[Finding]:
    """Findings for Qt's platform, the panel and the fonts."""
    fonts = [str(file) for file in sorted((paths.assets() / "fonts").glob("*.[ot]tf"))]
    display = (
        os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    )
    surroundings = dict(os.environ) if display else {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        asked = child.run_python(_ASK, *fonts, timeout_s=30, environment=surroundings)
    except subprocess.TimeoutExpired:
        return [bad("Qt", "does not start within 30 s", "Check the display; is the session locked?")]
    if asked.returncode != 0:
        lines = asked.stderr.strip().splitlines() or [f"exit code {asked.returncode}"]
        return [bad("Qt", lines[-1], _LIBRARIES)]
    return _read(json.loads(asked.stdout.splitlines()[-1]), display=bool(display), fonts=len(fonts))


def _read(answer: dict[str, object], *, display: bool, fonts: int) -> list[Finding]:
    found = [_platform(answer, display=display)]
    if not fonts:
        found.append(
            bad("fonts", "this installation has none", "Install Cheval again: its assets are missing.")
        )
    elif answer["bad"]:
        found.append(
            bad("fonts", f"cannot be read: {answer['bad']}", "Install Cheval again: its assets are damaged.")
        )
    else:
        found.append(good("fonts", f"{fonts} shipped fonts load"))
    return found


def letters(*folders: Path) -> Finding:
    """Whether every script can be shown, with our fonts and those of the system. `folders`: other ones, for tests."""
    fonts = fonts_of(*(folders or (paths.assets() / "fonts", *SYSTEM)))
    lacking = fonts.scripts()
    if not lacking:
        return good("letters", f"{fonts.files} fonts have letters of {', '.join(SCRIPTS)}")
    return note(
        "letters",
        f"no font has letters of {', '.join(lacking)}: names in them are shown as empty boxes",
        f"Install {PACKAGES}.",
    )


def _platform(answer: dict[str, object], *, display: bool) -> Finding:
    if not display:
        return note(
            "Qt",
            "starts; there is no display in this session",
            "A mirror runs in a kiosk session, see packaging/guides/install.md.",
        )
    return good("Qt", f"{answer['platform']}, {answer['width']} x {answer['height']}")
