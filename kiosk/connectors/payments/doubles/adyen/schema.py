"""Checks requests against the published schema of Adyen's Terminal API; the envelope by rules of its documentation.

`requests_schema.json` names its source; its licence is beside it. Only the words of JSON Schema that occur in it are
understood. Unknown fields are refused, as Adyen does
(docs.adyen.com/point-of-sale/error-scenarios, "Invalid message format").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

MAX_FAULTS: Final = 5
_SERVICE_ID: Final = re.compile(r"[A-Za-z0-9]{1,10}")
_TYPES: Final[Mapping[str, type | tuple[type, ...]]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)")
CLASSES: Final[Mapping[str, str]] = {"Display": "Device"}
"""MessageClass of the categories for which it is not `Service`."""


@cache
def schemas() -> Mapping[str, Any]:
    """The published schemas by name."""
    text = Path(__file__).with_name("requests_schema.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)["schemas"]
    return found


def request_faults(message: object) -> tuple[str, ...]:
    """What is wrong with a request, as Adyen words it: `At PATH, field NAME: Missing`. Empty if nothing is."""
    return tuple(fault for _, fault in zip(range(MAX_FAULTS), _request(message), strict=False))


def _request(message: object) -> Iterator[str]:
    whole = message.get("SaleToPOIRequest") if isinstance(message, dict) else None
    if not isinstance(whole, dict):
        yield "SaleToPOIRequest: Missing"
        return
    header = whole.get("MessageHeader")
    yield from _faults(header, schemas()["MessageHeader"], "SaleToPOIRequest.MessageHeader")
    if not isinstance(header, dict):
        return
    yield from _header(header)
    name = f"{header.get('MessageCategory')}Request"
    if name not in schemas():
        yield f"SaleToPOIRequest.MessageHeader, field MessageCategory: {name} is not supported"
        return
    for other in whole.keys() - {"MessageHeader", name, "SecurityTrailer"}:
        yield f"At SaleToPOIRequest, field {other}: Unexpected"
    yield from _faults(whole.get(name), schemas()[name], f"SaleToPOIRequest.{name}")


def _header(header: Mapping[str, Any]) -> Iterator[str]:
    where = "At SaleToPOIRequest.MessageHeader, field"
    if header.get("ProtocolVersion") != "3.0":
        yield f"{where} ProtocolVersion: must be 3.0"
    if header.get("MessageType") != "Request":
        yield f"{where} MessageType: must be Request"
    if header.get("MessageClass") != CLASSES.get(str(header.get("MessageCategory")), "Service"):
        yield f"{where} MessageClass: does not fit"
    if not _SERVICE_ID.fullmatch(str(header.get("ServiceID", ""))):
        yield f"{where} ServiceID: 1 to 10 letters or digits"


def _faults(value: object, schema: Mapping[str, Any], path: str) -> Iterator[str]:
    if "$ref" in schema:
        yield from _faults(value, schemas()[schema["$ref"]], path)
        return
    wanted = schema.get("type")
    if wanted and not _is(value, wanted):
        yield f"{path}: {'Missing' if value is None else f'must be of type {wanted}'}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: Unknown value"
    if isinstance(value, str):
        yield from _text_faults(value, schema, path)
    elif isinstance(value, dict):
        yield from _object_faults(value, schema, path)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _faults(item, schema.get("items", {}), f"{path}[{number}]")
    elif isinstance(value, (int, float)) and not schema.get("minimum", value) <= value <= schema.get(
        "maximum", value
    ):
        yield f"{path}: Out of range"


def _object_faults(value: Mapping[str, Any], schema: Mapping[str, Any], path: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"At {path}, field {name}: Missing"
    for name, part in value.items():
        if name not in known:
            yield f"At {path}, field {name}: Unexpected"
        else:
            yield from _faults(part, known[name], f"{path}.{name}")


def _text_faults(value: str, schema: Mapping[str, Any], path: str) -> Iterator[str]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: Does not fit its pattern"
    if schema.get("format") == "date-time" and not _TIME.fullmatch(value):
        yield f"{path}: Is no time"


def _is(value: object, wanted: str) -> bool:
    if isinstance(value, bool):
        return wanted == "boolean"
    if wanted == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[wanted])
