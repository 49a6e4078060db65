"""Kinds of shopper events (implicit feedback) and the weight of each kind."""

from enum import IntEnum, unique


@unique
class EventKind(IntEnum):
    """Kind of event; the number is the code in the `kind` column."""

    PURCHASE = 0
    TRYON_KEPT = 1
    TRYON_LEFT = 2
    REQUEST = 3
    NOT_THIS = 4
    RETURN = 5


# Weight of an event as evidence that the item belongs to the basket. A purchase is 1. An item tried on and
# left still shows that it was carried in together with the others. A refused item is removed from the basket;
# a returned item keeps a small weight, since most returns are about size.
EVENT_WEIGHT: dict[EventKind, float] = {
    EventKind.PURCHASE: 1.0,
    EventKind.TRYON_KEPT: 0.7,
    EventKind.TRYON_LEFT: 0.25,
    EventKind.REQUEST: 0.5,
    EventKind.NOT_THIS: 0.0,
    EventKind.RETURN: 0.0,
}
# Factor on the weight of an item that was returned.
RETURNED_FACTOR = 0.3

_NAMES: dict[EventKind, str] = {
    EventKind.PURCHASE: "purchase purchased buy bought sale sold order ordered transaction sales",
    EventKind.TRYON_KEPT: "tryon_kept try_on_kept tried_kept kept tryonkept",
    EventKind.TRYON_LEFT: "tryon_left try_on_left tried_left left tryon try_on tried fitting",
    EventKind.REQUEST: "request requested ask asked wish",
    EventKind.NOT_THIS: "not_this notthis dislike disliked hide rejected not_for_me",
    EventKind.RETURN: "return returned refund refunded",
}
_KIND_BY_NAME = {word: kind for kind, words in _NAMES.items() for word in words.split()}


def parse_event_kind(word: str) -> EventKind | None:
    """The event kind for a retailer's word (case, spaces and hyphens do not matter); None if it is unknown."""
    return _KIND_BY_NAME.get(word.strip().lower().replace("-", "_").replace(" ", "_"))


def names_of_kinds(*kinds: EventKind) -> list[str]:
    """All words accepted for these kinds, normalised as in `parse_event_kind`."""
    return [word for kind in kinds for word in _NAMES[kind].split()]
