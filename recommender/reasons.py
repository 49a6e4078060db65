"""Why a garment is suggested: a closed set of reasons, each true by construction, and English words for the terminal.

The mirror renders reasons through its own translations; the words here are for the command line.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, unique

from recommender.arrays import Ints, Rows
from recommender.model import Attribute, LooksModel

# A claim "bought together" wants this many baskets behind it; one basket is one shopper's business.
PROOF = 2
# A claim "completes" wants this many baskets that held both categories.
HABIT = 5


@unique
class ReasonKind(Enum):
    """What is claimed; the comment says what was checked before it is said."""

    STYLIST = "stylist"  # a person put both in one look
    BOUGHT_TOGETHER = "bought-together"  # `count` baskets held this piece and `about`
    SAME_MATERIAL = "same-material"  # both bear the same word in the material column
    SAME_HAND = "same-hand"  # both bear the same designer or atelier
    COMPLETES = "completes"  # a category the room lacks, which baskets with the room's category also held
    NEW_ARRIVAL = "new-arrival"  # no sale of it is known
    POPULAR = "popular"  # in the best-selling tenth; `count` sales
    IN_KEEPING = "in-keeping"  # `about` is the room's garment that speaks loudest for it


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: `about` is the room's garment it speaks of, `count` the number behind it."""

    kind: ReasonKind
    about: str | None = None
    count: int | None = None


def reasons_for(
    model: LooksModel, rows: Sequence[int], room: Sequence[int], stylist: Mapping[int, int] | None = None
) -> list[Reason]:
    """The strongest true reason to show each garment of `rows` beside the `room`.

    `stylist` names, for what a person put beside a garment of the room, that garment.
    """
    worn = stylist or {}
    places = model.shelf.place[list(rows)]
    most, about = _together(model.pairs, places, room)
    return [
        Reason(ReasonKind.STYLIST, model.shelf.ids[worn[row]])
        if row in worn
        else _reason(model, row, room, count, other, new=place < 0)
        for row, count, other, place in zip(rows, most, about, places.tolist(), strict=True)
    ]


def reason_for(model: LooksModel, row: int, room: Sequence[int]) -> Reason:
    """The same for one garment."""
    return reasons_for(model, [row], room)[0]


def _reason(model: LooksModel, row: int, room: Sequence[int], count: int, other: int, *, new: bool) -> Reason:
    if new:
        return Reason(ReasonKind.NEW_ARRIVAL)
    if count >= PROOF:
        return Reason(ReasonKind.BOUGHT_TOGETHER, model.shelf.ids[other], count)
    reason = _completes(model, row, room) or _same(model, row, room)
    if reason is not None:
        return reason
    if model.best_sellers[row] or not room:
        return Reason(ReasonKind.POPULAR, count=int(model.shelf.sales[row]))
    return Reason(ReasonKind.IN_KEEPING, about=_loudest(model, row, room))


def _together(pairs: Rows, places: Ints, room: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each place the most baskets it shared with one garment of the room, and which garment that is."""
    most, about = [0] * len(places), [-1] * len(places)
    for other in room:
        lo, hi = pairs.start[other], pairs.start[other + 1]
        columns = pairs.columns[lo:hi]
        if not len(columns):
            continue
        at = columns.searchsorted(places)
        at[at == len(columns)] = 0
        counts = pairs.counts[lo:hi][at] * (columns[at] == places)
        for which, count in enumerate(counts.tolist()):
            if count > most[which]:
                most[which], about[which] = count, other
    return most, about


def _completes(model: LooksModel, row: int, room: Sequence[int]) -> Reason | None:
    categories = model.shelf.categories
    mine = categories[row]
    theirs = [categories[other] for other in room]
    if mine < 0 or mine in theirs:
        return None
    habits = model.category_pairs[mine]
    most, about = 0, -1
    for other, their in zip(room, theirs, strict=True):
        if their >= 0 and habits[their] > most:
            most, about = int(habits[their]), other
    return Reason(ReasonKind.COMPLETES, model.shelf.ids[about], most) if most >= HABIT else None


def _same(model: LooksModel, row: int, room: Sequence[int]) -> Reason | None:
    for role, kind in (("material", ReasonKind.SAME_MATERIAL), ("hand", ReasonKind.SAME_HAND)):
        shared = _sharing(model.shelf.attributes.get(role), row, room)
        if shared is not None:
            return Reason(kind, model.shelf.ids[shared])
    return None


def _sharing(attribute: Attribute | None, row: int, room: Sequence[int]) -> int | None:
    if attribute is None or attribute.codes[row] < 0:
        return None
    return next((other for other in room if attribute.codes[other] == attribute.codes[row]), None)


def _loudest(model: LooksModel, row: int, room: Sequence[int]) -> str:
    heard = model.context[list(room)] @ model.target[model.shelf.place[row]]
    return model.shelf.ids[room[int(heard.argmax())]]


_WORDS = {
    ReasonKind.STYLIST: "our stylist wears it with {about}",
    ReasonKind.BOUGHT_TOGETHER: "bought together with {about} ({count} times)",
    ReasonKind.SAME_MATERIAL: "the same material as {about}",
    ReasonKind.SAME_HAND: "from the same hand as {about}",
    ReasonKind.COMPLETES: "completes the look with {about}",
    ReasonKind.NEW_ARRIVAL: "new in the house",
    ReasonKind.POPULAR: "much loved this season",
    ReasonKind.IN_KEEPING: "in keeping with {about}",
}


def words(reason: Reason, names: Callable[[str], str] = str) -> str:
    """English words for a reason; `names` turns an item id into what people call the garment."""
    about = names(reason.about) if reason.about is not None else ""
    if reason.kind is ReasonKind.STYLIST and not about:
        return "chosen by our stylist"
    return _WORDS[reason.kind].format(about=about, count=reason.count)
