"""Basket and payment of a visit, as the shopper sees them. The state machine of one attempt is `domain.payment`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum, unique

from kiosk.core.domain.garment import Piece
from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.payment import Order, OrderLine, PaymentMeans, Receipt
from kiosk.core.domain.slips.printing import PrintState


@unique
class PayStage(Enum):
    """Stage of paying. TAP: the terminal waits for a card. RESOLVING: the outcome is not known yet. PARKED: an
    associate must settle it. UNPRICED: the store could not price the order. UNWANTED: charged although it was
    cancelled, or in part only, and given back just now; REVERSED: it was given back."""

    PRICING = "pricing"
    READY = "ready"
    CONFIRM = "confirm"
    STARTING = "starting"
    TAP = "tap"
    RESOLVING = "resolving"
    PAID = "paid"
    DECLINED = "declined"
    PARKED = "parked"
    UNPRICED = "unpriced"
    UNWANTED = "unwanted"
    REVERSED = "reversed"


_BUSY = frozenset({PayStage.STARTING, PayStage.TAP, PayStage.RESOLVING, PayStage.PARKED, PayStage.UNWANTED})


@dataclass(frozen=True, slots=True)
class PaymentProgress:
    """The order that is being paid. `attempt` counts the tries; a try is sent again under its own number only."""

    order_id: OrderId
    stage: PayStage
    order: Order | None = None
    means: PaymentMeans = PaymentMeans.TERMINAL
    attempt: int = 0
    asked_us: int = 0
    """When she asked for that try, by the mirror's clock; sent again it keeps that time, and can be refused as late."""
    why: str = ""
    ask: bool = False
    """Once it is priced, she is asked to confirm the stored means: her card was laid on the reader before the tax was
    shown."""
    stored_next: bool = False
    """The shopper laid her card on the mirror's reader while the terminal waited: once the terminal has given up, the
    stored means are charged."""
    ended: int = 0
    """The highest number of an attempt of which the store has reported the end."""
    less_next: bool = False
    """Her basket costs less by now, and the terminal is asked to give up the old total."""
    repriced: bool = False
    """The pieces cost another amount by now than the order before: she sees it and touches once more."""

    @property
    def busy(self) -> bool:
        """A payment may be in progress: nothing that starts another try is allowed."""
        return self.stage in _BUSY

    @property
    def can_try(self) -> bool:
        """Whether a new try may start."""
        return self.stage in (PayStage.READY, PayStage.DECLINED, PayStage.REVERSED)

    @property
    def at_terminal(self) -> bool:
        """The terminal was asked to wait for a card, as far as is known without having got one."""
        return self.stage in (PayStage.STARTING, PayStage.TAP) and self.means is PaymentMeans.TERMINAL

    @property
    def takes_tap(self) -> bool:
        """Whether a card on the mirror's reader means "I pay with this": the total is on the glass."""
        priced = self.order is not None
        return priced and (self.can_try or self.at_terminal or self.stage is PayStage.CONFIRM)


@dataclass(frozen=True, slots=True)
class Payment:
    """What is bought and how far that has come."""

    chosen: frozenset[PieceId] = frozenset()
    """Pieces that the shopper wants to buy, each by a touch of hers."""
    left: tuple[Piece, ...] = ()
    """Chosen pieces that are not in the room any more."""
    tapped: bool = False
    """A card was laid on the mirror's reader while the total was on the glass, and is being looked up."""
    priced: tuple[OrderLine, ...] = ()
    """What the store has said last of the prices of chosen pieces, with promotions."""
    progress: PaymentProgress | None = None
    receipt: Receipt | None = None
    can_print: bool = False
    """The room has a printer for the receipt."""
    printing: PrintState | None = None
    """How far the print of the receipt has come; None before she asks for it."""
    print_asked_us: int = 0
    """When she asked for it last."""
    bought: frozenset[PieceId] = frozenset()
    identified: Mapping[PieceId, PieceId] = field(default_factory=dict)
    """Pieces that were scanned without a serial, with their ids since their tag was read; an order has the first."""

    def prices_of(self, pieces: Collection[PieceId]) -> Mapping[PieceId, OrderLine]:
        """The lines of these pieces if they were priced together as they are; else none, as their prices may differ."""
        lines = {line.piece: line for line in self.priced}
        return lines if lines.keys() == set(pieces) else {}

    @property
    def busy(self) -> bool:
        """Money may be moving."""
        return self.progress is not None and self.progress.busy
