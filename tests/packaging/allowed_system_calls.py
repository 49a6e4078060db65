"""The system calls that a unit allows, as systemd computes them from its SystemCallFilter lines (systemd.exec(5))."""

from __future__ import annotations

import re
import subprocess

ALWAYS = {"execve", "exit", "exit_group", "getrlimit", "rt_sigreturn", "sigreturn", "clock_gettime", "time"}
"""Allowed whatever the filter says: systemd.exec(5), SystemCallFilter."""


def group(name: str) -> set[str]:
    """The calls of a group such as @resources, with those of the groups in it."""
    shown = subprocess.run(
        ["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, timeout=60, check=True
    )
    found: set[str] = set()
    for word in re.findall(r"^    ([@a-z0-9_-]+)$", shown.stdout, re.MULTILINE):
        found |= group(word) if word.startswith("@") else {word}
    return found


def allowed(unit: str) -> set[str]:
    """The calls that the text of a unit allows. Its first line must be a list of allowed calls, as in ours."""
    found = set(ALWAYS)
    for line in re.findall(r"^SystemCallFilter=(.*)$", unit, re.MULTILINE):
        names = line.removeprefix("~").split()
        calls = set().union(*(group(name) if name.startswith("@") else {name} for name in names))
        found = found - calls if line.startswith("~") else found | calls
    return found | ALWAYS
