"""Pieces that are put aside: mirrors ask for it, associates put them aside and hand them over, and each ends by itself.

Every change is written before it is published, so a restart loses none; a new one is on the disk, so that a power cut
loses none either.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Final

from kiosk.clock import US
from kiosk.core.domain.floor.aside import IN_ROOM, Aside, AsideMove, AsideOffer, AsideState, moved
from kiosk.core.domain.floor.plan import FloorPlan
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, PieceId, RoomId, ShopperId, Ticket
from kiosk.core.visit.asides.aside_event import AsideChanged
from kiosk.core.visit.effects import PutAside
from kiosk.store.asides.aside_members import AsideMembers
from kiosk.store.asides.aside_rows import AsideRows
from kiosk.store.asides.gone_stock import gone, in_the_shop
from kiosk.store.asides.keeping import Keeping, new_code
from kiosk.store.asides.member_visits import MemberVisits
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, STOCKROOM_TOPIC, EventHub
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.staff.associates import Associate

log = logging.getLogger(__name__)
ASIDES_CHANGED: Final = "AsidesChanged"
MAX_OF_VISIT: Final = 24
"""Pieces that are put aside for one shopper."""
MAX_OF_ROOM: Final = 96
"""Pieces of one room that are put aside at the same time: those of some days."""
MAX_ALL: Final = 500
CHECK_US: Final = 1 * US
"""Between two looks whether a piece is sold or its time is over."""
MAX_ENDED: Final = 16
"""Pieces that end in one look, some 15 ms: when the shop closes, hundreds do, and requests of rooms wait meanwhile."""
TIDY_US: Final = 7 * 24 * 3600 * US
"""So long after its time a piece counts as hung back, if nobody has said so."""
MAX_ID: Final = 128


class AsideDesk:
    """All pieces that are put aside. Safe from any thread; methods raise SQLAlchemyError."""

    def __init__(
        self, rows: AsideRows, floor: ShopFloor, catalogue: Catalogue, hub: EventHub, *,
        writer: AbstractContextManager[Any], keeping: Keeping, offer: AsideOffer, plan: FloorPlan | None,
        require_present: Callable[[RoomId, Ticket], None],
        now_us: Callable[[], int], trusted_us: Callable[[], int], steady_us: Callable[[], int],
    ) -> None:  # fmt: skip
        """`writer`: the lock of the rooms' state; `keeping`: for how long; `offer`: when mirrors may ask for it;
        `require_present`: raises an error for a visit that has ended; `trusted_us`: the time by which one is over, not
        moved by a clock that is set ahead by mistake."""
        self._rows, self._floor, self._catalogue, self._hub = rows, floor, catalogue, hub
        self._writer, self._keeping, self._offer, self._plan = writer, keeping, offer, plan
        self._require_present = require_present
        self._now, self._trusted, self._steady = now_us, trusted_us, steady_us
        self._visits = MemberVisits(AsideMembers(rows.database), floor, writer, now_us)
        self._checked_us = -CHECK_US
        self._open = {one.aside_id: one for one in rows.open()}

    def listed(self) -> tuple[Aside, ...]:
        """Those that have not ended, the oldest first."""
        with self._writer:
            return tuple(self._open.values())

    def put(self, room: RoomId, asked: PutAside) -> Aside:
        """A mirror asks to put a piece aside; asked again, the answer is its present state. Raises RefusedError;
        VisitOverError after the end of its visit: its shopper would never see the code."""
        if not 0 < len(asked.aside_id) <= MAX_ID or len(asked.ticket) > MAX_ID:
            raise RefusedError(f"an id has 1 to {MAX_ID} characters")
        with self._writer:
            known = self._open.get(asked.aside_id) or self._rows.find(asked.aside_id)
            if known is not None:
                return _of_room(known, room)
            self._require_present(room, asked.ticket)
            self._check_limits(room, asked.ticket)
            lies, garment = self._found(room, asked.article, asked.piece)
            now_us = self._now()
            until_us = self._keeping.until_us(now_us)
            rail = (
                self._plan.rail_of(garment.category) if self._plan is not None and lies == "floor" else None
            )
            return self._save(Aside(
                asked.aside_id, room, asked.ticket, garment.article, AsideState.ASKED, piece=asked.piece,
                name=garment.name, size=garment.size, colour=garment.colourway.name,
                picture=garment.colourway.picture, lies=lies, rail=rail[1].key if rail else "",
                code=new_code({one.code for one in self._open.values()}), made_us=now_us, until_us=until_us,
                until=self._keeping.shown(until_us), revision=1,
            ), is_new=True)  # fmt: skip

    def _check_limits(self, room: RoomId, ticket: Ticket) -> None:
        if self._offer is AsideOffer.NEVER:
            raise RefusedError("this shop puts nothing aside")
        of_room = [one for one in self._open.values() if one.room == room and one.state.waits_for_her]
        of_visit = sum(one.ticket == ticket for one in of_room)
        if of_visit >= MAX_OF_VISIT or len(of_room) >= MAX_OF_ROOM or len(self._open) >= MAX_ALL:
            raise RefusedError("too many pieces are put aside")

    def _found(self, room: RoomId, article: ArticleId, piece: PieceId | None) -> tuple[str, Garment]:
        """Where it lies, and its garment. Raises RefusedError for what is not in the shop, or sold, or put aside for
        somebody."""
        waiting = [one for one in self._open.values() if one.state.waits_for_her]
        if piece is not None:
            arrived = self._floor.room(room).pieces.get(piece)
            if arrived is None or arrived.garment is None or self._catalogue.sold((piece,)):
                raise RefusedError("this piece is not in the room, or sold")
            own = self._catalogue.identity(piece)
            if any(one.piece is not None and self._catalogue.identity(one.piece) == own for one in waiting):
                raise RefusedError("this piece is put aside already")
            return IN_ROOM, arrived.garment
        garment = self._catalogue.garment(article)
        stock = garment.stock_of(article) if garment is not None else None
        if garment is None or stock is None or not stock[1].here:
            raise RefusedError("none of this article is in the shop")
        if sum(one.article == stock[1].article for one in waiting) >= stock[1].here:
            raise RefusedError("all of this article that is in the shop is put aside")
        return ("floor" if stock[1].floor else "stockroom"), garment

    def withdraw(self, room: RoomId, aside_id: str) -> Aside:
        """Its shopper does not want it any more. Raises NotFoundError."""
        with self._writer:
            known = self._open.get(aside_id) or self._rows.find(aside_id)
            if known is None:
                raise NotFoundError("there is no such piece")
            hers = aside_id in {one.aside_id for one in self._floor.room(room).asides}
            after = moved(known if hers else _of_room(known, room), AsideMove.WITHDRAW)
            return known if after is None else self._save(after)

    def move(self, who: Associate, aside_id: str, move: AsideMove) -> Aside:
        """An associate's move; done twice by one person, it is done once. Raises NotFoundError for what has ended,
        RefusedError if another one has put it aside already."""
        with self._writer:
            known = self._open.get(aside_id)
            if known is None:
                raise NotFoundError("there is no such piece")
            if move is AsideMove.TAKE and known.associate_id == who.associate_id:
                return known
            if move is AsideMove.RELEASE and known.state is AsideState.HANG_BACK:
                return known
            after = moved(known, move, associate_id=who.associate_id, by=who.name)
            if after is None:
                raise RefusedError(
                    f"it is {known.state.value}" + (f"; {known.by} has it" if known.by else "")
                )
            log.info("a piece that is put aside: %s by %s", move.value, who.associate_id)
            return self._save(after)

    def tick(self) -> None:
        """Ends what is sold or whose time is over, a part of it at a time, and states on the mirrors of members what is
        theirs. To be called often."""
        self._end_over()
        self._visits.tick(lambda: tuple(self._open.values()))

    def of_member(self, member: ShopperId) -> tuple[Aside, ...]:
        """What waits for a member; nothing without her consent."""
        hers = self._visits.members.of(member)
        return tuple(one for one in self.listed() if one.aside_id in hers and one.state.waits_for_her)

    def _end_over(self) -> None:
        with self._writer:
            if not self._open or self._steady() - self._checked_us < CHECK_US:
                return
            self._checked_us = self._steady()
            of_stock = {one.article for one in self._open.values() if one.piece is None}
        here = in_the_shop(self._rows.database, of_stock)
        with self._writer:
            gone_now = gone(tuple(self._open.values()), here)
            sold = self._catalogue.sold(
                tuple(one.piece for one in self._open.values() if one.piece is not None)
            )
            now_us, left = self._trusted(), MAX_ENDED
            for one in tuple(self._open.values()):
                if one.piece in sold or one.aside_id in gone_now:
                    move = AsideMove.SELL
                elif one.state is AsideState.HANG_BACK and one.until_us + TIDY_US <= now_us:
                    move = AsideMove.HUNG
                elif one.until_us <= now_us:
                    move = AsideMove.EXPIRE
                else:
                    continue
                after = moved(one, move)
                if after is not None:
                    self._save(after)
                    left -= 1
                if not left:
                    return

    def _save(self, aside: Aside, *, is_new: bool = False) -> Aside:
        # a shopper goes home with the code: not even a power cut may forget it
        self._rows.save(aside, self._now(), durable=is_new)
        if aside.state is AsideState.ENDED:
            self._open.pop(aside.aside_id, None)
        else:
            self._open[aside.aside_id] = aside
        self._floor.publish_to_mirror(aside.room, AsideChanged(self._now(), aside.ticket, aside))
        for topic in (FLOOR_TOPIC, STOCKROOM_TOPIC):
            self._hub.publish(topic, {"is": ASIDES_CHANGED, "rings": is_new}, ASIDES_CHANGED)
        return aside


def _of_room(aside: Aside, room: RoomId) -> Aside:
    """Raises RefusedError for a piece of another room."""
    if aside.room != room:
        raise RefusedError("this id belongs to another room")
    return aside
