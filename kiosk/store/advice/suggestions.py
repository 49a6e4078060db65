"""What goes with what is in the room: ranked by the model, or by the house where there is none; always in stock.

Every suggestion is a piece of this shop in a size to bring. Chosen in rounds: what fits and completes the room, what
fits and is of a kind that hangs there already, what is here in other sizes only. Each with a reason that is true.
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
from kiosk.store.advice.size_to_bring import EligibleItems, SizedGarment, SizesInStock
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.customers.customers import Customer

MAX_SUGGESTIONS = 6
MAX_NEW_ARRIVALS = 1
"""Further new arrivals are shown only if the shop has nothing else."""
NEW_PERIOD = timedelta(days=7)
"""A style is called new in the week that it came, as the glass says it."""


class LookSuggestions:
    """Suggestions as garments."""

    def __init__(
        self, catalogue: Catalogue, source: LookSource, stylist: StylistLooks, assortment: PriceBands,
        now_us: Callable[[], int],
    ) -> None:  # fmt: skip
        self._catalogue, self._source, self._stylist = catalogue, source, stylist
        self._assortment, self._now = assortment, now_us

    def looks(
        self, question: FindLooks, customer: Customer | None, hanging: Sequence[Garment] = ()
    ) -> tuple[Suggestion, ...]:
        """Up to six suggestions; fewer only where the shop has nothing more that may be shown.

        `hanging`: the pieces of the room in their sizes, as far as the store knows them.
        """
        room = [g for g in map(self._catalogue.garment_of_item, question.room) if g is not None]
        display = DisplayList(room, MAX_SUGGESTIONS, self._assortment.band)
        sizes = SizesInStock(self._catalogue, self._catalogue.in_stock(), hanging, customer)
        past = customer.history if customer else ()
        handed = frozenset(self._stylist.items_beside(question.room))
        rounds = _rounds(sizes, {g.category for g in room}, handed)
        spare_arrivals: list[Suggestion] = []
        new_arrivals = 0
        for pick in self._picks(question, rounds, past):
            if not display.left:
                break
            brought = sizes.choose(pick.item)
            if brought is None:
                continue
            suggestion = self._suggestion(pick, brought.garment, room)
            if pick.reason is LookReason.NEW_ARRIVAL and new_arrivals >= MAX_NEW_ARRIVALS:
                spare_arrivals.append(suggestion)
                continue
            left = display.left
            display.offer(suggestion)
            new_arrivals += pick.reason is LookReason.NEW_ARRIVAL and display.left < left
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

    def _suggestion(self, pick: RankedItem, garment: Garment, room: Sequence[Garment]) -> Suggestion:
        reason, about = self._reason(pick, garment, room)
        return Suggestion(garment, reason, about, pick.count if reason is pick.reason else 0, pick.score)

    def _reason(
        self, pick: RankedItem, garment: Garment, room: Sequence[Garment]
    ) -> tuple[LookReason, LocalizedText]:
        """A person's hand is the best reason there is, so it goes before the model's."""
        stylist_of = self._stylist.stylist_of(pick.item, [g.item for g in room])
        if stylist_of:
            return LookReason.STYLIST, LocalizedText.of(stylist_of)
        items_beside = next((g.name for g in room if g.item == pick.about), NO_TEXT)
        nameless = pick.reason is LookReason.STYLIST
        if nameless or (pick.reason is LookReason.NEW_ARRIVAL and not self._is_new(garment)):
            return LookReason.GOES_WITH, items_beside
        return pick.reason, items_beside

    def _is_new(self, garment: Garment) -> bool:
        """Never sold is not new: only the day it came says so."""
        arrived = self._assortment.arrived(garment.style_id)
        today = datetime.fromtimestamp(self._now() / 1e6, UTC).date()
        return arrived is not None and arrived <= today <= arrived + NEW_PERIOD


def _rounds(
    sizes: SizesInStock, here: Collection[str], handed: Collection[ItemId]
) -> Iterator[EligibleItems]:
    """`here`: the kinds that hang in the room; `handed`: what a stylist put beside them, of whatever kind."""

    def completing_piece(garment: Garment) -> bool:
        return garment.category not in here or garment.item in handed

    def completes(brought: SizedGarment) -> bool:
        return brought.fits and completing_piece(brought.garment)

    def repeats(brought: SizedGarment) -> bool:
        return brought.fits and not completing_piece(brought.garment)

    def other_size(brought: SizedGarment) -> bool:
        return not brought.fits

    return (EligibleItems(sizes, may) for may in (completes, repeats, other_size))


def completing_first(found: Sequence[Suggestion], room: Sequence[Garment]) -> tuple[Suggestion, ...]:
    """What completes the outfit first: kinds that do not hang in the room yet, a new kind before a second piece of one.

    Whoever tries trousers is helped by shoes, not by other trousers, however often two pairs are bought together.
    """
    here = {g.category for g in room}
    seen: dict[str, int] = {}
    ranks = []
    for suggestion in found:
        kind = suggestion.garment.category
        ranks.append((kind in here, seen.get(kind, 0)))
        seen[kind] = seen.get(kind, 0) + 1
    order = sorted(range(len(found)), key=lambda i: (ranks[i], i))
    return tuple(found[i] for i in order)
