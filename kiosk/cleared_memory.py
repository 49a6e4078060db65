"""Makes this process overwrite memory when it is released, so that nothing of a shopper stays after her visit.

Without it, released memory keeps its content until it is used again, which may be hours later. The C library of Debian
(glibc) overwrites released memory if it is told so in the environment before the process starts; therefore the process
replaces itself once by the same program (same process id, same arguments). Every allocator follows: Python's
(`PYTHONMALLOC=malloc`), Qt's, OpenSSL's. What is proved by reading `/proc/PID/mem` is in `tests/faults/visit_memory`.
"""

from __future__ import annotations

import os
import sys
from typing import Final

_TUNABLES: Final = {"glibc.malloc.perturb": "170", "glibc.malloc.tcache_count": "0"}
"""Byte for overwriting (its complement is written at an allocation). The cache of each thread keeps released blocks as
they are, so it is off."""


def environment(present: dict[str, str]) -> dict[str, str]:
    """The environment of a process that overwrites what it releases."""
    named = dict(part.split("=", 1) for part in present.get("GLIBC_TUNABLES", "").split(":") if "=" in part)
    tunables = ":".join(f"{name}={value}" for name, value in {**named, **_TUNABLES}.items())
    return {**present, "GLIBC_TUNABLES": tunables, "PYTHONMALLOC": "malloc"}


def ensure() -> None:
    """Replaces this process, if it does not overwrite what it releases yet. To be called before anything is started."""
    present = dict(os.environ)
    wanted = environment(present)
    if wanted != present:
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], wanted)  # noqa: S606 this program again
