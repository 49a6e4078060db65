"""Replies of terminals that are changed, cut, of others, or nonsense: a lost reply, never a wrong result or a crash."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.connectors.payments.nexo.messages import Category
from kiosk.connectors.payments.nexo.replies import (
    Failed,
    json_object,
    message_of,
    payment_reply,
    reversal_reply,
    status_reply,
)
from kiosk.connectors.payments.port import (
    FollowUp,
    Presented,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
)
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money

POI = "V400m-324688179"
ASKED = Presented("KEY0000001", "order-1", Money(12_900, "EUR"))
REFUND = FollowUp("KEY0000002", FollowUpKind.REFUND, Money(500, "EUR"), ASKED)


def header(category: str, key: str = ASKED.key) -> dict[str, str]:
    return {
        "MessageCategory": category, "MessageClass": "Service", "MessageType": "Response", "POIID": POI,
        "ProtocolVersion": "3.0", "SaleID": "Cheval", "ServiceID": key,
    }  # fmt: skip


POI_DATA = {"POITransactionID": {"TransactionID": "t1.88", "TimeStamp": "2026-11-29T12:00:00.000Z"}}
PAYMENT: dict[str, Any] = {
    "Response": {"Result": "Success"},
    "SaleData": {"SaleTransactionID": {"TransactionID": "order-1", "TimeStamp": "2026-11-29T12:00:00.000Z"}},
    "POIData": POI_DATA,
    "PaymentResult": {"AmountsResp": {"AuthorizedAmount": 129, "Currency": "EUR"}},
}


def whole(category: str, body: object, key: str = ASKED.key) -> dict[str, Any]:
    return {"SaleToPOIResponse": {"MessageHeader": header(category, key), f"{category}Response": body}}


def paid(body: dict[str, Any]) -> TerminalReply | Failed:
    return payment_reply(message_of(body, Category.PAYMENT, POI))


def test_an_approval() -> None:
    reply = paid(whole("Payment", PAYMENT))
    assert isinstance(reply, TerminalReply)
    assert (reply.status, reply.amount, reply.reference) == (TerminalStatus.APPROVED, ASKED.amount, "88")


def places(value: Any) -> list[tuple[Any, ...]]:
    if not isinstance(value, dict):
        return [()]
    return [(), *((name, *rest) for name, part in value.items() for rest in places(part))]


@given(
    st.sampled_from([place for place in places(whole("Payment", PAYMENT)) if place]),
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([]), st.just({})
    ),
)
def test_a_reply_with_one_part_changed_is_lost_or_still_says_what_it_says(
    place: tuple[Any, ...], value: object
) -> None:
    body = copy.deepcopy(whole("Payment", PAYMENT))
    part: Any = body
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = value
    try:
        reply = paid(json_object(json.dumps(body).encode()))
    except TerminalLostError:
        return
    if isinstance(reply, TerminalReply) and reply.status is TerminalStatus.APPROVED:
        assert reply.amount is not None
        assert reply.reference


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"[]", b"1", b"nonsense", b"[" * 60_000, b'{"a": NaN}', b'{"a": Infinity}', b"\xff\xfe",
        b'{"SaleToPOIResponse": 5}', b'{"a": 1e99999999999999999999}', b'{"a": -1E-99999999999999999999}',
        b'{"a": ' + b"9" * 10_000 + b"}",
    ],
)  # fmt: skip
def test_nonsense_is_a_lost_reply(raw: bytes) -> None:
    with pytest.raises(TerminalLostError):
        message_of(json_object(raw), Category.PAYMENT, POI)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POIID", "V400m-000000000"), ("SaleID", "Other"), ("MessageType", "Request"), ("MessageCategory", "Reversal"),
        ("POIID", None), ("ServiceID", None), ("ServiceID", ""), ("ServiceID", ["KEY0000001"]),
    ],
)  # fmt: skip
def test_a_reply_of_or_to_others_is_lost(name: str, value: object) -> None:
    body = whole("Payment", PAYMENT)
    body["SaleToPOIResponse"]["MessageHeader"][name] = value
    with pytest.raises(TerminalLostError):
        paid(body)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("Refusal", TerminalStatus.REFUSED), ("Cancel", TerminalStatus.CANCELLED),
        ("Aborted", TerminalStatus.CANCELLED),
        ("WrongPIN", TerminalStatus.REFUSED), ("Busy", None), ("UnreachableHost", None), ("InProgress", None),
        ("Communication timeout", None), (None, None),
    ],
)  # fmt: skip
def test_a_failure_ends_a_payment_only_where_it_says_so(condition: object, expected: object) -> None:
    body = {"Response": {"Result": "Failure", "ErrorCondition": condition}}
    direct = paid(whole("Payment", body))
    assert (direct.status if isinstance(direct, TerminalReply) else None) is expected
    message = message_of(whole("Payment", body), Category.PAYMENT, POI)
    repeated = payment_reply(message, repeated=True)
    assert isinstance(repeated, TerminalReply)
    assert repeated.status in (TerminalStatus.REFUSED, TerminalStatus.CANCELLED)


def status(body: dict[str, Any], wanted: Presented | FollowUp = ASKED) -> TerminalReply:
    return status_reply(
        message_of(whole("TransactionStatus", body), Category.TRANSACTION_STATUS, POI), wanted, POI
    )


def failure(condition: str, key: str = ASKED.key) -> dict[str, Any]:
    return {
        "Response": {"Result": "Failure", "ErrorCondition": condition},
        "MessageReference": {"MessageCategory": "Payment", "SaleID": "Cheval", "ServiceID": key},
    }


def repeated(category: str, body: object, key: str) -> dict[str, Any]:
    inside = {
        "MessageHeader": header(category, key),
        "RepeatedResponseMessageBody": {f"{category}Response": body},
    }
    return {"Response": {"Result": "Success"}, "RepeatedMessageResponse": inside}


def test_the_status_of_a_key() -> None:
    assert status(failure("NotFound")).status is TerminalStatus.NOT_FOUND
    pending = status(failure("InProgress"))
    assert (pending.status, pending.taken_up) == (TerminalStatus.PENDING, True)
    assert status(repeated("Payment", PAYMENT, ASKED.key)).status is TerminalStatus.APPROVED
    back = {"Response": {"Result": "Success"}, "POIData": POI_DATA, "ReversedAmount": 5}
    reply = status(repeated("Reversal", back, REFUND.key), REFUND)
    assert (reply.status, reply.amount, reply.key) == (TerminalStatus.APPROVED, REFUND.amount, REFUND.key)


@pytest.mark.parametrize(
    "body",
    [
        failure("NotFound", "0THER00001"),
        failure("InProgress", "0THER00001"),
        failure("Busy"),
        failure("UnavailableService"),
        {"Response": {"Result": "Success"}},
        {"Response": {}},
        repeated("Reversal", PAYMENT, ASKED.key),
        repeated("Payment", {}, ASKED.key),
    ],
)
def test_a_status_that_says_nothing_about_the_key_is_lost(body: dict[str, Any]) -> None:
    with pytest.raises(TerminalLostError):
        status(body)


def test_an_approval_without_the_number_of_its_transaction_is_lost() -> None:
    for body in ({**PAYMENT, "POIData": {}}, {**PAYMENT, "PaymentResult": {}}):
        with pytest.raises(TerminalLostError):
            paid(whole("Payment", body))
    with pytest.raises(TerminalLostError):
        reversal_reply(
            message_of(whole("Reversal", {"Response": {"Result": "Success"}}), Category.REVERSAL, POI), REFUND
        )


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ("message=first%0Asecond%1b%5B2J", "first?second?[2J"),
        ("message=card+4111111111111111", "card #"),
        ("message=" + "x" * 500, "x" * 200),
        (None, "without a reason"),
    ],
)
def test_the_reason_of_a_rejection_is_fit_for_a_log(details: object, said: str) -> None:
    event = {"EventToNotify": "Reject", "EventDetails": details}
    assert (
        message_of({"SaleToPOIRequest": {"EventNotification": event}}, Category.PAYMENT, POI).rejected == said
    )


def test_a_rejected_request_is_no_reply() -> None:
    event = {"EventToNotify": "Reject", "EventDetails": "message=Did+not+receive+a+response+from+the+POI."}
    found = message_of({"SaleToPOIRequest": {"EventNotification": event}}, Category.PAYMENT, POI)
    assert found.rejected == "Did not receive a response from the POI."
