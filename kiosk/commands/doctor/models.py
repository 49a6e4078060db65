"""Checks the models of looks and sizes: whether they can be read, when they were learned, and on how much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from hardware.regular_files import MAX_KEY_BYTES, read_regular
from kiosk.clock import US
from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.store.advice.learned import LooksLearned, looks_learned
from recommender.artefacts.freshness import ModelWarning, learned_at, stated_metadata
from recommender.artefacts.last_run import read_last_run
from recommender.artefacts.versions import resolve_model
from recommender.errors import ModelError
from recommender.looks.serving import artefact
from recommender.sizes.serving.advisor import SizeAdvisor

_LOOKS, _RUN = "looks model", "looks training"
_LOG = "journalctl -u cheval-train"


def looks_model(
    folder: Path | None, key_file: Path | None, stale_after_days: int, now_us: int
) -> Iterator[Finding]:
    """The looks model that is served is complete and unchanged, is as new as expected, and the last run was good.

    `key_file` holds the key of its seal, if it has one.
    """
    if folder is None:
        yield note(
            _LOOKS,
            "none; best-selling items are suggested",
            "Write a folder into `recommender.model`, then run `cheval train`.",
        )
        return
    run = read_last_run(folder)
    if run is None and not folder.exists():
        yield note(_LOOKS, f"{folder}: none yet; best-selling items are suggested", "Train it: cheval train.")
        return
    at, metadata = None, {}
    try:
        served = resolve_model(folder)
        model = artefact.read(served, key=read_regular(key_file, MAX_KEY_BYTES) if key_file else None)
        at, metadata = learned_at(served), model.metadata
    except (ModelError, OSError) as error:
        yield bad(_LOOKS, str(error), "Train it again: cheval train.")
    learned = looks_learned("", metadata, at, run, stale_after_days, now_us // US)
    if metadata:
        yield good(_LOOKS, f"{folder}: {_described(learned)}")
    yield from _run_findings(learned, stale_after_days)


def sizes_model(folder: Path | None) -> Iterator[Finding]:
    """The sizes model can be read; nothing if none is configured."""
    if folder is None:
        return
    about = "sizes model"
    try:
        SizeAdvisor.open(folder)
    except ModelError as error:
        yield bad(about, str(error), "Train it again: cheval models train-fit.")
        return
    metadata = stated_metadata(folder)
    counts = f"from {metadata.get('answers', 0)} answers about {metadata.get('products', 0)} products"
    yield good(about, f"{folder}: learned {_time(learned_at(folder) or 0)}, {counts}")


def _described(learned: LooksLearned) -> str:
    text = (
        f"learned {_time(learned.learned_at_us // US)}, {learned.items} items, "
        f"{learned.events} events in {learned.baskets} baskets"
    )
    if learned.matched_percent < 0:
        return text
    return f"{text}; {learned.matched_percent} % of the events name an item of the catalogue"


def _run_findings(learned: LooksLearned, stale_after_days: int) -> Iterator[Finding]:
    at = _time(learned.last_run_at_us // US)
    if ModelWarning.REFUSED in learned.warnings:
        yield bad(_RUN, f"{at}: {learned.message}", f"See {_LOG}.")
    if ModelWarning.FAILED in learned.warnings:
        yield bad(_RUN, f"{at}: failed: {learned.message}", f"See {_LOG}, then run `cheval train`.")
    if ModelWarning.KILLED in learned.warnings:
        yield bad(_RUN, f"began {at} and never ended", f"See {_LOG} (memory, disk), then run `cheval train`.")
    if ModelWarning.STALE in learned.warnings:
        yield note(
            _RUN,
            f"more than {stale_after_days} days ago",
            "systemctl enable --now cheval-train.timer, or change recommender.stale_after_days.",
        )


def _time(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
