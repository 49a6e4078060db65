"""What can go wrong with the glass itself.

GlassError
└── GlassBroken   the QML module could not be loaded: permanent, the installation is incomplete
"""

from __future__ import annotations


class GlassError(Exception):
    """Root of all errors of the screen."""


class GlassBroken(GlassError):  # noqa: N818 - it says the state of the glass
    """The glass cannot be drawn; carries what Qt says of it."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"the screen's files cannot be loaded: {why}")
