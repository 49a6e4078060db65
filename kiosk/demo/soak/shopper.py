"""A shopper of a soak test: carries garments into a room, touches the mirror, asks for service, pays, leaves.

She waits for each answer with patience, touches again where a person would, and gives up after `PATIENCE_S`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Final, Protocol

from hardware.clock import now_us
from hardware.epc import codec as epc
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.service_cards import RequestCard
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    Destination,
    GarmentOpened,
    PageOpened,
    PaymentCancelRequested,
    PaymentRequested,
    RequestWithdrawn,
    ServiceRequested,
    SuggestionDismissed,
    Touch,
    VisitClosed,
)
from kiosk.demo.control_client import ControlClient, ControlError
from kiosk.demo.soak.evidence import RequestEnd
from kiosk.demo.soak.scene_watch import SceneWatch

PATIENCE_S: Final = 100.0
"""Longer than every fault and than the store's minute between two questions about an unknown payment."""
AGAIN_S: Final = 4.0
"""A touch or a card without effect is repeated after this time."""
PICTURE_HEIGHT: Final = 480
_RSSI_DBM: Final = -52


class GivenUpError(Exception):
    """The mirror did not show in time what she waited for; the text says what."""


class Report(Protocol):
    """Takes what a shopper has seen."""

    def answered(self, kind: str, ms: float) -> None: ...
    def request_ended(self, end: RequestEnd) -> None: ...
    def paid(self, number: str, pieces: Sequence[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class Room:
    """A fitting room: its mirror, the antenna above it, its payment terminal, and the card reader if it has one."""

    name: str
    antenna: int
    radio: ControlClient
    terminal: ControlClient
    pad: ControlClient | None
    watch: SceneWatch
    touch: Callable[[Touch], None]
    picture: Callable[[str, int], bytes | None]


@dataclass(slots=True)
class Shopper:
    """One visit. `gtins`: what she may try on; `serials`: numbers of tags that were never used; `cards`: names of
    members' cards at the card reader."""

    room: Room
    rng: Random
    gtins: Sequence[str]
    serials: Iterator[int]
    cards: Sequence[str]
    report: Report
    _tags: list[str] = field(default_factory=list)

    def visit(self) -> None:
        """The whole visit. Raises GivenUpError. Her garments leave the room with her in any case."""
        try:
            self._try_on()
            self._be_recognised()
            if self.rng.random() < 0.5:
                self._ask_for_service()
            paid = self.rng.random() < 0.6 and self._pay()
        finally:
            self._leave()
        self._close(paid=paid)

    def _try_on(self) -> None:
        self._until(lambda s: s.page is Page.REST and not s.pieces, "the room to be free")
        for gtin in self.rng.sample(self.gtins, self.rng.randint(1, 4)):
            tag = epc.encode(gtin, str(next(self.serials)), 7, 1)
            self._radio("place", epc=tag, antenna=self.room.antenna, rssi_dbm=_RSSI_DBM)
            self._tags.append(tag)
        scene = self._until(lambda s: len(s.pieces) == len(self._tags), "her garments")
        scene = self._until(lambda s: not s.finding, "looks")
        self._load_picture(scene)
        self._dismiss_looks()
        piece = self.rng.choice(scene.pieces).piece
        self._touch_until(
            lambda: GarmentOpened(now_us(), piece),
            lambda s: s.garment is not None and s.page is Page.GARMENT,
            "page",
        )
        self._think()

    def _load_picture(self, scene: Scene) -> None:
        """One picture of those that are shown; a mirror loads them all, beside everything else."""
        pictures = [p.picture for p in scene.pieces if p.picture]
        began = time.perf_counter()
        if pictures and self.room.picture(self.rng.choice(pictures), PICTURE_HEIGHT) is not None:
            self._answered("picture", began)

    def _dismiss_looks(self) -> None:
        """Some looks are not what she wants; the mirror asks for others."""
        for look in self._scene().looks[: self.rng.randint(0, 3)]:
            item, began = look.item, time.perf_counter()
            self.room.touch(SuggestionDismissed(now_us(), item))
            self._until(
                lambda s, item=item: not s.finding and all(other.item != item for other in s.looks),  # type: ignore[misc]
                "other looks",
            )
            self._answered("looks", began)

    def _be_recognised(self) -> None:
        pad = self.room.pad
        if pad is None or self.rng.random() < 0.5:
            return
        # the card stays there until it was read, as a person does it
        pad.do("lay", card=self.rng.choice(self.cards), ms=8000)
        self.room.watch.wait(lambda s: s.known, 8.0)
        pad.do("lift")

    def _ask_for_service(self) -> None:
        known = {r.request_id for r in self._scene().requests}
        kind = self.rng.choice((RequestKind.HELP, RequestKind.DRINK))
        began = time.perf_counter()
        self.room.touch(ServiceRequested(now_us(), kind))

        def mine(scene: Scene) -> RequestCard | None:
            return next((r for r in scene.requests if r.request_id not in known), None)

        scene = self._until(
            lambda s: (r := mine(s)) is not None and r.steps_done > 0, "her request to arrive"
        )
        self._answered("request", began)
        request = mine(scene)
        assert request is not None
        withdrawn = self.rng.random() < 0.2
        if withdrawn:
            self.room.touch(RequestWithdrawn(now_us(), request.request_id))
        waits = time.monotonic()
        name = request.request_id
        self.room.watch.wait(
            lambda s: all(r.request_id != name or not r.open for r in s.requests), PATIENCE_S
        )
        last = next((r for r in self._scene().requests if r.request_id == name), None)
        state, waited_s = last or request, time.monotonic() - waits
        self.report.request_ended(
            RequestEnd(name, state.state.value, state.open, waited_s, withdrawn, last is not None)
        )
        self._think()

    def _pay(self) -> bool:
        """Whether a receipt was shown."""
        self.room.touch(PageOpened(now_us(), Destination.WARDROBE))
        self.room.touch(AllPiecesChosen(now_us()))
        if not self.room.watch.wait(lambda s: s.basket.count > 0, AGAIN_S):
            return False
        self.room.touch(PageOpened(now_us(), Destination.BASKET))
        self._touch_until(lambda: PaymentRequested(now_us()), _is_priced, "pay")
        self._think()
        if not _takes_card(self._scene()):
            self._touch_until(lambda: PaymentRequested(now_us()), _takes_card, "terminal")
        if self.rng.random() < 0.1:
            return self._cancelled()
        number = self._carded()
        if number:
            self.report.paid(number, tuple(p.piece for p in self._scene().pieces if p.bought))
        return bool(number)

    def _cancelled(self) -> bool:
        self.room.touch(PaymentCancelRequested(now_us()))
        self._until(lambda s: s.pay is None or s.pay.stage not in _MOVING, "the end of her payment")
        return False

    def _carded(self) -> str:
        """Lays her card on the terminal until the payment is over; the number of the receipt, or nothing."""
        began, end = time.perf_counter(), time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            scene = self._scene()
            if scene.page is Page.RECEIPT and scene.receipt is not None:
                self._answered("paid", began)
                return scene.receipt.number
            if scene.pay is None or scene.pay.stage in (PayStage.REVERSED, PayStage.UNPRICED):
                return ""
            if scene.pay.stage in (PayStage.READY, PayStage.DECLINED):
                self.room.touch(PaymentRequested(now_us()))
            elif scene.pay.waits_for_card:
                began = time.perf_counter()
                self._lay_card()
            shown = scene
            self.room.watch.wait(lambda s, shown=shown: _pay_moved(s, shown), AGAIN_S)  # type: ignore[misc]
        stage = scene.pay.stage.value if scene.pay else "-"
        raise GivenUpError(f"the end of her payment, which is {stage}")

    def _lay_card(self) -> None:
        with suppress(ControlError):
            self.room.terminal.do("tap", card="declined" if self.rng.random() < 0.1 else "ok")

    def _leave(self) -> None:
        for tag in self._tags:
            self._radio("remove", epc=tag)
        self._tags.clear()

    def _close(self, *, paid: bool) -> None:
        """After a payment the visit ends by itself when the room is empty."""
        self._until(lambda s: not s.pieces or s.page in (Page.REST, Page.AWAY), "her garments to leave")
        if not paid:
            self._touch_until(lambda: VisitClosed(now_us()), _is_over, "good-bye")
        self._until(lambda s: s.page is Page.REST, "the end of the visit")

    def _touch_until(self, touch: Callable[[], Touch], holds: Callable[[Scene], bool], kind: str) -> None:
        """Touches, and again if nothing came of it; what is measured is the wait after the last touch."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            began = time.perf_counter()
            self.room.touch(touch())
            if self.room.watch.wait(holds, AGAIN_S):
                self._answered(kind, began)
                return
        raise GivenUpError(f"{kind}: {_where(self._scene())}")

    def _until(self, holds: Callable[[Scene], bool], what: str) -> Scene:
        scene = self.room.watch.wait(holds, PATIENCE_S)
        if scene is None:
            raise GivenUpError(f"{what}: {_where(self._scene())}")
        return scene

    def _scene(self) -> Scene:
        """What is shown now."""
        scene = self.room.watch.wait(lambda _: True, PATIENCE_S)
        if scene is None:
            raise GivenUpError("the first scene")
        return scene

    def _radio(self, verb: str, **words: object) -> None:
        self.room.radio.do(verb, **words)

    def _answered(self, kind: str, began: float) -> None:
        self.report.answered(kind, 1000 * (time.perf_counter() - began))

    def _think(self) -> None:
        time.sleep(self.rng.uniform(0.5, 2.0))


_MOVING: Final = frozenset({PayStage.STARTING, PayStage.TAP, PayStage.RESOLVING, PayStage.UNWANTED})


_AT_TERMINAL: Final = frozenset({PayStage.TAP, PayStage.RESOLVING, PayStage.PARKED})


def _is_priced(scene: Scene) -> bool:
    """A member can choose how she pays; for a guest the terminal starts at once."""
    return scene.pay is not None and scene.pay.stage in (PayStage.READY, *_AT_TERMINAL)


def _takes_card(scene: Scene) -> bool:
    return scene.pay is not None and scene.pay.stage in _AT_TERMINAL


def _pay_moved(scene: Scene, before: Scene) -> bool:
    return scene.page is not before.page or scene.pay != before.pay


def _is_over(scene: Scene) -> bool:
    return scene.page in (Page.REST, Page.AWAY)


def _where(scene: Scene) -> str:
    """What the mirror shows, without anything of a person."""
    pay = f", {scene.pay.stage.value} {scene.pay.why}" if scene.pay else ""
    notice = f", {scene.notice.value}" if scene.notice else ""
    return f"page {scene.page.value}{pay}{notice}, {len(scene.pieces)} pieces"
