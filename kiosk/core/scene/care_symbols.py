"""Symbols of care labels (ISO 3758:2012) from the codes of the feed, as drawings in a square of 100 units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.core.domain.texts import LocalizedText

CODES_KEY: Final = "x"
"""In a text by language the key of its codes: the tags `x-...` of BCP 47 are for private use."""

_TUB: Final = "M6 30 L18 84 L82 84 L94 30 M6 30 C20 42 34 20 50 32 C66 44 80 20 94 30"
_HAND: Final = f"{_TUB} M24 66 L42 52 C50 46 58 48 64 54 L80 60"
_TRIANGLE: Final = "M50 12 L94 86 L6 86 Z"
_SQUARE: Final = "M10 10 L90 10 L90 90 L10 90 Z"
_DRUM: Final = f"{_SQUARE} M50 16 A34 34 0 1 1 49.9 16 Z"
_IRON: Final = "M8 80 L92 80 L83 36 C81 28 77 25 70 25 L36 25 M8 80 C10 60 22 51 40 51 L86 51"
_CIRCLE: Final = "M50 10 A40 40 0 1 1 49.9 10 Z"
_CROSS: Final = "M10 10 L90 90 M90 10 L10 90"
_SHADE: Final = "M10 38 L38 10"


@dataclass(frozen=True, slots=True)
class CareSymbolCard:
    """One symbol: `path` as in SVG, a text or 0 to 3 dots inside, 0 to 2 bars below (milder treatment)."""

    code: str
    path: str
    text: str = ""
    dots: int = 0
    bars: int = 0


def _table() -> dict[str, CareSymbolCard]:
    rows = [("no-wash", f"{_TUB} {_CROSS}"), ("hand-wash", _HAND), ("bleach", _TRIANGLE)]
    rows += [
        ("bleach-oxygen", f"{_TRIANGLE} M42 86 L66 44 M60 86 L78 62"),
        ("no-bleach", f"{_TRIANGLE} {_CROSS}"),
    ]
    rows += [("no-tumble", f"{_DRUM} {_CROSS}"), ("no-iron", f"{_IRON} {_CROSS}")]
    rows += [("no-dryclean", f"{_CIRCLE} {_CROSS}"), ("no-wetclean", f"{_CIRCLE} {_CROSS}")]
    lines = {
        "line-dry": "M50 20 L50 80", "drip-line-dry": "M38 20 L38 80 M62 20 L62 80",
        "flat-dry": "M20 50 L80 50", "drip-flat-dry": "M20 38 L80 38 M20 62 L80 62",
    }  # fmt: skip
    for code, line in lines.items():
        rows += [(code, f"{_SQUARE} {line}"), (f"{code}-shade", f"{_SQUARE} {line} {_SHADE}")]
    found = [CareSymbolCard(code, path) for code, path in rows]
    mildness = (("", 0), ("-mild", 1), ("-very-mild", 2))
    for degrees in ("30", "40", "50", "60", "70", "95"):
        found += [
            CareSymbolCard(f"wash-{degrees}{mild}", _TUB, degrees, bars=bars) for mild, bars in mildness
        ]
    for code, letter in (("dryclean-p", "P"), ("dryclean-f", "F"), ("wetclean", "W")):
        found += [CareSymbolCard(f"{code}{mild}", _CIRCLE, letter, bars=bars) for mild, bars in mildness]
    found += [CareSymbolCard(f"tumble-{degrees}", _DRUM, dots=dots) for degrees, dots in ((60, 1), (80, 2))]
    found += [
        CareSymbolCard(f"iron-{degrees}", _IRON, dots=dots)
        for degrees, dots in ((110, 1), (150, 2), (200, 3))
    ]
    return {symbol.code: symbol for symbol in found}


SYMBOLS: Final = _table()
"""All symbols by code."""


def codes_in(text: str) -> tuple[str, ...]:
    """The codes of a text such as "wash-30 no-bleach", each once."""
    return tuple(dict.fromkeys(text.casefold().replace(",", " ").split()))


def care_symbols(care: LocalizedText) -> tuple[CareSymbolCard, ...]:
    """The symbols of a garment's care, in the retailer's order; codes that are not known are left out."""
    codes = codes_in(dict(care.by_language).get(CODES_KEY, ""))
    return tuple(SYMBOLS[code] for code in codes if code in SYMBOLS)


def care_words(care: LocalizedText, language: str) -> str:
    """The words of a garment's care in that language."""
    words = tuple((tag, text) for tag, text in care.by_language if tag != CODES_KEY)
    return LocalizedText(words).in_language(language)
