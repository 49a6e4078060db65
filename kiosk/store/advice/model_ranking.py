"""The trained looks model behind the store's ranking port: the served one, else the last good one, else the house's
own ranking. A newly published model is taken over while the store runs."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import ItemId
from kiosk.store.advice.fallback_ranking import FallbackRanking
from kiosk.store.advice.port import RankedItem
from kiosk.store.advice.stylist_looks import StylistLooks, style_of
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
SALES_REFRESH_EVERY = 30
"""What sells is counted anew at every such look, which is once a minute."""
MAX_CANDIDATES_PER_PLACE = 20
"""So many candidates of the model are offered for each place of a list; the display rules choose among them."""
_INSTEAD = {
    ModelSource.LAST_GOOD: "the last good model goes on serving",
    ModelSource.BEST_SELLERS: "suggestions come from stylists and best sellers",
    ModelSource.STYLIST: "suggestions come from stylists and sales",
}


class ModelRanking:
    """Ranks by the model at hand, and goes on with the house where the model has no more; by the house alone where
    there is none. `refresh` is called now and then by whoever keeps house, and by nobody else."""

    def __init__(self, advice: ModelReloader | None, database: Database, stylist: StylistLooks) -> None:
        """`advice` None: no folder of models is configured."""
        self._advice, self._stylist = advice, stylist
        self._house = FallbackRanking(database, stylist, self._published)
        self._told: tuple[str, ...] = ()
        self._looks = 0
        self._tell()

    @property
    def source(self) -> ModelSource:
        """Where suggestions come from now."""
        return self._advice.source if self._advice else ModelSource.STYLIST

    def refresh(self) -> None:
        """Takes over a newly published model and changed looks of stylists."""
        self._stylist.reload_if_changed()
        self._looks += 1
        if self._looks % SALES_REFRESH_EVERY == 0:
            self._house.changed()
        if self._advice is None:
            return
        self._advice.set_stylist_looks(self._stylist.all())
        if self._advice.refresh():
            self._house.changed()
            log.info("suggestions come from %s %s", self._advice.source.value, self._advice.version)
        self._tell()

    def suggest(
        self, room: Sequence[ItemId], without: Collection[ItemId], in_stock: Collection[ItemId],
        past: Sequence[ItemId], k: int,
    ) -> Iterator[RankedItem]:  # fmt: skip
        """See `LookSource`: the model's candidates first, then the fallback ranking."""
        seen = list(without)
        looks = self._advice.looks if self._advice else None
        if looks is not None:
            styles = {style_of(item) for item in room}
            shopper = ShopperProfile(past=tuple(past), owned=frozenset(past), disliked=frozenset(without))
            here = in_stock.__contains__
            ranked = looks.candidates(room, k, in_stock=here, exclude=without, shopper=shopper)
            for found in islice(ranked, MAX_CANDIDATES_PER_PLACE * k):
                item = ItemId(found.item_id)
                seen.append(item)
                # the room may hold a colour that is newer than the model
                if style_of(item) not in styles:
                    yield _pick(item, found.reason, found.score)
        yield from self._house.suggest(room, seen, in_stock, past)

    def _published(self) -> Sequence[tuple[str, int]]:
        return self._advice.best_sellers if self._advice else ()

    def _tell(self) -> None:
        """One line whenever there is another trouble than before."""
        if self._advice is not None and self._advice.problems != self._told:
            self._told = self._advice.problems
            if self._told:
                log.warning("%s; %s", "; ".join(self._told), _INSTEAD[self._advice.source])


def open_ranking(
    path: Path | None, database: Database, stylist: StylistLooks, key: bytes | None = None
) -> ModelRanking:
    """The models of a folder (one model, or a root of published versions); with a `key` only those sealed with it."""
    if path is None:
        log.info("no looks model is configured: suggestions come from stylists and sales")
        return ModelRanking(None, database, stylist)
    return ModelRanking(ModelReloader(path, stylist.all(), key), database, stylist)


def _pick(item: ItemId, reason: Reason, score: float) -> RankedItem:
    about = ItemId(reason.about) if reason.about is not None else None
    return RankedItem(item, _REASONS.get(reason.kind, LookReason.GOES_WITH), about, reason.count or 0, score)
