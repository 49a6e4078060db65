"""A report of another visit, late, repeated or of another room, changes nothing of the present one: neither its payment
nor its scanned pieces nor what is to be bagged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.domain.ids import OrderId, RoomId, ScannedId, Ticket
from kiosk.core.domain.payment import PaymentState
from kiosk.core.visit.effects import ReportVisit, TogglePiece
from kiosk.store.floor.visits import RoomVisits
from kiosk.store.lifecycle import Store
from kiosk.store.service import Service
from tests.kiosk.store.payments.transactions.payment_waits import ROOM, begin, last, order_of, until_state
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build, piece_of, settings_in

OTHER, EARLIER, PRESENT = RoomId("2"), Ticket("t0"), Ticket("t1")
SCARF = piece_of("A1", "RED", "one")


@pytest.fixture
def store(tmp_path: Path, terminal: InProcessTerminal) -> Iterator[Store]:
    """In the present visit of room 1 a coat is paid and a scarf scanned; the terminal waits for a card for a shirt."""
    plain = settings_in(tmp_path)
    fast = replace(plain, timeouts=replace(plain.timeouts, first_query_us=1000))
    with build(fast, ManualClock(), {"till": terminal}) as opened:
        for ticket, began in ((EARLIER, True), (EARLIER, False), (PRESENT, True)):
            report(opened.service, ROOM, ticket, began=began)
        order_of(opened, "paid", PRESENT, coat=True)
        begin(opened, "paid", PRESENT)
        terminal.tap()
        until_state(opened, "paid", PaymentState.PAID)
        assert opened.service.toggle_piece(ROOM, TogglePiece(PRESENT, ScannedId(SCARF)))
        order_of(opened, "o1", PRESENT)
        begin(opened, "o1", PRESENT)
        until_state(opened, "o1", PaymentState.SENT)
        yield opened


def report(service: Service, room: RoomId, ticket: Ticket, *, began: bool) -> None:
    service.report_visit(room, ReportVisit(ticket, began=began, at_us=0))


def changed(store: Store) -> set[str]:
    """What of the present visit is not as it was."""
    found = {
        "payment": last(store, "o1").cancel_wanted or store.payments.book.is_dropped(OrderId("o1")),
        "scans": SCARF not in store.service.floor.room(ROOM).pieces,
        "bags": [task.order_id for task in store.service.floor.bags.open()] != ["paid"],
    }
    return {name for name, is_changed in found.items() if is_changed}


OF_OTHERS = [
    [(ROOM, EARLIER, True)],
    [(ROOM, EARLIER, False)],
    [(ROOM, Ticket("never"), False)],
    [(OTHER, PRESENT, True), (OTHER, PRESENT, False)],
    [(OTHER, PRESENT, False)],
    [(OTHER, EARLIER, True), (OTHER, PRESENT, True)],
]


@pytest.mark.parametrize("reports", OF_OTHERS, ids=range(len(OF_OTHERS)))
def test_a_report_of_another_visit_changes_nothing(
    store: Store, reports: list[tuple[RoomId, Ticket, bool]]
) -> None:
    for room, ticket, began in reports * 2:
        report(store.service, room, ticket, began=began)
    assert changed(store) == set()


def test_the_end_of_the_present_visit_changes_it(store: Store) -> None:
    report(store.service, ROOM, PRESENT, began=False)
    assert changed(store) == {"payment", "scans", "bags"}


class _EachReportIsPresent(RoomVisits):
    """Planted fault: as an earlier version, which took each report for one of the present visit."""

    def is_present(self, room: RoomId, report: ReportVisit) -> bool:  # noqa: ARG002 that is the fault
        return True


@pytest.mark.parametrize(("began", "found"), [(True, {"payment"}), (False, {"scans"})])
def test_the_planted_fault_is_found(store: Store, began: bool, found: set[str]) -> None:
    visits = store.service.visits
    each = _EachReportIsPresent(visits.floor, visits.proof_us, visits.now_us, visits.steady_us)
    faulty = replace(store.service, visits=each)
    report(faulty, ROOM, EARLIER, began=began)
    assert changed(store) == found
