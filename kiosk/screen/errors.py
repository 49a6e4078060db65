"""What can go wrong with the glass itself.

ScreenError
└── ScreenLoadError   the QML module could not be loaded: permanent, the installation is incomplete
"""

from __future__ import annotations


class ScreenError(Exception):
    """Root of all errors of the screen."""


class ScreenLoadError(ScreenError):
    """The glass cannot be drawn; carries what Qt says of it."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"the screen's files cannot be loaded: {why}")
