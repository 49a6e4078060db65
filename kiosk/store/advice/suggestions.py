"""Suggests garments that go with those in a room, each in stock in a size to bring and with a true reason.

They are chosen in rounds: garments that fit and are of a category not in the room, garments that fit and are of a
category in the room, garments that are in stock in other sizes only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from kiosk.core.domain.advice import LookReason, Suggestion
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ItemId
from kiosk.core.domain.texts import NO_TEXT, LocalizedText
from kiosk.core.visit.effects import FindLooks
from kiosk.store.advice.display_rules import DisplayList
from kiosk.store.advice.port import LookSource, RankedItem
from kiosk.store.advice.price_bands import PriceBands
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.advice.size_to_bring import EligibleItems, SizedGarment, SizesInStock
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.customers.customers import Customer

MAX_SUGGESTIONS = 6
MAX_NEW_ARRIVALS = 1
"""Further new arrivals are shown only if the shop has nothing else."""
NEW_PERIOD = timedelta(days=7)
"""A style counts as new for this long after its day of arrival, as the mirror says."""


class LookSuggestions:
    """Suggestions for a room, from a ranking, the stylists' looks and the display rules."""

    def __init__(
        self, catalogue: Catalogue, source: LookSource, stylist_looks: StylistLooks, price_bands: PriceBands,
        now_us: Callable[[], int], size_tables: SizeTables,
    ) -> None:  # fmt: skip
        self._catalogue, self._source, self._stylist_looks = catalogue, source, stylist_looks
        self._price_bands, self._now, self._size_tables = price_bands, now_us, size_tables

    def suggest(
        self, question: FindLooks, customer: Customer | None, pieces: Sequence[Garment] = ()
    ) -> tuple[Suggestion, ...]:
        """Up to `MAX_SUGGESTIONS`; fewer only if nothing more in stock may be shown.

        `pieces`: the pieces of the room in their sizes, as far as they are in the catalogue.
        """
        room = [g for g in map(self._catalogue.garment_of_item, question.room) if g is not None]
        display = DisplayList(room, MAX_SUGGESTIONS, self._price_bands.band)
        sizes = SizesInStock(self._catalogue, self._catalogue.in_stock(), pieces, customer, self._size_tables)
        past = customer.history if customer else ()
        by_stylist = frozenset(self._stylist_looks.items_beside(question.room))
        rounds = _rounds(sizes, {g.category for g in room}, by_stylist)
        spare_arrivals: list[Suggestion] = []
        new_arrivals = 0
        for pick in self._picks(question, rounds, past):
            if not display.places_left:
                break
            brought = sizes.choose(pick.item)
            if brought is None:
                continue
            suggestion = self._suggestion(pick, brought, room)
            if pick.reason is LookReason.NEW_ARRIVAL and new_arrivals >= MAX_NEW_ARRIVALS:
                spare_arrivals.append(suggestion)
                continue
            left = display.places_left
            display.offer(suggestion)
            new_arrivals += pick.reason is LookReason.NEW_ARRIVAL and display.places_left < left
        for suggestion in spare_arrivals:
            display.offer(suggestion)
        display.fill()
        return completing_first(display.shown, room)

    def _picks(
        self, question: FindLooks, rounds: Iterable[EligibleItems], past: Collection[ItemId]
    ) -> Iterator[RankedItem]:
        for eligible in rounds:
            yield from self._source.suggest(
                question.room, question.without, eligible, tuple(past), MAX_SUGGESTIONS
            )

    def _suggestion(self, pick: RankedItem, brought: SizedGarment, room: Sequence[Garment]) -> Suggestion:
        garment = brought.garment
        reason, about = self._reason(pick, garment, room)
        count = pick.count if reason is pick.reason else 0
        return Suggestion(garment, reason, about, count, pick.score, sized=brought.named)

    def _reason(
        self, pick: RankedItem, garment: Garment, room: Sequence[Garment]
    ) -> tuple[LookReason, LocalizedText]:
        """The reason to show: a stylist's look before the model's reason."""
        stylist = self._stylist_looks.stylist_of(pick.item, [g.item for g in room])
        if stylist:
            return LookReason.STYLIST, LocalizedText.of(stylist)
        beside = next((g.name for g in room if g.item == pick.about), NO_TEXT)
        nameless = pick.reason is LookReason.STYLIST
        if nameless or (pick.reason is LookReason.NEW_ARRIVAL and not self._is_new(garment)):
            return LookReason.GOES_WITH, beside
        return pick.reason, beside

    def _is_new(self, garment: Garment) -> bool:
        """Whether the style arrived within `NEW_PERIOD`; never sold does not mean new."""
        arrived = self._price_bands.arrived(garment.style_id)
        today = datetime.fromtimestamp(self._now() / 1e6, UTC).date()
        return arrived is not None and arrived <= today <= arrived + NEW_PERIOD


def _rounds(
    sizes: SizesInStock, here: Collection[str], by_stylist: Collection[ItemId]
) -> Iterator[EligibleItems]:
    """`here`: the categories in the room; `by_stylist`: items of stylists' looks, whatever their category."""

    def completing_piece(garment: Garment) -> bool:
        return garment.category not in here or garment.item in by_stylist

    def completes(brought: SizedGarment) -> bool:
        return brought.fits and completing_piece(brought.garment)

    def repeats(brought: SizedGarment) -> bool:
        return brought.fits and not completing_piece(brought.garment)

    def other_size(brought: SizedGarment) -> bool:
        return not brought.fits

    return (EligibleItems(sizes, may) for may in (completes, repeats, other_size))


def completing_first(found: Sequence[Suggestion], room: Sequence[Garment]) -> tuple[Suggestion, ...]:
    """Orders suggestions so that they complete the outfit: categories not in the room first, each once before twice.

    For trousers in the room, shoes come before other trousers, even if two pairs of trousers are often bought together.
    """
    here = {g.category for g in room}
    seen: dict[str, int] = {}
    ranks = []
    for suggestion in found:
        category = suggestion.garment.category
        ranks.append((category in here, seen.get(category, 0)))
        seen[category] = seen.get(category, 0) + 1
    order = sorted(range(len(found)), key=lambda i: (ranks[i], i))
    return tuple(found[i] for i in order)
