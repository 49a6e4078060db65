"""What of an associate's row was set in the shop, and what comes from the feed."""

from __future__ import annotations

from typing import Any, Final

BY_HAND: Final[dict[str, Any]] = {
    "by_hand": True, "own_pin": True, "own_role": True, "barred": False, "pin_once": False,
}  # fmt: skip
"""The columns of a person who was added in the shop."""
OF_FEED: Final[dict[str, Any]] = dict.fromkeys(BY_HAND, False)

OWN_PIN_CHANGED: Final = "pin"
"""What the log of the staff says of a new PIN."""


def merged(row: dict[str, Any], known: Any) -> dict[str, Any]:
    """The row of a feed's line with what was set in the shop for the known row (None: there is none)."""
    if known is None:
        return {**row, **OF_FEED}
    own = {name: bool(getattr(known, name)) for name in OF_FEED}
    if own["own_pin"]:
        row = {**row, "pin_hash": known.pin_hash}
    if own["own_role"]:
        row = {**row, "role": known.role}
    return {**row, **own, "active": not own["barred"]}
