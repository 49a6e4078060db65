"""The JSON schema (draft 2020-12) of a sales document, for programs that take them."""

from __future__ import annotations

from typing import Any, Final

KINDS: Final = ("sale", "refund", "exchange", "cancellation", "correction", "stock")
MOVEMENTS: Final = ("sold", "back", "put-in-stock")
_TEXT: Final = {"type": "string"}
_AMOUNT: Final = {
    "type": "integer",
    "description": "In minor units of the currency; what the shop gives back is negative.",
}
_RATE: Final = {"type": "integer", "minimum": 0, "description": "Tax rate in millionths: 200000 for 20 %."}
_AMOUNTS: Final = {"gross": _AMOUNT, "tax": _AMOUNT, "net": _AMOUNT}
_ARTICLE: Final = {
    "article": {
        "type": "string",
        "description": "GTIN-14; `sku:` and the shop's own SKU, percent-encoded; or `fee:` and what the fee is for: "
        "no piece, and no stock moves.",
    },
    "gtin": {"type": "string", "pattern": "^[0-9]{14}$"},
    "sku": {"type": "string"},
    "piece": {
        "type": "string",
        "description": "The article and a serial; one that begins with `~` the store made.",
    },
}


def _object(properties: dict[str, Any], description: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """An object; further fields may come with later versions of the program."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "description": description, "properties": properties, "required": required}


def document_schema() -> dict[str, Any]:
    """The schema. `version` changes only where a field is taken away or means something else."""
    line = {
        "line": {"type": "integer", "minimum": 1}, **_ARTICLE, "name": _TEXT, "size": _TEXT, "rate_ppm": _RATE,
        **_AMOUNTS,
    }  # fmt: skip
    price = {
        "type": "integer",
        "minimum": 0,
        "description": "Without the tax where the order adds it, else with it.",
    }
    promotion = _object(
        {"promotion": _TEXT, "amount": _AMOUNT}, "What a promotion took off the listed price."
    )
    line |= {"listed": price, "price": price, "discounts": {"type": "array", "items": promotion}}
    change = {"enum": [-1, 0, 1]}
    movement = {"movement": {"enum": list(MOVEMENTS)}, **_ARTICLE, "on_hand": change, "for_sale": change}
    one_of = ("gtin", "sku")
    of_line = (*one_of, "listed", "price", "discounts")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A sales document of Cheval",
        **_object(
            {
                "version": {"const": 1},
                "id": {
                    "type": "string",
                    "pattern": "^[!-~]+$",
                    "description": "Never changes: the idempotency key.",
                },
                "kind": {"enum": list(KINDS)},
                "at": {"type": "string", "format": "date-time", "description": "When it happened, in UTC."},
                "order": _TEXT,
                "receipt": _TEXT,
                "room": _TEXT,
                "means": {"enum": ["", "terminal", "stored"]},
                "currency": {"type": "string", "pattern": "^([A-Z]{3})?$"},
                **_AMOUNTS,
                "taxes": {
                    "type": "array",
                    "items": _object({"rate_ppm": _RATE, **_AMOUNTS}, "One tax rate."),
                },
                "lines": {
                    "type": "array",
                    "items": _object(line, "One piece with what was paid for it.", of_line),
                },
                "movements": {
                    "type": "array",
                    "items": _object(
                        movement,
                        "A piece that moved: by how much the pieces that the shop has (`on_hand`), and those of them "
                        "that are for sale (`for_sale`), become more.",
                        one_of,
                    ),
                },
            },
            "What happened once. The same id has the same content.",
        ),
    }
