"""Mistakes that pydantic finds, in plain English, each with its line and the nearest right word."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kiosk.config.mistakes import Mistake, Place, nearest
from kiosk.config.schema import choices_at, names_at
from kiosk.config.tree import Tree

_WANTED = {
    "model_type": "must be a mapping: lines of `key: value`",
    "dict_type": "must be a mapping: lines of `key: value`",
    "tuple_type": "must be a list: lines that begin with `-`",
    "path_type": "must be a path",
    "string_type": "must be a text",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number without a unit",
    "float_type": "must be a number",
    "float_parsing": "must be a number such as 8.5, without a unit",
    "decimal_type": "must be a number",
    "decimal_parsing": "must be a number such as 8.5, without a unit",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
}


def mistakes_of(error: ValidationError, known: dict[str, Any], read: Tree) -> list[Mistake]:
    """Every mistake of a validation, with its place in the file; `known` is the JSON schema."""
    found = []
    for details in error.errors(include_url=False):
        place = _place(details["loc"], read)
        found.append(Mistake(place, read.line(place), _text_of(details, place, known)))
    return found


def _place(loc: tuple[int | str, ...], read: Tree) -> Place:
    """Pydantic appends `[key]` for a wrong key; a key that YAML reads as a number arrives as a number."""
    place: Place = ()
    for step in loc:
        if step != "[key]":
            place = (*place, str(step) if (*place, str(step)) in read.lines else step)
    return place


def _text_of(details: ErrorDetails, place: Place, known: dict[str, Any]) -> str:
    kind, given = details["type"], details["input"]
    if kind == "extra_forbidden":
        return f"is an unknown key{nearest(str(place[-1]), names_at(known, place[:-1]))}"
    if kind == "missing":
        return "is missing"
    if kind in {"literal_error", "enum"}:
        return f"`{given}` is not allowed{nearest(str(given), choices_at(known, place))}"
    if kind in {"string_too_short", "string_too_long"}:
        return _length(details)
    if kind == "value_error":
        return str(details["ctx"]["error"])
    if given is None and kind == "string_type":
        return "is empty; write a text, in quotes"
    if isinstance(given, int | float) and kind == "string_type":
        return f"`{given}` reads as a number in YAML; write it in quotes"
    wanted = _WANTED.get(kind, details["msg"].removeprefix("Input "))
    if given is None:
        return f"is empty; it {wanted}"
    return wanted if isinstance(given, dict | list) else f"`{given}` {wanted}"


def _length(details: ErrorDetails) -> str:
    given, limits = details["input"], details["ctx"]
    if given == "":
        return "is empty; write a text"
    if "min_length" in limits:
        return f"`{given}` is too short; write at least {limits['min_length']} characters"
    return f"is too long; write at most {limits['max_length']} characters"
