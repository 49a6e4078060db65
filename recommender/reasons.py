"""Why a garment is suggested: a closed set of reasons, each true by construction, and English words for the terminal.

The mirror renders reasons through its own translations; the words here are for the command line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, unique

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


def reason_for(model: LooksModel, row: int, room: list[int], stylist: int | None = None) -> Reason:
    """The strongest true reason to show the garment in `row` beside the `room`.

    `stylist` is the room's garment beside which a person put it, if one did.
    """
    if stylist is not None:
        return Reason(ReasonKind.STYLIST, model.shelf.ids[stylist])
    if model.shelf.place[row] < 0:
        return Reason(ReasonKind.NEW_ARRIVAL)
    for claim in (_together, _completes, _same):
        reason = claim(model, row, room)
        if reason is not None:
            return reason
    if model.best_sellers[row] or not room:
        return Reason(ReasonKind.POPULAR, count=int(model.shelf.sales[row]))
    return Reason(ReasonKind.IN_KEEPING, about=_loudest(model, row, room))


def _together(model: LooksModel, row: int, room: list[int]) -> Reason | None:
    place = int(model.shelf.place[row])
    count, other = max(((model.pairs.count(other, place), -other) for other in room), default=(0, 0))
    if count < PROOF:
        return None
    return Reason(ReasonKind.BOUGHT_TOGETHER, model.shelf.ids[-other], count)


def _completes(model: LooksModel, row: int, room: list[int]) -> Reason | None:
    category = model.shelf.attributes.get("category")
    if category is None:
        return None
    mine = int(category.codes[row])
    theirs = [int(category.codes[other]) for other in room]
    if mine < 0 or mine in theirs:
        return None
    known = [(int(model.category_pairs[mine, their]), -at) for at, their in enumerate(theirs) if their >= 0]
    habit, at = max(known, default=(0, 0))
    return Reason(ReasonKind.COMPLETES, model.shelf.ids[room[-at]], habit) if habit >= HABIT else None


def _same(model: LooksModel, row: int, room: list[int]) -> Reason | None:
    for role, kind in (("material", ReasonKind.SAME_MATERIAL), ("hand", ReasonKind.SAME_HAND)):
        shared = _sharing(model.shelf.attributes.get(role), row, room)
        if shared is not None:
            return Reason(kind, model.shelf.ids[shared])
    return None


def _sharing(attribute: Attribute | None, row: int, room: list[int]) -> int | None:
    if attribute is None or attribute.codes[row] < 0:
        return None
    return next((other for other in room if attribute.codes[other] == attribute.codes[row]), None)


def _loudest(model: LooksModel, row: int, room: list[int]) -> str:
    heard = model.context[room] @ model.target[model.shelf.place[row]]
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
