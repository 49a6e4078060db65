"""Checks the payments' ledger, as the running store knows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.commands.doctor.network import disk_advice, disk_words

_ABOUT = "ledger"


def look(health: Mapping[str, Any]) -> Finding:
    """The finding about the ledger of a store that says this of itself; empty if none runs."""
    state = health.get("ledger")
    if not isinstance(state, dict):
        return note(
            _ABOUT,
            "not checked, because the store does not run",
            "Start it, or check every entry: cheval ledger audit.",
        )
    disk = health.get("disk")
    if isinstance(disk, dict) and disk.get("low"):
        return bad(_ABOUT, disk_words(disk), disk_advice(disk))
    advice = str(state.get("advice", ""))
    what_to_do = f"{advice[:1].upper()}{advice[1:]}."
    if not health.get("payments_closed"):
        if lost := [str(each) for each in state.get("lost") or ()]:
            return bad(
                _ABOUT,
                f"payments are open, but earlier ledgers are missing, damaged or changed: {'; '.join(lost)}",
                what_to_do,
            )
        return good(_ABOUT, "payments are open; `cheval ledger audit` checks every entry")
    return bad(_ABOUT, f"payments are closed: {state.get('why', '')}", what_to_do)
