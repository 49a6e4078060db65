"""Guard: some Qt for Python (6.12.0 on Python 3.11) aborts after about 500 emitted signals; ours must not."""

from __future__ import annotations

import subprocess
import sys

EMIT = """
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal(bool)

heard = 0

def hear(_):
    global heard
    heard += 1

bell = Bell()
bell.rung.connect(hear)
for _ in range(5000):
    bell.rung.emit(True)
print(heard)
"""


def emitted(program: str) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    return run.returncode, run.stdout.strip()


def test_five_thousand_signals_arrive() -> None:
    assert emitted(EMIT) == (0, "5000")


def test_a_process_that_aborts_is_seen() -> None:
    planted = EMIT.replace("heard += 1", "heard += 1\n    if heard == 500: __import__('os').abort()")
    assert emitted(planted) == (-6, "")
