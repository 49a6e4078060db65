"""No code takes the id of an item or a style apart, or makes one of a style and a colour: ids are opaque.

A style id, a colour's code and an item id of the feed may contain any separator, and the feed may give an item an id of
its own. Style and colour of an item are looked up in the catalogue. One function makes the id of an item that has none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDERS = ("kiosk", "recommender")
PARTING = {"split", "rsplit", "partition", "rpartition", "removeprefix", "removesuffix", "startswith", "endswith",
           "find", "rfind", "index", "rindex"}  # fmt: skip
MATCHING = {"split", "match", "fullmatch", "search", "findall", "finditer", "sub"}
ID = re.compile(r"(.*_)?(item|style)(_id)?|ItemId|StyleId")
COLOUR = re.compile(r"(.*_)?(colour|colour_code|code)")
EARLIER_FORMS = "kiosk/store/migrations/"
"""Migrations contain the id as earlier versions made it."""
MAKES_ONE = ("kiosk/core/domain/ids.py", "item_id")
SCRIPT = re.compile(
    r"\b(item|itemId|item_id|style|styleId|style_id)\.(split|slice|substring|indexOf|startsWith)\("
)


def name_of(node: ast.expr) -> str:
    """The last name of an expression: `item` of `self.item`, `row.item`, `row["item"]`, `str(item)`."""
    match node:
        case (
            ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str(name)))
        ):
            return name
        case ast.Call(func=ast.Name(id="str"), args=[inner]):
            return name_of(inner)
        case ast.Call(func=function):
            return name_of(function)
    return ""


def is_id(node: ast.expr) -> bool:
    return bool(ID.fullmatch(name_of(node)))


def parts_an_id(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    method = node.func.attr
    if method in PARTING and is_id(node.func.value) and node.args:
        return all(isinstance(one, ast.Constant | ast.Name) for one in node.args)
    return method in MATCHING and any(is_id(one) for one in node.args)


def joins_an_id(node: ast.AST) -> bool:
    """An f-string of a style, a hyphen and a colour."""
    if not isinstance(node, ast.JoinedStr) or len(node.values) != 3:
        return False
    first, between, last = node.values
    if not (isinstance(first, ast.FormattedValue) and isinstance(last, ast.FormattedValue)):
        return False
    named = is_id(first.value) and COLOUR.fullmatch(name_of(last.value))
    return bool(named) and isinstance(between, ast.Constant) and between.value == "-"


def allowed_lines(tree: ast.Module, place: str) -> range:
    """The lines of the one function that makes an id."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and (place, node.name) == MAKES_ONE:
            return range(node.lineno, (node.end_lineno or node.lineno) + 1)
    return range(0)


def parted_ids(root: Path) -> Iterator[str]:
    """`file:line` of each place that takes an id apart or makes one."""
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*.py")):
            place = file.relative_to(root).as_posix()
            if place.startswith(EARLIER_FORMS):
                continue
            tree = ast.parse(file.read_text("utf-8"))
            allowed = allowed_lines(tree, place)
            for node in ast.walk(tree):
                if (parts_an_id(node) or joins_an_id(node)) and node.lineno not in allowed:  # type: ignore[attr-defined]
                    yield f"{place}:{node.lineno}"  # type: ignore[attr-defined]
        for file in sorted((*(root / folder).rglob("*.js"), *(root / folder).rglob("*.qml"))):
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                if SCRIPT.search(line):
                    yield f"{file.relative_to(root).as_posix()}:{number}"


def test_no_code_takes_an_id_apart(tree: Path) -> None:
    assert list(parted_ids(tree)) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("kiosk/store/advice/x.py", "style, _, colour = item.rpartition('-')"),
        ("kiosk/store/advice/x.py", "style = row.item_id.split('-')[0]"),
        ("kiosk/store/advice/x.py", "style = row['item'].rsplit('-', 1)[0]"),
        ("kiosk/store/advice/x.py", "style = str(garment.item).removesuffix(code)"),
        ("kiosk/store/advice/x.py", "same = garment.item.startswith(style_id)"),
        ("recommender/looks/x.py", "style = re.match(r'(.*)-', item)[1]"),
        ("recommender/looks/x.py", "style = _PATTERN.fullmatch(item_id)"),
        ("kiosk/demo/x.py", "item = f'{style.style_id}-{colour.code}'"),
        ("kiosk/store/console/x.js", 'const style = item.split("-")[0];'),
        ("kiosk/screen/qml/X.qml", 'text: item.split("-")[0]'),
    ],
)
def test_a_planted_parting_is_caught(tmp_path: Path, file: str, text: str) -> None:
    place = tmp_path / file
    place.parent.mkdir(parents=True)
    place.write_text(text + "\n", encoding="utf-8")
    assert list(parted_ids(tmp_path)) == [f"{file}:1"]


def test_the_function_that_makes_an_id_may(tmp_path: Path) -> None:
    place = tmp_path / MAKES_ONE[0]
    place.parent.mkdir(parents=True)
    place.write_text("def item_id(style, colour):\n    return f'{style}-{colour}'\n", encoding="utf-8")
    assert list(parted_ids(tmp_path)) == []
