"""Routes of the associates' payment desk: unsettled payments, taking over a room's basket, refunds."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import ConfigDict, Field, model_validator

from kiosk.core.domain.ids import AssociateId, OrderId, PieceId, RoomId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Exchange, OrderLine
from kiosk.core.domain.promise.values import is_fee
from kiosk.core.domain.refund import Refund
from kiosk.store.api.administration.ledger_answers import LedgerAnswer, ledger_answer
from kiosk.store.api.auth import AssociateAuth, AssociateSession
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.page_views import (
    MoneyStatus,
    TaskAnswers,
    payment_for_page,
    refund_for_page,
    task_for_page,
)
from kiosk.store.api.wire_types import JsonObject, Wire, WireForm
from kiosk.store.payments.attended.attended_desk import AttendedDesk, AttendedPayment, Entry, SecondPerson
from kiosk.store.payments.desk import Basket, DeskPayment, PaymentDesk
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer, UnsettledTransaction
from kiosk.store.payments.sold_pieces import SoldPiece
from kiosk.store.piece_ids import MAX_TYPED_CHARS, parse_typed_piece

PagePayment = Annotated[DeskPayment, WireForm(payment_for_page, MoneyStatus)]
PageTask = Annotated[UnsettledTransaction, WireForm(task_for_page, TaskAnswers)]
PageRefund = Annotated[Refund, WireForm(refund_for_page, MoneyStatus)]
_Id = Annotated[str, Field(min_length=1, max_length=128)]
_Typed = Annotated[
    str,
    Field(
        min_length=1, max_length=MAX_TYPED_CHARS,
        description="A piece's id, the EPC of its tag in hex, or the text of a label with serial",
    ),
]  # fmt: skip


class TakeOverBody(JsonObject):
    """The pieces that the desk takes over. The page makes the order's id, so that sending twice collects once."""

    model_config = ConfigDict(extra="forbid")
    room: _Id
    pieces: Annotated[list[_Typed], Field(min_length=1, max_length=50)]
    terminal: Annotated[str, Field(max_length=128)] = ""


class SecondPersonBody(JsonObject):
    """Another associate, who confirms an entry above the shop's limit."""

    model_config = ConfigDict(extra="forbid")
    associate_id: _Id
    pin: Annotated[str, Field(min_length=1, max_length=64, repr=False)]

    def second(self) -> SecondPerson:
        """As the desk reads it."""
        return SecondPerson(AssociateId(self.associate_id), self.pin)


class SettlementBody(JsonObject):
    """What an associate says of a task: one of the task's `answers`."""

    model_config = ConfigDict(extra="forbid")
    answer: TaskAnswer
    reference: Annotated[str, Field(max_length=64)] = ""
    """The terminal's number of what it has charged; without it no refund is possible later."""
    second: SecondPersonBody | None = None
    """Above the shop's limit, for money that was moved at the shop's own terminal."""

    @model_validator(mode="before")
    @classmethod
    def _earlier_name(cls, body: object) -> object:
        if isinstance(body, dict) and "done" in body:
            raise ValueError(
                "'done' is now 'answer': its meaning was another for each task; see the task's 'answers'"
            )
        return body


class EntryBody(JsonObject):
    """What came of a payment or refund at the shop's own terminal; `number` is the one on its slip."""

    model_config = ConfigDict(extra="forbid")
    done: bool
    number: Annotated[str, Field(max_length=64)] = ""
    second: SecondPersonBody | None = None


class AttendedAnswer(JsonObject):
    """Payments and refunds that an associate takes at the shop's own terminal, the oldest first."""

    attended: Wire[tuple[AttendedPayment, ...]]


class RefundBody(JsonObject):
    """One piece of one sale."""

    model_config = ConfigDict(extra="forbid")
    order_id: _Id
    piece: _Typed

    @model_validator(mode="before")
    @classmethod
    def _earlier_name(cls, body: object) -> object:
        if isinstance(body, dict) and "epc" in body:
            raise ValueError("'epc' is now 'piece': the value identifies the piece, not its tag")
        return body


class ExchangeBody(JsonObject):
    """One piece of one sale, and the label of the piece that the shopper gets for it."""

    model_config = ConfigDict(extra="forbid")
    order_id: _Id
    piece: _Typed
    label: _Typed


class UnsettledAnswer(JsonObject):
    """Payments and refunds whose result is unknown, the oldest first."""

    money: tuple[PageTask, ...]
    closed: LedgerAnswer | None
    """Why payments are closed, and the command that mends it; null while they are open."""


class BasketsAnswer(JsonObject):
    """What each room would pay for, and the names of the terminals."""

    baskets: Wire[tuple[Basket, ...]]
    terminals: tuple[str, ...]


class TotalAnswer(JsonObject):
    """What pieces cost together, with the tax, and each of them with the promotions that hold."""

    total: Wire[Money]
    lines: Wire[tuple[OrderLine, ...]]


class SalesAnswer(JsonObject):
    """Sold pieces, the newest first."""

    sales: Wire[tuple[SoldPiece, ...]]


def desk_router(desk: PaymentDesk, attended: AttendedDesk, auth: AssociateAuth) -> APIRouter:
    """The routes of the payment desk."""
    router = APIRouter(prefix="/api/v1", tags=["associates"], route_class=LimitedRoute)
    _unsettled(router, desk, auth)
    _take_over(router, desk, auth)
    _refunds(router, desk, auth)
    _attended(router, attended, auth)
    return router


def _unsettled(router: APIRouter, desk: PaymentDesk, auth: AssociateAuth) -> None:
    @router.get("/money", summary="Unsettled payments and refunds", dependencies=[Depends(auth)])
    def money() -> UnsettledAnswer:
        """Payments and refunds without a known result, charges to give back, contradictions between a person's word and
        the terminal, pieces sold twice. Those that are `parked` wait for an associate."""
        return _unsettled_answer(desk)

    @router.post("/money/{key}/ask", summary="Ask the terminal again", dependencies=[Depends(auth)])
    def ask(key: str) -> UnsettledAnswer:
        """Asks once more, now; answers with what is still unsettled."""
        desk.query(key)
        return _unsettled_answer(desk)

    @router.post("/money/{key}/settle", summary="Settle by hand")
    def settle(
        key: str, body: SettlementBody, session: Annotated[AssociateSession, Depends(auth)]
    ) -> UnsettledAnswer:
        """Only if it waits for an associate (409 otherwise, also while a machine works on it). The terminal is asked
        first, and its answer has priority; a decision is compared with what the terminal says later. 409 also for an
        answer that the task does not take, or not any more since another associate or the terminal was first."""
        second = body.second.second() if body.second else None
        desk.answer(key, session.associate, body.answer, body.reference, second)
        return _unsettled_answer(desk)


def _unsettled_answer(desk: PaymentDesk) -> UnsettledAnswer:
    state = desk.ledger_state
    return UnsettledAnswer(money=desk.unsettled(), closed=ledger_answer(state) if state.closed else None)


def _take_over(router: APIRouter, desk: PaymentDesk, auth: AssociateAuth) -> None:
    @router.get("/baskets", summary="The rooms' baskets", dependencies=[Depends(auth)])
    def baskets() -> BasketsAnswer:
        """Each room's last unpaid order and the pieces in the room; and the terminals."""
        return BasketsAnswer(baskets=desk.baskets(), terminals=desk.terminals)

    @router.get("/baskets/{room}/total", summary="Sum of pieces", dependencies=[Depends(auth)])
    def total(
        room: RoomId, piece: Annotated[list[_Typed], Query(min_length=1, max_length=50)]
    ) -> TotalAnswer:
        """What pieces of a room's basket cost together, with the tax. Refused (409) where one is not in it any more."""
        lines = desk.priced(room, [parse_typed_piece(each) for each in piece])
        return TotalAnswer(total=desk.total(lines), lines=lines)

    @router.put(
        "/orders/{order_id}", summary="Take a basket over", status_code=202, dependencies=[Depends(auth)]
    )
    def take_over(order_id: OrderId, body: TakeOverBody) -> PagePayment:
        """Prices the pieces and collects at the named terminal, or at the only one. Refused (409) while the same
        pieces may be paid for elsewhere."""
        terminal = body.terminal or (desk.terminals[0] if len(desk.terminals) == 1 else "")
        return desk.take_over(
            RoomId(body.room), order_id, [parse_typed_piece(piece) for piece in body.pieces], terminal
        )

    @router.get("/orders/{order_id}", summary="State of an order", dependencies=[Depends(auth)])
    def order(order_id: OrderId) -> PagePayment:
        """With its receipt once it is paid."""
        return desk.payment(order_id)

    @router.delete(
        "/orders/{order_id}", summary="Stop waiting", status_code=202, dependencies=[Depends(auth)]
    )
    def drop(order_id: OrderId) -> PagePayment:
        """Asks the terminal to stop waiting for an order of the desk; it may still end as paid."""
        return desk.cancel(order_id)


def _refunds(router: APIRouter, desk: PaymentDesk, auth: AssociateAuth) -> None:
    @router.get("/sales", summary="Find sold pieces", dependencies=[Depends(auth)])
    def sales(label: Annotated[str, Query(min_length=1, max_length=512)]) -> SalesAnswer:
        """By a piece's id, the tag's EPC, a label (GTIN, GS1 Digital Link) or the receipt's address; newest first."""
        return SalesAnswer(sales=desk.refunds.find(label))

    @router.post("/refunds", summary="Refund a piece", status_code=202)
    def begin(body: RefundBody, session: Annotated[AssociateSession, Depends(auth)]) -> PageRefund:
        """Pays its price back to the same card, once however often it is asked."""
        piece = PieceId(body.piece) if is_fee(body.piece) else parse_typed_piece(body.piece)
        return desk.refunds.begin(OrderId(body.order_id), piece, session.associate)

    @router.post("/exchanges", summary="Exchange a piece for another size")
    def exchange(body: ExchangeBody, session: Annotated[AssociateSession, Depends(auth)]) -> Wire[Exchange]:
        """At no charge, once however often it is asked. Refused (409) for another style or another price, and for a
        piece that is sold, reserved or paid back."""
        piece = parse_typed_piece(body.piece)
        return desk.exchanges.exchange(OrderId(body.order_id), piece, body.label, session.associate)

    @router.get("/refunds/{key}", summary="State of a refund", dependencies=[Depends(auth)])
    def refund(key: str) -> PageRefund:
        """Until it is done or refused; a parked one is settled by hand."""
        return desk.refunds.refund(key)


def _attended(router: APIRouter, desk: AttendedDesk, auth: AssociateAuth) -> None:
    @router.get("/attended", summary="What associates take themselves", dependencies=[Depends(auth)])
    def attended() -> AttendedAnswer:
        """Payments and refunds for the shop's own terminal."""
        return AttendedAnswer(attended=desk.waiting())

    @router.post("/attended/{key}/begin", summary="Take it to the terminal")
    def begin(key: str, session: Annotated[AssociateSession, Depends(auth)]) -> AttendedAnswer:
        """From now on it ends only by an entry: the amount may be on the terminal."""
        desk.begin(key, session.associate)
        return AttendedAnswer(attended=desk.waiting())

    @router.post("/attended/{key}/result", summary="Enter what came of it")
    def enter(
        key: str, body: EntryBody, session: Annotated[AssociateSession, Depends(auth)]
    ) -> AttendedAnswer:
        """Above the shop's limit a second associate confirms it with a PIN (409, code "second-person")."""
        second = body.second.second() if body.second else None
        desk.enter(key, session.associate, Entry(body.done, body.number), second)
        return AttendedAnswer(attended=desk.waiting())
