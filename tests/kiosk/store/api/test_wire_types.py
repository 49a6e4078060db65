"""Typed bodies and answers: read strictly by the wire, written with class names, refused with a place and a reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from kiosk.core.domain.fit_feedback import FitFeedback, FitRating
from kiosk.core.domain.ids import RequestId, RoomId, StyleId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.visit.events import GarmentLeft, RadioLost
from kiosk.core.wire import WireError, to_json
from kiosk.store.api.wire_types import JsonObject, Wire, WireForm, parsed

REQUEST = ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t"), RequestKind.HELP, 1)
REQUESTS: TypeAdapter[ServiceRequest] = TypeAdapter(Wire[ServiceRequest])
EVENTS: TypeAdapter[RadioLost | GarmentLeft] = TypeAdapter(Wire[RadioLost | GarmentLeft])


class Answer(JsonObject):
    """An answer with a core value in it."""

    rating: Wire[FitFeedback | None]


def test_a_value_comes_back_as_it_was_sent() -> None:
    assert REQUESTS.validate_python(to_json(REQUEST)) == REQUEST
    assert json.loads(REQUESTS.dump_json(REQUEST)) == to_json(REQUEST)


def test_a_body_that_arrived_as_bytes_is_read_as_json() -> None:
    assert REQUESTS.validate_python(json.dumps(to_json(REQUEST)).encode()) == REQUEST


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({**to_json(REQUEST), "made_us": "1"}, "$.made_us: str where int"),  # type: ignore[dict-item]
        ({**to_json(REQUEST), "kind": "hat"}, "$.kind: 'hat' is none of"),  # type: ignore[dict-item]
        ({"is": "ServiceRequest"}, "without request_id"),
        ([], "list where a ServiceRequest"),
        (b"{", "$: not JSON"),
        (b"[" * 100_000, "$: not JSON"),
        (b"\xff", "$: not JSON"),
    ],
    ids=["no coercion", "unknown value", "missing", "list", "half", "deep", "not UTF-8"],
)
def test_a_wrong_body_is_refused_with_its_place(body: object, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        REQUESTS.validate_python(body)
    (error,) = refused.value.errors()
    assert isinstance(error["ctx"]["error"], WireError)
    assert said in str(error["ctx"]["error"])


def test_unknown_keys_are_ignored() -> None:
    assert REQUESTS.validate_python({**to_json(REQUEST), "hat": 1}) == REQUEST  # type: ignore[dict-item]


def test_a_union_is_read_by_its_class_name() -> None:
    assert EVENTS.validate_python({"is": "RadioLost", "at_us": 1, "piece": "E"}) == RadioLost(1)
    with pytest.raises(ValidationError, match="'RadioBack' is none of RadioLost, GarmentLeft"):
        EVENTS.validate_python({"is": "RadioBack", "at_us": 1})


def test_an_object_has_no_class_name_but_its_values_do() -> None:
    feedback = FitFeedback(StyleId("S1"), "M", FitRating.RIGHT)
    assert json.loads(Answer(rating=feedback).model_dump_json()) == {"rating": to_json(feedback)}
    assert json.loads(Answer(rating=None).model_dump_json()) == {"rating": None}


def test_fields_are_added_for_a_page() -> None:
    @dataclass(frozen=True)
    class Added:
        length: int

    def with_length(value: RadioLost) -> dict[str, Any]:
        form = to_json(value)
        assert isinstance(form, dict)
        return {**form, "length": 3}

    marker = WireForm(with_length, Added)
    adapter: TypeAdapter[RadioLost] = TypeAdapter(Annotated[RadioLost, marker])
    assert json.loads(adapter.dump_json(RadioLost(1))) == {"is": "RadioLost", "at_us": 1, "length": 3}
    assert "length" in json.dumps(adapter.json_schema())


def test_a_value_that_is_not_bytes_is_returned_unchanged() -> None:
    assert parsed({"a": 1}) == {"a": 1}
    assert parsed(b"[1]") == [1]
