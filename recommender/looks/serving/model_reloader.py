"""Keeps the served looks model loaded: a newly published model replaces it without a restart, a broken one
never does.

If the served version cannot be read, the latest earlier version is used. Without any model, the best sellers
of the last published model are available; ranking without a model is the store's task.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, unique
from typing import TYPE_CHECKING

from recommender.artefacts import versions
from recommender.errors import ModelError
from recommender.inputs.stylist_looks import StylistLook
from recommender.looks.serving.looks import LooksRecommender

if TYPE_CHECKING:
    from pathlib import Path


NO_MODEL = "no model is published: `cheval train` trains one"


@unique
class ModelSource(Enum):
    """Source of the suggestions, in order of preference. The values appear in log lines."""

    SERVED = "the served model"
    LAST_GOOD = "an earlier model"
    BEST_SELLERS = "best sellers"
    STYLIST = "the stylist's looks"


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A loaded model, and the name of the version (or the file stamp of the folder) it was read from."""

    looks: LooksRecommender
    name: str


class ModelReloader:
    """The model of a folder of versions. Call `refresh` regularly.

    `source` states where suggestions come from, `problems` why not from a better source.
    """

    def __init__(self, root: Path, stylist: Sequence[StylistLook] = (), key: bytes | None = None) -> None:
        self._root = root
        self._stylist = tuple(stylist)
        self._key = key
        self._loaded: LoadedModel | None = None
        self._seen: str | None = None
        self._absent_before = False
        self._popular: tuple[tuple[str, int, int], ...] = ()
        self.source = ModelSource.STYLIST
        self.problems: tuple[str, ...] = ()
        self.refresh()

    @property
    def looks(self) -> LooksRecommender | None:
        """The loaded model; None if there is none."""
        return self._loaded.looks if self._loaded else None

    @property
    def version(self) -> str:
        """Name of the loaded version; empty if there is none, or if the root is a single model folder."""
        return self._loaded.name.partition("@")[0] if self._loaded else ""

    @property
    def best_sellers(self) -> tuple[tuple[str, int], ...]:
        """Best sellers (item id, sales) of the last published model; read only when no model can be loaded."""
        return tuple((item, sales) for item, _, sales in self._popular)

    def set_stylist_looks(self, stylist: Sequence[StylistLook]) -> None:
        """Replaces the stylists' looks."""
        if tuple(stylist) == self._stylist:
            return
        self._stylist = tuple(stylist)
        if self._loaded is not None:
            self._loaded = LoadedModel(
                LooksRecommender(self._loaded.looks.model, self._stylist), self._loaded.name
            )

    def refresh(self) -> bool:
        """Loads a newly published model if there is one; returns whether the loaded model changed.

        If the folder holds no model, the loaded one is kept until the next call: the new one may be about to
        be moved into place.
        """
        name = self._served_name()
        absent_before, self._absent_before = self._absent_before, name is None
        if self._loaded is not None and (name == self._seen or (name is None and not absent_before)):
            return False
        before, self._seen = self._loaded, name
        problems: list[str] = []
        for candidate, folder in self._candidates():
            loaded = self._read(candidate, folder, problems)
            if loaded is not None:
                self._loaded, self.problems = loaded, tuple(problems)
                self.source = ModelSource.LAST_GOOD if problems else ModelSource.SERVED
                return loaded is not before
        self.problems = tuple(problems) or (NO_MODEL,)
        if self._loaded is not None:
            self.source = ModelSource.LAST_GOOD
            return False
        self._popular = _popular(self._root)
        self.source = ModelSource.BEST_SELLERS if self._popular else ModelSource.STYLIST
        return False

    def _read(self, name: str, folder: Path, problems: list[str]) -> LoadedModel | None:
        """The model of a folder: the loaded one if it is the same, else read and verified."""
        if self._loaded is not None and self._loaded.name == name:
            return self._loaded
        try:
            return LoadedModel(LooksRecommender.open(folder, key=self._key, stylist=self._stylist), name)
        except ModelError as error:
            problems.append(str(error))
            return None

    def _served_name(self) -> str | None:
        """Name of what is served, without reading it."""
        try:
            return versions.read_served(self._root).version
        except ModelError:
            return _stamp(self._root)

    def _candidates(self) -> list[tuple[str, Path]]:
        """Name and folder of every model that could be served, in order of preference; a single model folder
        last."""
        try:
            now = versions.read_served(self._root)
            listed = [now.version, *now.previous]
        except ModelError:
            listed = []
        names = dict.fromkeys([*listed, *versions.versions_on_disk(self._root)])
        found = [(name, versions.version_folder(self._root, name)) for name in names]
        stamp = _stamp(self._root)
        return [*found, (stamp, self._root)] if stamp else found


def _stamp(root: Path) -> str | None:
    """A name for a root that is a single model folder; changes when the folder is replaced. None if it is not
    one."""
    try:
        stated = (root / "manifest.json").stat()
    except OSError:
        return None
    return f"@{stated.st_ino}.{stated.st_mtime_ns}.{stated.st_size}"


def _popular(root: Path) -> tuple[tuple[str, int, int], ...]:
    import json

    try:
        stated = json.loads((root / versions.POPULAR).read_text(encoding="utf-8"))
        return tuple((str(item), int(style), int(sales)) for item, style, sales in stated)
    except (OSError, ValueError, TypeError):
        return ()
