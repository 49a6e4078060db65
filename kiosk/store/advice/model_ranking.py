"""Ranking by the trained looks model, with the fallback ranking after it.

The model is the published one, else the last valid one. A newly published model is loaded while the store runs.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import ItemId
from kiosk.store.advice.fallback_ranking import FallbackRanking
from kiosk.store.advice.port import RankedItem
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.db.database import Database
from recommender.looks.serving.looks import Reason, ReasonKind, ShopperProfile
from recommender.looks.serving.model_reloader import ModelReloader, ModelSource

log = logging.getLogger(__name__)
_REASONS = {
    ReasonKind.STYLIST: LookReason.STYLIST,
    ReasonKind.BOUGHT_TOGETHER: LookReason.BOUGHT_TOGETHER,
    ReasonKind.SAME_MATERIAL: LookReason.SAME_MATERIAL,
    ReasonKind.COMPLETES: LookReason.COMPLETES,
    ReasonKind.NEW_ARRIVAL: LookReason.NEW_ARRIVAL,
    ReasonKind.POPULAR: LookReason.POPULAR,
}
"""Reasons that the mirror can show; all others (SAME_DESIGNER, IN_KEEPING) become GOES_WITH."""
SALES_REFRESH_EVERY = 30
"""Sales are counted again at every so many calls of `refresh`, about once per minute."""
MAX_CANDIDATES_PER_PLACE = 20
"""So many candidates of the model are offered for each place of a list; the display rules choose among them."""
_INSTEAD = {
    ModelSource.LAST_GOOD: "the last valid model stays in use",
    ModelSource.BEST_SELLERS: "suggestions come from stylists and best sellers",
    ModelSource.STYLIST: "suggestions come from stylists and sales",
}


class ModelRanking:
    """Ranks by the model, then by the fallback ranking; by the latter alone if there is no model.

    `refresh` is to be called regularly by one thread (`Housekeeping`).
    """

    def __init__(self, reloader: ModelReloader | None, database: Database, stylist: StylistLooks) -> None:
        """`reloader` is None if no folder of models is configured."""
        self._reloader, self._stylist = reloader, stylist
        self._fallback = FallbackRanking(database, stylist, self._published)
        self._logged_problems: tuple[str, ...] = ()
        self._refreshes = 0
        self._log_problems()

    @property
    def source(self) -> ModelSource:
        """Where suggestions come from at present."""
        return self._reloader.source if self._reloader else ModelSource.STYLIST

    @property
    def version(self) -> str:
        """The version of the loaded model; empty if there is none, or if it is a single model folder."""
        return self._reloader.version if self._reloader else ""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What the loaded model was trained on; empty if there is none."""
        looks = self._reloader.looks if self._reloader else None
        return looks.model.metadata if looks is not None else {}

    def refresh(self) -> None:
        """Loads a newly published model and a changed file of stylists' looks."""
        self._stylist.reload_if_changed()
        self._refreshes += 1
        if self._refreshes % SALES_REFRESH_EVERY == 0:
            self._fallback.invalidate()
        if self._reloader is None:
            return
        self._reloader.set_stylist_looks(self._stylist.all())
        if self._reloader.refresh():
            self._fallback.invalidate()
            log.info("suggestions come from %s %s", self._reloader.source.value, self._reloader.version)
        self._log_problems()

    def suggest(
        self, room: Sequence[ItemId], without: Collection[ItemId], in_stock: Collection[ItemId],
        past: Sequence[ItemId], k: int,
    ) -> Iterator[RankedItem]:  # fmt: skip
        """See `LookSource`: the model's candidates first, then the fallback ranking."""
        seen = list(without)
        looks = self._reloader.looks if self._reloader else None
        if looks is not None:
            styles = self._stylist.styles_of(room)
            shopper = ShopperProfile(past=tuple(past), owned=frozenset(past), disliked=frozenset(without))
            here = in_stock.__contains__
            ranked = looks.candidates(room, k, in_stock=here, exclude=without, shopper=shopper)
            for found in islice(ranked, MAX_CANDIDATES_PER_PLACE * k):
                item = ItemId(found.item_id)
                seen.append(item)
                # the room may hold a colour that is newer than the model
                if self._stylist.style_of(item) not in styles:
                    yield _ranked(item, found.reason, found.score)
        yield from self._fallback.suggest(room, seen, in_stock, past)

    def _published(self) -> Sequence[tuple[str, int]]:
        return self._reloader.best_sellers if self._reloader else ()

    def _log_problems(self) -> None:
        """Logs the model's problems whenever they have changed."""
        if self._reloader is not None and self._reloader.problems != self._logged_problems:
            self._logged_problems = self._reloader.problems
            if self._logged_problems:
                log.warning("%s; %s", "; ".join(self._logged_problems), _INSTEAD[self._reloader.source])


def open_ranking(
    path: Path | None, database: Database, stylist: StylistLooks, key: bytes | None = None
) -> ModelRanking:
    """Opens a folder with one model or with published versions. With a `key`, only models sealed with it are used."""
    if path is None:
        log.info("no looks model is configured: suggestions come from stylists and sales")
        return ModelRanking(None, database, stylist)
    return ModelRanking(ModelReloader(path, stylist.all(), key), database, stylist)


def _ranked(item: ItemId, reason: Reason, score: float) -> RankedItem:
    about = ItemId(reason.about) if reason.about is not None else None
    return RankedItem(item, _REASONS.get(reason.kind, LookReason.GOES_WITH), about, reason.count or 0, score)
