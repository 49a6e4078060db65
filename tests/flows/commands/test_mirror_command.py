"""`cheval mirror` as a service manager runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path


def test_a_mirror_closes_in_order_after_sigterm(tmp_path: Path) -> None:
    file = tmp_path / "mirror.yaml"
    file.write_text(
        json.dumps({"store": "http://127.0.0.1:9", "room": "1", "screen": {"full_screen": False}}), "utf-8"
    )
    mirror = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "mirror", "--config", str(file)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert mirror.stderr is not None
    assert "not paired, so the store refuses it" in mirror.stderr.readline(), "it logs what --check notes"
    said = mirror.stderr.readline()
    assert "no event stream from the store" in said, "it runs, and logs that no store answers"
    mirror.send_signal(signal.SIGTERM)
    rest = mirror.stderr.read()
    assert mirror.wait(20) == 0
    assert "Traceback" not in rest
    mirror.stderr.close()
