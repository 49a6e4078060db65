"""Which garments cannot complete each other: two bottoms, trousers and a dress, gloves and linen shorts.

A garment's slot, season and line are recognised by the words of its category, name, material, season and line
(`words`), or stated in the configuration. What is not recognised excludes nothing. The exclusions say nothing
about what is bought: they are for suggestions that complete an outfit, and for the reasons of suggestions.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from recommender.looks.serving.outfits.vocabulary import Vocabulary, folded
from recommender.looks.serving.outfits.words import (
    EVERYBODY,
    LINE_WORDS,
    SEASON_WORDS,
    SLOT_WORDS,
    WOMENS_WORDS,
    Line,
    Season,
    Slot,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

E = TypeVar("E", bound=Enum)
# Pairs of slots that cannot complete each other. A pair of one slot: two of them do not.
# A top and a bottom of swimwear complete each other, and a dressing gown is worn over nightwear and swimwear.
_NIGHTS = (Slot.NIGHT, Slot.NIGHT_TOP, Slot.NIGHT_BOTTOM)
_SWIMS = (Slot.SWIM, Slot.SWIM_TOP, Slot.SWIM_BOTTOM)
EXCLUDED_SLOTS = frozenset(
    frozenset(pair)
    for pair in (
        (Slot.DRESS,), (Slot.BOTTOM,), (Slot.OUTER,), (Slot.SHOES,), (Slot.ROBE,),
        *((one,) for one in (*_NIGHTS, *_SWIMS)),
        *((Slot.NIGHT, part) for part in _NIGHTS[1:]), *((Slot.SWIM, part) for part in _SWIMS[1:]),
        (Slot.DRESS, Slot.BOTTOM), (Slot.UNDERWEAR, Slot.OUTER),
        *product(_SWIMS, (Slot.OUTER, Slot.UNDERWEAR)), *product(_NIGHTS, _SWIMS),
        *product((*_NIGHTS, Slot.ROBE), (Slot.DRESS, Slot.TOP, Slot.BOTTOM, Slot.OUTER)),
    )
)  # fmt: skip
# Worn beside nothing but their like, as far as sales do not say otherwise: no bra to boots, no socks to a bikini.
_PRIVATE = (frozenset({Slot.UNDERWEAR, Slot.ROBE, *_NIGHTS}), frozenset({Slot.ROBE, *_SWIMS}))
# The rest of a material's text is about other parts of it: "Wool with a little mohair", "Wool, 10 % cashmere".
_MATERIAL_END = re.compile(r"[,;/]|\d")
# Between the garments of a category that has several: "Shirts & blouses", "Schuhe und Taschen".
_SEVERAL = re.compile(r"[&+,]|\b(?:and|und|et|y|e)\b", re.IGNORECASE)
# Abbreviations of spring and autumn seasons in English, German, French, Italian and Spanish, such as SS26.
_SEASON_CODE = re.compile(r"(ss|fs|pe|pv|aw|fw|hw|ah|ai|oi)(?![a-z])")


class OutfitKind(NamedTuple):
    """What matters of a garment for an outfit; None is not known, and excludes nothing."""

    slot: Slot | None = None
    season: Season | None = None
    line: Line | None = None


UNKNOWN = OutfitKind()


class GarmentWords(NamedTuple):
    """The texts by which a garment's kind is recognised; each may be empty."""

    category: str = ""
    name: str = ""
    material: str = ""
    season: str = ""
    line: str = ""


NO_WORDS = GarmentWords()


def slots_exclude(one: OutfitKind, other: OutfitKind) -> bool:
    """Whether two garments are worn in each other's place."""
    return None not in (one.slot, other.slot) and frozenset((one.slot, other.slot)) in EXCLUDED_SLOTS


def seasons_or_lines_differ(one: OutfitKind, other: OutfitKind) -> bool:
    """Whether two garments are for different seasons or different people."""
    seasons = None not in (one.season, other.season) and one.season is not other.season
    return seasons or (None not in (one.line, other.line) and one.line is not other.line)


def excludes(one: OutfitKind, other: OutfitKind) -> bool:
    """Whether one garment cannot complete an outfit with the other."""
    return slots_exclude(one, other) or seasons_or_lines_differ(one, other)


def private_beside(kind: OutfitKind, room: Collection[OutfitKind]) -> bool:
    """Whether a garment is underwear, nightwear or swimwear, and nothing in the room is of the same sort."""
    sorts = [sort for sort in _PRIVATE if kind.slot in sort]
    return bool(sorts) and not any(each.slot in sort for each in room for sort in sorts)


def kind_text(kind: OutfitKind) -> str:
    """A kind as a text that is stored in models: `bottom/summer/women`, `-` for what is not known."""
    return "/".join("-" if part is None else part.value for part in kind)


def parse_kind(text: str) -> OutfitKind:
    """The kind of a stored text; what this version does not know is None."""
    slot, season, line = (*text.split("/"), "", "", "")[:3]
    return OutfitKind(_member(Slot, slot), _member(Season, season), _member(Line, line))


def _member(of: type[E], value: str) -> E | None:
    return next((member for member in of if member.value == value), None)


class OutfitReader:
    """Recognises kinds. `stated`: kinds of categories by the configuration, in place of the words of the category."""

    def __init__(self, stated: Mapping[str, OutfitKind] | None = None) -> None:
        self._stated = {folded(category): kind for category, kind in (stated or {}).items()}
        self.kind = lru_cache(maxsize=65_536)(self._kind)

    def _kind(self, words: GarmentWords) -> OutfitKind:
        stated = self._stated.get(folded(words.category))
        slot = stated.slot if stated is not None else _slot(words)
        season = stated.season if stated is not None else None
        return OutfitKind(slot, season or _season(words), _line(words))


# Words for these decide wherever they stand: `swimwear top`, `pyjama trousers`.
_DECISIVE = (
    Slot.ROBE, Slot.NIGHT_TOP, Slot.NIGHT_BOTTOM, Slot.NIGHT,
    Slot.SWIM_TOP, Slot.SWIM_BOTTOM, Slot.SWIM, Slot.UNDERWEAR,
)  # fmt: skip


def _slot(words: GarmentWords) -> Slot | None:
    """By the category, else, as in "Shoes & bags", by the name. A blazer among the jackets is worn under a coat."""
    slots = {slot for part in _SEVERAL.split(words.category) if (slot := _slot_of(part))}
    by_category = slots.pop() if len(slots) == 1 else None
    by_name = _slot_of(words.name)
    if by_category is Slot.OUTER and by_name is Slot.TOP:
        return by_name
    return by_category or by_name


def _slot_of(text: str) -> Slot | None:
    found = _SLOTS.until_cut(text)
    return next((slot for slot in _DECISIVE if slot in found), found[-1] if found else None)


def _season(words: GarmentWords) -> Season | None:
    """The stated season decides; else the garment's name, its category, and its main material."""
    if words.season:
        return _stated_season(words.season)
    for text in (words.name, words.category, _MATERIAL_END.split(words.material, maxsplit=1)[0]):
        found = set(_SEASONS.until_cut(text))
        if len(found) == 1:
            return found.pop()
    return None


def _stated_season(text: str) -> Season | None:
    """`summer`, `SS26`, `Autumn/Winter 2026`; None for a text that names both or none."""
    found = set(_SEASONS.everywhere(text))
    code = _SEASON_CODE.match(folded(text))
    if code and not found:
        found = {Season.WARM if code[1] in {"ss", "fs", "pe", "pv"} else Season.COLD}
    return found.pop() if len(found) == 1 else None


def _line(words: GarmentWords) -> Line | None:
    """By the line, else the category, else the name; else what is made for women only; None for everybody."""
    for text in (words.line, words.category, words.name):
        if _EVERYBODY.everywhere(text):
            return None
        found = set(_LINES.everywhere(text.replace("-", " ")))
        if Line.CHILDREN in found:
            return Line.CHILDREN
        if found:
            return found.pop() if len(found) == 1 else None
    womens = _last_words(words.category) or _last_words(words.name)
    return Line.WOMEN if womens and all(womens) else None


def _last_words(text: str) -> list[bool]:
    """Of each garment that a text names: whether it is made for women only."""
    found = (_WOMENS.until_cut(part) for part in _SEVERAL.split(text))
    return [each[-1] for each in found if each]


_SLOTS, _SEASONS, _LINES = Vocabulary(SLOT_WORDS), Vocabulary(SEASON_WORDS), Vocabulary(LINE_WORDS)
_EVERYBODY = Vocabulary({True: EVERYBODY})
# all garments, so that the last word decides: a dress is made for women, a dress shirt is not said to be
_WOMENS = Vocabulary({False: ",".join(SLOT_WORDS.values()), True: WOMENS_WORDS})
