"""What goes with what is in the room: ranked by the model, or by the house where there is none; always in stock.

Every suggestion is a piece of this shop in a size to bring: the shopper's own where it is known, then the size of what
hangs in the room, then the middle of what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kiosk.core.advice import LookReason, Suggestion
from kiosk.core.effects import FindLooks
from kiosk.core.garment import Garment
from kiosk.core.ids import Gtin, ItemId
from kiosk.core.words import NO_WORDS, Words
from kiosk.store.catalogue import Catalogue
from kiosk.store.customers import Customer
from kiosk.store.ranking import LookSource, Pick
from kiosk.store.stylist import StylistLooks

WANTED = 6
SAME_CATEGORY = 2
"""Four scarves are no look: more of a category come only where there is nothing else."""


class Advice:
    """Suggestions as garments."""

    def __init__(self, catalogue: Catalogue, source: LookSource, stylist: StylistLooks) -> None:
        self._catalogue, self._source, self._stylist = catalogue, source, stylist

    def looks(self, question: FindLooks, customer: Customer | None) -> tuple[Suggestion, ...]:
        """Up to six suggestions; fewer only where the shop has nothing more that may be shown."""
        stock = self._catalogue.in_stock()
        past = customer.history if customer else ()
        picks = self._source.suggest(question.room, question.without, stock.keys(), past, 4 * WANTED)
        room = [g for g in map(self._any_of, question.room) if g is not None]
        found = (self._suggestion(pick, stock[pick.item], room, customer) for pick in picks)
        return completing([s for s in found if s is not None], room)[:WANTED]

    def _suggestion(
        self, pick: Pick, sizes: Mapping[str, Gtin], room: Sequence[Garment], customer: Customer | None
    ) -> Suggestion | None:
        garment = self._catalogue.garment(next(iter(sizes.values())))
        if garment is None:
            return None
        size = self._size(garment, sizes, room, customer)
        if size is None:
            return None
        wanted = self._catalogue.garment(sizes[size])
        if wanted is None:
            return None
        reason, about = self._reason(pick, room)
        return Suggestion(wanted, reason, about, pick.count if reason is pick.reason else 0, pick.score)

    def _reason(self, pick: Pick, room: Sequence[Garment]) -> tuple[LookReason, Words]:
        """A person's hand is the best reason there is, so it goes before the model's."""
        hand = self._stylist.hand(pick.item, [g.item for g in room])
        if hand:
            return LookReason.STYLIST, Words.of(hand)
        beside = next((g.name for g in room if g.item == pick.about), NO_WORDS)
        return pick.reason, beside

    def _size(
        self, garment: Garment, sizes: Mapping[str, Gtin], room: Sequence[Garment], customer: Customer | None
    ) -> str | None:
        system = self._catalogue.size_system(garment.style_id)
        usual = customer.usual(garment.category, system) if customer else ""
        run = [offer.size for offer in garment.colourway.sizes]
        if usual and usual in run:
            return usual if usual in sizes else None
        beside = [g.size for g in room if self._catalogue.size_system(g.style_id) == system]
        for size in beside:
            if size in sizes:
                return size
        here = [size for size in run if size in sizes]
        return here[len(here) // 2] if here else None

    def _any_of(self, item: ItemId) -> Garment | None:
        return self._catalogue.garment_of_item(item)


def completing(found: Sequence[Suggestion], room: Sequence[Garment]) -> tuple[Suggestion, ...]:
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


def _varied(found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """The best ones, at most two of a category as long as there are others."""
    chosen: list[Suggestion] = []
    more: list[Suggestion] = []
    for suggestion in found:
        same = sum(c.garment.category == suggestion.garment.category for c in chosen)
        (chosen if same < SAME_CATEGORY else more).append(suggestion)
        if len(chosen) == WANTED:
            break
    return tuple((chosen + more)[:WANTED])
