"""Which Debian package contains a library that this installation lacks; each package has only what it needs."""

from __future__ import annotations

from typing import Final

STORE: Final = "cheval-store"
MIRROR: Final = "cheval-mirror"
STORE_LIBRARIES: Final = frozenset({
    "PIL", "alembic", "argon2", "babel", "escpos", "fastapi", "jinja2", "lightfm", "numpy", "prometheus_client",
    "psycopg", "pyarrow", "scipy", "sklearn", "sqlalchemy", "starlette", "stripe", "threadpoolctl", "usb", "uvicorn",
})  # fmt: skip
"""Modules that the mirror's package lacks. An import contract keeps the mirror's program away from them."""
MIRROR_LIBRARIES: Final = frozenset({"PySide6", "shiboken6"})
"""Modules that the store's package lacks."""


def package_with(module: str | None) -> str | None:
    """The package that contains a missing module; None if it is in both or unknown."""
    top = (module or "").partition(".")[0]
    if top in STORE_LIBRARIES:
        return STORE
    return MIRROR if top in MIRROR_LIBRARIES else None
