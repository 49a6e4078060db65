"""Mistakes of a configuration file: all at once, each with its place and the nearest valid name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: its place (`rooms.3.antennas[0]`), its line (from 1, if known), and what is wrong."""

    place: Place
    line: int | None
    what: str

    def __str__(self) -> str:
        line = f"line {self.line}: " if self.line is not None else ""
        return f"{line}{dotted(self.place)}: {self.what}" if self.place else f"{line}{self.what}"


class ConfigError(Exception):
    """A configuration that cannot be used. Permanent until the file is changed."""

    def __init__(self, where: str, mistakes: Iterable[Mistake]) -> None:
        self.where = where
        self.mistakes = tuple(sorted(mistakes, key=lambda m: (m.line or 0, dotted(m.place))))
        count = len(self.mistakes)
        head = f"{where}: {count} mistake{'s' if count != 1 else ''}"
        super().__init__("\n".join((head, *(f"  - {mistake}" for mistake in self.mistakes))))


def dotted(place: Place) -> str:
    """A place as text: keys joined by dots, positions in brackets."""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def nearest(word: str, names: Iterable[str]) -> str:
    """`; did you mean ...?` if a valid name is similar, else the list of names if it is short, else an empty text."""
    known = list(names)
    lowered = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), lowered, 1, cutoff=0.6)
    if found:
        return f"; did you mean `{lowered[found[0]]}`?"
    return f"; use one of {', '.join(known)}" if 0 < len(known) <= 12 else ""
