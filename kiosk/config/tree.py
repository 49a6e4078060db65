"""Reads YAML text into plain values and the line number of each value.

YAML 1.1 (chapter 10.2 and its type repository) reads more than its writer expects without quotes: 0614141 is the octal
number 202849, 12:30 is 750, no is false, 2020-01-01 is a date. Where a text or a number belongs, such a value is a
mistake that says what to write; for all further checks it counts as the text that it is written as.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import yaml

from kiosk.config.mistakes import Mistake, Place

# a short file with aliases can stand for more values than fit into memory
_MAX_VALUES = 100_000
_TAG: Final = "tag:yaml.org,2002:"
_NOT_DECIMAL: Final = re.compile(r"[-+]?(0[0-9_]+|[0-9_]+(:[0-9.]+)+)", re.ASCII)
"""Octal with a leading zero, and numbers with the base 60."""
TypesAt = Callable[[Place], frozenset[str]]
"""The JSON types that are allowed at a place; `key` stands in it where the keys of a mapping are chosen freely, and
`day` where they are dates."""


def _any(_place: Place) -> frozenset[str]:
    return frozenset()


@dataclass(slots=True)
class Tree:
    """Values of a file, line numbers by place, and mistakes of the YAML text itself.

    `unquoted`: mistakes of values that need quotes; what else is wrong with such a value is said instead.
    """

    value: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    unquoted: list[Mistake] = field(default_factory=list)
    types_at: TypesAt = _any

    def line(self, place: Place) -> int | None:
        """The line of a place, or of its nearest parent if the place is missing."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)


def read(text: str, types_at: TypesAt = _any) -> Tree:
    """Parse a YAML text. Invalid YAML gives no value and one mistake. `types_at`: what belongs at a place."""
    tree = Tree(types_at=types_at)
    try:
        _parse(text, tree)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.context, error.problem) if part)
        tree.mistakes.append(Mistake((), mark.line + 1 if mark else None, f"is not YAML: {said}"))
    except RecursionError:
        tree.mistakes.append(Mistake((), None, "is not YAML that can be used: it is nested too deeply"))
    except (yaml.YAMLError, ValueError) as error:
        # an impossible date is a ValueError
        tree.mistakes.append(Mistake((), None, f"is not YAML: {' '.join(str(error).split())}"))
    return tree


def _parse(text: str, tree: Tree) -> None:
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        if root is not None:
            _walk(root, (), tree, [])
            tree.value = loader.construct_document(root)
    finally:
        loader.dispose()


def _walk(node: yaml.Node, place: Place, tree: Tree, above: list[yaml.Node]) -> None:
    tree.lines.setdefault(place, node.start_mark.line + 1)
    if len(tree.lines) > _MAX_VALUES:
        raise yaml.YAMLError(f"it has more than {_MAX_VALUES} values")
    if any(node is other for other in above):
        raise yaml.YAMLError("an alias contains itself")
    inside = [*above, node]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _pair(key, value, place, tree, inside)
    elif isinstance(node, yaml.ScalarNode):
        _join_surrogates(node)
        _as_written(node, place, tree)
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            _walk(item, (*place, position), tree, inside)


def _pair(key: yaml.Node, value: yaml.Node, place: Place, tree: Tree, inside: list[yaml.Node]) -> None:
    name, line = str(key.value), key.start_mark.line + 1
    if isinstance(key, yaml.ScalarNode):
        _join_surrogates(key)
        name = key.value
        same = (*place, _number_text(key))
        if same in tree.lines:
            # YAML would take the last one without an error
            what = f"is written twice; first on line {tree.lines[same]}"
            tree.mistakes.append(Mistake(same, line, what))
            return
        tree.lines[same] = line
        _key_as_written(key, (*place, name), tree)
    here = (*place, name)
    tree.lines[here] = line
    _walk(value, here, tree, inside)


def _number_text(key: yaml.ScalarNode) -> str:
    """A key as YAML compares it: 01, 0x1 and 1 are one number."""
    return str(yaml.safe_load(key.value)) if key.tag == f"{_TAG}int" else key.value


def _key_as_written(key: yaml.ScalarNode, place: Place, tree: Tree) -> None:
    """Every key is the text that it is written as; a freely chosen one needs quotes if YAML reads something else."""
    if key.style is not None or key.tag == f"{_TAG}merge":
        return
    types = tree.types_at(place[:-1])
    if "day" in types and key.tag == f"{_TAG}timestamp":
        key.tag = f"{_TAG}str"
    elif "key" in types and (what := _reads_as(key)):
        tree.unquoted.append(Mistake(place, key.start_mark.line + 1, f"{what}; write it in quotes"))
    key.tag = f"{_TAG}str"


def _as_written(node: yaml.ScalarNode, place: Place, tree: Tree) -> None:
    """Names a value that YAML reads as something else than it is written; it counts as text then."""
    types = tree.types_at(place)
    if node.style is not None or not (what := _reads_as(node)):
        return
    if types & {"integer", "number"}:
        if node.tag == f"{_TAG}bool" and "boolean" not in types:
            # true would be taken as 1
            tree.mistakes.append(Mistake(place, node.start_mark.line + 1, f"{what}; write a number"))
        elif node.tag == f"{_TAG}int" and _NOT_DECIMAL.fullmatch(node.value):
            advice = "write a decimal number without leading zeros and colons"
            tree.mistakes.append(Mistake(place, node.start_mark.line + 1, f"{what}; {advice}"))
    elif "string" in types and "boolean" not in types:
        tree.unquoted.append(Mistake(place, node.start_mark.line + 1, f"{what}; write it in quotes"))
        node.tag = f"{_TAG}str"


def _reads_as(node: yaml.ScalarNode) -> str:
    """What YAML reads in place of the text; empty for text, nothing, or an integer that prints as it is written."""
    kind = node.tag.removeprefix(_TAG)
    if kind == "timestamp":
        return f"`{node.value}` reads as a date in YAML"
    if kind not in {"int", "float", "bool"}:
        return ""
    value = yaml.safe_load(node.value)
    if kind == "bool":
        return f"`{node.value}` reads as {str(value).lower()} in YAML"
    return (
        ""
        if kind == "int" and str(value) == node.value
        else f"`{node.value}` reads as the number {value} in YAML"
    )


def _join_surrogates(node: yaml.ScalarNode) -> None:
    """Joins surrogate pairs, with which JSON writes some characters (RFC 8259, clause 7); PyYAML leaves them apart."""
    try:
        node.value.encode("utf-8")
    except UnicodeEncodeError:
        try:
            node.value = node.value.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise yaml.MarkedYAMLError(
                problem="half of a character (a single surrogate)", problem_mark=node.start_mark
            ) from None
