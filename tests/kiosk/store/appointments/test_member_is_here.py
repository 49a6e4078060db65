"""What changes of a member's appointment while she is in a room: her mirror shows what the database has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest

from kiosk.core.domain.ids import ArticleId, AssociateId, RoomId, Ticket
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.effects import ReportVisit
from kiosk.core.visit.events import CardTapped, Event
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import ScreenWoken
from kiosk.mirror.effect_runner import EffectRunner
from kiosk.mirror.event_stream import RoomSnapshot, StoreEventStream, StreamMessage
from kiosk.mirror.shell import Shell
from kiosk.mirror.store_client import StoreClient
from kiosk.store.appointments.appointment import Appointment, NewAppointment
from kiosk.store.appointments.appointment_desk import AppointmentDesk
from kiosk.store.appointments.prepared_visits import PreparedVisits, room_of
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.mirror.mirror_rig import Clock, Seen
from tests.kiosk.store.appointments.conftest import CARD, COAT, ROOT, SCARF, keep, tap
from tests.kiosk.store.clues.conftest import CLARA, ROOM, set_consents
from tests.kiosk.store.http_clients import HttpClient, mirror, mirror_token
from tests.kiosk.store.sample_shop import gtin_of
from tests.kiosk.store.shop_cards import link


def shown(store: Store, room: str = "1") -> list[str]:
    """The articles that the store has given to a room's mirror."""
    visit = store.service.floor.room(RoomId(room)).visit
    assert visit is not None
    assert visit.shopper is not None
    prepared = visit.shopper.prepared
    return [piece.garment.article for piece in prepared.pieces] if prepared is not None else []


def put(ines: HttpClient, name: str, article: str) -> None:
    assert ines.ask("PUT", f"{ROOT}/{name}/pieces", {"article": article})[0] == 204


def remove(ines: HttpClient, name: str, article: str) -> None:
    assert ines.ask("POST", f"{ROOT}/{name}/pieces/remove", {"article": article})[0] == 204


def test_what_is_made_after_the_tap_is_shown(store: Store, ines: HttpClient, glass: HttpClient) -> None:
    assert tap(glass)["prepared"] is None
    keep(ines, store, "p1", COAT)
    assert shown(store) == [COAT]
    (mine,) = ines.ask("GET", ROOT)[1]
    assert mine["room"] == "1"


def test_the_last_piece_is_changed_for_another(store: Store, ines: HttpClient, glass: HttpClient) -> None:
    keep(ines, store, "p1", COAT)
    tap(glass)
    remove(ines, "p1", COAT)
    assert shown(store) == []
    put(ines, "p1", SCARF)
    assert shown(store) == [SCARF]


class OnlyShown(PreparedVisits):
    """The planted fault: only mirrors that show it already are changed."""

    def changed(self, floor: ShopFloor, made: Appointment) -> None:
        if room_of(floor, made.new.appointment_id) is not None:
            super().changed(floor, made)


@pytest.mark.parametrize(
    ("visits", "expected"), [(PreparedVisits, [COAT]), pytest.param(OnlyShown, [], id="planted")]
)
def test_planted_fault_only_mirrors_that_show_it_already_are_changed(
    store: Store, glass: HttpClient, visits: type[PreparedVisits], expected: list[str]
) -> None:
    real, floor = store.service.prepared, store.service.floor
    planted = visits(real.book, real.catalogue, real.accounts, real.days, real.plan)
    desk = AppointmentDesk(real.book, planted, real.days, floor, store.hub, store.service.writer)
    tap(glass)
    desk.put(NewAppointment("p1", store.clock(), AssociateId(""), CLARA))
    desk.put_piece("p1", ArticleId(COAT))
    assert shown(store) == expected


def test_one_that_is_given_to_her_or_moved_to_today_is_shown_and_goes_again(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    keep(ines, store, "p1", COAT, guest="Ana")
    tap(glass)
    at_us = store.clock()
    for entered, articles in (
        ({"member": "s1", "at_us": at_us}, [COAT]),
        ({"member": "s1", "at_us": at_us + 86_400_000_000}, []),
        ({"member": "s1", "at_us": at_us}, [COAT]),
        ({"guest": "Ana", "at_us": at_us}, []),
    ):
        assert ines.ask("PUT", f"{ROOT}/p1", entered)[0] == 204
        assert shown(store) == articles


def test_of_two_the_shown_one_stays_and_one_without_pieces_hides_none(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    assert ines.ask("PUT", f"{ROOT}/empty", {"at_us": store.clock(), "member": "s1"})[0] == 204
    keep(ines, store, "later", COAT, hours=2)
    tap(glass)
    assert shown(store) == [COAT]
    put(ines, "empty", SCARF)
    assert shown(store) == [COAT]
    assert ines.ask("DELETE", f"{ROOT}/later")[0] == 204
    assert shown(store) == [SCARF]


def test_both_rooms_of_a_member_and_nobody_elses_follow(
    store: Store, ines: HttpClient, glass: HttpClient, settings: StoreSettings
) -> None:
    keep(ines, store, "p1", COAT)
    tap(glass)
    with mirror(glass.url, settings.state, "2") as second:
        second.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=True, at_us=1))
        tap(second, 2)
        put(ines, "p1", SCARF)
        assert shown(store) == shown(store, "2") == [COAT, SCARF]
        set_consents(store, "history")
        keep(ines, store, "p2", COAT, guest="Ana")
        assert ines.ask("PUT", f"{ROOT}/p1", {"at_us": store.clock(), "guest": "Ana"})[0] == 204
        assert shown(store) == shown(store, "2") == []


def test_the_next_visit_gets_nothing_without_a_tap_of_its_own(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    tap(glass)
    for report in (
        ReportVisit(Ticket("t1"), began=False, at_us=2),
        ReportVisit(Ticket("t2"), began=True, at_us=3),
    ):
        assert glass.of_room("PUT", "/visit", report)[0] == 204
    keep(ines, store, "p1", COAT)
    visit = store.service.floor.room(ROOM).visit
    assert visit is not None
    assert visit.shopper is None


def test_changes_at_once_leave_what_the_database_has(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    keep(ines, store, "p1", COAT)
    tap(glass)
    articles = [gtin_of("S1", colour, size) for colour in ("WHI", "BLU") for size in ("S", "M", "L")]
    with ThreadPoolExecutor(6) as pool:
        for _ in range(3):
            list(pool.map(lambda one: put(ines, "p1", one), articles))
            list(pool.map(lambda one: remove(ines, "p1", one), articles[1:]))
    (kept,) = store.service.prepared.book.all(store.clock())
    assert shown(store) == [piece.article for piece in kept.pieces]


@dataclass(slots=True)
class RealMirror:
    """The mirror's own parts, connected to the store over HTTP."""

    client: StoreClient
    shell: Shell
    effects: EffectRunner
    seen: Seen
    stream: StoreEventStream | None = None

    def connect(self, post: Callable[[StreamMessage], None] | None = None) -> None:
        self.stream = StoreEventStream(self.client, post or self.shell.post_message)
        self.stream.start()

    def cut(self) -> None:
        assert self.stream is not None
        self.stream.close()
        self.stream = None


@pytest.fixture
def room_1(url: str, settings: StoreSettings) -> Iterator[RealMirror]:
    seen, clock = Seen(), Clock()
    client = StoreClient(url, "1", mirror_token(settings.state, "1"))

    def tell(*events: Event) -> None:
        for event in events:
            shell.post(event)

    effects = EffectRunner(client, tell, clock)
    shell = Shell(Visit(RoomId("1"), "boot"), now_us=clock, show=seen.show, wipe=seen.wipe, run=effects.run)
    made = RealMirror(client, shell, effects, seen)
    shell.start()
    made.connect()
    try:
        yield made
    finally:
        if made.stream is not None:
            made.cut()
        shell.close()
        effects.close()
        client.close()


def waits(scene: Scene) -> int:
    return len(scene.prepared.pieces) if scene.prepared is not None else 0


def deleted(store: Store, ines: HttpClient) -> None:
    del store
    assert ines.ask("DELETE", f"{ROOT}/p1")[0] == 204


def withdrawn(store: Store, ines: HttpClient) -> None:
    del ines
    set_consents(store, "history")
    store.service.visits.set_clues(lambda _: False)


@pytest.mark.parametrize("change", [deleted, withdrawn])
def test_a_mirror_that_was_away_shows_it_no_more(
    store: Store, ines: HttpClient, room_1: RealMirror, change: Callable[[Store, HttpClient], None]
) -> None:
    keep(ines, store, "p1", COAT, SCARF)
    room_1.shell.post(ScreenWoken(0))
    room_1.shell.post(CardTapped(0, "ntag424", CARD, link(CARD, 7)))
    room_1.seen.until(lambda scene: waits(scene) == 2)
    room_1.cut()
    change(store, ines)
    room_1.connect()
    room_1.seen.until(lambda scene: waits(scene) == 0)


def test_planted_fault_a_snapshot_without_it_leaves_the_mirror_as_it_was(
    store: Store, ines: HttpClient, room_1: RealMirror
) -> None:
    def without(message: StreamMessage) -> None:
        room_1.shell.post_message(
            replace(message, prepared=None) if isinstance(message, RoomSnapshot) else message
        )

    keep(ines, store, "p1", COAT)
    room_1.shell.post(ScreenWoken(0))
    room_1.shell.post(CardTapped(0, "ntag424", CARD, link(CARD, 7)))
    room_1.seen.until(lambda scene: waits(scene) == 1)
    room_1.cut()
    deleted(store, ines)
    room_1.connect(without)
    with pytest.raises(AssertionError):
        room_1.seen.until(lambda scene: waits(scene) == 0, within_s=1.5)
