"""Associates: tasks, baskets that they take over, payments at the shop's own terminal, returns, exchanges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.core.domain.ids import OrderId, RoomId
from kiosk.store.payments.attended.attended_desk import AttendedPayment, Entry
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer, TaskKind, UnsettledTransaction
from kiosk.store.piece_ids import epc_of_piece
from tests.faults.checkout.people import PIECES, SCANNED, TAG_OF_SCAN, Slip
from tests.faults.checkout.steps.base import StepsBase
from tests.faults.checkout.truth import INES, Word
from tests.faults.checkout.world import DESK

MAX_INDEX: Final = 3
"""So many of a list are told apart by the steps."""


class AssociateSteps(StepsBase):
    """Steps of associates."""

    def _of_associates(self) -> Iterator[str]:
        tasks = self._store.service.desk.unsettled()
        for place, task in enumerate(tasks[:MAX_INDEX]):
            yield f"query {place}"
            if task.parked:
                yield from (f"settle {place} right", f"settle {place} right", f"settle {place} wrong")
            if self._may_collect_otherwise(task):
                yield f"settle {place} otherwise"
            if TaskAnswer.TAKE_BACK in task.answers:
                yield f"settle {place} back"
            if TaskAnswer.TRY_AGAIN in task.answers:
                yield f"settle {place} again"
        for place, _ in enumerate(self._attended()[:MAX_INDEX]):
            yield from (f"{what} {place}" for what in ("serve", "serve", "charge", "enter", "turn-away"))
        for room, visit in self._people.visits.items():
            if visit.order is not None and not self._is_paid(visit.order):
                yield from (f"take-over {room} {name}" for name in (next(iter(self._world.lines)), DESK))
        for number in range(1, self._people.desk_orders + 1):
            yield f"desk-cancel {number}"
        yield from self._of_returns()

    def _of_returns(self) -> Iterator[str]:
        for order, _ in self._journal.receipts[-MAX_INDEX:]:
            kept = self._journal.pieces_kept(order)
            for place, piece in enumerate(kept):
                yield f"refund {order} {place}"
                if piece == SCANNED and self._people.identified:
                    yield f"refund-tag {order} {place}"
                yield from (f"exchange {order} {place} {new}" for new in ("large1", "shirt3", "scarf2"))

    def _attended(self) -> tuple[AttendedPayment, ...]:
        return self._store.payments.attended.waiting()

    def _task(self, place: str) -> UnsettledTransaction | None:
        found = self._store.service.desk.unsettled()
        return found[int(place)] if int(place) < len(found) else None

    def _do_query(self, place: str) -> None:
        task = self._task(place)
        if task is not None:
            self._store.service.desk.query(task.key)

    def _do_settle(self, place: str, how: str) -> None:
        task = self._task(place)
        if task is None or not task.parked:
            return
        if how == "right":
            word = self.truth.word(task)
            if word is not None:
                self.say(task, word)
        elif how == "otherwise":
            self._collect_otherwise(task)
        elif how == "back" and TaskAnswer.TAKE_BACK in task.answers:
            self.say(task, Word(False))
        elif how == "again" and TaskAnswer.TRY_AGAIN in task.answers:
            self._store.service.desk.answer(task.key, INES, TaskAnswer.TRY_AGAIN)
        elif task.task in (TaskKind.PARKED, TaskKind.UNWANTED):
            true = self.truth.word(task)
            word = Word(not (true and true.done)) if task.task is TaskKind.PARKED else Word(True)
            self._people.lies.add(task.key)
            self.say(task, word)

    def _may_collect_otherwise(self, task: UnsettledTransaction) -> bool:
        """A payment that she has called charged, and that the terminal has not collected so far."""
        answers, found = task.answers, self.truth.charge(task.key)
        kept = found is not None and found[0].kept(found[1]) > 0
        held = found is not None and task.task is TaskKind.CAPTURE and not found[1].voided
        return TaskAnswer.COLLECTED_OTHERWISE in answers and not (kept or held)

    def _collect_otherwise(self, task: UnsettledTransaction) -> None:
        if self._may_collect_otherwise(task):
            self.say(task, Word(True))
            self._people.slips[f"cash-{task.key}"] = Slip(task.order_id, task.amount.minor, "CASH")

    def say(self, task: UnsettledTransaction, word: Word) -> None:
        """An associate ends a task."""
        self._store.service.desk.settle(task.key, INES, done=word.done, reference=word.reference)

    def _do_serve(self, place: str) -> None:
        self._do_charge(place)
        self._do_enter(place)

    def _waiting(self, place: str) -> AttendedPayment | None:
        found = self._attended()
        return found[int(place)] if int(place) < len(found) else None

    def _do_charge(self, place: str) -> None:
        """An associate takes the payment, or pays back, at the shop's own terminal."""
        one = self._waiting(place)
        if one is not None and one.key not in self._people.slips:
            self._store.payments.attended.begin(one.key, INES)
            minor = -one.amount.minor if one.refund else one.amount.minor
            number = f"S{len(self._people.slips) + 1}"
            self._people.slips[one.key] = Slip(one.order_id, minor, number)

    def _do_enter(self, place: str) -> None:
        """She enters the number of the slip."""
        one = self._waiting(place)
        slip = self._people.slips.get(one.key) if one is not None else None
        if one is not None and slip is not None:
            self._store.payments.attended.enter(one.key, INES, Entry(True, slip.number))

    def _do_turn_away(self, place: str) -> None:
        """She enters that nothing was taken."""
        one = self._waiting(place)
        if one is not None and one.key not in self._people.slips:
            self._store.payments.attended.enter(one.key, INES, Entry(False))

    def _do_take_over(self, room: str, terminal: str) -> None:
        found = [b for b in self._store.service.desk.baskets() if b.room == room]
        if found and found[0].chosen:
            order = OrderId(f"desk-{self._people.desk_orders + 1}")
            self._store.service.desk.take_over(RoomId(room), order, found[0].chosen, terminal)
            self._people.desk_orders += 1

    def _do_desk_cancel(self, number: str) -> None:
        self._store.service.desk.cancel(OrderId(f"desk-{number}"))

    def _do_refund(self, order: str, place: str) -> None:
        self._refund(order, place, tag=False)

    def _do_refund_tag(self, order: str, place: str) -> None:
        """By the tag of a piece that was scanned without serial."""
        self._refund(order, place, tag=True)

    def _refund(self, order: str, place: str, *, tag: bool) -> None:
        kept = self._journal.pieces_kept(order)
        if int(place) < len(kept):
            piece = TAG_OF_SCAN if tag and kept[int(place)] == SCANNED else kept[int(place)]
            self._store.service.desk.refunds.begin(OrderId(order), piece, INES)

    def _do_exchange(self, order: str, place: str, new: str) -> None:
        kept, label = self._journal.pieces_kept(order), epc_of_piece(PIECES[new][0])
        if int(place) < len(kept) and label is not None:
            self._store.service.desk.exchanges.exchange(OrderId(order), kept[int(place)], label, INES)
