"""Examines files with the rights of the program's own user: what root can read, the service's user perhaps cannot."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def service_user(part: str, state: Path, config: Path) -> str:
    """The user that runs the store or mirror: the owner of its state folder, else the package's user; "" if unknown."""
    try:
        return pwd.getpwuid(state.stat().st_uid).pw_name
    except (OSError, KeyError):
        pass
    # before the first start of the package's service its state folder is missing
    name = f"cheval-{part}" if config.resolve().parent == Path("/etc/cheval") else ""
    try:
        return pwd.getpwnam(name).pw_name if name else ""
    except KeyError:
        return ""


@contextmanager
def rights_of(user: str) -> Iterator[str]:
    """Gives this process the rights of a user for files, if it runs as root; the user, or "" if nothing was changed.

    Nothing is changed if that user cannot read this program: modules that are still to be imported would be missing.
    """
    if os.geteuid() != 0 or not user or (entry := pwd.getpwnam(user)).pw_uid == 0:
        yield ""
        return
    groups, group = os.getgroups(), os.getegid()
    os.initgroups(entry.pw_name, entry.pw_gid)
    os.setegid(entry.pw_gid)
    os.seteuid(entry.pw_uid)
    try:
        if _can_read_this_program():
            yield user
            return
    finally:
        os.seteuid(0)
        os.setegid(group)
        os.setgroups(groups)
    yield ""


def _can_read_this_program() -> bool:
    try:
        Path(__file__).open("rb").close()
    except OSError:
        return False
    return True
