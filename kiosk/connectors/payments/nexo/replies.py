"""Reads the replies of a terminal: whose they are, what they say, and what is kept of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from kiosk.connectors.payments.nexo.amounts import money_of
from kiosk.connectors.payments.nexo.card import additional, card_of
from kiosk.connectors.payments.nexo.conditions import (
    IN_PROGRESS,
    NOT_FOUND,
    Condition,
    condition_of,
)
from kiosk.connectors.payments.nexo.exchange import BrokenOffError
from kiosk.connectors.payments.nexo.messages import PSP, SALE_ID, TRANSACTION, TRANSACTION_AT, Category
from kiosk.connectors.payments.port import (
    REFERENCE,
    FollowUp,
    Presented,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
)
from kiosk.core.domain.money import Money

MAX_TEXT: Final = 200


@dataclass(frozen=True, slots=True)
class Failed:
    """A request failed in a way that does not say what became of its key: the terminal is asked by key."""

    condition: Condition


Outcome = TerminalReply | Failed


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the terminal: its header and its body; `rejected` is the text of an event `Reject`, else empty."""

    header: Mapping[str, Any]
    body: Mapping[str, Any]
    rejected: str = ""

    @property
    def response(self) -> Mapping[str, Any]:
        """Its `Response` object."""
        return inner(self.body, "Response")

    @property
    def succeeded(self) -> bool:
        """Result Success or Partial."""
        return self.response.get("Result") in ("Success", "Partial")


def json_object(raw: bytes) -> dict[str, Any]:
    """A JSON object; decimal numbers stay exact. Raises TerminalLostError."""
    try:
        found = json.loads(raw, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, ArithmeticError, RecursionError) as error:
        # ArithmeticError: a number with an exponent that no decimal has
        raise BrokenOffError("the reply is no JSON") from error
    if not isinstance(found, dict):
        raise BrokenOffError("the reply is no JSON object")
    return found


def message_of(body: Mapping[str, Any], category: Category, poi: str) -> Message:
    """The response of a category from that terminal to this system, or an event `Reject`.

    Raises TerminalLostError for anything else.
    """
    event = inner(inner(body, "SaleToPOIRequest"), "EventNotification")
    if event.get("EventToNotify") == "Reject":
        said = additional(event.get("EventDetails"))
        return Message({}, {}, rejected=_loggable(said.get("message", "")) or "without a reason")
    whole = inner(body, "SaleToPOIResponse")
    header, content = inner(whole, "MessageHeader"), inner(whole, f"{category.value}Response")
    if not content:
        raise BrokenOffError(f"the reply has no {category.value}Response")
    _check_header(header, category, poi)
    return Message(header, content)


def payment_reply(message: Message, *, repeated: bool = False) -> Outcome:
    """The result of a payment, from the reply itself or `repeated` by a status request. Raises TerminalLostError."""
    body = message.body
    order = inner(inner(body, "SaleData"), "SaleTransactionID").get("TransactionID")
    known = TerminalReply(
        TerminalStatus.REFUSED,
        key=_text(message.header.get("ServiceID")),
        order_id=_text(order),
    )
    if not message.succeeded:
        return _failed(message, known, repeated=repeated)
    partial = message.response["Result"] == "Partial"
    result = inner(body, "PaymentResult")
    pairs = additional(message.response.get("AdditionalResponse"))
    amounts = inner(result, "AmountsResp")
    return replace(
        known,
        status=TerminalStatus.PARTIAL if partial else TerminalStatus.APPROVED,
        amount=_money(amounts.get("AuthorizedAmount"), amounts.get("Currency")),
        references=_references(body, pairs),
        card=card_of(result, pairs),
        captured=True,
    )


def reversal_reply(message: Message, asked: FollowUp, *, repeated: bool = False) -> Outcome:
    """The result of a refund or void. A reversal states no order, and its amount without a currency, which is that of
    the payment. Raises TerminalLostError."""
    known = TerminalReply(TerminalStatus.REFUSED, key=_text(message.header.get("ServiceID")))
    if not message.succeeded:
        return _failed(message, known, repeated=repeated)
    stated = message.body.get("ReversedAmount")
    return replace(
        known,
        status=TerminalStatus.APPROVED,
        amount=None if stated is None else _money(stated, asked.amount.currency),
        references=_references(message.body, additional(message.response.get("AdditionalResponse"))),
    )


def status_reply(message: Message, wanted: Presented | FollowUp, poi: str) -> TerminalReply:
    """What the terminal says about a key. Raises TerminalLostError where it says nothing about it."""
    if not message.succeeded:
        named = inner(message.body, "MessageReference")
        if named.get("ServiceID", wanted.key) != wanted.key or named.get("SaleID", SALE_ID) != SALE_ID:
            raise TerminalLostError("the reply is about another transaction")
        condition = message.response.get("ErrorCondition")
        if condition == IN_PROGRESS:
            return TerminalReply(TerminalStatus.PENDING, key=wanted.key, taken_up=True)
        if condition == NOT_FOUND:
            return TerminalReply(TerminalStatus.NOT_FOUND, key=wanted.key)
        raise TerminalLostError(f"no status: {condition_of(condition).why}")
    repeated = inner(message.body, "RepeatedMessageResponse")
    category = Category.REVERSAL if isinstance(wanted, FollowUp) else Category.PAYMENT
    content = inner(inner(repeated, "RepeatedResponseMessageBody"), f"{category.value}Response")
    header = inner(repeated, "MessageHeader")
    if not content:
        raise TerminalLostError(f"the status has no {category.value}Response")
    _check_header(header, category, poi)
    again = Message(header, content)
    if isinstance(wanted, FollowUp):
        found = reversal_reply(again, wanted, repeated=True)
    else:
        found = payment_reply(again, repeated=True)
    assert isinstance(found, TerminalReply)
    return found


def inner(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object of that name; empty where there is none."""
    found = body.get(name)
    return found if isinstance(found, dict) else {}


def _loggable(text: str) -> str:
    """A text of the terminal for a log: one line of ASCII, without numbers that may be those of a card."""
    return re.sub(r"\d{5,}", "#", re.sub(r"[^ -~]", "?", text[:MAX_TEXT]))


def _failed(message: Message, known: TerminalReply, *, repeated: bool) -> Outcome:
    if message.response.get("Result") != "Failure":
        raise BrokenOffError("the reply has no result")
    condition = condition_of(message.response.get("ErrorCondition"))
    if not repeated and not condition.says_all:
        return Failed(condition)
    return replace(known, status=condition.status, why=condition.why)


def _check_header(header: Mapping[str, Any], category: Category, poi: str) -> None:
    fits = (
        header.get("MessageCategory") == category.value
        and header.get("MessageType") == "Response"
        and header.get("SaleID") == SALE_ID
        and str(header.get("POIID")).casefold() == poi.casefold()
        and bool(_text(header.get("ServiceID")))
    )
    if not fits:
        raise BrokenOffError("the reply is not for this request")


def _references(body: Mapping[str, Any], pairs: Mapping[str, str]) -> dict[str, str]:
    """POITransactionID is `TENDER.PSPREFERENCE`; an offline approval has no second part yet."""
    transaction = inner(inner(body, "POIData"), "POITransactionID")
    number, at = _text(transaction.get("TransactionID")), _text(transaction.get("TimeStamp"))
    psp = _text(pairs.get("pspReference")) or number.rpartition(".")[2]
    if not number or not psp:
        raise BrokenOffError("an approval without the number of its transaction")
    return {REFERENCE: psp, PSP: psp, TRANSACTION: number, TRANSACTION_AT: at}


def _money(number: object, currency: object) -> Money:
    try:
        return money_of(number, currency)
    except ValueError as error:
        raise BrokenOffError(str(error)) from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise BrokenOffError("a text of the reply is none, or too long")
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")
