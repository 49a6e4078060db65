"""Reads YAML text into plain values and the line number of each value."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from kiosk.config.mistakes import Mistake, Place

# a short file with aliases can stand for more values than fit into memory
_MAX_VALUES = 100_000


@dataclass(slots=True)
class Tree:
    """Values of a file, line numbers by place, and mistakes of the YAML text itself."""

    value: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def line(self, place: Place) -> int | None:
        """The line of a place, or of its nearest parent if the place is missing."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)


def read(text: str) -> Tree:
    """Parse a YAML text. Invalid YAML gives no value and one mistake."""
    tree = Tree()
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
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            _walk(item, (*place, position), tree, inside)


def _pair(key: yaml.Node, value: yaml.Node, place: Place, tree: Tree, inside: list[yaml.Node]) -> None:
    if isinstance(key, yaml.ScalarNode):
        _join_surrogates(key)
    name = _key_text(key)
    line = key.start_mark.line + 1
    here = (*place, name)
    if here in tree.lines:
        # YAML would take the last one without an error
        tree.mistakes.append(Mistake(here, line, f"is written twice; first on line {tree.lines[here]}"))
        return
    tree.lines[here] = line
    _walk(value, here, tree, inside)


def _key_text(key: yaml.Node) -> str:
    """A key as the configuration sees it: YAML 1.1 reads 01 and 0x1 as the number 1."""
    if key.tag == "tag:yaml.org,2002:int":
        return str(yaml.safe_load(str(key.value)))
    return str(key.value)


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
