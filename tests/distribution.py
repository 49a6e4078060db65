"""Which tests run together in one of several processes: those of one file, because they share servers and models.

pytest-xdist's own way for groups (`--dist loadgroup`) finds no group with pytest 9.2, and then says nothing.
"""

from __future__ import annotations

from typing import Final

from xdist.scheduler import LoadScopeScheduling

APART: Final = "apart-"
"""Begins the parameter of a test that is long enough to run by itself."""


def unit_of(nodeid: str) -> str:
    """The name of the unit that is given to one process: the test's file, or the test."""
    return nodeid if f"[{APART}" in nodeid else nodeid.split("::", 1)[0]


class FilesTogether(LoadScopeScheduling):  # type: ignore[misc] # pytest-xdist has no types
    """Gives whole files to the processes."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
