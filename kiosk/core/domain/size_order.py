"""Order of garment sizes where the feed gives none: letters, numbers, waist and length, cups, ages, one size.

The order is that of EN 13402-3 (letter codes) and of common labels; it says nothing about which size fits whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from kiosk.core.domain.garment import ONE_SIZE

SizeRank = tuple[int, tuple[float, ...], str]
"""Group, numbers and text by which sizes are sorted."""

_ONE_SIZE: Final = frozenset(
    [
        "one",
        "onesize",
        "osfa",
        "osfm",
        "os",
        "o/s",
        "tu",
        "uni",
        "unisize",
        "unique",
        "unica",
        "única",
        "talla-única",
        "tailleunique",
        "tagliaunica",
        "tallaunica",
        "einheitsgröße",
        "einheitsgrösse",
        "freesize",
        "フリー",
        "フリーサイズ",
        "均码",
        "均碼",
        "مقاسواحد",
    ]
)
_SYSTEM: Final = re.compile(
    r"^(eur|eu|uk|us|usa|fr|it|de|d|f|i|gb|jp|int|bra|size)[\s.:-]*(?=[\dx½]|[sml]\b)|\s*(eur|eu|uk|us|fr|it|de)$"
)
_LETTER: Final = re.compile(r"(?:(\d{1,2})(?=x))?(x*)(s|m|l)|(\d)x")
_LETTER_RANGE: Final = re.compile(r"((?:\d{1,2}x|x*)[sml])\s*[/-]\s*((?:\d{1,2}x|x*)[sml])")
_LETTER_LENGTH: Final = re.compile(
    r"((?:\d{1,2}x|x*)[sml])[\s/-]*(petite|short|reg|regular|long|tall|p|s|r|l|t)"
)
_NUMBER: Final = re.compile(r"(\d{1,4}(?:[.,]\d)?)(?:\s*(½|1/2))?")
_NUMBER_LENGTH: Final = re.compile(r"(\d{1,3})\s*(petite|short|regular|long|tall|p|s|r|l|t)")
_PAIR: Final = re.compile(r"w?\s*(\d{1,3}(?:[.,]5)?)\s*[\s/x×-]\s*l?\s*(\d{1,3}(?:[.,]5)?)")
_CUP: Final = re.compile(r"(\d{2,3})\s*(aa{0,2}|([b-k])\3{0,3})")
_AGE: Final = re.compile(
    r"(\d{1,2})(?:\s*[-/]\s*(\d{1,2}))?\s*(m|mo|mos|mths|months?|monate?|mois|mesi|meses|t|y|yr|yrs|years?|a|ans?|jahre?|anni|años)"
)
_NEWBORN: Final = frozenset({"preemie", "premature", "newborn", "nb", "0m"})
_LENGTHS: Final = {"p": -2, "petite": -2, "s": -1, "short": -1, "r": 0, "reg": 0, "regular": 0, "l": 1, "long": 1,
                   "t": 2, "tall": 2}  # fmt: skip
_LAST_TODDLER: Final = 7
_LAST_YEARS: Final = 20
"""Above it, a number with a letter is no age: 70A is a band with its cup."""
_ONE, _AGES, _LETTERS, _NUMBERS, _CUPS, _OTHERS = range(6)


def in_size_order(sizes: Iterable[str], listed: Iterable[str] = ()) -> tuple[str, ...]:
    """The sizes, those of `listed` first and in its order, the others by `size_rank`. Case makes no difference."""
    place = {size.casefold(): number for number, size in enumerate(listed)}
    return tuple(sorted(sizes, key=lambda s: (place.get(s.casefold(), len(place)), size_rank(s), s)))


def plain_size(size: str) -> str:
    """A size as it is stored: letter sizes in capitals (`m` is M), every text for one size as `ONE_SIZE`.

    Other sizes stay as they are; 2XL and XXL have the same rank but keep the shop's spelling.
    """
    lower = size.casefold()
    if "".join(lower.split()) in _ONE_SIZE:
        return ONE_SIZE
    return size.upper() if _LETTER.fullmatch(lower) or _LETTER_RANGE.fullmatch(lower) else size


@lru_cache(maxsize=4096)
def size_rank(size: str) -> SizeRank:
    """The rank of a size; every text has one. Texts that are no known sizes come last, numbers in them by value."""
    lower = " ".join(size.casefold().split())
    if lower.replace(" ", "") in _ONE_SIZE:
        return _ONE, (), lower
    if lower in _NEWBORN:
        return _AGES, (-1.0 if lower.startswith("pre") else 0.0, 0.0), lower
    plain = _SYSTEM.sub("", lower).strip()
    found = _letter_rank(plain) or _age_rank(lower) or _number_rank(plain)
    if found is None:
        return _OTHERS, _numbers_in(lower), lower
    group, numbers = found
    return group, numbers, lower


def _letter_rank(text: str) -> tuple[int, tuple[float, ...]] | None:
    if found := _LETTER.fullmatch(text):
        return _LETTERS, (_letter(text), 0.0)
    if found := _LETTER_RANGE.fullmatch(text):
        return _LETTERS, ((_letter(found[1]) + _letter(found[2])) / 2, 0.0)
    if found := _LETTER_LENGTH.fullmatch(text):
        return _LETTERS, (_letter(found[1]), float(_LENGTHS[found[2]]))
    return None


def _letter(text: str) -> float:
    """M is 0, S -1, XS -2, 3XS -4; L is 1, XL 2, 3XL 4. Plus sizes (1X) come after the XL of the same number."""
    found = _LETTER.fullmatch(text)
    if found is None:
        return 0.0
    if found[4]:
        return int(found[4]) + 1.5
    extra = int(found[1]) if found[1] and found[2] else len(found[2])
    return {"s": -1.0 - extra, "m": 0.0, "l": 1.0 + extra}[found[3]]


def _number_rank(text: str) -> tuple[int, tuple[float, ...]] | None:
    if found := _NUMBER.fullmatch(text):
        return _NUMBERS, (_value(found[1]) + (0.5 if found[2] else 0.0), 0.0)
    if found := _PAIR.fullmatch(text):
        return _NUMBERS, (_value(found[1]), _value(found[2]))
    if found := _NUMBER_LENGTH.fullmatch(text):
        return _NUMBERS, (float(found[1]), float(_LENGTHS[found[2]]))
    if found := _CUP.fullmatch(text):
        return _CUPS, (float(found[1]), _cup(found[2]))
    return None


def _cup(cup: str) -> float:
    """AA before A; DD between D and E, as on British and European labels."""
    letter = ord(cup[0]) - ord("a")
    return float(1 - len(cup)) if letter == 0 else letter + (len(cup) - 1) / 4


def _age_rank(text: str) -> tuple[int, tuple[float, ...]] | None:
    """Ages in months; up to `7T` it is a toddler's size in years, above a tall one."""
    found = _AGE.fullmatch(text)
    months = 1 if found and found[3].startswith("m") else 12
    if found is None or int(found[1]) * months > 12 * (_LAST_TODDLER if found[3] == "t" else _LAST_YEARS):
        return None
    return _AGES, (float(found[1]) * months, float(found[2] or found[1]) * months)


def _value(number: str) -> float:
    return float(number.replace(",", "."))


def _numbers_in(text: str) -> tuple[float, ...]:
    return tuple(float(number) for number in re.findall(r"\d{1,9}", text, re.ASCII))
