"""What the looks and sizes models were learned from, and when: for the store's health and for managers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.clock import US
from kiosk.store.advice.model_ranking import ModelRanking
from recommender.artefacts.freshness import ModelWarning, learned_at, model_warnings, stated_metadata
from recommender.artefacts.last_run import LastRun, RunOutcome, read_last_run
from recommender.artefacts.versions import version_folder


@dataclass(frozen=True, slots=True)
class LooksLearned:
    """The looks model in use. Times in microseconds, 0 if there is none; counts are 0 without a model.

    `matched_percent`: share of the history's events that name an item of the catalogue; -1 if an earlier version, which
    did not record it, trained the model. `message` says why the last run was refused or failed; it may name files.
    """

    version: str
    learned_at_us: int
    items: int
    events: int
    baskets: int
    matched_percent: int
    last_run_at_us: int
    last_run: RunOutcome | None
    message: str
    warnings: tuple[ModelWarning, ...]


@dataclass(frozen=True, slots=True)
class SizesLearned:
    """The sizes model: when it was written (microseconds, 0 if there is none), and the answers it was learned from."""

    learned_at_us: int
    answers: int
    products: int


class LearnedModels:
    """Reads what the models state about themselves and what the last training run left."""

    def __init__(
        self,
        ranking: ModelRanking,
        looks: Path | None,
        sizes: Path | None,
        stale_after_days: int,
        now_us: Callable[[], int],
        *,
        sizes_in_use: bool = True,
    ) -> None:
        """`sizes_in_use`: whether the sizes model could be read; a damaged one states what nobody is advised by."""
        self._ranking, self._looks, self._sizes = ranking, looks, sizes
        self._stale_after_days, self._now = stale_after_days, now_us
        self._sizes_in_use = sizes_in_use

    def looks(self) -> LooksLearned | None:
        """The looks model in use; None if none is configured."""
        if self._looks is None:
            return None
        version, metadata = self._ranking.version, self._ranking.metadata
        at = learned_at(version_folder(self._looks, version) if version else self._looks)
        return looks_learned(
            version, metadata, at, read_last_run(self._looks), self._stale_after_days, self._now() // US
        )

    def sizes(self) -> SizesLearned | None:
        """The sizes model in use; None if none is configured."""
        if self._sizes is None:
            return None
        if not self._sizes_in_use:
            return SizesLearned(0, 0, 0)
        metadata = stated_metadata(self._sizes)
        return SizesLearned(
            (learned_at(self._sizes) or 0) * US, _count(metadata, "answers"), _count(metadata, "products")
        )


def looks_learned(
    version: str,
    metadata: Mapping[str, Any],
    at: int | None,
    run: LastRun | None,
    stale_after_days: int,
    now: int,
) -> LooksLearned:
    """A looks model from its metadata (empty: no model is in use), its age and the last run; times in seconds."""
    matched = metadata.get("matched")
    ended = 0 if run is None else run.began if run.ended is None else run.ended
    return LooksLearned(
        version,
        (at or 0) * US if metadata else 0,
        _count(metadata, "items"),
        _count(metadata, "events"),
        _count(metadata, "baskets"),
        round(100 * matched) if isinstance(matched, float) else -1,
        ended * US,
        None if run is None else run.outcome,
        "" if run is None or run.good else run.message,
        model_warnings(at if metadata else None, run, stale_after_days, now),
    )


def _count(metadata: Mapping[str, Any], name: str) -> int:
    count = metadata.get(name, 0)
    return count if isinstance(count, int) else 0
