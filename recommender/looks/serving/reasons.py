"""Reasons for a suggestion: a closed set, each verified against the model, and English texts for the
command line.

The mirror shows reasons through its own translations; the texts here are for the command line.
"""

from __future__ import annotations

from enum import Enum, unique
from typing import TYPE_CHECKING, NamedTuple

from recommender.looks.serving.chance import beyond_chance
from recommender.looks.serving.score import vector_contributions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from recommender.arrays import Ints
    from recommender.looks.serving.model import LooksModel

# Minimum number of baskets for "bought together", so that no single shopper's basket is revealed.
MIN_SHARED_BASKETS = 2
# Minimum number of baskets that held both categories for "completes".
MIN_CATEGORY_BASKETS = 5


@unique
class ReasonKind(Enum):
    """Kind of reason; the comment states the condition that was checked."""

    STYLIST = "stylist"  # a stylist put both in one look
    BOUGHT_TOGETHER = "bought-together"  # `count` baskets kept this item and `about`, more than chance gives
    SAME_MATERIAL = "same-material"  # both have the same value in the material column
    SAME_DESIGNER = "same-hand"  # both have the same designer or atelier
    COMPLETES = (
        "completes"  # a category not in the room that was bought with one in it more than chance gives
    )
    NEW_ARRIVAL = "new-arrival"  # it has no sales
    POPULAR = "popular"  # among the best-selling 10 %, or the room is empty; `count` sales
    IN_KEEPING = "in-keeping"  # `about` is the item with the largest contribution that may be worn with it


class Reason(NamedTuple):
    """One reason: `about` is the item of the room it refers to, `count` the number behind it."""

    kind: ReasonKind
    about: str | None = None
    count: int | None = None  # type: ignore[assignment]  # overrides tuple.count, which is not used


def reasons_for(
    model: LooksModel, rows: Sequence[int], room: Sequence[int], stylist: Mapping[int, int] | None = None
) -> list[Reason]:
    """The strongest reason that holds for each item of `rows` beside the `room`.

    `stylist` maps an item that a stylist combined with an item of the room to that item.
    """
    stylist_pairs = stylist or {}
    places = model.items.sold_position[list(rows)]
    most, about = _most_shared_baskets(model, rows, places, room)
    ids, room_attributes = model.items.ids, _RoomAttributes(model, room)
    found = []
    for row, count, other, place in zip(rows, most, about, places.tolist(), strict=True):
        if row in stylist_pairs:
            found.append(Reason(ReasonKind.STYLIST, ids[stylist_pairs[row]]))
        elif place < 0:
            found.append(Reason(ReasonKind.NEW_ARRIVAL))
        elif count >= MIN_SHARED_BASKETS:
            found.append(Reason(ReasonKind.BOUGHT_TOGETHER, ids[other], count))
        else:
            found.append(
                room_attributes.completed_by(row)
                or room_attributes.same_as(row)
                or _item_reason(model, row, room)
            )
    return found


def reason_for(model: LooksModel, row: int, room: Sequence[int]) -> Reason:
    """The reason for one item."""
    return reasons_for(model, [row], room)[0]


def _item_reason(model: LooksModel, row: int, room: Sequence[int]) -> Reason:
    if model.best_sellers.item(row) or not room:
        return Reason(ReasonKind.POPULAR, count=model.items.sales.item(row))
    contribution = vector_contributions(model, room, model.items.sold_position.item(row))
    fitting = [place for place, other in enumerate(room) if not model.outfits.excludes(row, other)]
    if not fitting:
        return Reason(ReasonKind.IN_KEEPING)
    return Reason(ReasonKind.IN_KEEPING, about=model.items.ids[room[max(fitting, key=contribution.item)]])


def _most_shared_baskets(
    model: LooksModel, rows: Sequence[int], places: Ints, room: Sequence[int]
) -> tuple[list[int], list[int]]:
    """For each row, the largest number of baskets shared with one item of the room, beyond chance, and that item."""
    pairs, expected = model.pairs, model.bought.expected
    most, about = [0] * len(places), [-1] * len(places)
    for other in room:
        span = slice(pairs.start.item(other), pairs.start.item(other + 1))
        columns = pairs.columns[span]
        if not len(columns):
            continue
        at = columns.searchsorted(places)
        # a position beyond the last column is compared with the last column, and does not match
        shared = columns.take(at, mode="clip") == places
        if not shared.any():
            continue
        counts = pairs.counts[span].take(at, mode="clip") * shared
        for which, count in enumerate(counts.tolist()):
            if count > most[which] and beyond_chance(count, expected(rows[which], other)):
                most[which], about[which] = count, other
    return most, about


class _RoomAttributes:
    """Categories, materials and designers of the room's items, looked up once for all candidates."""

    def __init__(self, model: LooksModel, room: Sequence[int]) -> None:
        self._model = model
        self._category = model.items.categories
        # the items of each category, in the order of the room
        self._categories: dict[int, list[int]] = {}
        for row in room:
            if self._category[row] >= 0:
                self._categories.setdefault(self._category[row], []).append(row)
        self._shared = [
            (attribute.codes.item, {attribute.codes.item(row): row for row in reversed(room)}, kind)
            for role, kind in _ROLES
            if (attribute := model.items.attributes.get(role)) is not None
        ]

    def completed_by(self, row: int) -> Reason | None:
        """A category that is not in the room but was bought with one that is more often than chance gives."""
        category = self._category[row]
        if category < 0 or category in self._categories:
            return None
        shared_baskets, expected = self._model.category_pairs.item, self._model.bought.expected_categories
        most, about = 0, -1
        for other_category, others in self._categories.items():
            shared = shared_baskets(category, other_category)
            if shared > most and beyond_chance(shared, expected(category, other_category)):
                fitting = next(
                    (other for other in others if not self._model.outfits.excludes(row, other)), None
                )
                most, about = (most, about) if fitting is None else (shared, fitting)
        return (
            Reason(ReasonKind.COMPLETES, self._model.items.ids[about], most)
            if most >= MIN_CATEGORY_BASKETS
            else None
        )

    def same_as(self, row: int) -> Reason | None:
        """The first item with the same material, or else with the same designer."""
        for code, rows_by_code, kind in self._shared:
            value = code(row)
            if value >= 0 and value in rows_by_code:
                return Reason(kind, self._model.items.ids[rows_by_code[value]])
        return None


_ROLES = (("material", ReasonKind.SAME_MATERIAL), ("hand", ReasonKind.SAME_DESIGNER))
_WORDS = {
    ReasonKind.STYLIST: "combined with {about} by our stylist",
    ReasonKind.BOUGHT_TOGETHER: "bought together with {about} ({count} times)",
    ReasonKind.SAME_MATERIAL: "the same material as {about}",
    ReasonKind.SAME_DESIGNER: "by the same designer as {about}",
    ReasonKind.COMPLETES: "completes the look with {about}",
    ReasonKind.NEW_ARRIVAL: "new in the shop",
    ReasonKind.POPULAR: "often bought",
    ReasonKind.IN_KEEPING: "goes with {about}",
}


_WITHOUT_ITEM = {
    ReasonKind.STYLIST: "chosen by our stylist",
    ReasonKind.IN_KEEPING: "in keeping with the room",
}


def reason_text(reason: Reason, names: Callable[[str], str] = str) -> str:
    """English text of a reason; `names` maps an item id to a display name."""
    about = names(reason.about) if reason.about is not None else ""
    if not about and reason.kind in _WITHOUT_ITEM:
        return _WITHOUT_ITEM[reason.kind]
    return _WORDS[reason.kind].format(about=about, count=reason.count)
