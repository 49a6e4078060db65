"""User and group of the child processes of a check, so that they have its rights.

While root has taken the rights of the service's user, a child would otherwise have root as its real user: pcscd would
decide about root, and Qt ends in such a process.
"""

from __future__ import annotations

import os


def user() -> int | None:
    """The user id for `subprocess`; None to change nothing."""
    return os.geteuid() if os.geteuid() != os.getuid() else None


def group() -> int | None:
    """The group id for `subprocess`; None to change nothing."""
    return os.getegid() if os.geteuid() != os.getuid() else None
