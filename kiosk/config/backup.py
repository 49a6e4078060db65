"""Configuration of back-ups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from kiosk.config.types import Place, Section, shaped

PublicKey = Annotated[
    str,
    shaped(r"cheval-backup-public-[0-9a-f]{72}", "the public key that `cheval backup --new-key FILE` prints"),
]


class Backup(Section):
    """Back-ups (`cheval backup`), encrypted with the public part of a key; the retailer keeps its secret part."""

    public_key: PublicKey | None = None
    """Printed by `cheval backup --new-key FILE`. Without it no back-ups are made."""
    folder: Place = Path("/var/backups/cheval-store")
    """Folder for back-ups, better on another machine or disk. The store's user must be able to write to it."""
    keep: Annotated[int, Field(ge=0, le=10_000)] = 14
    """How many back-ups stay in the folder; older ones are deleted after a new one was verified. 0: all."""
    overdue_hours: Annotated[int, Field(ge=1, le=8760)] = 36
    """Hours after which the store's health and `cheval doctor` report that the last good back-up is too old."""
