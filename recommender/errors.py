"""Error tree of the recommender.

RecommenderError
├── TableError          a catalogue, history or stylists' file that cannot be used (permanent)
│   └── TableMissingError    the file does not exist
├── LossError           tables that have lost more than allowed since the served model was trained (permanent until
│                       they are corrected, or the loss is accepted)
├── BusyError           another process trains into the same folder (passing)
├── ModelError          a model that must not be served (permanent: train again or roll back)
│   ├── ModelMissingError    no model, or one of its files is missing
│   ├── ModelTamperedError   a file differs from the manifest, or the manifest from its seal
│   ├── ModelMalformedError  unreadable, truncated, pickled, wrong shape, not finite
│   └── WrongCatalogueError  trained for another catalogue than the one asked for
├── TrainingError       a history that is not enough to train on (permanent until there is more)
└── PublishError        the gate refused the model, or there is no earlier version
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class RecommenderError(Exception):
    """Root of the tree; `str()` is one sentence for a person."""


class TableError(RecommenderError):
    """A table that cannot be used. `mistakes` lists every problem found, not only the first."""

    def __init__(self, source: str, mistakes: Sequence[str]) -> None:
        self.source = source
        self.mistakes = tuple(mistakes)
        super().__init__(f"{source}: " + "; ".join(self.mistakes))


class TableMissingError(TableError):
    """The file of a table does not exist."""


class LossError(RecommenderError):
    """Tables that have lost more than allowed since the served model was trained. `losses` lists each of them."""

    def __init__(self, losses: Sequence[str]) -> None:
        self.losses = tuple(losses)
        super().__init__("; ".join(self.losses))


class BusyError(RecommenderError):
    """Another process trains into the same folder."""


class ModelError(RecommenderError):
    """A model that must not be served; `path` is the folder, `fact` the reason."""

    def __init__(self, path: Path | str, fact: str) -> None:
        self.path = path
        self.fact = fact
        super().__init__(f"model {str(path).rsplit('/', 1)[-1]}: {fact}")


class ModelMissingError(ModelError):
    """There is no model, or one of its files is missing."""


class ModelTamperedError(ModelError):
    """A file differs from the manifest, or the manifest from its seal."""


class ModelMalformedError(ModelError):
    """Unreadable, truncated, pickled, of a wrong shape, or not finite."""


class WrongCatalogueError(ModelError):
    """The model was trained for another catalogue than the one it was asked to serve."""


class TrainingError(RecommenderError):
    """The history is not enough to train on."""


class PublishError(RecommenderError):
    """The gate refused the model, or there is no earlier version to go back to."""
