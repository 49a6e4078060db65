"""A label without serial and a tag of its article in one room: one piece, and two only if the shopper wants two."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.rooms.changes import TagArrived, TagCertaintyChanged, TagLeft
from kiosk.core.domain.ids import PieceId, RoomId, ScannedId, is_anonymous
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.floor.hand_scans import HandScans
from kiosk.store.lifecycle import Store
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import TICKET, buy, collect, ended, find, price, refund
from tests.kiosk.store.sample_shop import START_US, InProcessTerminal, ManualClock, gtin_of, piece_of, tag

ROOM, SHIRT = RoomId("1"), gtin_of("S1", "WHI", "M")
LABEL = ScannedId(SHIRT)
FIRST, SECOND = piece_of("S1", "WHI", "M", 1), piece_of("S1", "WHI", "M", 2)


class Room:
    """What happens in room 1."""

    def __init__(self, store: Store, clock: ManualClock) -> None:
        self._store, self._clock = store, clock

    def scan(self, label: ScannedId = LABEL) -> bool:
        self._clock.pass_s(2)
        return self._store.service.hand_scans.scan(ROOM, label)

    def read(self, piece: PieceId, *, sure: bool = True) -> None:
        self._store.service.floor.rooms_changed([TagArrived("1", piece, sure, 0.9, START_US)])

    def doubt(self, piece: PieceId) -> None:
        self._store.service.floor.rooms_changed([TagCertaintyChanged("1", piece, False, 0.6, START_US)])

    def lose(self, piece: PieceId) -> None:
        self._store.service.floor.rooms_changed([TagLeft("1", piece, START_US)])

    @property
    def pieces(self) -> list[PieceId]:
        return list(self._store.service.floor.room(ROOM).pieces)

    @property
    def scanned(self) -> PieceId:
        return next(piece for piece in self.pieces if is_anonymous(piece))

    @property
    def sure(self) -> list[bool]:
        return [arrived.sure for arrived in self._store.service.floor.room(ROOM).pieces.values()]


@pytest.fixture
def here(store: Store, clock: ManualClock) -> Room:
    return Room(store, clock)


def test_scanned_then_read_is_one_piece(here: Room, stream: EventStreamReader) -> None:
    assert here.scan()
    scanned = here.scanned
    here.read(FIRST)
    assert here.pieces == [FIRST]
    told = stream.wait(lambda name, body: name == "GarmentArrived" and body["piece"] == FIRST)
    assert (told["replaces"], told["sure"]) == (scanned, True)
    assert "GarmentLeft" not in [name for name, _ in stream.messages]


def test_read_then_scanned_is_one_piece(here: Room) -> None:
    here.read(FIRST)
    assert here.scan()
    assert here.pieces == [FIRST]


def test_with_two_pieces_read_two_scans_add_nothing(here: Room) -> None:
    here.read(FIRST)
    here.read(SECOND)
    assert here.scan()
    assert here.scan()
    assert here.pieces == [FIRST, SECOND]


@pytest.mark.parametrize("scans_first", [0, 1])
def test_two_garments_of_which_one_has_no_tag(here: Room, scans_first: int) -> None:
    """One scan more makes two, and the next takes that piece out again."""
    for _ in range(scans_first):
        here.scan()
    here.read(FIRST)
    for _ in range(1 - scans_first):
        here.scan()
    assert here.pieces == [FIRST]
    for _ in range(3):
        assert here.scan()
        assert len(here.pieces) == 2
        assert here.pieces[0] == FIRST
        assert here.scan()
        assert here.pieces == [FIRST]


def test_two_garments_without_tags_are_not_counted_apart(here: Room) -> None:
    """Without any tag a second scan takes the piece out, as it always did."""
    here.scan()
    here.scan()
    assert here.pieces == []


def test_each_tag_that_is_read_later_takes_the_place_of_one_scan(here: Room) -> None:
    here.read(FIRST)
    here.scan()
    here.scan()
    here.read(SECOND)
    assert here.pieces == [FIRST, SECOND]


def test_a_scan_with_serial_takes_the_place_of_one_without(here: Room) -> None:
    here.scan()
    here.scan(ScannedId(FIRST))
    assert here.pieces == [FIRST]
    here.scan(ScannedId(FIRST))
    assert here.pieces == []


def test_a_scan_makes_an_uncertain_piece_certain(here: Room) -> None:
    here.read(FIRST, sure=False)
    here.scan()
    assert (here.pieces, here.sure) == ([FIRST], [True])
    here.doubt(FIRST)
    assert here.sure == [True], "the label was in the shopper's hand"
    here.lose(FIRST)
    here.read(FIRST, sure=False)
    assert here.sure == [False]


def test_an_uncertain_read_of_a_scanned_piece_is_certain(here: Room) -> None:
    here.scan()
    here.read(FIRST, sure=False)
    here.doubt(FIRST)
    assert (here.pieces, here.sure) == ([FIRST], [True])


def test_of_two_pieces_the_scan_is_of_the_certain_one(here: Room) -> None:
    here.read(FIRST, sure=False)
    here.read(SECOND)
    here.scan()
    assert here.sure == [False, True]
    here.scan()
    assert here.sure == [True, True]


def test_other_articles_and_other_rooms_are_other_pieces(here: Room, store: Store) -> None:
    here.scan()
    here.read(piece_of("S1", "WHI", "L"))
    store.service.floor.rooms_changed([TagArrived("2", FIRST, True, 0.9, START_US)])
    assert len(here.pieces) == 2


def test_the_next_shopper_starts_anew(here: Room, store: Store) -> None:
    here.read(FIRST)
    here.scan()
    for began in (True, False):
        store.service.report_visit(ROOM, ReportVisit(TICKET, began=began, at_us=1))
    here.scan()
    assert here.pieces == [FIRST], "the first scan of this visit adds nothing"


class EveryScanIsAPiece(HandScans):
    """Fault: takes no notice of the pieces that are read."""

    def scan(self, room: RoomId, label: ScannedId) -> bool:
        self._counted.clear()
        self._counted[room] = {SHIRT: 99}
        return super().scan(room, label)


def test_planted_fault_a_scan_that_ignores_tags_is_caught(
    store: Store, clock: ManualClock, here: Room
) -> None:
    here.read(FIRST)
    EveryScanIsAPiece(store.service.floor, clock, store.resources.catalogue.sold).scan(ROOM, LABEL)
    assert len(here.pieces) == 2


@given(steps=st.lists(st.sampled_from(["scan", "read 1", "read 2", "lose 1", "lose 2"]), max_size=12))
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_in_any_order_at_most_one_piece_is_without_tag(here: Room, steps: list[str]) -> None:
    pieces = {"1": FIRST, "2": SECOND}
    for step in (*steps, "read 1", "read 2"):
        what, _, which = step.partition(" ")
        if what == "scan":
            here.scan()
        elif what == "read":
            here.read(pieces[which])
        else:
            here.lose(pieces[which])
        assert sum(is_anonymous(piece) for piece in here.pieces) <= 1
        assert len(set(here.pieces)) == len(here.pieces)
    assert {FIRST, SECOND} <= set(here.pieces)
    for piece in here.pieces:
        here.lose(piece)


@pytest.mark.parametrize("read_before_paying", [True, False])
def test_a_piece_paid_by_its_label_is_sold_when_its_tag_is_read(
    here: Room, store: Store, url: str, room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal,
    ines: HttpClient, read_before_paying: bool,
) -> None:  # fmt: skip
    here.scan()
    ordered = here.scanned
    if read_before_paying:
        here.read(FIRST)
    buy(room, stream, terminal, "o1", [(ordered, SHIRT)])
    if not read_before_paying:
        here.read(FIRST)
    assert here.pieces == [FIRST]
    assert store.resources.catalogue.sold([ordered, FIRST, SECOND]) == {ordered, FIRST}
    for label in (FIRST, tag("S1", "WHI", "M"), ordered, LABEL):
        (sale,) = find(ines, label)[1]["sales"]
        assert (sale["order_id"], sale["piece"]) == ("o1", ordered)
    done = ended(url, ines, refund(ines, tag("S1", "WHI", "M")))
    assert done["state"] == "done"
    assert refund(ines, ordered)[1]["key"] == done["key"], "the same refund"
    assert store.resources.catalogue.sold([ordered, FIRST]) == frozenset()
    assert terminal.repaid() == [12_900]


def test_an_order_of_the_scan_and_one_of_the_tag_are_not_both_collected(
    here: Room,
    store: Store,
    room: HttpClient,
    stream: EventStreamReader,
    terminal: InProcessTerminal,
    ines: HttpClient,
) -> None:
    here.scan()
    ordered = here.scanned
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=True, at_us=1))
    price(room, "o1", [(ordered, SHIRT)])
    here.read(FIRST)
    (basket,) = ines.ask("GET", "/api/v1/baskets")[1]["baskets"]
    assert [line["piece"] for line in basket["lines"]] == basket["chosen"] == [FIRST], (
        "one line for one garment"
    )
    collect(room, "o1")
    price(room, "o2", [(FIRST, SHIRT)])
    answered = collect(room, "o2")[1]
    assert (answered["state"], answered["why"]) == ("declined", "under-way")
    assert price(room, "o3", [(FIRST, SHIRT), (ordered, SHIRT)])[0] == 409, "a piece is in the order twice"
