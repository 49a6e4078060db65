"""Suggests garments that go with those in a room, each in stock in a size to bring and with a true reason.

They are chosen in rounds: garments that fit and complete the outfit (of a category not in the room, and not excluded by
a garment in it), other garments that fit, garments that are in stock in other sizes only; the last two first without
what is for other people or another season. Only those that are shown are read from the database.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from kiosk.core.clues.dislikes import Dislike
from kiosk.core.domain.advice import LookReason, Suggestion
from kiosk.core.domain.floor.staff_message import LookPiece
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ItemId
from kiosk.core.domain.texts import NO_TEXT, LocalizedText
from kiosk.core.visit.effects import FindLooks
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.advice.port import LookSource, RankedItem, RoomQuestion, RoomRanking
from kiosk.store.advice.room_outfit import RoomOutfit
from kiosk.store.advice.selection import MAX_SUGGESTIONS, Selection
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.advice.size_to_bring import SizeMasks, SizesInStock, SizeToBring
from kiosk.store.advice.stylist_looks import JoinedItems, StylistLooks
from kiosk.store.advice.unwanted import without_unwanted
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.customers.customers import Customer
from recommender.arrays import Bools

NEW_PERIOD = timedelta(days=7)
"""A style counts as new for this long after its day of arrival, as the mirror says."""


class LookSuggestions:
    """Suggestions for a room, from a ranking, the stylists' looks and the display rules."""

    def __init__(
        self, catalogue: Catalogue, index: AssortmentIndex, source: LookSource, stylist_looks: StylistLooks,
        now_us: Callable[[], int], size_tables: SizeTables,
    ) -> None:  # fmt: skip
        self._catalogue, self._index, self._source = catalogue, index, source
        self._stylist_looks, self._now, self._size_tables = stylist_looks, now_us, size_tables

    def suggest(
        self, question: FindLooks, customer: Customer | None, pieces: Sequence[Garment] = (),
        dislikes: tuple[Dislike, ...] = (),
    ) -> tuple[Suggestion, ...]:  # fmt: skip
        """Up to `MAX_SUGGESTIONS`; fewer only if nothing more in stock may be shown.

        `pieces`: the pieces of the room in their sizes, as far as they are in the catalogue. `dislikes`: what she said
        in this visit; those of her client book count too.
        """
        assortment = self._index.present()
        room = self._room(question.room, pieces)
        sizes = SizesInStock(assortment, pieces, customer, self._size_tables)
        unwanted = (*dislikes, *(customer.dislikes if customer else ()))
        masks = without_unwanted(sizes.masks(), assortment, unwanted, self._catalogue.items_in_colour)
        joined = self._stylist_looks.joined(assortment, assortment.rows(question.room))
        past = customer.history if customer else ()
        ranking = self._source.rank(
            RoomQuestion(
                assortment, question.room, question.without, past, masks.brings, MAX_SUGGESTIONS, joined
            )
        )
        selection = Selection(assortment, room, joined)
        outfit = RoomOutfit(assortment, assortment.rows(question.room))
        completing = _completing(assortment, room, joined, outfit, ranking)
        for_others = outfit.for_others(ranking)
        for eligible in _rounds(masks, completing, for_others):
            if selection.complete:
                break
            selection.take(ranking, eligible)
        rows = selection.finish()
        found = [
            replace(
                self._suggestion(
                    outfit.checked(pick, row), garment, room, joined.stylists.get(row, ""), assortment
                ),
                sized=brought.named,
            )
            for row, pick in zip(rows, ranking.explain(rows), strict=True)
            if (brought := sizes.choose(row)) is not None
            and (garment := self._garment(assortment.item(row), brought)) is not None
        ]
        return completing_first(
            found,
            room,
            {assortment.item(row) for row in rows if not completing[row]},
            {assortment.item(row) for row in rows if for_others[row] and not completing[row]},
        )

    def in_her_size(
        self, garment: Garment, customer: Customer | None, pieces: Sequence[Garment]
    ) -> LookPiece | None:
        """A garment in the size to bring to a room with these pieces, as a suggestion has it; None if none is in stock,
        or not in the size stored for her."""
        assortment = self._index.present()
        row = assortment.row(garment.item)
        sizes = SizesInStock(assortment, pieces, customer, self._size_tables)
        brought = sizes.choose(row) if row is not None else None
        found = self._garment(garment.item, brought) if brought is not None else None
        return LookPiece(found, brought.named) if found is not None and brought is not None else None

    def _room(self, items: Sequence[ItemId], pieces: Sequence[Garment]) -> list[Garment]:
        """The room's garments that are in the catalogue; those of `pieces` need not be read again."""
        known = {piece.item: piece for piece in pieces}
        found = (known.get(item) or self._catalogue.garment_of_item(item) for item in items)
        return [garment for garment in found if garment is not None]

    def _garment(self, item: ItemId, brought: SizeToBring) -> Garment | None:
        """The garment in the size to bring; None if it was deleted at this moment."""
        garment = self._catalogue.garment_of_item(item)
        if garment is None:
            return None
        offer = next((one for one in garment.colourway.sizes if one.size == brought.size), None)
        return self._catalogue.garment(offer.article) if offer else None

    def _suggestion(
        self, pick: RankedItem, garment: Garment, room: Sequence[Garment], stylist: str, assortment: Assortment
    ) -> Suggestion:  # fmt: skip
        beside = next((g.name for g in room if g.item == pick.about), NO_TEXT)
        nameless = pick.reason is LookReason.STYLIST
        if stylist:
            reason, about = LookReason.STYLIST, LocalizedText.of(stylist)
        elif nameless or (pick.reason is LookReason.NEW_ARRIVAL and not self._is_new(garment, assortment)):
            reason, about = LookReason.GOES_WITH, beside
        else:
            reason, about = pick.reason, beside
        return Suggestion(garment, reason, about, pick.count if reason is pick.reason else 0, pick.score)

    def _is_new(self, garment: Garment, assortment: Assortment) -> bool:
        """Whether the style arrived within `NEW_PERIOD`; never sold does not mean new."""
        arrived = assortment.arrived(garment.style_id)
        today = datetime.fromtimestamp(self._now() / 1e6, UTC).date()
        return arrived is not None and arrived <= today <= arrived + NEW_PERIOD


def _completing(
    assortment: Assortment, room: Sequence[Garment], joined: JoinedItems, outfit: RoomOutfit, ranking: RoomRanking
) -> Bools:  # fmt: skip
    """Marks the rows that complete the room.

    An item of a stylist's look does, whatever its category, but not in the place of another garment of the room: a look
    of blouse and trousers does not complete a room of that blouse and a skirt.
    """
    here = np.zeros(len(assortment.codes.categories.names), np.bool_)
    codes = (assortment.codes.categories.find(garment.category) for garment in room)
    here[[code for code in codes if code is not None]] = True
    completing: Bools = ~here[assortment.categories] & ~outfit.excluded(ranking)
    by_stylist = np.array(sorted(joined.rows), np.int64)
    completing[by_stylist] = True if len(room) < 2 else ~outfit.worn_instead()[by_stylist]
    return completing


def _rounds(masks: SizeMasks, completing: Bools, for_others: Bools) -> Iterator[Bools]:
    """The rows of each round. What is for other people, or for another season, comes last."""
    yield masks.fits & completing
    for group in (~for_others | completing, for_others & ~completing):
        yield masks.fits & ~completing & group
        yield masks.brings & ~masks.fits & group


def completing_first(
    found: Sequence[Suggestion],
    room: Sequence[Garment],
    others: Collection[ItemId] = (),
    last: Collection[ItemId] = (),
) -> tuple[Suggestion, ...]:
    """Orders suggestions so that they complete the outfit: categories not in the room first, each once before twice.

    `others` are items of other categories that complete nothing either, `last` those that come after all others. For
    trousers in the room, shoes come before other trousers, even if two pairs of trousers are often bought together.
    """
    here = {g.category for g in room}
    seen: dict[str, int] = {}
    ranks = []
    for suggestion in found:
        category = suggestion.garment.category
        repeats = category in here or suggestion.garment.item in others
        ranks.append((suggestion.garment.item in last, repeats, seen.get(category, 0)))
        seen[category] = seen.get(category, 0) + 1
    order = sorted(range(len(found)), key=lambda i: (ranks[i], i))
    return tuple(found[i] for i in order)
