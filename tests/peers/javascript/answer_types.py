"""Writes the types of the store's answers for TypeScript's checker, from the OpenAPI document.

A field with a default value counts as present: the store sends every field of an answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
_METHODS = ("get", "put", "post", "delete")


def declarations(document: Schema) -> str:
    """A module with a type for each schema, and `Answers`: what each operation answers, by `METHOD /path`."""
    schemas: Schema = document["components"]["schemas"]
    lines = [f"export type {name} = {type_of(schema)};" for name, schema in schemas.items()]
    answers = [
        f"  {json.dumps(operation)}: {type_of(schema) if schema else 'null'};"
        for operation, schema in _answers(document)
    ]
    return "\n".join([*lines, "export interface Answers {", *answers, "}", ""])


def _answers(document: Schema) -> Iterator[tuple[str, Schema | None]]:
    """Each operation with the schema of its JSON answer; None without one."""
    for path, operations in document["paths"].items():
        for method in _METHODS:
            if method in operations:
                responses: Schema = operations[method]["responses"]
                good = next(answer for status, answer in responses.items() if status.startswith("2"))
                body = good.get("content", {}).get("application/json", {})
                yield f"{method.upper()} {path}", body.get("schema")


def type_of(schema: Schema) -> str:
    """A JSON schema as a type of TypeScript."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for word, sign in (("anyOf", " | "), ("oneOf", " | "), ("allOf", " & ")):
        if word in schema:
            return "(" + sign.join(type_of(each) for each in schema[word]) + ")"
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    kind = schema.get("type")
    if kind == "array":
        return _array(schema)
    if kind == "object":
        return _object(schema)
    return _PLAIN.get(str(kind), "unknown")


def _array(schema: Schema) -> str:
    if "prefixItems" in schema:
        return "[" + ", ".join(type_of(each) for each in schema["prefixItems"]) + "]"
    return f"({type_of(schema.get('items', {}))})[]"


def _object(schema: Schema) -> str:
    if "properties" not in schema:
        values = schema.get("additionalProperties")
        return f"Record<string, {type_of(values) if isinstance(values, Mapping) else 'unknown'}>"
    fields = (f"{json.dumps(name)}: {type_of(each)}" for name, each in schema["properties"].items())
    return "{ " + "; ".join(fields) + " }"
