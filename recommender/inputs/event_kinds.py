"""The closed set of things a shopper does with a garment, and how much each says."""

from enum import IntEnum, unique


@unique
class EventKind(IntEnum):
    """What happened; the number is how it is kept in a column."""

    PURCHASE = 0
    TRYON_KEPT = 1
    TRYON_LEFT = 2
    REQUEST = 3
    NOT_THIS = 4
    RETURN = 5


# How strongly each event speaks for the garment belonging to the basket. A purchase is the unit; a piece that was
# tried on and kept is nearly one; trying on and leaving still says that the pieces were carried in together. What was
# refused takes the garment out of the basket; what came back leaves a trace of the look, since returns are mostly
# about size. The learned weights of a retailer replace these only through `Weights`.
EVENT_WEIGHT: dict[EventKind, float] = {
    EventKind.PURCHASE: 1.0,
    EventKind.TRYON_KEPT: 0.7,
    EventKind.TRYON_LEFT: 0.25,
    EventKind.REQUEST: 0.5,
    EventKind.NOT_THIS: 0.0,
    EventKind.RETURN: 0.0,
}
# What is left of a basket's garment that was returned.
RETURNED_FACTOR = 0.3

_WORDS: dict[EventKind, str] = {
    EventKind.PURCHASE: "purchase purchased buy bought sale sold order ordered transaction sales",
    EventKind.TRYON_KEPT: "tryon_kept try_on_kept tried_kept kept tryonkept",
    EventKind.TRYON_LEFT: "tryon_left try_on_left tried_left left tryon try_on tried fitting",
    EventKind.REQUEST: "request requested ask asked wish",
    EventKind.NOT_THIS: "not_this notthis dislike disliked hide rejected not_for_me",
    EventKind.RETURN: "return returned refund refunded",
}
_KIND_OF = {word: kind for kind, words in _WORDS.items() for word in words.split()}


def parse_event_kind(word: str) -> EventKind | None:
    """The kind a retailer's word means (case, blanks and hyphens do not matter), or None for a foreign word."""
    return _KIND_OF.get(word.strip().lower().replace("-", "_").replace(" ", "_"))


def names_of_kinds(*kinds: EventKind) -> list[str]:
    """The words that mean one of these kinds, as `kind_named` compares them."""
    return [word for kind in kinds for word in _WORDS[kind].split()]
