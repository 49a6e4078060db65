"""The trained looks model behind the store's ranking port: the served one, else the last good one, else the house's
own ranking. A newly published model is taken over while the store runs."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from kiosk.core.advice import LookReason
from kiosk.core.ids import ItemId
from kiosk.store.database import Database
from kiosk.store.house_ranking import HouseRanking
from kiosk.store.ranking import Pick
from kiosk.store.stylist import StylistLooks, style_of
from recommender.fallback import Advice, Source
from recommender.looks import Reason, ReasonKind, Shopper

log = logging.getLogger(__name__)
_REASONS = {
    ReasonKind.STYLIST: LookReason.STYLIST,
    ReasonKind.BOUGHT_TOGETHER: LookReason.BOUGHT_TOGETHER,
    ReasonKind.SAME_MATERIAL: LookReason.SAME_MATERIAL,
    ReasonKind.COMPLETES: LookReason.COMPLETES,
    ReasonKind.NEW_ARRIVAL: LookReason.NEW_ARRIVAL,
    ReasonKind.POPULAR: LookReason.POPULAR,
}
_INSTEAD = {
    Source.LAST_GOOD: "the last good model goes on serving",
    Source.BEST_SELLERS: "suggestions come from stylists and best sellers",
    Source.STYLIST: "suggestions come from stylists and sales",
}


class ModelRanking:
    """Ranks by the model at hand, and goes on with the house where the model has no more; by the house alone where
    there is none. `refresh` is called now and then by whoever keeps house, and by nobody else."""

    def __init__(self, advice: Advice, database: Database, stylist: StylistLooks) -> None:
        self._advice, self._stylist = advice, stylist
        self._house = HouseRanking(database, stylist, lambda: self._advice.best_sellers)
        self._told: tuple[str, ...] = ()
        self._tell()

    @property
    def source(self) -> Source:
        """Where suggestions come from now."""
        return self._advice.source

    def refresh(self) -> None:
        """Takes over a newly published model and changed looks of stylists."""
        self._stylist.look_again()
        self._advice.hear(self._stylist.all())
        if self._advice.refresh():
            log.info("suggestions come from %s %s", self._advice.source.value, self._advice.version)
        self._tell()

    def suggest(
        self, room: Sequence[ItemId], without: Collection[ItemId], in_stock: Collection[ItemId],
        past: Sequence[ItemId], k: int,
    ) -> Iterator[Pick]:  # fmt: skip
        """See `LookSource`: the model's `k`, then the house's."""
        seen = list(without)
        looks = self._advice.looks
        if looks is not None:
            shopper = Shopper(past=tuple(past), owned=frozenset(past), disliked=frozenset(without))
            here = in_stock.__contains__
            for found in looks.suggest(room, k, in_stock=here, exclude=without, shopper=shopper):
                seen.append(ItemId(found.item_id))
                if style_of(ItemId(found.item_id)) not in {style_of(item) for item in room}:
                    yield _pick(found.item_id, found.reason, found.score)
        yield from self._house.suggest(room, seen, in_stock, past, k)

    def _tell(self) -> None:
        """One line whenever there is another trouble than before; none for a house that has no model yet."""
        if self._advice.trouble != self._told:
            self._told = self._advice.trouble
            if self._told:
                log.warning("%s; %s", "; ".join(self._told), _INSTEAD[self._advice.source])


def open_ranking(
    path: Path | None, database: Database, stylist: StylistLooks, key: bytes | None = None
) -> HouseRanking | ModelRanking:
    """The models of a folder, or the house's own ranking where no folder is configured."""
    if path is None:
        log.info("no looks model is configured: suggestions come from stylists and sales")
        return HouseRanking(database, stylist)
    return ModelRanking(Advice(path, stylist.all(), key), database, stylist)


def _pick(item: str, reason: Reason, score: float) -> Pick:
    about = ItemId(reason.about) if reason.about is not None else None
    return Pick(
        ItemId(item), _REASONS.get(reason.kind, LookReason.GOES_WITH), about, reason.count or 0, score
    )
