"""JSON values of a schema of the OpenAPI document, with values in between that no schema means."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from tests.kiosk.store.sample_shop import gtin_of, piece_of, tag

Schema = dict[str, Any]
LONG: Final = "A" * 10_000
HOSTILE_TEXTS: Final = (
    "", " ", "\ud800", "\udc00\ud83d", "a\ud83d", "\x00", "a\x00b", "\x1b[2J", "\r\nX: y", "\u202e\u2066", "\U0001f600",
    "e\u0301\u0301\u0301", "\uffff", "\u0085\u2028", LONG, "A" * 4096, "A" * 129, "../../store.key", "/etc/passwd",
    "' OR 1=1 --", '"; DROP TABLE sold; --', "<script>alert(1)</script>", "%s%n", "{0}", "{{7*7}}", "-1", "1e309",
    "NaN",
    "٣", "２", "9" * 5000, "0" * 14, "0x10", "true", "null", "04" * 7, "zz" * 7, "=cmd|' /C calc'!A0", "\ufeff",
)  # fmt: skip
HOSTILE_NUMBERS: Final = (
    0, -1, 1, 2**31 - 1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64, 10**400, -(10**18), 0.5,
    -0.0,
    1e308, float("inf"), float("-inf"), float("nan"), 1e-320, 253402300800000000, -62135596800000001, True,
)  # fmt: skip
KNOWN: Final = {
    "ticket": ("t1", "t2"), "room": ("1", "2"), "request_id": ("r1", "r2"), "order_id": ("o1", "o2"),
    "item": ("S1-WHI", "C1-NVY"), "piece": (piece_of("S1", "WHI", "M"), piece_of("C1", "NVY", "38")),
    "gtin": (gtin_of("S1", "WHI", "M"),), "article": (gtin_of("S1", "WHI", "M"), gtin_of("T1", "GRY", "38")),
    "label": (tag("S1", "WHI", "M"), "https://example.com/01/" + gtin_of("S1", "WHI", "M") + "/21/1"),
    "uid": ("04A1B2C3D4E501",), "shopper_id": ("s1", "s2"), "language": ("de", "ar"), "currency": ("EUR",),
    "associate_id": ("a-ines", "m-mei"), "pin": ("4711", "920713", "0000"), "kind": ("uid", "ntag424"),
    "lang": ("en",), "key": ("o1.1",), "terminal": ("till",), "number": ("1",), "style_id": ("S1",),
    "move": ("claim",),
    "alarm_id": ("1",), "token": ("x" * 32,), "path": ("S1-WHI.png", "main.js"), "meeting_id": ("m1",),
    "size": ("M", "L"),
}  # fmt: skip
"""Values by field name that the sample shop knows, so that requests reach what is behind their checks."""


def text(rng: Random, name: str) -> str:
    """A text for a field: known, plain or hostile."""
    known = KNOWN.get(name)
    if known and rng.random() < 0.7:
        return rng.choice(known)
    return rng.choice(HOSTILE_TEXTS) if rng.random() < 0.5 else rng.choice(("a", "b1", "x-y"))


class Values:
    """Makes values of schemas; `components` are those of the document."""

    def __init__(self, components: Schema, rng: Random) -> None:
        self._components, self._rng = components, rng

    def of(self, schema: Schema, name: str = "", depth: int = 0) -> Any:
        """A value that often fits the schema."""
        rng = self._rng
        if rng.random() < 0.04 or depth > 6:
            return self.anything(depth)
        schema = self._resolved(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return rng.choice(schema["enum"])
        return self._by_type(schema, name, depth)

    def anything(self, depth: int = 0) -> Any:
        """A value of any kind."""
        rng = self._rng
        kind = rng.randrange(7 if depth < 4 else 4)
        if kind == 0:
            return rng.choice(HOSTILE_NUMBERS)
        if kind in (1, 2):
            return rng.choice(HOSTILE_TEXTS)
        if kind == 3:
            return None
        if kind == 4:
            return [self.anything(depth + 1) for _ in range(rng.randrange(4))]
        if kind == 5:
            return {rng.choice(HOSTILE_TEXTS): self.anything(depth + 1) for _ in range(rng.randrange(4))}
        deep: Any = 1
        for _ in range(rng.choice((20, 40, 400))):
            deep = [deep]
        return deep

    def _by_type(self, schema: Schema, name: str, depth: int) -> Any:
        rng, kind = self._rng, schema.get("type")
        if kind == "object" or "properties" in schema:
            return self._object(schema, depth)
        if kind == "array":
            count = rng.choice((0, 1, 1, 2, 3)) if rng.random() < 0.97 else 300
            parts = schema.get("prefixItems")
            inner = schema.get("items") or {}
            singular = name.removesuffix("s")
            if parts:
                return [self.of(part, singular, depth + 1) for part in parts]
            return [self.of(inner, singular, depth + 1) for _ in range(count)]
        if kind in ("integer", "number"):
            return rng.choice(HOSTILE_NUMBERS) if rng.random() < 0.4 else rng.randrange(3)
        if kind == "boolean":
            return rng.random() < 0.5
        if kind == "null":
            return None
        return text(rng, name)

    def _object(self, schema: Schema, depth: int) -> Any:
        rng = self._rng
        required = set(schema.get("required", ()))
        found = {
            name: self.of(inner, name, depth + 1)
            for name, inner in schema.get("properties", {}).items()
            if name in required or rng.random() < 0.7
        }
        if found and rng.random() < 0.05:
            found.pop(rng.choice(sorted(found)))
        if rng.random() < 0.05:
            found[rng.choice(HOSTILE_TEXTS)] = self.anything(depth + 1)
        return found

    def _resolved(self, schema: Schema) -> Schema:
        while True:
            if "$ref" in schema:
                schema = self._components[schema["$ref"].rpartition("/")[2]]
            elif parts := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
                schema = self._rng.choice(parts)
            else:
                return schema
