"""What associates ask about money: what is not known, what a room would pay for, and what is brought back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from kiosk.core.domain.ids import Epc, OrderId, RoomId
from kiosk.store.api.auth import AssociateAuth, AssociateSession
from kiosk.store.api.openapi import speaks
from kiosk.store.api.wire_bodies import wire_answer
from kiosk.store.payments.desk import PaymentDesk
from kiosk.store.payments.refund_book import Refund

_Id = Annotated[str, Field(min_length=1, max_length=128)]


class TakeOverBody(BaseModel):
    """What is taken over to the desk. The page makes the order's id, so that asking twice collects once."""

    model_config = ConfigDict(extra="forbid")
    room: _Id
    pieces: Annotated[list[_Id], Field(min_length=1, max_length=50)]
    terminal: Annotated[str, Field(max_length=128)] = ""


class SettlementBody(BaseModel):
    """What an associate saw on the terminal: it is done (paid, or paid back), or it is not."""

    model_config = ConfigDict(extra="forbid")
    done: bool
    reference: Annotated[str, Field(max_length=64)] = ""
    """The terminal's number of a payment that is done; without it nothing can be paid back on it later."""


class RefundBody(BaseModel):
    """One piece of one sale."""

    model_config = ConfigDict(extra="forbid")
    order_id: _Id
    epc: _Id


def desk_router(desk: PaymentDesk, auth: AssociateAuth) -> APIRouter:
    """The routes of the page's desk."""
    router = APIRouter(prefix="/api/v1", tags=["associates"])
    _unknown(router, desk, auth)
    _take_over(router, desk, auth)
    _returns(router, desk, auth)
    return router


def _unknown(router: APIRouter, desk: PaymentDesk, auth: AssociateAuth) -> None:
    @router.get("/money", summary="Payments nobody knows the end of", openapi_extra=speaks(answer="money"))
    def money(me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """Payments and refunds whose answer was lost; those that are parked wait for an associate."""
        del me
        return wire_answer({"money": desk.open_money()})

    @router.post("/money/{key}/ask", summary="Ask the terminal again", openapi_extra=speaks(answer="money"))
    def ask(key: str, me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """Once more, now; answers with what is still not known."""
        del me
        desk.ask(key)
        return wire_answer({"money": desk.open_money()})

    @router.post("/money/{key}/settle", summary="Settle by hand", openapi_extra=speaks(answer="money"))
    def settle(key: str, seen: SettlementBody, me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """Only where it is parked (409 otherwise). The terminal is asked first, and what it says goes before it."""
        desk.settle(key, me.associate, done=seen.done, reference=seen.reference)
        return wire_answer({"money": desk.open_money()})


def _take_over(router: APIRouter, desk: PaymentDesk, auth: AssociateAuth) -> None:
    @router.get("/baskets", summary="What the rooms would pay for", openapi_extra=speaks(answer="baskets"))
    def baskets(me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """Each room's last unpaid order and the pieces in it; and the terminals there are."""
        del me
        return wire_answer({"baskets": desk.baskets(), "terminals": desk.terminals})

    @router.put(
        "/orders/{order_id}",
        summary="Take a basket over",
        status_code=202,
        openapi_extra=speaks(answer="desk"),
    )
    def take_over(
        order_id: OrderId, what: TakeOverBody, me: Annotated[AssociateSession, Depends(auth)]
    ) -> Response:
        """Prices the pieces and collects at the terminal named, or the only one. Refused (409) while the same pieces
        may be paid for elsewhere."""
        del me
        terminal = what.terminal or (desk.terminals[0] if len(desk.terminals) == 1 else "")
        pieces = [Epc(epc) for epc in what.pieces]
        return wire_answer(desk.take_over(RoomId(what.room), order_id, pieces, terminal), 202)

    @router.get("/orders/{order_id}", summary="How an order stands", openapi_extra=speaks(answer="desk"))
    def order(order_id: OrderId, me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """With its receipt once it is paid."""
        del me
        return wire_answer(desk.payment(order_id))

    @router.delete(
        "/orders/{order_id}", summary="Stop waiting", status_code=202, openapi_extra=speaks(answer="desk")
    )
    def drop(order_id: OrderId, me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """Asks the terminal to stop waiting for an order of the desk; it may still end paid."""
        del me
        return wire_answer(desk.drop(order_id), 202)


def _returns(router: APIRouter, desk: PaymentDesk, auth: AssociateAuth) -> None:
    @router.get("/sales", summary="Find what was sold", openapi_extra=speaks(answer="sales"))
    def sales(
        me: Annotated[AssociateSession, Depends(auth)],
        label: Annotated[str, Query(min_length=1, max_length=512)],
    ) -> Response:
        """By the tag's EPC, a printed label (GTIN, GS1 Digital Link) or the receipt's address; the newest first."""
        del me
        return wire_answer({"sales": desk.refunds.find(label)})

    @router.post("/refunds", summary="Pay a piece back", status_code=202, openapi_extra=speaks(None, Refund))
    def begin(what: RefundBody, me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """What was paid for it, to the means it was paid with, once however often it is asked."""
        return wire_answer(desk.refunds.begin(OrderId(what.order_id), Epc(what.epc), me.associate), 202)

    @router.get("/refunds/{key}", summary="How a refund stands", openapi_extra=speaks(None, Refund))
    def refund(key: str, me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """Until it is done or refused; a parked one is settled by hand."""
        del me
        return wire_answer(desk.refunds.refund(key))
