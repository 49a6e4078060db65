"""Merges rankings into one: new arrivals at fixed positions, stylists' picks among the model's items."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recommender.inputs.stylist_looks import StylistLook
    from recommender.looks.serving.model import ItemIndex

# Maximum share of a list that comes from stylists' looks.
MAX_STYLIST_SHARE = 1 / 3


def new_arrival_positions(room: Sequence[str], k: int, interval: int) -> list[int]:
    """The positions (from 0) of a list of `k` that are reserved for new arrivals.

    In a list longer than the interval, the first follows the first `interval` items and the second ends the second
    interval. Behind them every second interval ends with one: further new arrivals are the less likely ones, and each
    takes the place of a sold item. Of shorter lists, the fraction k / interval gets one, in the last position. Which
    lists do is decided by a checksum of the room, so that the same room always gets the same list.
    """
    if k > interval:
        positions = [interval, max(2 * interval - 1, interval + 1), *range(4 * interval - 1, k, 2 * interval)]
        return [position for position in positions if position < k]
    chosen = k > 0 and crc32("|".join(map(str, room)).encode()) % interval < k
    return [k - 1] if chosen else []


def with_new_arrivals(
    main: Iterator[int], arrivals: Iterator[int], positions: Sequence[int]
) -> Iterator[int]:
    """`main` with one of `arrivals` at each of the `positions` (ascending); the remaining arrivals at the end."""
    given = 0
    for position in positions:
        yield from islice(main, position - given)
        yield from islice(arrivals, 1)
        given = position + 1
    yield from main
    yield from arrivals


def with_stylist_picks(main: Iterator[int], picks: Sequence[int], most: int) -> Iterator[int]:
    """`main` with the first `most` of `picks`, in the second position and then in every third."""
    waiting = list(picks[:most])
    for at, row in enumerate(main):
        if waiting and at % 2 == 1:
            yield waiting.pop(0)
        yield row
    yield from waiting


def one_of_each_style(rows: Iterable[int], styles: Sequence[int], seen: set[int]) -> Iterator[int]:
    """The rows whose style is not in `seen`, which is updated; iterators of one list share it."""
    for row in rows:
        if styles[row] not in seen:
            seen.add(styles[row])
            yield row


class StylistMatches:
    """The stylists' looks by the style of their pieces, so that a request reads only those that touch its room."""

    def __init__(self, looks: Iterable[StylistLook], items: ItemIndex) -> None:
        self._styles = items.styles
        self._looks = [items.rows_of(look.pieces) for look in looks]
        self._of_style: dict[int, list[int]] = {}
        for number, pieces in enumerate(self._looks):
            for style in dict.fromkeys(items.styles[pieces].tolist()):
                self._of_style.setdefault(style, []).append(number)

    def beside(self, room: Sequence[int]) -> dict[int, int]:
        """Rows that a stylist combined with the room, each with the room's row it goes with.

        Any colour of a style counts as the style that the stylist chose.
        """
        by_style = {self._styles.item(row): row for row in reversed(room)}
        touched = sorted({number for style in by_style for number in self._of_style.get(style, ())})
        found: dict[int, int] = {}
        for number in touched:
            pieces = [(row, self._styles.item(row)) for row in self._looks[number]]
            about = next(by_style[style] for _, style in pieces if style in by_style)
            found.update({row: about for row, style in pieces if style not in by_style and row not in found})
        return found
