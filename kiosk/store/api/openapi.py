"""The OpenAPI document: FastAPI's own, with class names, problems, and the role that each operation requires."""

from __future__ import annotations

import json
import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from kiosk.core.wire import wire_name_of
from kiosk.store.api.access.callers import STAFF, Caller, Callers
from kiosk.store.api.access.declared import operations_of
from kiosk.store.api.access.gates import table_of_app
from kiosk.store.api.administration.cookies import SESSION_COOKIE
from kiosk.store.api.problems import Problem
from kiosk.store.api.wire_types import JsonObject

Security = list[dict[str, list[str]]]
_TOKENS: dict[Caller, Security] = {
    Caller.ANYBODY: [],
    Caller.MIRROR: [{"mirror": []}],
    Caller.STAND: [{"mirror": []}],
    **{role: [{"session": []}, {"cookie": []}] for role in STAFF},
    Caller.COMMAND: [{"command": []}],
    Caller.MONITOR: [{}, {"monitor": []}],
    Caller.INTEGRATOR: [{"integrator": []}],
}


def document(app: FastAPI) -> dict[str, Any]:
    """The application's OpenAPI document; made once."""
    if app.openapi_schema:
        return app.openapi_schema
    doc: dict[str, Any] = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
        separate_input_output_schemas=False,
    )
    doc = _with_wire_names(doc)
    schemas = doc["components"]["schemas"]
    plain_objects = _names_below(JsonObject)
    for name, schema in schemas.items():
        schema["title"] = name
        if schema.get("type") == "object" and name not in plain_objects:
            schema["properties"] = {"is": {"const": name}, **schema.get("properties", {})}
    add_schema(schemas, Problem.__name__, Problem.model_json_schema())
    _add_roles(app, doc)
    app.openapi_schema = doc
    return doc


def add_schema(schemas: dict[str, Any], name: str, schema: dict[str, Any]) -> None:
    """Add a schema. Raises ValueError if the document has one of this name: one of both would be lost."""
    if name in schemas:
        raise ValueError(f"two schemas are called {name}")
    schemas[name] = schema


def _with_wire_names(doc: dict[str, Any]) -> dict[str, Any]:
    """The document with the names that classes have in JSON instead of their names in Python."""
    schemas = doc["components"]["schemas"]
    named = doc["components"]["schemas"] = dict[str, Any]()
    for name, schema in schemas.items():
        add_schema(named, wire_name_of(name), schema)
    renamed: dict[str, Any] = json.loads(
        re.sub(r"(#/components/schemas/)(\w+)", lambda ref: ref[1] + wire_name_of(ref[2]), json.dumps(doc))
    )
    return renamed


def _names_below(kind: type[JsonObject]) -> set[str]:
    """The names of all subclasses: objects without a class name under "is"."""
    return {name for below in kind.__subclasses__() for name in (below.__name__, *_names_below(below))}


def _add_roles(app: FastAPI, doc: dict[str, Any]) -> None:
    """Under `security` the kinds of token, under `x-roles` all callers who may ask the operation, under `x-role` the
    first of them."""
    doc["components"]["securitySchemes"] = {
        "mirror": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token of a room's mirror or of a stand.",
        },
        "session": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token of an associate's session.",
        },
        "command": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token in a file of the store's state folder; on the store's computer only.",
        },
        "monitor": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token of `metrics.token_file`; programs of the store's computer need none.",
        },
        "integrator": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token of a program of another system (`cheval integrators add`).",
        },
        "cookie": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE},
    }
    table = table_of_app(app)
    for (method, path), route in operations_of(app):
        if not route.include_in_schema:
            continue
        operation = doc["paths"][path][method.lower()]
        callers = table.get((method, path), frozenset())
        named = [caller for caller in Caller if caller in callers]
        operation["security"] = _security(callers)
        operation["x-role"] = named[0].value if named else ""
        operation["x-roles"] = [caller.value for caller in named]
        for content in operation["responses"].get("200", {}).get("content", {}).values():
            if "anyOf" in content["schema"]:
                content["schema"].pop("type", None)  # FastAPI's guess for a response that is not JSON


def _security(callers: Callers) -> Security:
    """The kinds of token that these callers have, each once."""
    kinds = [kind for caller in Caller if caller in callers for kind in _TOKENS[caller]]
    return [kind for place, kind in enumerate(kinds) if kind not in kinds[:place]]
