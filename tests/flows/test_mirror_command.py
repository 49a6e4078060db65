"""`cheval mirror` as a service manager runs it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest


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
    assert "there is no token_file" in mirror.stderr.readline(), "it logs what --check notes"
    said = mirror.stderr.readline()
    assert "no event stream from the store" in said, "it runs, and logs that no store answers"
    mirror.send_signal(signal.SIGTERM)
    rest = mirror.stderr.read()
    assert mirror.wait(20) == 0
    assert "Traceback" not in rest
    mirror.stderr.close()


def receive_all(systemd: socket.socket) -> None:
    """What was sent before the process was stopped; then nothing arrives any more, and TimeoutError is raised."""
    while True:
        systemd.recv(100)


def test_systemd_learns_of_the_first_frame_and_of_each_later_one(tmp_path: Path) -> None:
    file = tmp_path / "mirror.yaml"
    file.write_text(
        json.dumps({"store": "http://127.0.0.1:9", "room": "1", "screen": {"full_screen": False}}), "utf-8"
    )
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(30)
        surroundings = {
            "QT_QPA_PLATFORM": "offscreen",
            "NOTIFY_SOCKET": str(tmp_path / "notify"),
            "WATCHDOG_USEC": "2000000",
        }
        with subprocess.Popen(
            [sys.executable, "-m", "kiosk", "mirror", "--config", str(file)],
            stderr=subprocess.DEVNULL,
            env={**os.environ, **surroundings},
        ) as mirror:
            messages = [systemd.recv(100) for _ in range(3)]
            mirror.send_signal(signal.SIGSTOP)
            systemd.settimeout(3)
            with pytest.raises(TimeoutError):
                receive_all(systemd)
            mirror.kill()
    assert messages == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
