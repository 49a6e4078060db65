"""Checks the retailer's data in the running store: its age, what waits for a yes, and mistakes in the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.clock import US, now_us
from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.commands.feed_importers import CommandError, StoreImporter
from kiosk.commands.feed_table import loss_lines
from kiosk.store.api.feed_answers import FeedAnswer
from kiosk.store.staff.local_access import running_store

_ABOUT = "feed"


def look(folder: Path | None, state: Path) -> Iterator[Finding]:
    """Findings about the feed of the store with this state folder."""
    if folder is None:
        yield note(
            _ABOUT,
            "none; the catalogue is not updated",
            "Write the retailer's directory into catalogue.feed.",
        )
        return
    try:
        running = running_store(state)
    except OSError as error:
        yield note(_ABOUT, f"{error.filename}: {error.strerror}", "Run this as root or as the store's user.")
        return
    if running is None:
        yield note(
            _ABOUT, "what waits is not known, because the store does not run", "Start it: cheval store."
        )
        return
    try:
        yield from _of(StoreImporter(running).state())
    except CommandError as error:
        yield bad(_ABOUT, str(error), "Start the store again; its log says why it ended.")


def _of(found: FeedAnswer) -> Iterator[Finding]:
    for why in found.failed:
        yield bad(_ABOUT, why, "Correct the export; it is read again when it has changed.")
    if not found.read_us:
        yield note(_ABOUT, f"{found.folder}: nothing was read yet", "Let the export write its files there.")
        return
    yield good(_ABOUT, f"{found.folder}: read {age(now_us() - found.read_us)}")
    if found.stock_file_us:
        counted = age(now_us() - found.stock_counted_us)
        words = f"file written {age(now_us() - found.stock_file_us)}, oldest count {counted}"
        if found.sold_since_count:
            words += f"; articles sold after their last count: {found.sold_since_count}"
        yield (
            note("stock", words, "It is late: look after the export.")
            if found.stock_late
            else good("stock", words)
        )
    accept = (
        f"Take it over: `cheval import --accept --shown {found.revision}`, or on the associates' page, as a manager; "
        "or correct the export."
    )
    for loss in found.waiting:
        yield note("waits for a yes", "\n        ".join(line.strip() for line in loss_lines(loss)), accept)
    if found.mistakes:
        where = found.report or "`cheval import --verbose`"
        yield note(
            "mistakes in the feed", f"{found.mistakes}; what is known of these lines stays", f"See {where}."
        )


def age(age_us: int) -> str:
    """An age in words; `age_us` in microseconds."""
    minutes = max(0, age_us) // (60 * US)
    if minutes < 120:
        return f"{minutes} min ago"
    hours = minutes // 60
    return f"{hours} h ago" if hours < 48 else f"{hours // 24} days ago"
