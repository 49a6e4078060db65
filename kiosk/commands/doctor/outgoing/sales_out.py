"""Checks where sales are given to: the configuration, what waits, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.config.sales.sales_out import SalesOut
from kiosk.store.sales_out.destinations import destination_mistake

_MINUTE_US: Final = 60_000_000


def look(configured: SalesOut, health: Mapping[str, Any], now_us: int) -> Iterator[Finding]:
    """A finding for each destination; none if there are none. `health`: of the running store, empty if none runs."""
    running = {
        str(each.get("name")): each for each in health.get("sales_out") or () if isinstance(each, dict)
    }
    for name, each in configured.destinations.items():
        about = f"sales for {name}"
        if mistake := destination_mistake(name, each):
            yield bad(about, mistake, "Correct it in `sales_out` of the store's file.")
        elif name in running:
            yield _of_running(about, name, running[name], now_us)
        else:
            yield note(about, "can be used; no running store says what it has taken")


def _of_running(about: str, name: str, state: Mapping[str, Any], now_us: int) -> Finding:
    why = " ".join(str(state.get("why") or "no reason given").split())[:200]
    waiting, oldest_us = state.get("waiting"), state.get("oldest_us")
    since = ""
    if isinstance(oldest_us, int):
        since = f", the oldest for {max(0, now_us - oldest_us) // _MINUTE_US} minutes"
    if state.get("stopped") is True:
        return bad(
            about,
            f"it refuses a document ({why}); {waiting} wait{since}",
            f"Remove the cause, then `cheval sales-out retry {name}`; or `cheval sales-out skip {name} --reason WHY`.",
        )
    if state.get("failing") is True:
        return bad(
            about,
            f"{waiting} documents wait{since}: {why}",
            "They are kept, and tried again. Mend what is said.",
        )
    if waiting:
        return note(about, f"{waiting} documents wait{since}")
    return good(about, "it has taken all documents")
