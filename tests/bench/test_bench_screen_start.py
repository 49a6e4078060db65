"""Cold start of the mirror window compared with an empty QML window, and the memory of a long visit."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

MAX_RATIO = 1.5
MAX_MB = 250

EMPTY = """
import json, sys, time
began = time.monotonic()
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView
from PySide6.QtQml import QQmlComponent
app = QGuiApplication(sys.argv[:1])
view = QQuickView()
part = QQmlComponent(view.engine())
part.setData(b"import QtQuick; Item { width: 1080; height: 1920 }", "")
view.setContent("", part, part.create())
def shown():
    print(json.dumps({"ms": (time.monotonic() - began) * 1000}), flush=True)
    app.quit()
view.frameSwapped.connect(shown)
view.resize(1080, 1920)
view.show()
app.exec()
"""

OURS = """
import json, time
began = time.monotonic()
from kiosk.screen.window import MirrorWindow
took = {}
def shown():
    took["ms"] = (time.monotonic() - began) * 1000
window = MirrorWindow(send=print, fetch_picture=lambda path, height: None, now_us=lambda: 0, on_first_frame=shown)
took["ready"] = (time.monotonic() - began) * 1000
window.quit()
window.run()
print(json.dumps(took))
"""

LOADED = """
import json, sys
import kiosk.screen.window
print(json.dumps(sorted(sys.modules)))
"""
SLOW_TO_LOAD = ("kiosk.core.visit", "kiosk.core.scene", "kiosk.screen.window_content", "numpy", "PIL")

VISIT = """
import json
from pathlib import Path
from kiosk.screen.tools.sample_garments import garment_pictures
from kiosk.screen.tools.sample_scenes import sample_scenes
from kiosk.screen.window import MirrorWindow
from kiosk.screen.settings import ScreenSettings
settings = ScreenSettings(no_motion=True)
window = MirrorWindow(send=print, fetch_picture=garment_pictures(None), now_us=lambda: 0, settings=settings)
scenes = iter(list(sample_scenes("en").values()) * 2)
def following():
    scene = next(scenes, None)
    if scene is None:
        return window.quit()
    window.show(scene)
    window.when_idle(following)
following()
window.run()
# VmHWM is the peak of this program alone; ru_maxrss would include the memory of the process that started it
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps({"mb": int(peak.split()[1]) / 1024}))
"""


def result_of(program: str) -> dict[str, float]:
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=100, check=True
    )
    result: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return result


def test_the_first_frame_is_nearly_as_quick_as_an_empty_windows(capsys: pytest.CaptureFixture[str]) -> None:
    # Qt caches compiled QML: the first start after an installation does not count.
    result_of(OURS)
    empty, ours, ready = [], [], []
    for _ in range(7):
        empty.append(result_of(EMPTY)["ms"])
        took = result_of(OURS)
        ours.append(took["ms"])
        ready.append(took["ready"])
    ratio = min(ours) / min(empty)
    with capsys.disabled():
        print(
            f"\nfirst frame, black: {min(ours):.0f} ms; empty QML window {min(empty):.0f} ms; {ratio:.2f} x"
        )
        print(f"pages ready to be shown: {min(ready):.0f} ms")
    assert ratio <= MAX_RATIO


def test_nothing_of_visits_and_scenes_is_loaded_before_the_first_frame() -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, timeout=100, check=True
    )
    assert [name for name in json.loads(run.stdout) if name.startswith(SLOW_TO_LOAD)] == []


@pytest.mark.full
def test_memory_of_a_long_visit_stays_small(capsys: pytest.CaptureFixture[str]) -> None:
    peak_mb = result_of(VISIT)["mb"]
    with capsys.disabled():
        print(f"\nevery sample scene twice at 1080 x 1920: {peak_mb:.0f} MB at most")
    assert peak_mb <= MAX_MB
