"""Version of the installed distribution `cheval`."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final


def _version() -> str:
    try:
        return version("cheval")
    except PackageNotFoundError:
        return "0.0.0"  # a source tree that is not installed


VERSION: Final = _version()
"""For example "0.1.0"; "0.0.0" if the distribution is not installed."""
