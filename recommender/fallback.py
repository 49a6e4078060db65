"""Advice that is always there: the served model, else the last good one, else best sellers, else the stylist's looks.

A store opens this once and calls `refresh` now and then; a newly published model is taken over without a restart, and
a broken one never takes the place of a good one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum, unique
from typing import TYPE_CHECKING

from recommender import versions
from recommender.errors import ModelError
from recommender.looks import InStock, Looks, PriceBand, Shopper, Suggestion
from recommender.reasons import Reason, ReasonKind
from recommender.stylist import StylistLook

if TYPE_CHECKING:
    from pathlib import Path


@unique
class Source(Enum):
    """Where the advice comes from now, the best first."""

    SERVED = "the served model"
    LAST_GOOD = "an earlier model"
    BEST_SELLERS = "best sellers"
    STYLIST = "the stylist's looks"


class Advice:
    """Answers like `Looks`, whatever is broken. `source` says where from, `trouble` why not from the best."""

    def __init__(self, root: Path, stylist: Sequence[StylistLook] = (), key: bytes | None = None) -> None:
        self._root = root
        self._stylist = tuple(stylist)
        self._key = key
        self._looks: Looks | None = None
        self._seen: str | None = None
        self._popular: tuple[tuple[str, int, int], ...] = ()
        self.source = Source.STYLIST
        self.trouble: tuple[str, ...] = ()
        self.refresh()

    @property
    def looks(self) -> Looks | None:
        """The model at hand, if there is one."""
        return self._looks

    def refresh(self) -> bool:
        """Looks for a newly published model; whether one was taken over."""
        named = self._named()
        if self._looks is not None and self._seen == named:
            return False
        self._seen = named
        troubles: list[str] = []
        for folder in self._candidates():
            try:
                looks = Looks.open(folder, key=self._key, stylist=self._stylist)
            except ModelError as wrong:
                troubles.append(str(wrong))
                continue
            self._looks, self.trouble = looks, tuple(troubles)
            self.source = Source.LAST_GOOD if troubles else Source.SERVED
            return True
        self.trouble = tuple(troubles) or ("no model is published",)
        if self._looks is None:
            self._popular = _popular(self._root)
            self.source = Source.BEST_SELLERS if self._popular else Source.STYLIST
        return False

    def suggest(
        self,
        room: Sequence[str],
        k: int = 6,
        *,
        in_stock: InStock = None,
        exclude: Collection[str] = (),
        shopper: Shopper | None = None,
        per_category: int | None = 2,
        price_band: PriceBand | None = PriceBand(),  # noqa: B008 - a frozen value
    ) -> tuple[Suggestion, ...]:
        """As `Looks.suggest`; without a model only room, stock, exclusion and dislikes are respected."""
        if self._looks is not None:
            return self._looks.suggest(
                room,
                k,
                in_stock=in_stock,
                exclude=exclude,
                shopper=shopper,
                per_category=per_category,
                price_band=price_band,
            )
        known = shopper or Shopper()
        left_out = {*room, *exclude, *known.owned, *known.disliked}
        styles = {style for item, style, _ in self._popular if item in {*room, *known.disliked}}
        found = [*self._from_stylist(room), *self._best_sellers(styles)]
        taken: dict[str, Suggestion] = {}
        for one in found:
            if one.item_id not in left_out and one.item_id not in taken and _in(in_stock, one.item_id):
                taken[one.item_id] = one
        return tuple(taken.values())[:k]

    def _from_stylist(self, room: Sequence[str]) -> list[Suggestion]:
        worn = [
            Suggestion(piece, 1.0, Reason(ReasonKind.STYLIST, about))
            for look in self._stylist
            for piece, about in look.beside(room)
        ]
        if worn or self._popular:
            return worn
        return [
            Suggestion(piece, 0.0, Reason(ReasonKind.STYLIST))
            for look in self._stylist
            for piece in look.pieces
        ]

    def _best_sellers(self, left_out: Collection[int]) -> list[Suggestion]:
        most = max((sales for _, _, sales in self._popular), default=1)
        return [
            Suggestion(item, sales / most, Reason(ReasonKind.POPULAR, count=sales))
            for item, style, sales in self._popular
            if style not in left_out
        ]

    def _named(self) -> str | None:
        """What is served, as far as can be told without reading it."""
        try:
            return versions.standing(self._root).version
        except ModelError:
            manifest = self._root / "manifest.json"
            return str(manifest.stat().st_mtime_ns) if manifest.exists() else None

    def _candidates(self) -> list[Path]:
        if (self._root / "manifest.json").exists():
            return [self._root]
        try:
            now = versions.standing(self._root)
            named = [now.version, *now.before]
        except ModelError:
            named = []
        names = dict.fromkeys([*named, *versions.on_disk(self._root)])
        return [versions.folder_of(self._root, name) for name in names]


def _in(in_stock: InStock, item: str) -> bool:
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
