"""The OpenAPI of core values: their schemas, written once from the types that the wire reads."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from kiosk.core.domain.advice import SizeAdvice, Suggestion
from kiosk.core.domain.payment import Order
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.core.domain.shopper import Shopper
from kiosk.core.visit.effects import (
    AdviseSize,
    CollectPayment,
    FindLooks,
    IdentifyShopper,
    PriceOrder,
    RecordItemEvent,
    ReportVisit,
    SaveFitFeedback,
    TogglePiece,
)
from kiosk.core.visit.events import (
    GarmentArrived,
    GarmentCertaintyChanged,
    GarmentLeft,
    PaymentChanged,
    RadioBack,
    RadioLost,
    RequestChanged,
    StaffChanged,
)
from kiosk.core.wire import wire_name, wire_name_of
from kiosk.store.api.auth import SESSION_COOKIE, routes_with_roles
from kiosk.store.api.problems import SCHEMA as PROBLEM
from kiosk.store.payments.desk import Basket, DeskPayment, OpenMoney
from kiosk.store.payments.refund_book import Refund
from kiosk.store.payments.sold_pieces import SoldPiece

_REF = "#/components/schemas/{model}"
_VALUES: tuple[type, ...] = (
    AdviseSize, TogglePiece, CollectPayment, FindLooks, IdentifyShopper, SaveFitFeedback, RecordItemEvent,
    PriceOrder, ReportVisit, ServiceRequest, Order, PaymentChanged, SizeAdvice, Suggestion, Shopper, GarmentArrived,
    GarmentCertaintyChanged, GarmentLeft, RadioBack, RadioLost, RequestChanged, StaffChanged, OpenMoney, Basket,
    DeskPayment, SoldPiece, Refund,
)  # fmt: skip


def _one(name: str) -> dict[str, str]:
    return {"$ref": _REF.format(model=name)}


def _field(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {name: schema}, "required": [name]}


def _or_null(name: str) -> dict[str, Any]:
    return {"anyOf": [_one(name), {"type": "null"}]}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _one(name)}


_ANSWERS: dict[str, Any] = {
    "suggestions": _field("suggestions", _list("Suggestion")),
    "advice": _field("advice", _or_null("SizeAdvice")),
    "ours": _field("ours", {"type": "boolean"}),
    "shopper": _field("shopper", _or_null("Shopper")),
    "order": _one("Order"),
    "payment": _one("PaymentMoved"),
    "money": _field("money", _list("OpenMoney")),
    "baskets": {
        "type": "object",
        "properties": {
            "baskets": _list("Basket"),
            "terminals": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["baskets", "terminals"],
    },
    "desk": _one("DeskPayment"),
    "sales": _field("sales", _list("SoldPiece")),
    "meeting": {
        **_field("meeting_id", {"type": "string"}),
        "properties": {
            "meeting_id": {"type": "string"},
            "command": {"type": "string", "description": "in hexadecimal"},
        },
    },
    "step": {"anyOf": [_field("command", {"type": "string"}), _field("shopper", _or_null("Shopper"))]},
}


def speaks(
    asked: type | None = None, answer: type | str | None = None, *, stream: bool = False
) -> dict[str, Any]:
    """What a route reads and answers, for the OpenAPI document."""
    extra: dict[str, Any] = {}
    if asked is not None:
        extra["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(asked)}}}
    if answer is not None:
        schema = _ANSWERS[answer] if isinstance(answer, str) else _ref(answer)
        extra["responses"] = {
            "2XX": {"description": "Done", "content": {"application/json": {"schema": schema}}}
        }
    if stream:
        events = [_ref(v) for v in _VALUES if v.__module__ == GarmentArrived.__module__]
        extra["responses"] = {
            "200": {"description": "Events", "content": {"text/event-stream": {"schema": {"oneOf": events}}}}
        }
    return extra


def document(app: FastAPI) -> dict[str, Any]:
    """The app's OpenAPI with the schemas of core values and of problems; made once."""
    if app.openapi_schema:
        return app.openapi_schema
    doc: dict[str, Any] = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    schemas = doc.setdefault("components", {}).setdefault("schemas", {})
    for value in _VALUES:
        schema = TypeAdapter(value).json_schema(ref_template=_REF)
        for name, inner in schema.pop("$defs", {}).items():
            schemas.setdefault(wire_name_of(name), _named(wire_name_of(name), inner))
        schemas.setdefault(wire_name(value), _named(wire_name(value), schema))
    schemas["Problem"] = PROBLEM
    _say_who_may_ask(app, doc)
    for path in doc["paths"].values():
        for operation in path.values():
            answers = operation.setdefault("responses", {})
            answers.pop("422", None)
            problem = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
            answers["default"] = {"description": "A problem (RFC 9457)", "content": problem}
    app.openapi_schema = doc
    return doc


def _say_who_may_ask(app: FastAPI, doc: dict[str, Any]) -> None:
    """Under `security` the kind of token, under `x-role` the role that each operation asks for."""
    doc["components"]["securitySchemes"] = {
        "mirror": {"type": "http", "scheme": "bearer", "description": "The token of a room's mirror."},
        "session": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token of an associate's session.",
        },
        "cookie": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE},
    }
    tokens: dict[str, list[dict[str, list[str]]]] = {"anybody": [], "mirror": [{"mirror": []}]}
    for route, role in routes_with_roles(app):
        for method in (route.methods or ()) if route.include_in_schema else ():
            operation = doc["paths"][route.path_format][method.lower()]
            operation["security"] = tokens.get(role, [{"session": []}, {"cookie": []}])
            operation["x-role"] = role


def _ref(value: type) -> dict[str, str]:
    assert is_dataclass(value)
    return _one(wire_name(value))


def _named(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """An object says its class under "is"."""
    if schema.get("type") == "object":
        schema = {**schema, "properties": {"is": {"const": name}, **schema.get("properties", {})}}
    renamed: dict[str, Any] = _with_wire_names({**schema, "title": name})
    return renamed


def _with_wire_names(schema: Any) -> Any:
    """The schema with references to the names that values have in JSON, instead of the names of their classes."""
    if isinstance(schema, list):
        return [_with_wire_names(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    ref = schema.get("$ref")
    if isinstance(ref, str):
        return {**schema, **_one(wire_name_of(ref.rpartition("/")[2]))}
    return {key: _with_wire_names(value) for key, value in schema.items()}
