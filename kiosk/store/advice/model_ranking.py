"""Ranking by the trained looks model, with the fallback ranking after it.

The model is the published one, else the last valid one. A newly published model is loaded while the store runs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import ItemId
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.advice.fallback_ranking import FallbackRanking, FallbackRoom
from kiosk.store.advice.port import RankedItem, RoomQuestion, RoomRanking
from kiosk.store.advice.room_outfit import RoomOutfit
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.db.database import Database
from recommender.arrays import AnyInts, Bools, Ints
from recommender.looks.serving.looks import LooksRecommender, ReasonKind, ScoredItem, ShopperProfile
from recommender.looks.serving.model import LooksModel
from recommender.looks.serving.model_reloader import ModelReloader, ModelSource
from recommender.looks.serving.room_ranking import in_batches

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
_BATCH = 40
_NO_ROWS = np.zeros(0, np.int32)
_INSTEAD = {
    ModelSource.LAST_GOOD: "the last valid model stays in use",
    ModelSource.BEST_SELLERS: "suggestions come from stylists and best sellers",
    ModelSource.STYLIST: "suggestions come from stylists and sales",
}


class ModelRanking:
    """Ranks by the model, then by the fallback ranking; by the latter alone if there is no model.

    `refresh` is to be called regularly by one thread (`Housekeeping`).
    """

    def __init__(
        self,
        reloader: ModelReloader | None,
        database: Database,
        index: AssortmentIndex,
        stylist: StylistLooks,
    ) -> None:
        """`reloader` is None if no folder of models is configured."""
        self._reloader, self._index, self._stylist = reloader, index, stylist
        self._fallback = FallbackRanking(database, index, self._published)
        self._rows: _ModelRows | None = None
        self._logged_problems: tuple[str, ...] = ()
        self._refreshes = 0
        index.listen(self._find_rows)
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

    def prepare(self) -> None:
        """Computes what the first request needs; to be called before the store answers requests."""
        self._fallback.recount()
        self._find_rows()

    def refresh(self) -> None:
        """Loads a newly published model and a changed file of stylists' looks."""
        self._stylist.reload_if_changed()
        self._index.catch_up()
        self._refreshes += 1
        recount = self._refreshes % SALES_REFRESH_EVERY == 0
        if self._reloader is not None:
            self._reloader.set_stylist_looks(self._stylist.all())
            if self._reloader.refresh():
                recount = True
                log.info("suggestions come from %s %s", self._reloader.source.value, self._reloader.version)
            self._find_rows()
            self._log_problems()
        if recount:
            self._fallback.recount()

    def rank(self, question: RoomQuestion) -> RoomRanking:
        """See `LookSource`: the model's candidates first, then the fallback ranking."""
        if self._reloader is not None and self._rows is None:
            self._find_rows()
        fallback = FallbackRoom(self._fallback.order, question)
        return (
            _ModelRoom(self._rows, question, fallback)
            if self._rows is not None
            else _NoModelRoom(question, fallback)
        )

    def _find_rows(self) -> None:
        """Finds the model's items in the assortment, if either is new."""
        looks = self._reloader.looks if self._reloader else None
        known, assortment = self._rows, self._index.present()
        if looks is None:
            self._rows = None
        elif known is None or known.looks.model is not looks.model or known.seen != len(assortment):
            self._rows = _ModelRows.of(looks, assortment)
        elif known.looks is not looks:
            self._rows = _ModelRows(looks, known.in_shop, known.seen)

    def _published(self) -> Sequence[tuple[str, int]]:
        return self._reloader.best_sellers if self._reloader else ()

    def _log_problems(self) -> None:
        """Logs the model's problems whenever they have changed."""
        if self._reloader is not None and self._reloader.problems != self._logged_problems:
            self._logged_problems = self._reloader.problems
            if self._logged_problems:
                log.warning("%s; %s", "; ".join(self._logged_problems), _INSTEAD[self._reloader.source])


@dataclass(frozen=True, slots=True)
class _ModelRows:
    """A loaded model, and by row of it the row of the assortment, -1 for items that the shop does not have.

    `seen`: rows of the assortment when it was made; later ones are not found.
    """

    looks: LooksRecommender
    in_shop: Ints
    seen: int

    @staticmethod
    def of(looks: LooksRecommender, assortment: Assortment) -> _ModelRows:
        # rows of deleted items too: an item that comes back has its row again
        found = (assortment.codes.items.find(item) for item in looks.model.items.ids)
        rows = [-1 if row is None or row >= len(assortment) else row for row in found]
        return _ModelRows(looks, np.array(rows, np.int32), len(assortment))

    def of_model(self, mask: Bools) -> Bools:
        """A mask by row of the assortment as a mask by row of the model."""
        # the last value is that of the rows -1
        padded = np.zeros(max(self.seen, len(mask)) + 1, np.bool_)
        padded[: len(mask)] = mask
        found: Bools = padded[self.in_shop]
        return found


class _NoModelRoom:
    """The fallback ranking alone."""

    def __init__(self, question: RoomQuestion, fallback: FallbackRoom) -> None:
        self._question, self._fallback = question, fallback

    def batches(self, eligible: Bools) -> Iterator[Ints]:
        yield from self._fallback.batches(eligible)

    def is_arrival(self, row: int) -> bool:
        del row
        return False

    def bought_together(self) -> Ints:
        return _NO_ROWS

    def hardly_together(self) -> Ints:
        # no sales say so: underwear, nightwear and swimwear complete no room of other garments
        assortment = self._question.assortment
        private = RoomOutfit(assortment, assortment.rows(self._question.room)).private()
        return private.nonzero()[0].astype(np.int32)

    def explain(self, rows: Sequence[int]) -> list[RankedItem]:
        return [self._fallback.explain(row) for row in rows]


class _ModelRoom:
    """The model's ranking beside one room, with the fallback ranking after it."""

    def __init__(self, rows: _ModelRows, question: RoomQuestion, fallback: FallbackRoom) -> None:
        self._rows, self._k, self._fallback = rows, question.k, fallback
        assortment = question.assortment
        # the room may hold a colour that is newer than the model
        self._open = ~assortment.of_styles(assortment.rows(question.room))
        past, without = frozenset(question.past), frozenset(question.without)
        shopper = ShopperProfile(past=tuple(question.past), owned=past, disliked=without)
        allowed = rows.of_model(question.in_stock & self._open)
        self._ranking = rows.looks.ranking(question.room, exclude=without, shopper=shopper, allowed=allowed)
        self._model_row: dict[int, int] = {}

    @property
    def _model(self) -> LooksModel:
        return self._rows.looks.model

    def batches(self, eligible: Bools) -> Iterator[Ints]:
        allowed = self._rows.of_model(eligible & self._open)
        found: list[int] = []
        ranked = islice(self._ranking.rows(self._k, allowed), MAX_CANDIDATES_PER_PLACE * self._k)
        for batch in in_batches(ranked, _BATCH):
            rows: Ints = self._rows.in_shop[batch]
            self._model_row.update(zip(rows.tolist(), batch, strict=True))
            found += rows.tolist()
            yield rows
        yield from self._fallback.batches(eligible, found)

    def is_arrival(self, row: int) -> bool:
        known = self._model_row.get(row)
        if known is None or known in self._ranking.matches:
            return False
        return self._model.items.sold_position.item(known) < 0

    def bought_together(self) -> Ints:
        return self._in_shop(self._model.outfits.bought_together(self._ranking.query.rows))

    def hardly_together(self) -> Ints:
        return self._in_shop(self._model.outfits.hardly_together(self._ranking.query.rows).nonzero()[0])

    def _in_shop(self, model_rows: AnyInts) -> Ints:
        """The rows of the assortment, without those that the shop does not have."""
        rows = self._rows.in_shop[model_rows]
        found: Ints = rows[(rows >= 0) & (rows < len(self._open))]
        return found

    def explain(self, rows: Sequence[int]) -> list[RankedItem]:
        known = [row for row in rows if row in self._model_row]
        scored = self._rows.looks.with_reasons(
            [self._model_row[row] for row in known], self._ranking.query, self._ranking.matches
        )
        by_model = dict(zip(known, map(_ranked, scored), strict=True))
        return [by_model[row] if row in by_model else self._fallback.explain(row) for row in rows]


def open_ranking(
    path: Path | None,
    database: Database,
    index: AssortmentIndex,
    stylist: StylistLooks,
    key: bytes | None = None,
) -> ModelRanking:
    """Opens a folder with one model or with published versions. With a `key`, only models sealed with it are used."""
    if path is None:
        log.info("no looks model is configured: suggestions come from stylists and sales")
        return ModelRanking(None, database, index, stylist)
    return ModelRanking(ModelReloader(path, stylist.all(), key), database, index, stylist)


def _ranked(found: ScoredItem) -> RankedItem:
    reason = found.reason
    about = ItemId(reason.about) if reason.about is not None else None
    kind = _REASONS.get(reason.kind, LookReason.GOES_WITH)
    return RankedItem(ItemId(found.item_id), kind, about, reason.count or 0, found.score)
