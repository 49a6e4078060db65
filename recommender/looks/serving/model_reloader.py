"""Advice that is always there: the served model, else the last good one, else best sellers, else the stylist's looks.

A store opens this once and calls `refresh` now and then; a newly published model is taken over without a restart, and
a broken one never takes the place of a good one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, unique
from typing import TYPE_CHECKING

from recommender.artefacts import versions
from recommender.errors import ModelError
from recommender.inputs.stylist_looks import StylistLook
from recommender.looks.serving.looks import (
    LooksRecommender,
    PriceBandLimits,
    ScoredItem,
    ShopperProfile,
    StockFilter,
)
from recommender.looks.serving.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from pathlib import Path


NO_MODEL = "no model is published: `cheval train` makes one"


@unique
class ModelSource(Enum):
    """Where the advice comes from now, the best first."""

    SERVED = "the served model"
    LAST_GOOD = "an earlier model"
    BEST_SELLERS = "best sellers"
    STYLIST = "the stylist's looks"


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model at hand and the folder (with its stamp) it was read from."""

    looks: LooksRecommender
    named: str


class ModelReloader:
    """Answers like `Looks`, whatever is broken. `source` says where from, `trouble` why not from the best."""

    def __init__(self, root: Path, stylist: Sequence[StylistLook] = (), key: bytes | None = None) -> None:
        self._root = root
        self._stylist = tuple(stylist)
        self._key = key
        self._loaded: LoadedModel | None = None
        self._seen: str | None = None
        self._missed = False
        self._popular: tuple[tuple[str, int, int], ...] = ()
        self.source = ModelSource.STYLIST
        self.problems: tuple[str, ...] = ()
        self.refresh()

    @property
    def looks(self) -> LooksRecommender | None:
        """The model at hand, if there is one."""
        return self._loaded.looks if self._loaded else None

    @property
    def version(self) -> str:
        """The name of the version at hand; empty where there is none, or where the root is one plain model."""
        return self._loaded.named.partition("@")[0] if self._loaded else ""

    @property
    def best_sellers(self) -> tuple[tuple[str, int], ...]:
        """What sold best when the last model was published, with its sales; asked for where no model can be read."""
        return tuple((item, sales) for item, _, sales in self._popular)

    def set_stylist_looks(self, stylist: Sequence[StylistLook]) -> None:
        """Takes over the stylist's looks of today."""
        if tuple(stylist) == self._stylist:
            return
        self._stylist = tuple(stylist)
        if self._loaded is not None:
            self._loaded = LoadedModel(
                LooksRecommender(self._loaded.looks.model, self._stylist), self._loaded.named
            )

    def refresh(self) -> bool:
        """Looks for a newly published model; whether another one is served now than before.

        A folder without any model is believed at the second look only: the new one may be on its way into place.
        """
        named = self._named()
        missed, self._missed = self._missed, named is None
        if self._loaded is not None and (named == self._seen or (named is None and not missed)):
            return False
        before, self._seen = self._loaded, named
        troubles: list[str] = []
        for name, folder in self._candidates():
            held = self._read(name, folder, troubles)
            if held is not None:
                self._loaded, self.problems = held, tuple(troubles)
                self.source = ModelSource.LAST_GOOD if troubles else ModelSource.SERVED
                return held is not before
        self.problems = tuple(troubles) or (NO_MODEL,)
        if self._loaded is not None:
            self.source = ModelSource.LAST_GOOD
            return False
        self._popular = _popular(self._root)
        self.source = ModelSource.BEST_SELLERS if self._popular else ModelSource.STYLIST
        return False

    def suggest(
        self,
        room: Sequence[str],
        k: int = 6,
        *,
        in_stock: StockFilter = None,
        exclude: Collection[str] = (),
        shopper: ShopperProfile | None = None,
        per_category: int | None = 2,
        price_band: PriceBandLimits | None = PriceBandLimits(),  # noqa: B008 - a frozen value
    ) -> tuple[ScoredItem, ...]:
        """As `Looks.suggest`; without a model only room, stock, exclusion and dislikes are respected."""
        if self._loaded is not None:
            return self._loaded.looks.suggest(
                room,
                k,
                in_stock=in_stock,
                exclude=exclude,
                shopper=shopper,
                per_category=per_category,
                price_band=price_band,
            )
        known = shopper or ShopperProfile()
        left_out = {*room, *exclude, *known.owned, *known.disliked}
        styles = {style for item, style, _ in self._popular if item in {*room, *known.disliked}}
        found = [*self._from_stylist(room), *self._best_sellers(styles)]
        taken: dict[str, ScoredItem] = {}
        for one in found:
            if one.item_id not in left_out and one.item_id not in taken and _in(in_stock, one.item_id):
                taken[one.item_id] = one
        return tuple(taken.values())[:k]

    def _read(self, name: str, folder: Path, troubles: list[str]) -> LoadedModel | None:
        """The model of a folder: the one at hand where it is the same, else read and proved."""
        if self._loaded is not None and self._loaded.named == name:
            return self._loaded
        try:
            return LoadedModel(LooksRecommender.open(folder, key=self._key, stylist=self._stylist), name)
        except ModelError as wrong:
            troubles.append(str(wrong))
            return None

    def _from_stylist(self, room: Sequence[str]) -> list[ScoredItem]:
        worn = [
            ScoredItem(piece, 1.0, Reason(ReasonKind.STYLIST, about))
            for look in self._stylist
            for piece, about in look.beside(room)
        ]
        if worn or self._popular:
            return worn
        return [
            ScoredItem(piece, 0.0, Reason(ReasonKind.STYLIST))
            for look in self._stylist
            for piece in look.pieces
        ]

    def _best_sellers(self, left_out: Collection[int]) -> list[ScoredItem]:
        most = max((sales for _, _, sales in self._popular), default=1)
        return [
            ScoredItem(item, sales / most, Reason(ReasonKind.POPULAR, count=sales))
            for item, style, sales in self._popular
            if style not in left_out
        ]

    def _named(self) -> str | None:
        """What is served, as far as can be told without reading it."""
        try:
            return versions.read_served(self._root).version
        except ModelError:
            return _stamp(self._root)

    def _candidates(self) -> list[tuple[str, Path]]:
        """Name and folder of every model that could be served, the best first; a plain model last of all."""
        try:
            now = versions.read_served(self._root)
            named = [now.version, *now.previous]
        except ModelError:
            named = []
        names = dict.fromkeys([*named, *versions.versions_on_disk(self._root)])
        found = [(name, versions.version_folder(self._root, name)) for name in names]
        stamp = _stamp(self._root)
        return [*found, (stamp, self._root)] if stamp else found


def _stamp(root: Path) -> str | None:
    """A name for a root that is one plain model folder, new whenever the folder is replaced; None where it is none."""
    try:
        told = (root / "manifest.json").stat()
    except OSError:
        return None
    return f"@{told.st_ino}.{told.st_mtime_ns}.{told.st_size}"


def _in(in_stock: StockFilter, item: str) -> bool:
    if in_stock is None or hasattr(in_stock, "dtype"):
        return True
    return in_stock(item) if callable(in_stock) else item in in_stock


def _popular(root: Path) -> tuple[tuple[str, int, int], ...]:
    import json

    try:
        told = json.loads((root / versions.POPULAR).read_text(encoding="utf-8"))
        return tuple((str(item), int(style), int(sales)) for item, style, sales in told)
    except (OSError, ValueError, TypeError):
        return ()
