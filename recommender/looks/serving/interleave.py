"""How several rankings become one list: new arrivals in their slot, the stylist's pieces among the model's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recommender.inputs.stylist_looks import StylistLook
    from recommender.looks.serving.model import ItemIndex

# At most this share of a list comes from the stylist's looks.
MAX_STYLIST_SHARE = 1 / 3


def new_arrival_slots(room: Sequence[str], k: int, slot: int) -> list[int]:
    """The places (from 0) of a list of `k` that are kept for new arrivals: one in `slot`.

    In a long list the first comes just behind the first screen. Of lists no longer than the slot so many get one, in
    the last place; always for the same rooms, so that a shopper who looks twice sees the same.
    """
    if k > slot:
        return [slot, *range(2 * slot - 1, k, slot)]
    chosen = k > 0 and crc32("|".join(map(str, room)).encode()) % slot < k
    return [k - 1] if chosen else []


def with_new_arrivals(main: Iterator[int], fresh: Iterator[int], slot: int) -> Iterator[int]:
    """`main` with one of `fresh` in the places of a long list (see `turns`); what is left of `fresh` at the end."""
    given, wanted = 0, slot
    for row in main:
        if given == wanted:
            yield from (arrival for arrival in (next(fresh, None),) if arrival is not None)
            given += 1
            wanted = ((wanted + 1) // slot + 1) * slot - 1
        given += 1
        yield row
    yield from fresh


def with_stylist_picks(main: Iterator[int], picks: Sequence[int], most: int) -> Iterator[int]:
    """`main` with the first `most` of `picks` in the second place and every third after it."""
    waiting = list(picks[:most])
    for at, row in enumerate(main):
        if waiting and at % 2 == 1:
            yield waiting.pop(0)
        yield row
    yield from waiting


def stylist_matches(looks: Iterable[StylistLook], shelf: ItemIndex, room: Sequence[int]) -> dict[int, int]:
    """Rows that a stylist wears with the room, each with the room's row it is worn with; any colour of a style counts
    as the style the stylist chose."""
    if not room:
        return {}
    by_style = {int(shelf.styles[row]): row for row in reversed(room)}
    found: dict[int, int] = {}
    for look in looks:
        pieces = shelf.rows_of(look.pieces)
        about = next(
            (by_style[int(shelf.styles[row])] for row in pieces if int(shelf.styles[row]) in by_style), None
        )
        if about is not None:
            found.update(
                {row: about for row in pieces if int(shelf.styles[row]) not in by_style and row not in found}
            )
    return found
