"""Errors of the catalogue's pictures."""

from __future__ import annotations


class UnreadablePictureError(Exception):
    """A file that is no picture, or too large."""
