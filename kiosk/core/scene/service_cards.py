"""Cards about requests, basket, payment, receipt and pairing. What may be touched in which state is decided
here, not in QML."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique

from kiosk.core.domain.ids import ArticleId, PieceId, RequestId
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.service_request import AssociateReply, Reached, RequestKind, RequestState
from kiosk.core.domain.slips.printing import PrintState
from kiosk.core.scene.delivery_cards import WayCard
from kiosk.core.scene.outline import Outline
from kiosk.core.visit.basket import WhyNot
from kiosk.core.visit.pairing import PairingNeed, PairingProblem, PairingStep
from kiosk.core.visit.payment_progress import PayStage

_STEPS_DONE = {
    RequestState.RECEIVED: 1,
    RequestState.CLAIMED: 2,
    RequestState.AT_THE_DOOR: 3,
    RequestState.DONE: 3,
}


def _derive(card: object, **values: object) -> None:
    """Set the fields of a frozen card that follow from its other fields."""
    for name, value in values.items():
        object.__setattr__(card, name, value)


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A service request. The fields from `open` on follow from state and kind."""

    request_id: RequestId
    kind: RequestKind
    state: RequestState
    name: str
    size: str
    colour: str
    picture: str
    by: str = field(repr=False)
    """First name of the associate."""
    answer: AssociateReply | None
    minutes: int
    at_door: bool
    waited_s: int
    escalated: int
    reached: Reached = Reached.TEAM
    """Who was asked last while it waits; NOBODY also where no associate is signed in."""
    whom: str = field(default="", repr=False)
    """First name of who is asked now, or else of the associate who had it last; empty for none."""
    usual: int = 0
    """Minutes that such a request usually takes; 0: not known."""
    lies: str = ""
    """"floor" or "stockroom": where the piece can be found."""
    searching: bool = False
    """It waits, and more was done than to tell the team."""
    brings: bool = False
    """A thing is brought; otherwise a person comes. True for a piece."""
    article: ArticleId | None = None
    can_put_aside: bool = False
    """It waits with nobody to ask, and the piece can be put aside instead."""
    outline: Outline = Outline.HANGER
    """Shown where the piece's picture cannot be."""
    note: str = field(default="", repr=False)
    """What the tailor does, as it was written; empty without a note."""
    note_price: str = ""
    """What it costs; empty: nothing."""
    note_weekday: int = 0
    """Of the day on which it is ready, Monday 0; with `note_day` and `note_month`."""
    note_day: int = 0
    note_month: int = 0
    open: bool = field(init=False)
    """Neither done nor declined nor cancelled."""
    current: bool = field(init=False)
    """Open or declined: shown beside the pieces."""
    can_withdraw: bool = field(init=False)
    """Open, and no associate is at the door yet."""
    for_piece: bool = field(init=False)
    """A piece was asked for, not a person or a drink."""
    steps_done: int = field(init=False)
    """0 to 3: received, claimed, at the door."""

    def __post_init__(self) -> None:
        _derive(
            self,
            open=self.state.open,
            current=self.state.open or self.state is RequestState.DECLINED,
            can_withdraw=self.state.open and self.state is not RequestState.AT_THE_DOOR,
            for_piece=self.kind in (RequestKind.SIZE, RequestKind.PIECE),
            brings=self.brings or self.kind in (RequestKind.SIZE, RequestKind.PIECE),
            steps_done=_STEPS_DONE.get(self.state, 0),
        )


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A service that can be asked for. Name and hint are empty where the mirror has texts of its own for it."""

    key: str
    kind: RequestKind
    name: str
    hint: str
    icon: str
    """Path data of its sign (`ICON_PATHS`)."""
    minutes: int
    """Minutes that the shop promises; 0: none."""


@dataclass(frozen=True, slots=True)
class BasketLineCard:
    """A piece that can be bought, or that cannot, with the reason. `taken`: it is in the basket and paid for."""

    piece: PieceId
    name: str
    colour: str
    size: str
    price: str
    picture: str
    taken: bool
    gone: bool = False
    """Chosen, but not in the room any more: it is not added up."""
    why_not: WhyNot | None = None
    """Why it cannot be bought; None where it can."""
    price_before: str = ""
    """Its price without promotions, where they lower it; else empty."""
    reasons: tuple[str, ...] = ()
    """Names of the promotions that lower it."""
    lowest_price: str = ""
    """Where they do: the lowest price of the last 30 days, if the retailer gives it."""
    outline: Outline = Outline.HANGER
    """Shown where its picture cannot be."""


@dataclass(frozen=True, slots=True)
class BasketCard:
    """The pieces that could be bought, and the total of those in the basket."""

    lines: tuple[BasketLineCard, ...]
    total: str
    """Empty as long as nothing is in the basket."""
    count: int
    """Pieces in the basket."""
    uncertain: int
    """Pieces that are shown faint and cannot be bought yet."""
    tax_added: bool = False
    """Whether the shop adds the tax to these prices; the pay page shows the total with it."""
    gone: int = 0
    """Chosen pieces that are not in the room any more."""
    can_take_all: bool = False
    """Several pieces can be bought and not all of them are in the basket."""
    saved: str = ""
    """What promotions take off the total; empty for nothing."""
    can_send: bool = False
    """Pieces can be sent, or kept at the desk."""
    later: int = 0
    """Pieces that she does not take with her."""


@unique
class PayAction(Enum):
    """What the pay page's large button does. HELP calls an associate."""

    NONE = "none"
    PAY = "pay"
    CONFIRM = "confirm"
    HELP = "help"


_PAY_ACTIONS = {
    PayStage.READY: PayAction.PAY,
    PayStage.DECLINED: PayAction.PAY,
    PayStage.REVERSED: PayAction.PAY,
    PayStage.CONFIRM: PayAction.CONFIRM,
    PayStage.PARKED: PayAction.HELP,
    PayStage.UNPRICED: PayAction.HELP,
}
NOT_HERE = frozenset({"no-space", "closed", "no-terminal", "below-minimum"})
"""Reasons of a refusal that stay: the disk is full, the ledger is closed, there is no terminal, the amount is too small
for it. An associate helps, trying again does not."""
ATTENDED = "attended"
"""Reason of a payment that an associate takes at the shop's own terminal: the mirror waits for no card."""
_IDLE_STAGES = frozenset(
    {
        PayStage.PRICING, PayStage.READY, PayStage.CONFIRM, PayStage.DECLINED, PayStage.UNPRICED,
        PayStage.REVERSED,
    }
)  # fmt: skip
_WORKING_STAGES = frozenset({PayStage.STARTING, PayStage.TAP, PayStage.RESOLVING, PayStage.UNWANTED})


@dataclass(frozen=True, slots=True)
class PayCard:
    """The payment. The fields from `action` on follow from stage and means."""

    stage: PayStage
    total: str
    tax: str
    tax_percent: str
    pieces: tuple[str, ...]
    means: PaymentMeans
    stored_means: str
    why: str
    tax_rates: tuple[str, ...] = ()
    """The rates of which tax is paid, the highest first: `8.875%`."""
    tax_amounts: tuple[str, ...] = ()
    """The tax of each of these rates."""
    net: str = ""
    """The prices without the tax, where it is added to them; empty where they contain it."""
    recognised: bool = False
    """A card was laid on the mirror's reader to pay: it is being looked up, or the terminal is asked to give up."""
    discounts: tuple[str, ...] = ()
    """Names of the promotions that lower the total, each once."""
    discount_amounts: tuple[str, ...] = ()
    """What each of them takes off, with a minus sign."""
    parcels: tuple[WayCard, ...] = ()
    """What is promised; empty where she takes everything along."""
    action: PayAction = field(init=False)
    """What the large button does."""
    can_cancel: bool = field(init=False)
    """Whether "back to the pieces" is offered."""
    waits_for_card: bool = field(init=False)
    """The terminal waits for a card: the page shows where to hold it."""
    working: bool = field(init=False)
    """Store or terminal are working: the page shows a waiting sign."""
    shows_pieces: bool = field(init=False)
    """Nothing is under way: the page shows the pieces to pay for."""

    def __post_init__(self) -> None:
        terminal = self.stage is PayStage.TAP and self.means is PaymentMeans.TERMINAL
        waits = terminal and not self.recognised and self.why != ATTENDED
        idle = self.stage in _IDLE_STAGES
        at_work = self.stage in _WORKING_STAGES and not waits
        _derive(
            self,
            action=self._action(),
            can_cancel=idle or self.stage is PayStage.TAP,
            waits_for_card=waits,
            working=at_work or self.recognised,
            shows_pieces=idle and not self.recognised,
        )

    def _action(self) -> PayAction:
        if self.recognised:
            return PayAction.NONE
        if self.stage is PayStage.DECLINED and self.why in NOT_HERE:
            return PayAction.HELP
        return _PAY_ACTIONS.get(self.stage, PayAction.NONE)


@dataclass(frozen=True, slots=True)
class ReceiptCard:
    """The receipt of the payment; `link` opens it on the shopper's phone, and is empty where a phone could not.

    `can_print`: a touch prints it. `printing`: how far that has come; None before she asks for it.
    """

    number: str
    total: str
    tax: str
    link: str
    means: PaymentMeans
    can_print: bool = False
    printing: PrintState | None = None


@dataclass(frozen=True, slots=True)
class PairingCard:
    """The page on which a technician connects the mirror with its store; `step` CLOSED: what shoppers see instead."""

    need: PairingNeed
    step: PairingStep
    room: str
    typed: str = field(repr=False)
    """The digits so far."""
    problem: PairingProblem | None
    languages: tuple[str, ...]
    """All languages of the mirror: the store's are not known yet."""
