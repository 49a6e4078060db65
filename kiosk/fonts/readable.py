"""Which letters of a text no font of this computer has: the mirror would show empty boxes for them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.fonts.character_map import FontFileError, characters_of

SYSTEM: Final = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
)
"""Where Debian's fontconfig looks for fonts."""
PACKAGES: Final = "fonts-noto-cjk fonts-noto-core fonts-noto-color-emoji"
"""Debian's packages with letters of all scripts."""
SCRIPTS: Final = {
    "Japanese": "春夏コレクション刺繍開襟旧遠州",
    "Chinese": "刺绣春夏老坊",
    "Korean": "한글봄여름",
    "Hebrew": "שמלה",
    "Arabic": "معطف",
    "Thai": "เสื้อ",
    "Devanagari": "साड़ी",
    "Cyrillic": "пальто",
    "Greek": "παλτό",
    "emoji": "👗🧥✨",
}
"""A few letters of each script."""
_SUFFIXES: Final = {".ttf", ".otf", ".ttc", ".otc"}
_UNDRAWN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""Unicode's categories of what is not drawn; besides, variation selectors."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The characters of all fonts that were found. `unread`: files that are no fonts."""

    characters: frozenset[int]
    files: int
    unread: tuple[str, ...] = ()

    def missing(self, text: str) -> str:
        """The letters of a text that no font has, each once."""
        lacking = (letter for letter in text if ord(letter) not in self.characters and _is_drawn(letter))
        return "".join(dict.fromkeys(lacking))

    def scripts(self) -> tuple[str, ...]:
        """The names of the scripts that cannot be shown."""
        return tuple(name for name, letters in SCRIPTS.items() if self.missing(letters))


def fonts_of(*folders: Path) -> Fonts:
    """The fonts below these folders; folders that are not there are left out."""
    found, unread, files = set[int](), list[str](), 0
    for file in _files(folders):
        try:
            found |= characters_of(file)
            files += 1
        except (FontFileError, OSError) as error:
            unread.append(str(error))
    return Fonts(frozenset(found), files, tuple(unread))


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    """Files with the name of a font; of folders that this user may not enter there are none."""
    for folder in folders:
        try:
            found = folder.expanduser()
        except RuntimeError:  # a user without a home
            continue
        for place, inner, names in os.walk(found):
            inner.sort()
            yield from (Path(place, name) for name in sorted(names) if Path(name).suffix.lower() in _SUFFIXES)


def _is_drawn(letter: str) -> bool:
    selects = "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"
    return not selects and unicodedata.category(letter) not in _UNDRAWN
