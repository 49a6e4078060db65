"""Checks what a mirror has pinned of its store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.config import MirrorConfig
from kiosk.pairing.credentials import read_credentials
from kiosk.pairing.store_tls import pin_of_pem


def of_mirror(config: MirrorConfig, file: Path) -> Iterator[Finding]:
    """What a mirror has pinned."""
    if not config.store.startswith("https:"):
        return
    try:
        root = read_credentials(file).root
        if root:
            yield good("pin", f"the shop's root, SHA-256 {pin_of_pem(root)}")
            return
    except (OSError, ValueError) as error:
        yield bad(
            "pin", f"{file}: {error}", "Pair the mirror again: `cheval pair ROOM` on the store's computer."
        )
        return
    advice = "Pair the mirror again: `cheval pair ROOM` on the store's computer."
    yield note("pin", "none; a publicly trusted certificate of the store is accepted", advice)


def pinned(file: Path) -> str:
    """The root that a mirror has pinned (PEM); empty if there is none, or none that can be read."""
    try:
        return read_credentials(file).root
    except (OSError, ValueError):
        return ""


def own_token(file: Path) -> str:
    """The token of the mirror's pairing; empty if there is none, or none that can be read."""
    try:
        return read_credentials(file).token
    except (OSError, ValueError):
        return ""
