"""Errors of the screen.

ScreenError
└── ScreenLoadError   the QML module could not be loaded: permanent: the installation is incomplete
"""

from __future__ import annotations


class ScreenError(Exception):
    """Base class of the errors of the screen."""


class ScreenLoadError(ScreenError):
    """The QML module could not be loaded; `why` is the message of Qt."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"the screen's files cannot be loaded: {why}")
