"""Options of a reader's URI: each is declared once, with its values, its default and one line of help.

An option is read with `values[OPTION]`, which has the option's own type. A wrong value is a `ValueError` whose text
names what is allowed; `hardware.drivers.uri.address` adds the name of the option.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Generic, TypeVar, cast

from hardware.ports import MAX_ANTENNA

T = TypeVar("T")
N = TypeVar("N", int, float)

_MAX_NAMED: Final = 12
_MAX_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One option. `parse` turns its text into a value, or raises ValueError with what is allowed.

    `about` is one line of help. `check_file`: the value is the path of a file; the function opens it as the driver does
    and raises ValueError, OSError or HardwareError. `secret`: the value is never shown.
    """

    name: str
    parse: Callable[[str], T]
    default: T
    about: str
    check_file: Callable[[Path], object] | None = None
    secret: bool = False


class OptionValues:
    """The values of a URI's options; options that are not in the URI have their default."""

    def __init__(self, values: Mapping[str, object] | None = None) -> None:
        self._values = dict(values or {})

    def __getitem__(self, option: Option[T]) -> T:
        return cast("T", self._values.get(option.name, option.default))

    def __contains__(self, option: Option[T]) -> bool:
        return option.name in self._values


def whole_number(
    name: str, least: int, most: int, about: str, default: int | None = None
) -> Option[int | None]:
    """An option with a whole number from `least` to `most`; None if it is left out and has no default."""
    return Option(name, lambda text: _within(int, text, r"[0-9]+", least, most), default, about)


def decimal(
    name: str, least: float, most: float, about: str, default: float | None = None
) -> Option[float | None]:
    """An option with a decimal number from `least` to `most`; None if it is left out and has no default."""
    return Option(name, lambda text: _within(float, text, r"[0-9]+(\.[0-9]+)?", least, most), default, about)


def choice(name: str, values: Mapping[str, T], default: T, about: str) -> Option[T]:
    """An option with one of some words; `values` maps each word to its value."""

    def parse(text: str) -> T:
        if text not in values:
            raise ValueError(f"is none of {', '.join(values)}{nearest(text, values, list_all=False)}")
        return values[text]

    return Option(name, parse, default, about)


def switch(name: str, about: str, *, default: bool = False) -> Option[bool]:
    """An option with yes or no."""
    return choice(name, {"yes": True, "no": False}, default, about)


def text(name: str, about: str, default: str = "", *, secret: bool = False) -> Option[str]:
    """An option with any text, which may not be empty."""
    return Option(name, str, default, about, secret=secret)


def file(name: str, about: str, check: Callable[[Path], object]) -> Option[Path | None]:
    """An option with the path of a file; `check` opens it as the driver does."""
    return Option(name, Path, None, about, check_file=check)


def antennas(
    about: str = "antenna ports that are used, from 1, as in 1,2; default: all",
) -> Option[tuple[int, ...]]:
    """An option with a list of antenna ports; empty if it is left out."""

    def parse(text: str) -> tuple[int, ...]:
        ports: list[int] = []
        for part in text.split(","):
            port = _within(int, part, r"[0-9]+", 1, MAX_ANTENNA)
            if port in ports:
                raise ValueError(f"names antenna {port} twice")
            ports.append(port)
        return tuple(ports)

    return Option("antennas", parse, (), about)


def nearest(word: str, names: Iterable[str], *, list_all: bool = True) -> str:
    """`; did you mean ...?` for a similar name, else `; there is ...` with the names if they are few, else nothing."""
    known = list(names)
    lowered = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), lowered, 1, cutoff=0.6) or [
        name for name in lowered if set(_words(word)) & set(_words(name))
    ]
    if found:
        return f"; did you mean {lowered[found[0]]}?"
    return f"; there is {', '.join(known)}" if list_all and 0 < len(known) <= _MAX_NAMED else ""


def shown(value: str) -> str:
    """A value from a URI as it stands in a message: shortened, without control characters."""
    plain = "".join(c if c.isprintable() else "?" for c in value)
    return plain if len(plain) <= _MAX_SHOWN else plain[:_MAX_SHOWN] + "..."


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[^a-z]+", name.lower()) if len(word) > 1]


def _within(kind: Callable[[str], N], text: str, form: str, least: float, most: float) -> N:
    if not re.fullmatch(form, text, re.ASCII):
        raise ValueError(f"is not a number{_number_advice(text)}")
    # a number of thousands of digits is refused before it is converted
    if len(text) > 40 or not least <= (number := kind(text)) <= most:
        raise ValueError(f"is not between {_written(least)} and {_written(most)}")
    return number


def _number_advice(text: str) -> str:
    if re.fullmatch(r"[0-9]+,[0-9]+", text):
        return f"; write {text.replace(',', '.')}"
    if found := re.fullmatch(r"([0-9.]+)\s*[A-Za-z%]+", text):
        return f"; write {found[1]} without a unit"
    return ""


def _written(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)
