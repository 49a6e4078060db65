"""Pieces out of the shop's stock end by themselves when the stock says that they are not there any more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from kiosk.core.domain.floor.aside import Aside, AsideState
from kiosk.core.domain.ids import ArticleId, PieceId, RoomId, Ticket
from kiosk.store.asides.gone_stock import gone, in_the_shop
from kiosk.store.db.tables import STOCK
from kiosk.store.lifecycle import Store
from tests.kiosk.store.asides.conftest import COAT, PIECE, ROOT, SCARF, listed, put
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.sample_shop import START_US, ManualClock, piece_of


def counted(store: Store, pieces: int, reserved: int = 0, article: ArticleId = SCARF) -> None:
    """The shop's system counts so many pieces on the floor, none in the stockroom."""
    with store.resources.database.writing() as connection:
        of_article = update(STOCK).where(STOCK.c.article == article)
        connection.execute(of_article.values(counted=0, count=0, reserved=0))
        connection.execute(
            of_article.where(STOCK.c.place == "floor").values(
                counted=pieces + reserved, count=pieces, reserved=reserved
            )
        )
    store.service.catalogue.changed(articles=[article])


def states(store: Store, clock: ManualClock) -> dict[str, str]:
    clock.pass_s(1)
    store.asides.tick()
    return {one.aside_id: one.state.value for one in store.asides.listed()}


@pytest.fixture
def taken(store: Store, glass: HttpClient, ines: HttpClient) -> None:
    """Of two scarves one is put aside, one is asked for."""
    counted(store, 2)
    put(glass, "t1.a1", None, SCARF)
    assert ines.ask("POST", f"{ROOT}/t1.a1/take")[0] == 200
    put(glass, "t1.a2", None, SCARF)


def test_while_all_are_there_nothing_ends(taken: None, store: Store, clock: ManualClock) -> None:
    assert states(store, clock) == {"t1.a1": "taken", "t1.a2": "asked"}
    counted(store, 0, reserved=2)
    assert states(store, clock) == {"t1.a1": "taken", "t1.a2": "asked"}, (
        "the shop's system keeps them for her"
    )


def test_what_nobody_has_put_aside_ends_first_and_all_when_none_is_there(
    taken: None, store: Store, clock: ManualClock, ines: HttpClient
) -> None:
    counted(store, 1)
    assert states(store, clock) == {"t1.a1": "taken"}
    counted(store, 0)
    assert states(store, clock) == {}
    assert listed(ines) == []


def test_a_sale_here_ends_it_too(taken: None, store: Store, clock: ManualClock) -> None:
    catalogue = store.service.catalogue
    for number, left in ((1, {"t1.a1": "taken"}), (2, {})):
        catalogue.sell([(piece_of("A1", "RED", "one", number), SCARF)], f"o{number}", START_US)
        assert states(store, clock) == left


def test_what_is_to_be_hung_back_and_was_sold_need_not_be(
    taken: None, store: Store, clock: ManualClock, ines: HttpClient
) -> None:
    assert ines.ask("POST", f"{ROOT}/t1.a1/release")[0] == 200
    assert states(store, clock) == {"t1.a1": "hang-back", "t1.a2": "asked"}
    counted(store, 0)
    assert states(store, clock) == {}


def test_a_piece_with_a_serial_ends_by_its_own_sale_alone(
    store: Store, clock: ManualClock, glass: HttpClient
) -> None:
    put(glass, "t1.a1", PIECE, COAT)
    counted(store, 0, article=COAT)
    assert states(store, clock) == {"t1.a1": "asked"}


def aside(name: str, at_us: int, state: AsideState = AsideState.ASKED, piece: str = "") -> Aside:
    found = Aside(name, RoomId("1"), Ticket("t"), SCARF, state, made_us=at_us)
    return replace(found, piece=PieceId(piece)) if piece else found


def test_of_several_the_latest_asked_end() -> None:
    some = [
        aside("old", 1), aside("new", 3), aside("mid", 2),
        aside("held", 0, AsideState.TAKEN), aside("room", 0, AsideState.TAKEN, "p"),
    ]  # fmt: skip
    assert [set(gone(some, {SCARF: left})) for left in (5, 4, 3, 2, 1)] == [
        set(), {"new"}, {"new", "mid"}, {"new", "mid", "old"}, {"new", "mid", "old"},
    ]  # fmt: skip
    assert gone(some, {SCARF: 0}) == {"old", "new", "mid", "held"}
    assert gone(some, {COAT: 0}) == gone(some, {}) == frozenset()


def test_planted_fault_without_reserved_pieces_a_kept_one_would_end(
    taken: None, store: Store, clock: ManualClock
) -> None:
    counted(store, 0, reserved=2)
    assert in_the_shop(store.resources.database, {SCARF}) == {SCARF: 2}
    garment = store.service.catalogue.garment(SCARF)
    assert garment is not None
    stock = garment.stock_of(SCARF)
    assert stock is not None
    assert gone(store.asides.listed(), {SCARF: stock[1].here}) == {"t1.a1", "t1.a2"}
