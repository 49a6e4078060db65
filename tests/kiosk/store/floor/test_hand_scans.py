"""Pieces scanned by hand, at a mirror or at the shop's own scanner."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest

from hardware.ports import LabelRefused, LabelScanned, ReaderDown, ReaderUp
from hardware.rooms.changes import RoomChange, TagArrived, TagCertaintyChanged
from hardware.sim.label_scanner import SimLabelScanner
from kiosk.core.domain.ids import (
    PieceId,
    RoomId,
    ScannedId,
    Ticket,
    article_of_sku,
    check_digit,
    is_anonymous,
)
from kiosk.core.visit.effects import ReportVisit, TogglePiece
from kiosk.store.floor.hand_scans import MAX_AGE_US, MAX_PIECES, HandScans
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.lifecycle import Store
from kiosk.store.piece_ids import parse_scanned
from kiosk.store.radio.reader_states import RadioState
from kiosk.store.radio.room_antennas import site_of
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.radio.set_up import RadioSettings
from kiosk.store.settings import ReaderSettings, RoomSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, read_stream
from tests.kiosk.store.sample_shop import START_US, ManualClock, gtin_of, piece_of, tag

SHIRT = gtin_of("S1", "WHI", "M")
T1, T2 = Ticket("t1"), Ticket("t2")


def scanned(label: str = SHIRT) -> ScannedId:
    return parse_scanned(label)


def scan(room: HttpClient, label: ScannedId, ticket: Ticket = T1) -> tuple[int, Any]:
    return room.of_room("POST", "/pieces", TogglePiece(ticket, label))


def pieces_in(room: HttpClient) -> list[str]:
    with read_stream(room, "/api/v1/rooms/1/stream") as listening:
        return [piece["piece"] for piece in listening.named("Snapshot")["pieces"]]


def test_the_first_scan_adds_a_piece_and_the_second_removes_it(
    room: HttpClient, stream: EventStreamReader, clock: ManualClock
) -> None:
    assert scan(room, scanned()) == (200, {"ours": True})
    told = stream.named("GarmentArrived")
    assert is_anonymous(told["piece"])
    assert (told["sure"], told["garment"]["article"]) == (True, SHIRT)
    clock.pass_s(2)
    assert scan(room, scanned()) == (200, {"ours": True}), "the same label once more"
    assert stream.named("GarmentLeft")["piece"] == told["piece"]
    assert pieces_in(room) == []


def test_a_mirror_of_an_earlier_version_is_told_what_to_do(room: HttpClient) -> None:
    earlier = {"is": "BringPiece", "ticket": "t1", "epc": "30364521480001C000000001"}
    status, problem = room.ask("POST", "/api/v1/rooms/1/pieces", earlier)
    assert status == 422
    assert "'epc' is now 'piece'" in problem["detail"]
    assert "same version" in problem["detail"]


@pytest.mark.parametrize(
    "label", [tag("S1", "WHI", "M", 7), f"https://shop.example/01/{SHIRT}/21/7", f"{SHIRT}.7"]
)
def test_a_program_may_send_a_tag_or_a_label(room: HttpClient, label: str) -> None:
    assert scan(room, ScannedId(label)) == (200, {"ours": True})
    assert pieces_in(room) == [piece_of("S1", "WHI", "M", 7)]


def test_a_held_trigger_counts_as_one_scan(room: HttpClient, clock: ManualClock) -> None:
    for _ in range(5):
        assert scan(room, scanned()) == (200, {"ours": True})
        clock.pass_s(0.4)
    assert len(pieces_in(room)) == 1
    clock.pass_s(2)
    scan(room, scanned())
    assert pieces_in(room) == []
    scan(room, scanned())
    assert pieces_in(room) == [], "nor does it add again what was just removed"


def test_a_label_of_another_company_is_refused(room: HttpClient) -> None:
    for strange in ("3074257BF7194E4000001A85", "E200", "", "<b>", "3" * 600, f"{SHIRT}.", "sku:none"):
        assert scan(room, ScannedId(strange)) == (200, {"ours": False})
    assert pieces_in(room) == []


def test_the_end_of_the_visit_removes_all_scanned_pieces(room: HttpClient, stream: EventStreamReader) -> None:
    room_is_empty(room)
    stream.named("GarmentLeft")
    assert scan(room, scanned())[0] == 409, "a late scan of an ended visit is refused"
    assert scan(room, scanned(), T2) == (200, {"ours": True})
    assert len(pieces_in(room)) == 1


def room_is_empty(room: HttpClient) -> None:
    room.of_room("PUT", "/visit", ReportVisit(T1, began=True, at_us=1))
    scan(room, scanned())
    room.of_room("PUT", "/visit", ReportVisit(T1, began=False, at_us=2))
    assert pieces_in(room) == []


class ForgetfulHandScans(HandScans):
    """Fault: keeps all pieces for the next shopper."""

    def end_visit(self, room: RoomId) -> None:
        pass


def pieces_after_visit(hand_scans: HandScans, floor: ShopFloor) -> set[PieceId]:
    hand_scans.scan(RoomId("1"), scanned())
    hand_scans.end_visit(RoomId("1"))
    return set(floor.room(RoomId("1")).pieces)


def test_planted_fault_a_store_that_keeps_scanned_pieces_is_caught(store: Store, clock: ManualClock) -> None:
    floor = store.service.floor
    sold = store.resources.catalogue.sold
    assert pieces_after_visit(HandScans(floor, clock, sold), floor) == set()
    assert pieces_after_visit(ForgetfulHandScans(floor, clock, sold), floor) != set()


def test_a_scanned_piece_that_an_antenna_reads_too_is_one_piece(store: Store, room: HttpClient) -> None:
    piece = piece_of("S1", "WHI", "M")
    store.service.floor.rooms_changed([TagArrived("1", piece, True, 0.99, START_US)])
    assert scan(room, ScannedId(piece)) == (200, {"ours": True})
    assert pieces_in(room) == [piece]
    room.of_room("PUT", "/visit", ReportVisit(T1, began=False, at_us=2))
    assert pieces_in(room) == [piece], "only scanned pieces are removed"


def test_a_piece_scanned_in_another_room_leaves_the_first(store: Store) -> None:
    hand_scans, floor = store.service.hand_scans, store.service.floor
    piece, article = scanned(f"https://house.example/01/{SHIRT}/21/77"), scanned(gtin_of("C1", "NVY", "38"))
    for room in ("1", "2"):
        for label in (piece, article):
            hand_scans.scan(RoomId(room), label)
    assert piece not in floor.room(RoomId("1")).pieces
    assert piece in floor.room(RoomId("2")).pieces
    assert len(floor.room(RoomId("1")).pieces) == 1, "two rooms may each have a piece of one article"
    assert set(floor.room(RoomId("1")).pieces).isdisjoint(floor.room(RoomId("2")).pieces)


def test_a_piece_is_surely_in_one_room_only(store: Store, clock: ManualClock) -> None:
    floor, scans = store.service.floor, store.service.hand_scans
    piece = piece_of("S1", "WHI", "M", 1)

    def rooms() -> list[tuple[str, bool]]:
        return [(str(r.room.room), arrived.sure) for r in floor.rooms() for arrived in r.pieces.values()]

    floor.rooms_changed([TagArrived("1", piece, True, 0.9, START_US)])
    scans.scan(RoomId("2"), ScannedId(piece))
    assert rooms() == [("2", True)], "scanned by a person, whatever the antennas read"
    floor.rooms_changed([TagArrived("1", piece, False, 0.6, START_US)])
    assert rooms() == [("1", False), ("2", True)], "an unsure read takes it from nobody"
    floor.rooms_changed([TagCertaintyChanged("1", piece, True, 0.9, START_US)])
    assert rooms() == [("1", True)]
    clock.pass_s(2)
    scans.scan(RoomId("2"), ScannedId(piece))
    assert rooms() == [("2", True)]
    clock.pass_s(2)
    scans.scan(RoomId("2"), ScannedId(piece))
    assert rooms() == []


def test_labels_of_other_shops_take_no_place(store: Store, clock: ManualClock) -> None:
    hand_scans = store.service.hand_scans
    for number in range(MAX_PIECES + 20):
        clock.pass_s(2)
        body = f"0401234{number:06d}"
        assert not hand_scans.scan(RoomId("1"), scanned(body + str(check_digit(body))))
    assert hand_scans.scan(RoomId("1"), scanned())
    assert len(hand_scans._counted[RoomId("1")]) == len(hand_scans._rooms[RoomId("1")]) == 1


def test_a_faulty_scanner_and_a_failed_mirror_fill_no_memory(store: Store, clock: ManualClock) -> None:
    hand_scans = store.service.hand_scans
    for serial in range(MAX_PIECES + 20):
        hand_scans.scan(RoomId("1"), scanned(f"https://house.example/01/{SHIRT}/21/A{serial}"))
    assert len(store.service.floor.room(RoomId("1")).pieces) == MAX_PIECES
    hand_scans.tick(clock.pass_s(MAX_AGE_US / 1e6 - 1))
    assert len(store.service.floor.room(RoomId("1")).pieces) == MAX_PIECES
    hand_scans.tick(clock.pass_s(60))
    assert not store.service.floor.room(RoomId("1")).pieces


READERS = (ReaderSettings("ceiling", "sim://a"), ReaderSettings("till", "serial:///dev/none"))
ROOMS = (
    RoomSettings(RoomId("1"), "", ("ceiling/1", "till/1")),
    RoomSettings(RoomId("2"), "", ("ceiling/2",)),
)


class RecordingSink:
    """Records room changes, radio states and scans."""

    def __init__(self) -> None:
        self.brought: list[tuple[RoomId, ScannedId]] = []
        self.without_radio: list[set[RoomId]] = []
        self.up: dict[str, bool] = {}
        self._scanned = threading.Event()

    def wait_brought(self) -> list[tuple[RoomId, ScannedId]]:
        """The scans, once there is one."""
        assert self._scanned.wait(10)
        return self.brought

    def rooms_changed(self, changes: Sequence[RoomChange]) -> None:
        raise AssertionError(changes)

    def radio_changed(self, state: RadioState) -> None:
        self.without_radio.append(set(state.rooms_without))
        self.up = dict(state.up)

    def scan(self, room: RoomId, label: ScannedId) -> None:
        self.brought.append((room, label))
        self._scanned.set()


def test_a_scanner_adds_pieces_and_its_loss_takes_no_rooms_radio() -> None:
    sink = RecordingSink()
    radio = RoomRadio(RadioSettings(readers=READERS, rooms=ROOMS), sink, scans=sink)
    for fact in (ReaderUp("ceiling", 1), ReaderUp("till", 1), ReaderDown("till", "unplugged", 2)):
        radio.post(fact)
    radio.post(LabelScanned("till", SHIRT, None, 3))
    radio.post(LabelScanned("till", SHIRT, "A.1", 4))
    radio.post(LabelScanned("till", SHIRT, "~1", 5))
    radio.post(LabelRefused("till", "no label", 6))
    radio.close()
    assert sink.without_radio[-1] == set()
    assert sink.up == {"ceiling": True, "till": False}
    assert sink.brought == [("1", SHIRT), ("1", f"{SHIRT}.A.1")]


def test_the_shops_own_code_adds_its_article() -> None:
    sink, own = RecordingSink(), article_of_sku("SHIRT 7/M")
    settings = RadioSettings(readers=READERS, rooms=ROOMS)
    codes = {"SHIRT 7/M": own}
    radio = RoomRadio(settings, sink, scans=sink, own_codes=codes.get)
    for code in ("SHIRT 7/M", "unknown", ""):
        radio.post(LabelRefused("till", "no label", 6, code))
    radio.close()
    assert sink.brought == [("1", own)]


def test_scanners_are_not_antennas_of_the_site() -> None:
    site = site_of(ROOMS, READERS)
    assert site is not None
    assert {room: [str(a) for a in antennas] for room, antennas in site.rooms.items()} == {
        "1": ["1"],
        "2": ["2"],
    }
    assert site_of((RoomSettings(RoomId("1"), "", ("1",)),), (READERS[1],)) is None


def test_a_sold_piece_is_removed_after_two_checks(store: Store, clock: ManualClock) -> None:
    hand_scans, floor = store.service.hand_scans, store.service.floor
    bought, kept = piece_of("S1", "WHI", "M"), piece_of("C1", "NVY", "38")
    for label in (bought, kept):
        hand_scans.scan(RoomId("1"), ScannedId(label))
    store.resources.catalogue.sell([(bought, SHIRT)], "o1", clock())
    hand_scans.tick(clock.pass_s(50))
    assert set(floor.room(RoomId("1")).pieces) == {bought, kept}
    hand_scans.tick(clock.pass_s(50))
    assert set(floor.room(RoomId("1")).pieces) == {kept}


def test_the_catalogue_decides_between_an_ean_8_and_a_upc_e() -> None:
    own, upc = "00000001408911", "00014100000891"
    for sold, brought in (((own,), own), ((upc,), upc), ((), upc)):
        scanner, sink = SimLabelScanner(), RecordingSink()
        till = ReaderSettings("till", scanner.uri)
        room = RoomSettings(RoomId("1"), "Room 1", ("till/1",))
        radio = RoomRadio(
            RadioSettings(readers=(till,), rooms=(room,)), sink, scans=sink, known=set(sold).intersection
        )
        radio.start()
        scanner.scan("01408911")
        assert sink.wait_brought() == [("1", brought)]
        radio.close()
        scanner.close()


def test_the_mirror_asks_which_articles_the_shop_sells(room: HttpClient) -> None:
    assert room.of_room("GET", f"/articles?gtin={SHIRT}&gtin=00014100000891") == (200, {"sold": [SHIRT]})
    assert room.of_room("GET", "/articles")[0] == 422
    assert room.of_room("GET", "/articles?gtin=1")[0] == 422
    assert room.of_room("GET", "/articles?" + "&".join(["gtin=00014100000891"] * 5))[0] == 422
