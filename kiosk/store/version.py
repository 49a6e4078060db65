"""Which version of the store this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def _version() -> str:
    try:
        return version("cheval")
    except PackageNotFoundError:
        return "0.0.0"


VERSION = _version()
