"""Visits of real mirrors over HTTP: counted for the insights, and switched and counted for a trial."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hardware.rooms.changes import TagArrived, TagLeft
from kiosk.clock import US
from kiosk.core.domain.ids import ItemId, RoomId, Ticket
from kiosk.core.visit.effects import AdviseSize, FindLooks, ReportVisit
from kiosk.store.insights.advice_counts import MAX_VISITS, AdviceCounts
from kiosk.store.insights.item_events import ItemEventKind as Kind
from kiosk.store.lifecycle import Store
from kiosk.store.trials.design import Cell
from kiosk.store.trials.trial import Feature, Measure
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, associate
from tests.kiosk.store.payments.payment_steps import TICKET, buy
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, gtin_of, piece_of

SHIRT = piece_of("S1", "WHI", "M")
ROOM = RoomId("1")
LOOKS = (ItemId("C1-NVY"),)
ZONE = ZoneInfo("Europe/Vienna")


def visit(store: Store, room: HttpClient, clock: ManualClock, ticket: str) -> int:
    """A visit of five minutes with a shirt; how many suggestions it was shown."""
    t = Ticket(ticket)
    room.of_room("PUT", "/visit", ReportVisit(t, began=True, at_us=clock.now_us))
    store.service.floor.rooms_changed([TagArrived("1", SHIRT, True, 1.0, clock.now_us)])
    for asked in (1, 2):
        status, said = room.of_room("POST", "/looks", FindLooks(t, asked, LOOKS, (), None))
        assert status == 200
    assert room.of_room("POST", "/size", AdviseSize(t, gtin_of("S1", "WHI", "M"), None))[0] == 200
    store.tick(clock.pass_s(300))
    store.service.floor.rooms_changed([TagLeft("1", SHIRT, clock.now_us)])
    room.of_room("PUT", "/visit", ReportVisit(t, began=False, at_us=clock.now_us))
    return len(said["suggestions"])


def test_visits_of_a_week_are_in_the_tables_after_it(
    store: Store, room: HttpClient, clock: ManualClock, url: str
) -> None:
    shown = [visit(store, room, clock, f"t{number}") for number in range(12)]
    clock.pass_s(8 * 24 * 3600)
    store.tick(clock.now_us)
    store.insights.keep(clock.now_us)
    with associate(url, "m-mei", "920713") as mei:
        tables = {t["name"]: t for t in mei.ask("GET", "/api/v1/insights/tables?weeks=1")[1]["tables"]}
    assert tables["articles"]["rows"] == [
        ["S1", "Linen <b>shirt</b>", "Whi", "M", 15, None, None, 15, None, None, None]
    ]
    assert all(row[2] == 15 for row in tables["suggestions"]["rows"])
    assert len(tables["suggestions"]["rows"]) == shown[0]
    assert sum(row[1] or 0 for row in tables["hours"]["rows"]) == 15
    assert {row[2] for row in tables["hours"]["rows"]} == {None}, "times of 12 visits are not shown"


def begins(store: Store, clock: ManualClock, feature: Feature) -> None:
    made = store.insights.trials.start(feature, Measure.MONEY, 1)
    clock.now_us = int(datetime.combine(made.first_day, time(10), ZONE).timestamp()) * US


def test_a_trial_switches_suggestions_off_and_counts_sales(
    store: Store, room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, clock: ManualClock
) -> None:
    begins(store, clock, Feature.LOOKS)
    (trial,) = store.insights.trials.running.book.all()
    seen = {}
    for number in range(2):
        local = store.insights.trials.running.local_now()
        is_on = trial.design.is_on(Cell(ROOM, local.date(), local.hour))
        seen[is_on] = visit(store, room, clock, f"v{number}")
        clock.pass_s(3600)
    assert seen[False] == 0 < seen[True]
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=True, at_us=clock.now_us))
    paid = buy(room, stream, terminal)
    assert paid["state"] == "paid"
    store.payments.finish_pending()
    store.insights.close()
    counted = store.insights.trials.running.book.cells(trial.trial_id)
    assert sum(c.counts.visits for c in counted) == 3
    ((pieces, minor),) = {(c.counts.pieces, c.counts.money_minor) for c in counted if c.counts.sales}
    assert (pieces, minor) == (2, 12_900 + 98_000)


def test_a_trial_switches_size_advice_off(store: Store, room: HttpClient, clock: ManualClock) -> None:
    begins(store, clock, Feature.SIZES)
    (trial,) = store.insights.trials.running.book.all()
    for number in range(2):
        local = store.insights.trials.running.local_now()
        t = Ticket(f"v{number}")
        room.of_room("PUT", "/visit", ReportVisit(t, began=True, at_us=clock.now_us))
        said = room.of_room("POST", "/size", AdviseSize(t, gtin_of("S1", "WHI", "M"), None))[1]
        if not trial.design.is_on(Cell(ROOM, local.date(), local.hour)):
            assert said["advice"] is None
        assert room.of_room("POST", "/looks", FindLooks(t, 1, LOOKS, (), None))[1]["suggestions"]
        clock.pass_s(3600)


def test_managers_and_commands_begin_trials_and_associates_do_not(
    store: Store, ines: HttpClient, url: str
) -> None:
    body = {"feature": "looks", "measure": "sales", "weeks": 2}
    assert ines.ask("POST", "/api/v1/insights/trials", body)[0] == 403
    with associate(url, "m-mei", "920713") as mei:
        misspelt = {"feature": "looks", "week": 26}
        assert mei.ask("POST", "/api/v1/insights/trials", misspelt)[0] == 422, "not four weeks instead"
        status, made = mei.ask("POST", "/api/v1/insights/trials", body)
        assert (status, made["trial_id"]) == (201, 1)
        days = date.fromisoformat(made["last_day"]) - date.fromisoformat(made["first_day"])
        assert days == timedelta(days=13)
        assert mei.ask("POST", "/api/v1/insights/trials", body)[0] == 409
        assert mei.ask("POST", "/api/v1/insights/trials", {**body, "weeks": 27})[0] == 422
        (trial,) = mei.ask("GET", "/api/v1/insights/trials")[1]["trials"]
        assert (trial["state"], trial["visits"], trial["effect"]) == ("planned", None, None)
        assert mei.ask("POST", "/api/v1/insights/trials/2/stop")[0] == 404
        assert ines.ask("POST", "/api/v1/insights/trials/1/stop")[0] == 403
        (trial,) = mei.ask("POST", "/api/v1/insights/trials/1/stop")[1]["trials"]
        assert trial["state"] == "stopped"


def test_an_item_is_counted_once_in_a_visit(store: Store) -> None:
    counts = AdviceCounts()
    for _ in range(2):
        counts.add(ROOM, Ticket("t1"), Kind.SUGGESTED, [("a", ""), ("b", "")], 1)
    counts.add(ROOM, Ticket("t1"), Kind.ADVISED, [("a", "M")], 1)
    counts.add(ROOM, Ticket("t2"), Kind.SUGGESTED, [("a", "")], 1)
    written: list[tuple[RoomId, Ticket]] = []

    def basket_of(room: RoomId, ticket: Ticket) -> str:
        written.append((room, ticket))
        return "b"

    counts.write(store.service.item_events, basket_of)
    counts.write(store.service.item_events, basket_of)
    assert [ticket for _, ticket in written] == ["t1", "t1", "t2"]


def test_so_many_visits_are_remembered() -> None:
    counts = AdviceCounts()
    for number in range(MAX_VISITS + 1):
        counts.add(ROOM, Ticket(f"t{number}"), Kind.SUGGESTED, [("a", "")], 1)
    assert len(counts._seen) == MAX_VISITS
