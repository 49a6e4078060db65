"""JSON schema of the configuration files, for `cheval schema` and editors, and lookups in it.

`kiosk.config.load` asks which keys and values are allowed at a place, to suggest the nearest one in a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from kiosk.config.hours import DAY_KEYS
from kiosk.config.mirror import MirrorConfig
from kiosk.config.mistakes import Place
from kiosk.config.store import StoreConfig


def schema(part: Literal["store", "mirror"]) -> dict[str, Any]:
    """JSON schema (draft 2020-12) of one file."""
    model = StoreConfig if part == "store" else MirrorConfig
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}


def node_at(root: Mapping[str, Any], place: Place) -> list[Mapping[str, Any]]:
    """The schema nodes for a place; empty if the place is unknown."""
    nodes = _plain(root, root)
    for step in place:
        nodes = [plain for node in nodes for child in _children(node, step) for plain in _plain(root, child)]
    return nodes


def names_at(root: Mapping[str, Any], place: Place) -> list[str]:
    """Keys that are allowed at a place."""
    return [name for node in node_at(root, place) for name in node.get("properties", {})]


def choices_at(root: Mapping[str, Any], place: Place) -> list[str]:
    """Allowed values at a place, if they are an enumeration."""
    return [str(value) for node in node_at(root, place) for value in node.get("enum", [])]


def types_at(root: Mapping[str, Any], place: Place) -> frozenset[str]:
    """JSON types of the values that are allowed at a place; `key` for a mapping with freely chosen keys, `day` where
    these are dates."""
    nodes = node_at(root, place)
    types = {str(node["type"]) for node in nodes if "type" in node}
    types |= {"string" for node in nodes for value in node.get("enum", ()) if isinstance(value, str)}
    free = any(isinstance(node.get("additionalProperties"), dict) for node in nodes)
    if any(DAY_KEYS.items() <= node.items() for node in nodes):
        types.add("day")
    return frozenset({*types, "key"} if free else types)


def _children(node: Mapping[str, Any], step: str | int) -> list[Mapping[str, Any]]:
    if isinstance(step, int):
        return [node["items"]] if isinstance(node.get("items"), dict) else []
    if step in node.get("properties", {}):
        return [node["properties"][step]]
    others = [node.get("additionalProperties"), *node.get("patternProperties", {}).values()]
    return [other for other in others if isinstance(other, dict)]


def _plain(root: Mapping[str, Any], node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A node with its references resolved, followed by its alternatives (anyOf, allOf)."""
    if "$ref" in node:
        name = str(node["$ref"]).rpartition("/")[2]
        return _plain(root, root["$defs"][name])
    parts = [*node.get("anyOf", []), *node.get("allOf", [])]
    return [node, *(plain for part in parts for plain in _plain(root, part))]
