"""What follows from the list of stored things: the retention table, and what stays after an erasure."""

from __future__ import annotations

from kiosk.store.privacy.declared import STORED


def staying() -> tuple[tuple[str, str], ...]:
    """What stays after an erasure, and why: place and reason."""
    return tuple((", ".join(one.names), one.after_erasure) for one in STORED if one.after_erasure)


def table_lines() -> tuple[str, ...]:
    """The retention table in Markdown."""
    head = ("| where | stored | about | what | why | how long |", "|---|---|---|---|---|---|")
    rows = (
        f"| {s.where} | {', '.join(f'`{n}`' for n in s.names)} | {s.about.value} | {s.what} | {s.why} | {s.kept} |"
        for s in STORED
    )
    return (*head, *rows)
