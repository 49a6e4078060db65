"""Each answer to a task of the desk has one meaning, and each task says which answers it takes."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.terminal_events import PARTIAL
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer, TaskKind, UnsettledTransaction
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import collect, ends, price
from tests.kiosk.store.sample_shop import InProcessTerminal

A = TaskAnswer
PLAIN: dict[str, Any] = {"refund": False, "said_done": False, "follow_up": None}
TAKES = [
    (TaskKind.PARKED, PLAIN, {A.CHARGED, A.NOT_CHARGED}),
    (TaskKind.PARKED, PLAIN | {"refund": True}, {A.PAID_BACK, A.NOT_PAID_BACK}),
    (
        TaskKind.PARKED,
        PLAIN | {"refund": True, "follow_up": FollowUpKind.VOID},
        {A.PAID_BACK, A.NOT_PAID_BACK},
    ),
    (
        TaskKind.PARKED,
        PLAIN | {"refund": True, "follow_up": FollowUpKind.CAPTURE},
        {A.CAPTURED, A.NOT_CAPTURED},
    ),
    (TaskKind.UNWANTED, PLAIN, {A.GIVEN_BACK}),
    (TaskKind.CONTRADICTION, PLAIN, {A.KEEPS_PIECES, A.GIVE_BACK}),
    (TaskKind.CONTRADICTION, PLAIN | {"said_done": True}, {A.COLLECTED_OTHERWISE, A.NOT_CHARGED}),
    (TaskKind.CONTRADICTION, PLAIN | {"refund": True}, {A.SEEN}),
    (
        TaskKind.CONTRADICTION,
        PLAIN | {"said_done": True, "why": PARTIAL},
        {A.COLLECTED_OTHERWISE, A.TAKE_BACK},
    ),
    (
        TaskKind.CAPTURE,
        PLAIN | {"said_done": True},
        {A.TRY_AGAIN, A.CAPTURED, A.COLLECTED_OTHERWISE, A.TAKE_BACK},
    ),
    (TaskKind.FOREIGN_SALE, PLAIN, {A.SEEN}),
    (TaskKind.PAID_OUT, PLAIN, {A.SEEN}),
]


def task(kind: TaskKind, *, parked: bool = True, **more: Any) -> UnsettledTransaction:
    return UnsettledTransaction(
        "KEY", OrderId("o1"), "Room 1", (), Money(1, "EUR"), "till", parked, 1, task=kind, **more
    )


@pytest.mark.parametrize(("kind", "more", "takes"), TAKES)
def test_a_task_takes_its_answers_only(kind: TaskKind, more: dict[str, Any], takes: set[TaskAnswer]) -> None:
    assert set(task(kind, **more).answers) == takes
    assert task(kind, parked=False, **more).answers == (), "the store works on it"


@pytest.mark.parametrize(("kind", "refund", "said"), list(product(TaskKind, [False, True], [False, True])))
def test_no_task_has_two_answers_that_say_the_same(kind: TaskKind, *, refund: bool, said: bool) -> None:
    answers = task(kind, refund=refund, said_done=said).answers
    assert answers
    # to ask the terminal once more is no word about money; where the amount was taken is stated in the books
    meanings = {(a.says_done, a if a in (A.TRY_AGAIN, A.CAPTURED) else None) for a in answers}
    assert len(meanings) == len(answers)


def test_the_earlier_field_and_a_foreign_answer_are_refused(
    room: HttpClient, ines: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    terminal.silent = True
    price(room)
    collect(room)
    ends(stream, "parked")
    (one,) = ines.ask("GET", "/api/v1/money")[1]["money"]
    assert one["answers"] == ["charged", "not-charged"]
    path = f"/api/v1/money/{one['key']}/settle"
    status, refused = ines.ask("POST", path, {"done": True})
    assert status == 422
    assert "'done' is now 'answer'" in str(refused)
    status, refused = ines.ask("POST", path, {"answer": "given-back"})
    assert status == 409
    assert "charged, not-charged" in str(refused)
    assert ines.ask("POST", path, {"answer": "not-charged"})[0] == 200


def test_planted_fault_one_word_for_all_tasks_says_two_things() -> None:
    """As before: `done` of a contradiction keeps the money, `done` of an unwanted charge gives it back."""
    meanings = {task(kind).answers[0] for kind in (TaskKind.CONTRADICTION, TaskKind.UNWANTED)}
    assert {one.says_done for one in meanings} == {True}, "the same word"
    assert len(meanings) == 2, "two meanings, which the answers tell apart"


def test_money_given_back_by_hand_that_was_never_collected_can_only_be_seen(
    store: Store, room: HttpClient, ines: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    """The shopper has no choice about pieces any more: the associate looks into it."""
    terminal.silent = True
    price(room)
    collect(room)
    ends(stream, "parked")
    book = store.payments.book
    (parked,) = book.unfinished()
    denied = replace(
        parked,
        state=PaymentState.REVERSED,
        why="by-hand",
        contradicted=True,
        changed_us=parked.changed_us + 1,
    )
    with store.payments.lock:
        book.put_attempt(denied)
    (one,) = ines.ask("GET", "/api/v1/money")[1]["money"]
    assert (one["task"], one["refund"], one["answers"]) == ("contradiction", True, ["seen"])
    assert ines.ask("POST", f"/api/v1/money/{one['key']}/settle", {"answer": "seen"})[0] < 300
    assert ines.ask("GET", "/api/v1/money")[1]["money"] == []
