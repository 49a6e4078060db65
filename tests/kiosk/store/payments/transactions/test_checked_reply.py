"""Replies are compared with what was asked: one that belongs to another question is no answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.connectors.payments.port import REFERENCE, FollowUp, Presented, TerminalReply, TerminalStatus
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money
from kiosk.core.domain.terminal_events import (
    Approved,
    ApprovedPartly,
    Cancelled,
    Forgotten,
    NeverArrived,
    Refused,
    StillUnknown,
)
from kiosk.store.payments.checked_reply import Question, ReplyMismatchError, event_of

PRICE = Money(1_200, "EUR")
ASKED = Presented("KEY1", "o1", PRICE, sent_us=1)
GOOD = TerminalReply(
    TerminalStatus.APPROVED, "KEY1", "o1", PRICE, {REFERENCE: "R1", "charge": "c1"}, captured=True
)


def question(
    *, taken_up: bool = False, absent: bool = True, wanted: Presented | FollowUp = ASKED
) -> Question:
    owners = {"R1": "KEY1", "R9": "KEY9"}
    return Question(
        wanted=wanted, taken_up=taken_up, counts_as_absent=absent, owner_of=lambda ref: owners.get(ref, "")
    )


def test_an_approval_that_fits_keeps_all_numbers() -> None:
    event = event_of(GOOD, question(), 5)
    assert event == Approved(5, "R1", (("charge", "c1"), (REFERENCE, "R1")), None, captured=True)
    silent = replace(GOOD, key="", order_id="", amount=None)
    assert isinstance(event_of(silent, question(), 5), Approved), "a provider that never states them"


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        (replace(GOOD, key="KEY2"), "key"),
        (replace(GOOD, order_id="o2"), "order"),
        (replace(GOOD, amount=Money(100, "EUR")), "amount"),
        (replace(GOOD, amount=Money(1_200, "USD")), "currency"),
        (replace(GOOD, references={REFERENCE: "R9"}), "another order"),
        (replace(GOOD, references={}), "without a reference"),
        (replace(GOOD, status=TerminalStatus.REFUSED, key="KEY2"), "key"),
        (replace(GOOD, status=TerminalStatus.NOT_FOUND, key="KEY2"), "key"),
        (replace(GOOD, status=TerminalStatus.PARTIAL, amount=None), "partial"),
        (replace(GOOD, status=TerminalStatus.PARTIAL), "amount"),
        (replace(GOOD, status=TerminalStatus.PARTIAL, amount=Money(0, "EUR")), "amount"),
        (replace(GOOD, status=TerminalStatus.PARTIAL, amount=Money(5_000, "EUR")), "amount"),
        (replace(GOOD, status=TerminalStatus.PARTIAL, amount=Money(600, "USD")), "currency"),
    ],
)
def test_a_reply_to_another_question_is_none(reply: TerminalReply, what: str) -> None:
    with pytest.raises(ReplyMismatchError, match=what) as raised:
        event_of(reply, question(), 5)
    assert not [value for value in ("KEY2", "o2", "R9", "5000") if value in str(raised.value)]


def test_a_part_of_a_refund_is_no_answer() -> None:
    refund = FollowUp("KEY1", FollowUpKind.REFUND, PRICE, ASKED)
    part = replace(GOOD, status=TerminalStatus.PARTIAL, amount=Money(600, "EUR"))
    with pytest.raises(ReplyMismatchError, match="partial"):
        event_of(part, question(wanted=refund), 5)
    assert isinstance(event_of(part, question(), 5), ApprovedPartly)


@pytest.mark.parametrize(
    ("status", "taken_up", "absent", "event"),
    [
        (TerminalStatus.NOT_FOUND, False, True, NeverArrived(5)),
        (TerminalStatus.NOT_FOUND, False, False, StillUnknown(5)),
        (TerminalStatus.NOT_FOUND, True, True, Forgotten(5)),
        (TerminalStatus.PENDING, False, True, StillUnknown(5, taken_up=True)),
        (TerminalStatus.CANCELLED, False, True, Cancelled(5, "w" * 40)),
        (TerminalStatus.REFUSED, True, True, Refused(5, "w" * 40)),
    ],
)
def test_every_other_status_has_its_event(
    status: TerminalStatus, event: object, *, taken_up: bool, absent: bool
) -> None:
    reply = TerminalReply(status, why="w" * 999, taken_up=True)
    assert event_of(reply, question(taken_up=taken_up, absent=absent), 5) == event
