"""`python -m kiosk.demo.leash MODULE ...`: runs a module that ends when whoever started it dies, however it dies."""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys

_PR_SET_PDEATHSIG = 1
"""prctl(2): the signal this process gets when its parent's thread ends; Linux only, like everything we support."""


def main() -> None:
    """Tie the leash, then become the module."""
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        return
    module = sys.argv[1]
    sys.argv = sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
