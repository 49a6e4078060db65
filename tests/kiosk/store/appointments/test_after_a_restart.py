"""A store that is started again while a member is in a room: mirror and store go on with her appointment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.appointments.arrivals import Arrivals
from kiosk.store.appointments.kept_visits import KeptVisits
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.appointments.conftest import COAT, ROOT, SCARF, keep, tap
from tests.kiosk.store.clues.conftest import CLARA, set_consents
from tests.kiosk.store.http_clients import HttpClient, associate, mirror, read_stream
from tests.kiosk.store.sample_shop import PIN, InProcessTerminal, ManualClock, build, served

ONE = RoomId("1")


@pytest.fixture
def shown(store: Store, ines: HttpClient, glass: HttpClient) -> None:
    """Clara's mirror shows her appointment; then the store ends."""
    keep(ines, store)
    tap(glass)
    store.presence.tick()
    store.close()


@contextmanager
def again(store: Store, clock: ManualClock) -> Iterator[Store]:
    with build(store.settings, clock, {"till": InProcessTerminal()}) as opened:
        yield opened


def report(store: Store, ticket: str = "t1", *, unattended: bool = False) -> None:
    store.service.report_visit(ONE, ReportVisit(Ticket(ticket), True, store.clock(), unattended=unattended))
    store.presence.tick()


def articles(store: Store) -> list[str] | None:
    """What the store's snapshot for the mirror of room 1 has; None: nothing of an appointment."""
    event = store.service.floor.room_snapshot(ONE)["prepared"]
    if not isinstance(event, dict) or not event["prepared"]:
        return None
    return [piece["garment"]["article"] for piece in event["prepared"]["pieces"]]


def test_the_snapshot_has_it_again_and_the_list_names_the_room(
    shown: None, store: Store, clock: ManualClock, settings: StoreSettings
) -> None:
    with (
        again(store, clock) as opened, served(opened) as url, mirror(url, settings.state, "1") as glass,
        associate(url, "a-ines", PIN) as ines, read_stream(glass, "/api/v1/rooms/1/stream?visit=t1&at_us=1") as told,
    ):  # fmt: skip
        told.named("Snapshot")
        report(opened)
        event = told.named("PreparedChanged")
        assert (event["ticket"], event["shopper_id"]) == ("t1", "s1")
        assert articles(opened) == [COAT, SCARF]
        (mine,) = ines.ask("GET", ROOT)[1]
        assert (mine["room"], mine["arrived_us"]) == ("1", clock())
        visit = opened.service.floor.room(ONE).visit
        assert visit is not None
        assert (visit.shopper, visit.clues, visit.proved_us) == (None, "", 0), "nothing else of her is known"
        assert ines.ask("POST", f"{ROOT}/p1/pieces/remove", {"article": COAT})[0] == 204
        assert articles(opened) == [SCARF]
        assert ines.ask("DELETE", f"{ROOT}/p1")[0] == 204
        told.wait(lambda name, body: name == "PreparedChanged" and body["prepared"] is None)


def another_visit(store: Store) -> None:
    report(store, "t2")


def she_has_left(store: Store) -> None:
    report(store, unattended=True)


def no_consent(store: Store) -> None:
    set_consents(store, "history")
    report(store)


def withdrawn_afterwards(store: Store) -> None:
    report(store)
    assert articles(store) == [COAT, SCARF]
    set_consents(store, "history")
    store.presence.forget_erased()


def erased_afterwards(store: Store) -> None:
    report(store)
    store.service.visits.forget_erased(lambda member: member != CLARA)


def she_leaves_afterwards(store: Store) -> None:
    report(store)
    report(store, unattended=True)


@pytest.mark.parametrize(
    "comes",
    [another_visit, she_has_left, no_consent, withdrawn_afterwards, erased_afterwards, she_leaves_afterwards],
    ids=lambda comes: comes.__name__,
)
def test_nobody_else_gets_it(
    shown: None, store: Store, clock: ManualClock, comes: Callable[[Store], None]
) -> None:
    with again(store, clock) as opened:
        comes(opened)
        assert articles(opened) is None


def test_on_the_next_day_it_is_over(shown: None, store: Store, clock: ManualClock) -> None:
    clock.pass_s(24 * 3600)
    with again(store, clock) as opened:
        report(opened)
        assert articles(opened) is None


def test_a_tap_after_the_restart_is_as_ever(
    shown: None, store: Store, clock: ManualClock, settings: StoreSettings
) -> None:
    with again(store, clock) as opened, served(opened) as url, mirror(url, settings.state, "1") as glass:
        report(opened)
        assert len(tap(glass, 2)["prepared"]["pieces"]) == 2
        visit = opened.service.floor.room(ONE).visit
        assert visit is not None
        assert (visit.restated, visit.member) == (None, CLARA)


def test_what_a_mirror_shows_no_more_is_not_taken_up(
    store: Store, ines: HttpClient, glass: HttpClient, clock: ManualClock
) -> None:
    keep(ines, store)
    tap(glass)
    store.presence.tick()
    report(store, unattended=True)
    store.close()
    with again(store, clock) as opened:
        report(opened)
        assert articles(opened) is None


class Forgetful(KeptVisits):
    """The planted fault: what mirrors show is not kept."""

    def _write(self, shown: object) -> None:
        del shown


@pytest.mark.parametrize(("kind", "kept"), [(KeptVisits, True), pytest.param(Forgetful, False, id="planted")])
def test_planted_fault_a_store_that_keeps_nothing_has_nothing_again(
    store: Store, ines: HttpClient, glass: HttpClient, clock: ManualClock, kind: type[KeptVisits], kept: bool
) -> None:
    service = store.service
    keep(ines, store)
    tap(glass)
    kind(service.prepared, service.floor, store.hub, service.writer).tick()
    store.close()
    with again(store, clock) as opened:
        report(opened)
        assert (articles(opened) is not None) is kept


def test_an_appointment_of_somebody_else_now_has_nobody_arrived(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    keep(ines, store)
    arrivals = Arrivals(store.resources.database)
    assert [arrivals.came("p1", 7), arrivals.came("p1", 8), arrivals.came("p9", 9)] == [True, False, False]
    assert ines.ask("GET", ROOT)[1][0]["arrived_us"] == 7
    body = {"at_us": store.clock(), "member": "s1", "note": "prefers wool"}
    assert ines.ask("PUT", f"{ROOT}/p1", body)[0] == 204
    assert ines.ask("GET", ROOT)[1][0]["arrived_us"] == 7, "a note changes nothing of it"
    assert ines.ask("PUT", f"{ROOT}/p1", {"at_us": store.clock(), "guest": "Ana"})[0] == 204
    assert ines.ask("GET", ROOT)[1][0]["arrived_us"] == 0


def test_of_more_rooms_each_is_known(store: Store, ines: HttpClient) -> None:
    keep(ines, store)
    arrivals, now_us = Arrivals(store.resources.database), store.clock()
    for number in range(6):
        arrivals.shown("p1", RoomId(str(number)), Ticket(f"t{number}"))
    arrivals.ended("p1", RoomId("4"))
    found = [arrivals.of_visit(RoomId(str(n)), Ticket(f"t{n}"), now_us) for n in range(6)]
    assert [one is not None for one in found] == [False, False, True, True, False, True]
    assert arrivals.of_visit(RoomId("5"), Ticket("t4"), now_us) is None
