"""What an associate shows while its pieces are sold, renamed or deleted: the mirror gets them as they are now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy.exc import OperationalError

from kiosk.clock import US, Clocks
from kiosk.core.domain.floor.staff_message import LookPiece, StaffMessage
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, AssociateId, RoomId, Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.floor.messages.fresh_messages import CHECK_US, FreshMessages
from kiosk.store.floor.messages.room_messages import GarmentOf, NewMessage, RoomMessages
from kiosk.store.floor.rooms.store_visit import StoreVisit
from kiosk.store.lifecycle import Store
from tests.kiosk.store.sample_shop import ManualClock, gtin_of, sample_store, settings_in
from tests.optional_values import present

ROOM: Final = RoomId("1")
COAT, SCARF = gtin_of("C1", "NVY", "38"), gtin_of("A1", "NVY", "one")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[Store]:
    """With a look of a coat and a scarf on the mirror of room 1."""
    with sample_store(settings_in(tmp_path), clock) as running:
        service = running.service
        service.report_visit(ROOM, ReportVisit(Ticket("t1"), began=True, at_us=clock()))
        messages = RoomMessages(
            service.floor, service.catalogue.garment, service.writer, Clocks(clock, clock), lambda: None
        )
        look = tuple(LookPiece(present(service.catalogue.garment(one))) for one in (COAT, SCARF))
        began_us = present(service.floor.room(ROOM).visit).began_us
        messages.show(ROOM, AssociateId("a-ines"), "Inès", NewMessage("k1", began_us, "", None, look))
        yield running


def fresh(store: Store, clock: ManualClock, garment_of: GarmentOf | None = None) -> FreshMessages:
    service = store.service
    found = garment_of or service.catalogue.garment
    return FreshMessages(service.floor, found, service.writer, Clocks(clock, clock))


def sell_all(store: Store, article: ArticleId) -> None:
    """The retailer's next stock list has none of an article."""
    feeds = present(store.settings.feeds)
    stock = feeds / "stock.jsonl"
    rows = [json.loads(row) for row in stock.read_text("utf-8").splitlines()]
    left = [row | {"count": 0 if row["gtin"] == article else row["count"]} for row in rows]
    stock.write_text("".join(json.dumps(row) + "\n" for row in left))
    store.resources.import_feed(feeds, store.clock())


def here(store: Store) -> list[int]:
    """How many of each piece of the look are in the shop, as the mirror has it."""
    message = present(present(store.service.floor.room(ROOM).visit).message)
    return [present(one.garment.stock_of(one.garment.article))[1].here for one in message.look]


def test_a_piece_that_was_sold_meanwhile_is_shown_so_under_the_same_id(
    store: Store, clock: ManualClock
) -> None:
    watch = fresh(store, clock)
    before = present(present(store.service.floor.room(ROOM).visit).message)
    sell_all(store, COAT)
    watch.tick()
    assert here(store) == [4, 4], "not looked at on every call"
    clock.pass_s(CHECK_US / US)
    watch.tick()
    after = present(present(store.service.floor.room(ROOM).visit).message)
    assert here(store) == [0, 4]
    assert (after.message_id, after.garment) == (before.message_id, after.look[0].garment)


def test_what_has_left_the_catalogue_or_cannot_be_read_stays(store: Store, clock: ManualClock) -> None:
    def gone(_: ArticleId) -> Garment | None:
        return None

    def away(_: ArticleId) -> Garment | None:
        raise OperationalError("select", None, Exception("locked"))

    for garment_of in (gone, away):
        watch = fresh(store, clock, garment_of)
        clock.pass_s(CHECK_US / US)
        watch.tick()
        assert here(store) == [4, 4]


def test_a_message_that_ends_meanwhile_does_not_come_back(store: Store, clock: ManualClock) -> None:
    def ends(article: ArticleId) -> Garment | None:
        """The visit ends while the catalogue is read."""
        ended = ReportVisit(Ticket("t1"), began=False, at_us=clock())
        store.service.report_visit(ROOM, ended)
        return store.service.catalogue.garment(article)

    sell_all(store, COAT)
    watch = fresh(store, clock, ends)
    clock.pass_s(CHECK_US / US)
    watch.tick()
    assert store.service.floor.room(ROOM).visit is None


class Late(FreshMessages):
    """The planted fault: what was read for an earlier message is shown in the place of a later one."""

    def _is_still_shown(self, visit: StoreVisit, message: StaffMessage) -> bool:
        return visit.message is not None and bool(message)


@pytest.mark.parametrize(("kind", "text"), [(FreshMessages, "later"), (Late, "")])
def test_planted_a_later_message_that_is_lost_is_found(
    store: Store, clock: ManualClock, kind: type[FreshMessages], text: str
) -> None:
    room = store.service.floor.room(ROOM)

    def meanwhile(article: ArticleId) -> Garment | None:
        room.visit = replace(present(room.visit), message=StaffMessage("m2", "Jonas", "later"))
        return store.service.catalogue.garment(article)

    sell_all(store, COAT)
    watch = kind(store.service.floor, meanwhile, store.service.writer, Clocks(clock, clock))
    clock.pass_s(CHECK_US / US)
    watch.tick()
    assert present(present(room.visit).message).text == text


def test_the_store_looks_by_itself(store: Store, clock: ManualClock) -> None:
    sell_all(store, COAT)
    clock.pass_s(CHECK_US / US)
    store.presence.tick()
    assert here(store) == [0, 4]
