"""Mistakes of a configuration file: all at once, each with its place and the nearest valid name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, unique

Place = tuple[str | int, ...]


@unique
class Severity(Enum):
    """What a mistake means for the program."""

    REFUSED = "refused"
    """The program does not start."""
    WITHOUT = "without"
    """The program starts without this, and says so in its log."""
    NOTE = "note"
    """No mistake: it works, but may surprise."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: its place (`rooms.3.antennas[0]`), its line (from 1, if known), and what is wrong."""

    place: Place
    line: int | None
    what: str
    severity: Severity = Severity.REFUSED

    def __str__(self) -> str:
        line = f"line {self.line}: " if self.line is not None else ""
        return f"{line}{dotted(self.place)}: {self.what}" if self.place else f"{line}{self.what}"


class ConfigError(Exception):
    """A configuration that cannot be used. Permanent until the file is changed."""

    def __init__(self, where: str, mistakes: Iterable[Mistake]) -> None:
        self.where = where
        self.mistakes = in_order(mistakes)
        super().__init__(page(where, self.mistakes))


def in_order(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """The mistakes in the order of the file, each once."""
    return tuple(sorted(dict.fromkeys(mistakes), key=lambda m: (m.line or 0, dotted(m.place))))


def page(where: str, mistakes: Iterable[Mistake], word: str = "mistake") -> str:
    """The mistakes of a file as text: their number, then one line for each."""
    lines = [f"  - {mistake}" for mistake in mistakes]
    return "\n".join((f"{where}: {len(lines)} {word}{'s' if len(lines) != 1 else ''}", *lines))


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
