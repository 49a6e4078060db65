"""What the tables of a run are compared with: the served model, or what is left of one that cannot be read.

A damaged model must not make the next run the first one: everything that was lost since would be accepted. Without the
served model, its items are those of the newest version that can be verified, and its counts are those of its manifest.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recommender.artefacts import versions
from recommender.artefacts.freshness import stated_metadata
from recommender.errors import ModelError
from recommender.looks.serving import artefact
from recommender.looks.serving.model import LooksModel

_COUNTS = ("items", "events", "baskets", "repeated", "matched")


@dataclass(frozen=True, slots=True)
class TrainedOn:
    """Ids of the items of a model, empty if they are not known, and the counts of its metadata by name."""

    items: tuple[str, ...] = ()
    counts: Mapping[str, float] | None = None
    damage: str = ""
    """Why the served model cannot be read; empty if it can."""

    @property
    def known(self) -> bool:
        """Whether anything is left to compare with."""
        return bool(self.items or self.counts)

    @staticmethod
    def of(model: LooksModel) -> "TrainedOn":
        """What a model was trained on."""
        return TrainedOn(model.items.ids, _counts(model.metadata))


@dataclass(frozen=True, slots=True)
class Before:
    """The served model, None if there is none that may be served; and what it was trained on, None before the first
    publication."""

    served: LooksModel | None
    trained_on: TrainedOn | None


def before_run(root: Path, key: bytes | None) -> Before:
    """Reads what is published in `root`."""
    try:
        version = versions.read_served(root).version
        served = artefact.read(versions.version_folder(root, version), key=key)
    except ModelError as error:
        return Before(None, _remains(root, key, str(error)) if _was_published(root) else None)
    return Before(served, TrainedOn.of(served))


def _was_published(root: Path) -> bool:
    files = (root / versions.CURRENT_FILE, root / versions.POPULAR)
    return any(file.exists() for file in files) or bool(versions.versions_on_disk(root))


def _remains(root: Path, key: bytes | None, damage: str) -> TrainedOn:
    """What is known of a model that cannot be read. Its manifest is used even if its seal does not match."""
    try:
        pointer = versions.read_served(root)
        named = (pointer.version, *pointer.previous)
    except ModelError:
        named = ()
    names = tuple(dict.fromkeys((*named, *versions.versions_on_disk(root))))
    counts = next(filter(None, (_counts(_stated(root, name)) for name in names)), None)
    for name in names:
        try:
            earlier = artefact.read(versions.version_folder(root, name), key=key)
        except ModelError:
            continue
        return TrainedOn(earlier.items.ids, counts, damage)
    return TrainedOn((), counts, damage)


def _stated(root: Path, version: str) -> dict[str, Any]:
    return stated_metadata(versions.version_folder(root, version))


def _counts(metadata: Mapping[str, Any]) -> dict[str, float]:
    """The counts of a metadata; those that are no numbers are left out."""
    stated = {name: metadata.get(name) for name in _COUNTS}
    return {
        name: value
        for name, value in stated.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    }
