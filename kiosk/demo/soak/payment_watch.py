"""Compares the scenes of a mirror, one after the other: no payment in progress and no receipt may vanish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kiosk.core.domain.ids import Ticket
from kiosk.core.domain.payment import REPRICED
from kiosk.core.domain.terminal_events import TAKEN_BACK
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.events import Event, PaymentChanged
from kiosk.core.visit.navigation import UNATTENDED, Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.touches import Touch

MOVING: Final = frozenset(
    {PayStage.STARTING, PayStage.TAP, PayStage.RESOLVING, PayStage.PARKED, PayStage.UNWANTED}
)
"""Stages in which money may be moving: they end with a result that is shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a scene shows of a payment. `receipt`: the receipt's number, empty without one."""

    ticket: Ticket
    page: Page
    stage: PayStage | None
    why: str
    recognised: bool
    receipt: str

    @classmethod
    def of(cls, ticket: Ticket, scene: Scene) -> Shown:
        pay, receipt = scene.pay, scene.receipt
        return cls(
            ticket, scene.page, pay.stage if pay else None, pay.why if pay else "",
            recognised=pay.recognised if pay else False, receipt=receipt.number if receipt else "",
        )  # fmt: skip

    @property
    def moving(self) -> bool:
        return self.stage in MOVING


def loss(before: Shown, after: Shown, event: Event) -> str:
    """What the shopper has lost by this event; empty if nothing."""
    if before.moving:
        return _payment_lost(before, after, event)
    return _receipt_lost(before, after)


def _payment_lost(before: Shown, after: Shown, event: Event) -> str:
    assert before.stage is not None
    name, cause = f"the payment, which was {before.stage.value}", f"({type(event).__name__})"
    if after.ticket != before.ticket:
        # a charge that came late, after she has said good-bye: the desk knows it
        return "" if before.page is Page.AWAY else f"{name}, ended with the visit {cause}"
    # it costs another amount by now: nothing was charged, and she sees the new total first, or is elsewhere
    repriced = isinstance(event, PaymentChanged) and event.why == REPRICED
    if after.stage is None:
        return "" if repriced else f"{name}, is not shown any more {cause}"
    if after.stage is PayStage.PRICING:
        # the order is made anew where its ring pays what was not charged at the terminal
        return "" if before.recognised or repriced else f"{name}, gave way to another {cause}"
    left = before.page is Page.PAY and after.page is not Page.PAY
    if left and after.moving and not isinstance(event, Touch):
        return f"{name}, gave way to the page {after.page.value} {cause}"
    return ""


def _receipt_lost(before: Shown, after: Shown) -> str:
    kept = after.receipt or after.why == TAKEN_BACK or after.ticket != before.ticket
    # nobody has answered the question: nothing of the shopper is shown to who comes in next
    unattended = before.page in UNATTENDED
    return (
        "" if not before.receipt or kept or unattended else f"receipt {before.receipt} is not shown any more"
    )


class PaymentWatch:
    """Follows one mirror. `lost` gets what has vanished, `receipt` the number of each receipt when it is first shown.

    `showing` is called by the visit's thread, with each event and the scene after it.
    """

    def __init__(self, lost: Callable[[str], None], receipt: Callable[[str], None]) -> None:
        self._lost, self._receipt = lost, receipt
        self._before: Shown | None = None

    def showing(self, ticket: Ticket, scene: Scene, event: Event) -> None:
        """A scene is shown now."""
        before, after = self._before, Shown.of(ticket, scene)
        self._before = after
        if after.receipt and (before is None or before.receipt != after.receipt):
            self._receipt(after.receipt)
        if before is not None and (text := loss(before, after, event)):
            self._lost(text)
