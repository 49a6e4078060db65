"""Reads the YAML text of a site file: plain values, and keys that are written twice or need quotes, with their lines.

YAML 1.1 reads 010 as the octal number 8, 12:30 as 750, no as false and 2020-01-01 as a date. In a site file only signal
levels are numbers; names of rooms, antennas and EPCs are texts, so such a value is a mistake.

The only module of `hardware` that imports yaml. Limits come before work: PyYAML calls itself for each level of nesting,
and an alias may stand for any number of values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import yaml

MAX_CHARACTERS: Final = 200_000
MAX_DEPTH: Final = 20
"""Deepest nesting; a site file has four levels."""

_NUMBERS: Final = ("floor_dbm", "level_dbm")


class YamlTextError(Exception):
    """A text that is not YAML, or not such as a site file may be; the reason, with the line where it is known."""


def read_yaml(text: str) -> tuple[Any, tuple[str, ...]]:
    """The value of a YAML text, and a mistake for each key that is written twice and each value that needs quotes.

    Raises YamlTextError.
    """
    if len(text) > MAX_CHARACTERS:
        raise YamlTextError(f"has more than {MAX_CHARACTERS} characters")
    try:
        _check_events(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        mistakes = (*_written_twice(root, ""), *_unquoted(root, "")) if root is not None else ()
        return yaml.safe_load(text), mistakes
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.context, error.problem) if part)
        raise YamlTextError(f"is not YAML: {_line(mark)}{said}") from error
    except (yaml.YAMLError, ValueError) as error:
        # safe_load raises ValueError for an impossible date
        raise YamlTextError(f"is not YAML: {' '.join(str(error).split())}") from error


def _line(mark: Any) -> str:
    return f"line {mark.line + 1}: " if mark else ""


def _check_events(text: str) -> None:
    """Refuses deep nesting and aliases while the text is only parsed into events, which needs no deep call stack."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        where = _line(event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise YamlTextError(
                    f"{where}is nested more than {MAX_DEPTH} levels deep; a site file has four"
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            raise YamlTextError(f"{where}uses an alias (*{event.anchor}); write the values themselves")


def _written_twice(node: yaml.Node, place: str) -> list[str]:
    """One mistake for each key that is written twice; YAML would take the last one without an error."""
    mistakes: list[str] = []
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            mistakes += _written_twice(item, place)
    elif isinstance(node, yaml.MappingNode):
        lines: dict[str, int] = {}
        for key, value in node.value:
            name, line = _key_text(key), key.start_mark.line + 1
            here = f"{place}.{name}" if place else name
            if name in lines:
                mistakes.append(f"line {line}: {here} is written twice; first on line {lines[name]}")
            lines.setdefault(name, line)
            mistakes += _written_twice(value, here)
    return mistakes


def _unquoted(node: yaml.Node, place: str) -> Iterator[str]:
    """One mistake for each text that YAML reads as something else than it is written."""
    if isinstance(node, yaml.ScalarNode):
        if not place.endswith(_NUMBERS) and (what := _reads_as(node)):
            yield f"line {node.start_mark.line + 1}: {place}: {what}; write it in quotes"
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield from _unquoted(item, f"{place}[{position}]")
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = f"{place}.{key.value}" if place else str(key.value)
            if what := _reads_as(key):
                yield f"line {key.start_mark.line + 1}: {here}: {what}; write it in quotes"
            yield from _unquoted(value, here)


def _reads_as(node: yaml.Node) -> str:
    """What YAML reads in place of the text; empty for text, nothing, or an integer that prints as it is written."""
    kind = node.tag.rpartition(":")[2]
    if not isinstance(node, yaml.ScalarNode) or node.style is not None:
        return ""
    if kind == "timestamp":
        return f"`{node.value}` reads as a date in YAML"
    if kind not in {"int", "float", "bool"}:
        return ""
    value = yaml.safe_load(node.value)
    if kind == "bool":
        return f"`{node.value}` reads as {str(value).lower()} in YAML"
    return "" if str(value) == node.value else f"`{node.value}` reads as the number {value} in YAML"


def _key_text(key: yaml.Node) -> str:
    """A key as the site sees it: YAML 1.1 reads 01, 0x1 and 1 as the same number."""
    if key.tag == "tag:yaml.org,2002:int":
        return str(yaml.safe_load(str(key.value)))
    return str(key.value)
