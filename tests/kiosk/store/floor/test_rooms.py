"""Rooms as mirrors and associates see them: pieces, identification, visits, radio."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hardware.ports import NoteKind
from hardware.rooms.changes import TagArrived, TagCertaintyChanged, TagLeft
from kiosk.core.domain.ids import (
    ItemId,
    RequestId,
    RoomId,
    ShopperId,
    Ticket,
    article_of_gtin,
    parse_gtin,
    piece_id,
)
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.visit.effects import FindLooks, IdentifyShopper, ReportVisit
from kiosk.core.visit.events import CardTapped
from kiosk.store.lifecycle import Store
from kiosk.store.radio.reader_states import RadioState, RoomNote
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, associate, read_stream
from tests.kiosk.store.sample_shop import PIN, START_US, ManualClock, gtin_of, piece_of, settings_in
from tests.kiosk.store.shop_cards import key_file, link
from tests.optional_values import present

SHIRT, COAT = piece_of("S1", "WHI", "M"), piece_of("C1", "NVY", "38")
FOREIGN = "3074257BF7194E4000001A85"
"""The SGTIN-96 of the EPC Tag Data Standard's own example: another company's."""
UNKNOWN = piece_id(article_of_gtin(parse_gtin("09521234999997")), "1")
CLARA = "04A1B2C3D4E501"
T1, T2 = Ticket("t1"), Ticket("t2")


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return settings_in(tmp_path, keys=key_file(tmp_path))


def arrives(store: Store, piece: str, room: str = "1", sure: bool = True) -> None:
    store.service.floor.rooms_changed([TagArrived(room, piece, sure, 0.99, START_US)])


def board(client: HttpClient, room: str = "1") -> dict[str, Any]:
    return next(r for r in client.ask("GET", "/api/v1/floor")[1]["rooms"] if r["room"] == room)


def staff_names(store: Store) -> Any:
    staff = store.service.floor.floor_snapshot()["staff"]
    assert isinstance(staff, dict)
    return staff["names"]


def begin(room: HttpClient, ticket: Ticket = T1) -> None:
    assert room.of_room("PUT", "/visit", ReportVisit(ticket, began=True, at_us=1))[0] == 204


def end(room: HttpClient, ticket: Ticket = T1) -> None:
    assert room.of_room("PUT", "/visit", ReportVisit(ticket, began=False, at_us=2))[0] == 204


def test_an_arriving_garment_is_published_with_all_its_details(
    store: Store, stream: EventStreamReader
) -> None:
    arrives(store, SHIRT)
    told = stream.named("GarmentArrived")
    assert (told["piece"], told["sure"]) == (SHIRT, True)
    assert told["garment"]["article"] == gtin_of("S1", "WHI", "M")
    assert told["garment"]["colours"][0]["sizes"][0]["floor"] == 2


def test_certainty_and_departure_are_published_of_known_pieces_only(
    store: Store, stream: EventStreamReader
) -> None:
    arrives(store, SHIRT, sure=False)
    store.service.floor.rooms_changed(
        [TagCertaintyChanged("1", SHIRT, True, 0.99, START_US), TagLeft("1", SHIRT, START_US)]
    )
    store.service.floor.rooms_changed(
        [TagCertaintyChanged("1", COAT, True, 0.9, START_US), TagLeft("1", COAT, START_US)]
    )
    arrives(store, COAT)
    stream.wait(lambda n, b: n == "GarmentArrived" and b["piece"] == COAT)
    assert [n for n, _ in stream.messages][1:5] == [
        "GarmentArrived",
        "GarmentDoubt",
        "GarmentLeft",
        "GarmentArrived",
    ]


def test_foreign_and_sold_pieces_are_ignored_and_counted(store: Store, stream: EventStreamReader) -> None:
    store.resources.catalogue.sell([(SHIRT, gtin_of("S1", "WHI", "M"))], "o1", START_US)
    for piece in (FOREIGN, SHIRT, "00" * 12, "E2003411B802011383258566"):
        arrives(store, piece)
    arrives(store, COAT)
    stream.wait(lambda n, b: n == "GarmentArrived" and b["piece"] == COAT)
    assert [b["piece"] for n, b in stream.messages if n == "GarmentArrived"] == [COAT]
    assert store.health().tags_ignored == {"foreign": 3, "sold": 1}


def test_an_own_tag_that_the_catalogue_does_not_know_is_shown_as_unknown(
    store: Store, stream: EventStreamReader
) -> None:
    arrives(store, UNKNOWN)
    assert stream.named("GarmentArrived")["garment"] is None


def without_radio(*rooms: str) -> RadioState:
    return RadioState({"ceiling": not rooms}, frozenset(map(RoomId, rooms)), {})


def test_a_mirror_that_connects_late_gets_the_whole_room(store: Store, room: HttpClient) -> None:
    arrives(store, SHIRT)
    arrives(store, COAT, room="2")
    store.service.floor.radio_changed(without_radio("1"))
    with read_stream(room, "/api/v1/rooms/1/stream") as late:
        snapshot = late.named("Snapshot")
    assert [p["piece"] for p in snapshot["pieces"]] == [SHIRT]
    assert snapshot["radio"] is False
    assert snapshot["staff"]["names"] == []


def test_a_lost_reader_is_published_to_its_rooms_once(store: Store, stream: EventStreamReader) -> None:
    for up in (False, False, True):
        store.service.floor.radio_changed(without_radio() if up else without_radio("1"))
    stream.named("RadioBack")
    assert [n for n, _ in stream.messages if n.startswith("Radio")] == ["RadioLost", "RadioBack"]


def test_a_readers_note_is_on_its_rooms_entry_and_goes_away(store: Store, url: str) -> None:
    note = RoomNote("ceiling", NoteKind.ANTENNA, 2, "antenna 2 is disconnected")
    with associate(url, "a-ines", PIN) as ines, read_stream(ines, "/api/v1/floor/stream") as page:
        page.named("Floor")
        for notes in ({RoomId("1"): (note,)}, dict[RoomId, tuple[RoomNote, ...]]()):
            store.service.floor.radio_changed(RadioState({"ceiling": True}, frozenset(), notes))
        page.wait(lambda name, body: name == "RoomChanged" and body["notes"] == [])
        boards = [body for name, body in page.messages if name == "RoomChanged"]
    assert [[(n["reader"], n["kind"], n["antenna"]) for n in board["notes"]] for board in boards] == [
        [("ceiling", "antenna", 2)],
        [],
    ]


def test_mirrors_get_the_associates_present(
    store: Store, stream: EventStreamReader, url: str, clock: ManualClock
) -> None:
    with associate(url, "a-ines", PIN) as ines:
        assert stream.wait(lambda n, b: n == "StaffChanged" and b["names"] == ["Inès"])
        with read_stream(ines, "/api/v1/floor/stream") as page:
            page.named("Floor")
            clock.pass_s(600)
            store.tick(clock())
            assert staff_names(store) == ["Inès"], "an open page counts as present"
        # The store notices the closed page after a while; the 90 s count from then.
        for _ in range(2000):
            clock.pass_s(100)
            store.tick(clock())
            if not staff_names(store):
                break
        assert stream.wait(lambda n, b: n == "StaffChanged" and b["names"] == [])


def test_the_board_shows_rooms_without_names(
    store: Store, room: HttpClient, url: str, clock: ManualClock
) -> None:
    with associate(url, "a-ines", PIN) as ines:
        assert board(ines)["occupied_since_us"] is None
        begin(room)
        room.of_room(
            "POST", "/identify", IdentifyShopper(T1, CardTapped(1, "ntag424", CLARA, link(CLARA, 1)))
        )
        arrives(store, SHIRT)
        now = board(ines)
        assert now["occupied_since_us"] == clock()
        assert [(p["size"], p["sure"]) for p in now["pieces"]] == [("M", True)]
        assert now["language"] == "de", "the associate may greet in it"
        assert "Clara" not in str(ines.ask("GET", "/api/v1/floor")[1])


def test_a_card_proves_itself_once_and_an_old_link_never_again(room: HttpClient) -> None:
    begin(room)

    def lay(counter: int, ticket: Ticket = T1) -> Any:
        tap = CardTapped(1, "ntag424", CLARA, link(CLARA, counter))
        return room.of_room("POST", "/identify", IdentifyShopper(ticket, tap))[1]["shopper"]

    first = lay(3)
    assert (first["tier"], first["first_name"], first["language"]) == (2, "Clara", "de")
    assert {(w["category"], w["size"]) for w in first["sizes"]} == {("coats", "38"), ("shirts", "L")}
    assert first["stored_means"] == "card ending in 42"
    assert lay(3) is None
    assert lay(2) is None
    assert lay(4)["tier"] == 2


@pytest.mark.parametrize(
    ("tap", "tier"),
    [
        (CardTapped(1, "uid", CLARA), 1),
        (CardTapped(1, "ntag424", CLARA, "https://x/m?picc_data=" + "0" * 32 + "&cmac=" + "0" * 16), None),
        (CardTapped(1, "ntag424", CLARA, link(CLARA, 9, bytes(16))), None),
        (CardTapped(1, "uid", "04000000000000"), None),
        (CardTapped(1, "ndef", CLARA, "https://x/plain"), 1),
    ],
    ids=["bare number", "forged", "another house's key", "unknown", "plain link"],
)
def test_a_tap_without_proof_shows_nothing_personal(
    room: HttpClient, tap: CardTapped, tier: int | None
) -> None:
    begin(room)
    shopper = room.of_room("POST", "/identify", IdentifyShopper(T1, tap))[1]["shopper"]
    assert (shopper and shopper["tier"]) == tier
    if shopper:
        assert (shopper["first_name"], shopper["sizes"], shopper["stored_means"]) == ("", [], "")


def test_without_consent_no_sizes_are_shown(room: HttpClient) -> None:
    begin(room)
    henrik = "04A1B2C3D4E502"
    shopper = room.of_room(
        "POST", "/identify", IdentifyShopper(T1, CardTapped(1, "ntag424", henrik, link(henrik, 1)))
    )[1]["shopper"]
    assert (shopper["first_name"], shopper["sizes"]) == ("Henrik", [])


def test_the_end_of_a_visit_deletes_its_data_in_the_store(store: Store, room: HttpClient, url: str) -> None:
    begin(room)
    room.of_room("POST", "/identify", IdentifyShopper(T1, CardTapped(1, "ntag424", CLARA, link(CLARA, 1))))
    room.of_room(
        "PUT", "/requests/r1", ServiceRequest(RequestId("r1"), RoomId("1"), T1, RequestKind.HELP, START_US)
    )
    end(room)
    assert store.service.floor.room(RoomId("1")).visit is None
    with associate(url, "a-ines", PIN) as ines:
        assert ines.ask("GET", "/api/v1/floor")[1]["requests"] == []
    late = room.of_room(
        "POST", "/identify", IdentifyShopper(T1, CardTapped(1, "ntag424", CLARA, link(CLARA, 2)))
    )
    assert late[0] == 409, "messages with an old ticket are refused"
    begin(room, T1)
    assert store.service.floor.room(RoomId("1")).visit is None
    begin(room, T2)
    assert present(store.service.floor.room(RoomId("1")).visit).shopper is None


def test_a_new_visit_ends_the_one_before_it(store: Store, room: HttpClient) -> None:
    begin(room)
    room.of_room(
        "PUT", "/requests/r1", ServiceRequest(RequestId("r1"), RoomId("1"), T1, RequestKind.HELP, START_US)
    )
    begin(room, T2)
    assert store.service.requests.open_requests.all() == ()
    end(room, T1)
    assert present(store.service.floor.room(RoomId("1")).visit).ticket == T2


def test_suggestions_are_in_stock_in_her_size_and_have_a_reason(store: Store, room: HttpClient) -> None:
    begin(room)
    room.of_room("POST", "/identify", IdentifyShopper(T1, CardTapped(1, "ntag424", CLARA, link(CLARA, 1))))
    question = FindLooks(T1, 1, (ItemId("C1-NVY"),), (ItemId("F1-BLK"),), ShopperId("s1"))
    status, said = room.of_room("POST", "/looks", question)
    assert status == 200
    by_style = {s["garment"]["style_id"]: s for s in said["suggestions"]}
    assert set(by_style) == {"A1", "S1"}, "without the room's items, the unwanted ones and those she owns"
    assert by_style["A1"]["reason"] == "stylist"
    assert by_style["A1"]["about"]["by_language"] == [["en", "Mei"]]
    assert by_style["S1"]["garment"]["size"] == "L"


def test_a_piece_is_not_suggested_when_her_size_is_gone(store: Store, room: HttpClient) -> None:
    begin(room)
    room.of_room("POST", "/identify", IdentifyShopper(T1, CardTapped(1, "ntag424", CLARA, link(CLARA, 1))))
    for colour in ("WHI", "BLU"):
        pieces = [(piece_of("S1", colour, "L", n), gtin_of("S1", colour, "L")) for n in range(1, 5)]
        store.resources.catalogue.sell(pieces, "o1", START_US)
    said = room.of_room("POST", "/looks", FindLooks(T1, 1, (ItemId("C1-NVY"),), (), ShopperId("s1")))[1]
    assert "S1" not in {s["garment"]["style_id"] for s in said["suggestions"]}
