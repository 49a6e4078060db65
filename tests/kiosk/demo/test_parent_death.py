"""A child process of the demo ends with its parent, even if the parent is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

STARTER = """
import sys, time
from pathlib import Path
from kiosk.demo.processes import Child
child = Child("hardware.sim.radio", "--port", "0", "--control-port", "0", log=Path(sys.argv[1]))
child.ready()
print(child._process.pid, flush=True)
time.sleep(600)
"""


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_killed_demo_takes_its_children_along(tmp_path: Path) -> None:
    demo = subprocess.Popen([sys.executable, "-c", STARTER, str(tmp_path / "log")], stdout=subprocess.PIPE)
    assert demo.stdout is not None
    child = json.loads(demo.stdout.readline())
    assert alive(child)
    os.kill(demo.pid, signal.SIGKILL)
    demo.wait(10)
    demo.stdout.close()
    until = time.monotonic() + 10
    while alive(child):
        assert time.monotonic() < until, "the reader's simulator goes on by itself"
        time.sleep(0.05)
