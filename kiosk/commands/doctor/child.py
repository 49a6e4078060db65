"""Runs a part of a check in a child process with the rights of the check.

While root has taken the rights of the service's user, a child would otherwise have root as its real user: pcscd would
decide about root, and Qt ends in such a process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping


def run_python(
    code: str, *arguments: str, timeout_s: float, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs Python code with the effective user and group of this process. `environment`: None for that of this process.

    Raises subprocess.TimeoutExpired after `timeout_s` seconds.
    """
    taken = os.geteuid() != os.getuid()
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
        user=os.geteuid() if taken else None,
        group=os.getegid() if taken else None,
    )
