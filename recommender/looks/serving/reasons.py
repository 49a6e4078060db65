"""Why a garment is suggested: a closed set of reasons, each true by construction, and English words for the terminal.

The mirror renders reasons through its own translations; the words here are for the command line.
"""

from __future__ import annotations

from enum import Enum, unique
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from recommender.arrays import Ints, SparseRows
    from recommender.looks.serving.model import LooksModel

# A claim "bought together" wants this many baskets behind it; one basket is one shopper's business.
MIN_SHARED_BASKETS = 2
# A claim "completes" wants this many baskets that held both categories.
MIN_CATEGORY_BASKETS = 5


@unique
class ReasonKind(Enum):
    """What is claimed; the comment says what was checked before it is said."""

    STYLIST = "stylist"  # a person put both in one look
    BOUGHT_TOGETHER = "bought-together"  # `count` baskets held this piece and `about`
    SAME_MATERIAL = "same-material"  # both bear the same word in the material column
    SAME_DESIGNER = "same-hand"  # both bear the same designer or atelier
    COMPLETES = "completes"  # a category the room lacks, which baskets with the room's category also held
    NEW_ARRIVAL = "new-arrival"  # no sale of it is known
    POPULAR = "popular"  # in the best-selling tenth; `count` sales
    IN_KEEPING = "in-keeping"  # `about` is the room's garment that speaks loudest for it


class Reason(NamedTuple):
    """One reason: `about` is the room's garment it speaks of, `count` the number behind it."""

    kind: ReasonKind
    about: str | None = None
    count: int | None = None  # type: ignore[assignment]  # a tuple's own `count` is of no use here


def reasons_for(
    model: LooksModel, rows: Sequence[int], room: Sequence[int], stylist: Mapping[int, int] | None = None
) -> list[Reason]:
    """The strongest true reason to show each garment of `rows` beside the `room`.

    `stylist` names, for what a person put beside a garment of the room, that garment.
    """
    worn = stylist or {}
    places = model.items.sold_position[list(rows)]
    most, about = _most_shared_baskets(model.pairs, places, room)
    ids, room_attributes = model.items.ids, _RoomAttributes(model, room)
    found = []
    for row, count, other, place in zip(rows, most, about, places.tolist(), strict=True):
        if row in worn:
            found.append(Reason(ReasonKind.STYLIST, ids[worn[row]]))
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
    """The same for one garment."""
    return reasons_for(model, [row], room)[0]


def _item_reason(model: LooksModel, row: int, room: Sequence[int]) -> Reason:
    if model.best_sellers.item(row) or not room:
        return Reason(ReasonKind.POPULAR, count=model.items.sales.item(row))
    heard = model.context[list(room)] @ model.target[model.items.sold_position.item(row)]
    return Reason(ReasonKind.IN_KEEPING, about=model.items.ids[room[int(heard.argmax())]])


def _most_shared_baskets(pairs: SparseRows, places: Ints, room: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each place the most baskets it shared with one garment of the room, and which garment that is."""
    most, about = [0] * len(places), [-1] * len(places)
    for other in room:
        span = slice(pairs.start.item(other), pairs.start.item(other + 1))
        columns = pairs.columns[span]
        if not len(columns):
            continue
        at = columns.searchsorted(places)
        # what would stand behind the last column is looked for, and not found, in the last
        met = columns.take(at, mode="clip") == places
        if not met.any():
            continue
        counts = pairs.counts[span].take(at, mode="clip") * met
        for which, count in enumerate(counts.tolist()):
            if count > most[which]:
                most[which], about[which] = count, other
    return most, about


class _RoomAttributes:
    """What hangs in the room, by category, material and hand: looked up once for all garments beside it."""

    def __init__(self, model: LooksModel, room: Sequence[int]) -> None:
        self._model = model
        self._category = model.items.categories
        # the first garment of each, in the order of the room
        self._categories: dict[int, int] = {}
        for row in room:
            if self._category[row] >= 0:
                self._categories.setdefault(self._category[row], row)
        self._shared = [
            (attribute.codes.item, {attribute.codes.item(row): row for row in reversed(room)}, kind)
            for role, kind in _ROLES
            if (attribute := model.items.attributes.get(role)) is not None
        ]

    def completed_by(self, row: int) -> Reason | None:
        """A category the room lacks, which was often bought with one it has."""
        mine = self._category[row]
        if mine < 0 or mine in self._categories:
            return None
        habit = self._model.category_pairs.item
        most, about = 0, -1
        for their, other in self._categories.items():
            met = habit(mine, their)
            if met > most:
                most, about = met, other
        return (
            Reason(ReasonKind.COMPLETES, self._model.items.ids[about], most)
            if most >= MIN_CATEGORY_BASKETS
            else None
        )

    def same_as(self, row: int) -> Reason | None:
        """The first garment of the same material, else of the same hand."""
        for code, theirs, kind in self._shared:
            mine = code(row)
            if mine >= 0 and mine in theirs:
                return Reason(kind, self._model.items.ids[theirs[mine]])
        return None


_ROLES = (("material", ReasonKind.SAME_MATERIAL), ("hand", ReasonKind.SAME_DESIGNER))
_WORDS = {
    ReasonKind.STYLIST: "our stylist wears it with {about}",
    ReasonKind.BOUGHT_TOGETHER: "bought together with {about} ({count} times)",
    ReasonKind.SAME_MATERIAL: "the same material as {about}",
    ReasonKind.SAME_DESIGNER: "from the same hand as {about}",
    ReasonKind.COMPLETES: "completes the look with {about}",
    ReasonKind.NEW_ARRIVAL: "new in the house",
    ReasonKind.POPULAR: "much loved this season",
    ReasonKind.IN_KEEPING: "in keeping with {about}",
}


def reason_text(reason: Reason, names: Callable[[str], str] = str) -> str:
    """English words for a reason; `names` turns an item id into what people call the garment."""
    about = names(reason.about) if reason.about is not None else ""
    if reason.kind is ReasonKind.STYLIST and not about:
        return "chosen by our stylist"
    return _WORDS[reason.kind].format(about=about, count=reason.count)
