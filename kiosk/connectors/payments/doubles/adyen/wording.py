"""Replies of the double: header, results, refusals, and the event that rejects a message."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from kiosk.connectors.payments.doubles.adyen.faults import CHANGES, Fault, Planned, changed


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back. `message` None: an empty body. `drop`: the connection is closed without a reply."""

    message: dict[str, Any] | None = None
    drop: bool = False
    status: int = 200
    late_s: float = 0.0
    twice: bool = False
    nonsense: bool = False


def response(header: Mapping[str, Any], category: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """A response to the request with that header."""
    named = {"MessageHeader": response_header(header, category), f"{category}Response": dict(body)}
    return {"SaleToPOIResponse": named}


def response_header(header: Mapping[str, Any], category: str) -> dict[str, Any]:
    """The header of a response."""
    return {**header, "MessageCategory": category, "MessageType": "Response"}


def failure(
    header: Mapping[str, Any], category: str, condition: str, said: str, more: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A response with Result Failure."""
    result = {"Result": "Failure", "ErrorCondition": condition, "AdditionalResponse": said}
    return response(header, category, {"Response": result, **(more or {})})


def rejected(message: object, why: str) -> dict[str, Any]:
    """The event `Reject`: the message was not passed on."""
    header = {
        "ProtocolVersion": "3.0",
        "MessageClass": "Event",
        "MessageCategory": "Event",
        "MessageType": "Notification",
        "SaleID": "-",
        "POIID": "-",
    }
    event = {
        "EventToNotify": "Reject",
        "EventDetails": f"message={quote(why)}",
        "RejectedMessage": base64.b64encode(json.dumps(message).encode()).decode(),
        "TimeStamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    return {"SaleToPOIRequest": {"MessageHeader": header, "EventNotification": event}}


def busy(header: Mapping[str, Any], category: str) -> Answer:
    """The request is refused, and nothing is done; an abort has no reply in which that could stand."""
    if category == "Abort":
        return Answer(status=503)
    return Answer(failure(header, category, "Busy", "message=Busy"))


def with_fault(reply: dict[str, Any] | None, planned: Planned | None) -> Answer:
    """The reply of a request that was carried out."""
    fault = planned.fault if planned else None
    if fault in (Fault.REPLY_LOST, Fault.TAKEN_UP_LOST, Fault.EMPTY_BOOK):
        return Answer(drop=True)
    if fault is Fault.ERROR_AFTER:
        return Answer(status=500)
    if fault is not None and fault in CHANGES and reply is not None:
        reply = changed(reply, fault)
    late_s = planned.late_s if planned and fault is Fault.LATE else 0.0
    return Answer(reply, late_s=late_s, twice=fault is Fault.TWICE, nonsense=fault is Fault.NONSENSE)
