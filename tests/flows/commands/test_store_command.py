"""`cheval store` as systemd runs it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def test_systemd_learns_that_it_is_ready_and_that_its_clock_goes_on(
    tmp_path: Path, free_port: Callable[[], int]
) -> None:
    file = tmp_path / "store.yaml"
    settings = {"state": str(tmp_path / "state"), "listen": {"port": free_port()}, "rooms": {"1": {}}}
    file.write_text(json.dumps(settings), encoding="utf-8")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(60)
        with subprocess.Popen(
            [sys.executable, "-m", "kiosk", "store", "--config", str(file)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "NOTIFY_SOCKET": str(tmp_path / "notify")},
        ) as store:
            messages = [systemd.recv(100) for _ in range(3)]
            store.send_signal(signal.SIGTERM)
            assert store.wait(60) == 0
    assert messages == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
