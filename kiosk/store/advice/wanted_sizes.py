"""Which sizes of a style are a shopper's, from her usual sizes and from the pieces that she took herself.

A size counts within its own size system, and in another one as far as the size tables convert it: a dress of EU 38 is
an S in knitwear and says nothing about shoes. Where no size is known, none is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kiosk.core.domain.fit_feedback import BodyFacts
from kiosk.core.domain.garment import displayed_size
from kiosk.store.advice.size_tables import SizeTables, StyleSizes
from kiosk.store.customers.customers import Customer
from recommender.sizes.serving.size_scale import size_position

MAX_REMEMBERED = 20_000
"""Results that are remembered of what depends on labels alone: suggestions ask for each size run of the shop."""
_HALF = 0.5
_DOUBLE = re.compile(r"[/-]")
_LETTERS = re.compile(r"[X\d]*[SML]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WornSize:
    """The size of a piece that the shopper took, with the size system and the category of its style."""

    system: str
    category: str
    size: str


@dataclass(frozen=True, slots=True)
class WantedSize:
    """A size to bring; `fits` is False for the nearest other size. `stored`: it is stored for her, in this system.
    `far`: it is the nearest of a run that has none near hers, and is not to be brought as hers."""

    size: str
    fits: bool
    stored: bool = False
    far: bool = False


@lru_cache(MAX_REMEMBERED)
def one_size(run: tuple[str, ...]) -> bool:
    """Whether a style comes in one size for everybody: a single size that is neither a letter nor a number."""
    if len(run) != 1:
        return False
    position = size_position(run[0])[1]
    return not displayed_size(run[0]) or position != position


class WantedSizes:
    """The sizes of one shopper, by style."""

    def __init__(self, tables: SizeTables, worn: Sequence[WornSize], customer: Customer | None) -> None:
        self._tables, self._worn, self._customer = tables, worn, customer
        self._known: dict[tuple[str, str, tuple[str, ...]], tuple[WantedSize, ...]] = {}

    def of(self, category: str, style: StyleSizes) -> tuple[WantedSize, ...]:
        """The sizes of a run in the order in which to bring them; empty if no size of hers is known for it."""
        key = (category, style[0], tuple(style[1]))
        if key not in self._known:
            self._known[key] = self._of(category, (key[1], key[2]))
        return self._known[key]

    def _of(self, category: str, style: tuple[str, tuple[str, ...]]) -> tuple[WantedSize, ...]:
        run = style[1]
        if one_size(run):
            return (WantedSize(run[0], fits=True),)
        usual = self._tables.usual(self._customer, category, style)
        if usual in run and self._customer is not None:
            stored = self._customer.usual(category, style[0])
            if usual == stored:
                return (WantedSize(usual, fits=True, stored=True),)
            return with_neighbours((usual,), run)
        same = [
            one for one in self._worn if one.system == style[0] and (style[0] or one.category == category)
        ]
        for sizes in (
            [size for one in same for size in sizes_in_run(one.size, run)],
            [size for one in self._worn if one not in same for size in self._converted(one, style)],
        ):
            if sizes:
                return with_neighbours(tuple(dict.fromkeys(sizes)), run)
        return next((found for one in same if (found := nearest(one.size, run))), ())

    def _converted(self, worn: WornSize, style: StyleSizes) -> tuple[str, ...]:
        if not worn.system or not style[0]:
            return ()
        return self._tables.sizes_for_label(BodyFacts(kind=worn.system, size=worn.size), style)


@lru_cache(MAX_REMEMBERED)
def sizes_in_run(size: str, run: tuple[str, ...]) -> tuple[str, ...]:
    """A size of the same system in a run: itself, also as "2XL" for "XXL"; else the double size that contains it (S in
    "S/M", 128 in "122/128"); else the nearest sizes that are at most half a step away, the larger first (a shoe of 38.5
    in whole sizes)."""
    if size in run:
        return (size,)
    letter, wanted = size_position(size)
    if letter:
        alike = tuple(each for each in run if size_position(each) == (letter, wanted))
        return alike or tuple(
            each for each in run if _LETTERS.fullmatch(size) and size.upper() in _DOUBLE.split(each.upper())
        )
    if wanted != wanted or not _one_dimensional(run):
        return ()
    double = tuple(each for each in _double_numbers(run) if size in _DOUBLE.split(each))
    places = [size_position(each)[1] for each in run]
    near = [at for at, place in enumerate(places) if abs(place - wanted) <= _step(places) * _HALF]
    return double or tuple(run[at] for at in reversed(near))


def nearest(size: str, run: tuple[str, ...]) -> tuple[WantedSize, ...]:
    """Where a run has not this size: those at most a step away, the larger first; else the nearest one, as far. Empty
    if the sizes cannot be compared."""
    letter, wanted = size_position(size)
    places = [size_position(each)[1] for each in run if size_position(each)[0] == letter]
    if wanted != wanted or len(places) < len(run) or not _one_dimensional(run):
        return ()
    step = 1.0 if letter else _step(places)
    order = sorted(range(len(run)), key=lambda at: (abs(places[at] - wanted), -places[at]))
    near = [at for at in order if abs(places[at] - wanted) <= step]
    return tuple(WantedSize(run[at], fits=False) for at in near) or (
        WantedSize(run[order[0]], fits=False, far=True),
    )


def _step(places: Sequence[float]) -> float:
    return min((b - a for a, b in pairwise(places)), default=0.0)


def _double_numbers(run: tuple[str, ...]) -> tuple[str, ...]:
    """The sizes of a run that stand for two, as "122/128" before "134/140"; of a waist and an inseam, none."""
    parts = [_DOUBLE.split(each) for each in run]
    ends = [(size_position(each[0])[1], size_position(each[-1])[1]) for each in parts]
    if any(len(each) > 2 for each in parts) or any(high >= low for (_, high), (low, _) in pairwise(ends)):
        return ()
    return tuple(each for each, (low, high) in zip(run, ends, strict=True) if low < high)


@lru_cache(MAX_REMEMBERED)
def with_neighbours(sizes: tuple[str, ...], run: tuple[str, ...]) -> tuple[WantedSize, ...]:
    """These sizes, then those next to the first, the larger one first.

    A run in two dimensions (waist and inseam, band and cup) has no next size.
    """
    found = [WantedSize(size, fits=True) for size in sizes]
    if _one_dimensional(run):
        at = run.index(sizes[0])
        beside = [run[place] for place in (at + 1, at - 1) if 0 <= place < len(run)]
        found += [WantedSize(size, fits=False) for size in beside if size not in sizes]
    return tuple(found)


def _one_dimensional(run: Sequence[str]) -> bool:
    """Whether the places of a run ascend, all of them numbers or all letters."""
    places = [size_position(size) for size in run]
    return len({letter for letter, _ in places}) == 1 and all(a[1] < b[1] for a, b in pairwise(places))
