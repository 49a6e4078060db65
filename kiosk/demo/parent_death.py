"""`python -m kiosk.demo.parent_death MODULE ...`: runs a module in a process that ends when its parent ends."""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys

_PR_SET_PDEATHSIG = 1
"""prctl(2), Linux: the signal sent to this process when the parent's thread ends."""


def main() -> None:
    """Ask for SIGTERM at the parent's end, then run the module."""
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        return
    module = sys.argv[1]
    sys.argv = sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
