"""Integrators over HTTP: pages and streams of their scopes, that go on after every break; revoked within an instant."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import replace
from typing import Any

from kiosk.config.events import Events
from kiosk.store.event_log.events import Scope
from kiosk.store.integrators.streams import MAX_STREAMS
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, associate, read_stream
from tests.kiosk.store.integrators.event_readers import SHIRT, StreamReader, carry, integrator, sell
from tests.kiosk.store.payments.payment_steps import buy, ended, refund
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.sample_shop import (
    MANAGER_PIN,
    START_US,
    InProcessTerminal,
    gtin_of,
    piece_of,
    sample_store,
    served,
)

STREAM = "/api/v1/events/stream"
PIECE = piece_of(*SHIRT, 7)


def kinds(said: dict[str, Any]) -> list[str]:
    return [event["kind"] for event in said["events"]]


def everything(client: HttpClient) -> tuple[int, Any]:
    return client.ask("GET", "/api/v1/events", params={"after": "oldest"})


def test_a_piece_is_carried_in_sold_carried_out_and_returned(
    store: Store, url: str, room: HttpClient, ines: HttpClient, stream: EventStreamReader,
    terminal: InProcessTerminal,
) -> None:  # fmt: skip
    """Nothing of the shopper, the order, the price or the associate is in an event."""
    erp = integrator(store, url, "erp")
    carry(store, 7)
    buy(room, stream, terminal, pieces=[(PIECE, gtin_of(*SHIRT))])
    carry(store, 7, out=True)
    ended(url, ines, refund(ines, PIECE))

    def restocked() -> bool:
        """A refund ends before its piece is put back into stock, which a later tick may do."""
        store.tick(store.clock())
        return len(everything(erp)[1]["events"]) == 4

    until(store, restocked)
    status, said = everything(erp)
    assert (status, said["more"]) == (200, False)
    assert kinds(said) == ["piece.arrived", "piece.sold", "piece.left", "piece.returned"]
    assert said["events"][0] == {
        "id": said["events"][0]["id"], "event": said["events"][0]["event"], "kind": "piece.arrived",
        "at_us": START_US, "piece": PIECE, "article": gtin_of(*SHIRT), "gtin": gtin_of(*SHIRT), "sku": None,
        "serial": "7", "uri": f"https://id.gs1.org/01/{gtin_of(*SHIRT)}/21/7", "room": "1",
    }  # fmt: skip
    assert said["events"][1]["room"] is None, "a till is no room"
    answer = erp.ask("GET", "/api/v1/events/epcis", params={"after": "oldest"})[1]
    steps = [event["bizStep"] for event in answer["epcisBody"]["eventList"]]
    assert steps == ["arriving", "retail_selling", "departing", "accepting"]


SEEN = {
    (Scope.ROOMS,): ["piece.arrived"],
    (Scope.SALES,): ["piece.sold"],
    (Scope.ROOMS, Scope.SALES): ["piece.arrived", "piece.sold"],
}


def test_every_route_shows_the_events_of_the_scopes_alone(store: Store, url: str) -> None:
    with ExitStack() as opened:
        found = []
        for number, (scopes, seen) in enumerate(SEEN.items()):
            erp = integrator(store, url, f"erp-{number}", *scopes)
            opened.callback(erp.close)
            reader = StreamReader(erp)
            found.append((erp, reader, opened.enter_context(reader.connected()), seen))
        carry(store, 1)
        sell(store, 2)
        for erp, reader, lines, seen in found:
            reader.take_events(lines, len(seen))
            assert [event["kind"] for event in reader.events] == seen
            assert kinds(everything(erp)[1]) == seen
            epcis = erp.ask("GET", "/api/v1/events/epcis", params={"after": "oldest"})[1]
            assert len(epcis["epcisBody"]["eventList"]) == len(seen)


def test_a_scope_that_this_version_does_not_know_opens_nothing(store: Store, url: str) -> None:
    with closing(integrator(store, url, "erp")) as erp:
        with store.resources.database.writing() as connection:
            connection.exec_driver_sql("UPDATE integrator SET scopes = 'persons'")
        assert everything(erp)[0] == 403


def test_pages_follow_each_other_and_begin_with_the_newest(store: Store, url: str) -> None:
    erp = integrator(store, url, "erp")
    sell(store, 1)
    found = erp.ask("GET", "/api/v1/events")[1]
    assert (found["events"], found["more"]) == ([], False)
    sell(store, 2, 3, 4)
    first = erp.ask("GET", "/api/v1/events", params={"after": found["next"], "limit": 2})[1]
    last = erp.ask("GET", "/api/v1/events", params={"after": first["next"], "limit": 2})[1]
    assert [[e["serial"] for e in page["events"]] for page in (first, last)] == [["2", "3"], ["4"]]
    assert (first["more"], last["more"]) == (True, False)


def test_a_stream_goes_on_after_every_break_and_a_restart(
    settings: StoreSettings, terminal: InProcessTerminal
) -> None:
    """Each event is read once, in order, whatever happens while the reader is away."""
    with sample_store(settings) as store, served(store) as url:
        client = integrator(store, url, "erp")
        reader = StreamReader(client)
        with reader.connected() as lines:
            sell(store, 1, 2)
            reader.take_events(lines, 1)  # the second is on its way, and lost with the connection
        sell(store, 3)
        with reader.connected() as lines:
            reader.take_events(lines, 3)
            sell(store, 4)
    with sample_store(settings) as store, served(store) as url:
        client.url = url
        sell(store, 5)
        with reader.connected() as lines:
            sell(store, 6)
            reader.take_events(lines, 6)
        assert reader.serials == [1, 2, 3, 4, 5, 6]


def test_planted_a_reader_without_its_last_id_misses_events(store: Store, url: str) -> None:
    reader = StreamReader(integrator(store, url, "erp"))
    with reader.connected() as lines:
        sell(store, 1)
        reader.take_events(lines, 1)
    sell(store, 2)
    reader.last_id = ""
    with reader.connected() as lines:
        sell(store, 3)
        reader.take_events(lines, 2)
    assert reader.serials == [1, 3]


def test_a_heartbeat_moves_a_reader_over_what_its_scope_does_not_show(store: Store, url: str) -> None:
    """So an event that is deleted later, and is none of its own, does not make it begin anew."""
    reader = StreamReader(integrator(store, url, "erp", Scope.ROOMS))
    with reader.connected() as lines:
        sell(store, 1, 2, 3)
        while not reader.last_id.endswith(".3"):
            assert not reader.take(lines)


def test_a_slow_reader_loses_nothing_and_holds_up_nobody(store: Store, url: str) -> None:
    slow, quick = (StreamReader(integrator(store, url, name)) for name in ("slow", "quick"))
    with slow.connected() as waiting, quick.connected() as lines:
        for first in range(0, 600, 200):
            sell(store, *range(first, first + 200))
        quick.take_events(lines, 600)
        slow.take_events(waiting, 600)
    assert slow.serials == quick.serials == list(range(600))


def test_revoking_ends_token_and_streams_at_once(store: Store, url: str) -> None:
    with associate(url, "m-mei", MANAGER_PIN) as mei, ExitStack() as opened:
        status, said = mei.ask("POST", "/api/v1/integrators", {"name": "erp", "scopes": ["rooms", "sales"]})
        assert status == 200
        erp = HttpClient(url, said["token"])
        other = integrator(store, url, "bi")
        streams = [opened.enter_context(read_stream(erp, STREAM)) for _ in range(2)]
        stays = opened.enter_context(read_stream(other, STREAM))
        listed = {row["name"]: row for row in mei.ask("GET", "/api/v1/integrators")[1]}
        assert (listed["erp"]["streams"], listed["erp"]["added_by"]) == (2, "m-mei")
        assert said["token"] not in str(listed)
        assert mei.ask("DELETE", "/api/v1/integrators/erp")[0] == 204
        assert all(stream.ended for stream in streams)
        assert everything(erp)[0] == 401
        assert mei.ask("DELETE", "/api/v1/integrators/erp")[0] == 404
        sell(store, 1)
        assert stays.named("piece.sold")["serial"] == "1"


def test_a_name_is_given_once_and_the_number_of_streams_is_limited(store: Store, url: str) -> None:
    with associate(url, "m-mei", MANAGER_PIN) as mei, ExitStack() as opened:
        erp = integrator(store, url, "erp")
        again = mei.ask("POST", "/api/v1/integrators", {"name": "erp", "scopes": ["rooms"]})
        assert (again[0], "choose another name" in again[1]["detail"]) == (409, True)
        for name, scopes in (("ERP", ["rooms"]), ("x", []), ("x", ["persons"])):
            assert mei.ask("POST", "/api/v1/integrators", {"name": name, "scopes": scopes})[0] == 422
        for _ in range(MAX_STREAMS):
            opened.enter_context(StreamReader(erp).connected())
        assert erp.ask("GET", STREAM)[0] == 429


def test_what_is_not_kept_is_said(store: Store, url: str) -> None:
    erp = integrator(store, url, "erp")
    start = erp.ask("GET", "/api/v1/events")[1]["next"]
    sell(store, 1, 2)
    store.events.trim(START_US * 2)
    for path in ("/api/v1/events", "/api/v1/events/epcis", STREAM):
        status, problem = erp.ask("GET", path, params={"after": start})
        assert (status, problem["code"]) == (410, "events-gone")
        assert erp.ask("GET", path, params={"after": "nonsense"})[0] == 422


def test_a_stream_that_falls_behind_what_is_kept_ends(store: Store, url: str) -> None:
    erp = integrator(store, url, "erp")
    with read_stream(erp, STREAM) as reading:
        sell(store, 1)
        reading.named("piece.sold")
        store.events.feed.renew()
        assert reading.ended


def test_tokens_are_stored_as_hashes(store: Store, url: str, settings: StoreSettings) -> None:
    erp = integrator(store, url, "erp")
    assert not any(erp.token.encode() in f.read_bytes() for f in settings.state.rglob("*") if f.is_file())


def test_rooms_have_a_place_with_the_shops_gln(settings: StoreSettings) -> None:
    placed = replace(settings, events=Events(gln="9521234000006", digital_link="https://id.shop.example/"))
    with sample_store(placed) as store, served(store) as url:
        erp = integrator(store, url, "erp")
        carry(store, 7)
        (event,) = erp.ask("GET", "/api/v1/events/epcis", params={"after": "oldest"})[1]["epcisBody"][
            "eventList"
        ]
    assert event["readPoint"] == {"id": "https://id.shop.example/414/9521234000006/254/1"}
