"""Everything that can go wrong in the recommender, as one tree of typed errors.

RecommenderError
├── TableError          a catalogue, history or stylist's file that cannot be used (permanent)
├── ModelError          a model that must not be served (permanent: train or roll back)
│   ├── ModelMissingError    there is no model, or a file of it is absent
│   ├── ModelTamperedError   bytes differ from what the manifest vouches for, or the seal is wrong
│   ├── ModelMalformedError  unreadable, truncated, pickled, wrong shape, not finite
│   └── WrongCatalogueError  made for another catalogue than the one asked for
├── TrainingError       a history from which nothing can be learned (permanent until there is more)
└── PublishError        the gate said no, or there is nothing to go back to
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class RecommenderError(Exception):
    """Root of the tree; `str()` is one plain sentence for a person."""


class TableError(RecommenderError):
    """A table that cannot be used; carries every mistake found, not only the first."""

    def __init__(self, source: str, mistakes: Sequence[str]) -> None:
        self.source = source
        self.mistakes = tuple(mistakes)
        super().__init__(f"{source}: " + "; ".join(self.mistakes))


class ModelError(RecommenderError):
    """A model that must not be served; `path` says which, `fact` says why."""

    def __init__(self, path: Path | str, fact: str) -> None:
        self.path = path
        self.fact = fact
        super().__init__(f"model {str(path).rsplit('/', 1)[-1]}: {fact}")


class ModelMissingError(ModelError):
    """No model there, or one of its files is absent."""


class ModelTamperedError(ModelError):
    """A file differs from what the manifest vouches for, or the manifest from its seal."""


class ModelMalformedError(ModelError):
    """Unreadable, truncated, pickled, of a wrong shape, or not finite."""


class WrongCatalogueError(ModelError):
    """The model belongs to another catalogue than the one it was asked to serve."""


class TrainingError(RecommenderError):
    """A history from which nothing can be learned."""


class PublishError(RecommenderError):
    """The gate refused the model, or there is no earlier model to go back to."""
