"""Routes by which associates find a receipt by its number, print it, and send it by e-mail."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import ConfigDict, Field

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import Receipt
from kiosk.core.domain.slips.printing import PrintState
from kiosk.store.api.auth import AssociateAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.errors import RefusedError
from kiosk.store.receipts.outbox_table import MailState
from kiosk.store.receipts.receipt_desk import ReceiptDesk, ReceiptWays

_Language = Annotated[str, Field(max_length=8)]


class PrintAnswer(JsonObject):
    """A print at one printer; `trouble`: why it did not come out, empty otherwise."""

    printer: str
    state: PrintState
    trouble: str


class MailAnswer(JsonObject):
    """A message with the receipt; where it went is not kept. `why`: the last failure."""

    state: MailState
    made_us: int
    why: str


class ReceiptAnswer(JsonObject):
    """A receipt and the ways in which it can be given.

    `receipt.link` and `code` (QR code as a data URI, SVG) are empty where no phone could open the link.
    """

    receipt: Wire[Receipt]
    code: str
    printers: tuple[str, ...]
    mails: bool
    """Whether it can be sent by e-mail."""
    prints: tuple[PrintAnswer, ...]
    sent: tuple[MailAnswer, ...]
    cancelled: bool
    """The sale was taken back: it is not paid."""


class PrintBody(JsonObject):
    """One of the printers, and the language of the receipt."""

    model_config = ConfigDict(extra="forbid")
    printer: Annotated[str, Field(max_length=40)]
    language: _Language = ""


class MailBody(JsonObject):
    """Where the receipt is sent, and its language."""

    model_config = ConfigDict(extra="forbid")
    address: Annotated[str, Field(min_length=3, max_length=320, repr=False)]
    language: _Language = ""


def desk_receipt_router(desk: ReceiptDesk, auth: AssociateAuth) -> APIRouter:
    """The routes of receipts for associates."""
    router = APIRouter(
        prefix="/api/v1", tags=["associates"], route_class=LimitedRoute, dependencies=[Depends(auth)]
    )

    @router.get("/receipt-numbers/{number}", summary="Find a receipt by its number")
    def numbered(number: str) -> ReceiptAnswer:
        """Also of earlier ledgers, and where its link has expired."""
        return _answer(desk.find(number))

    @router.get("/receipts/{order_id}", summary="The receipt of an order")
    def of_order(order_id: OrderId) -> ReceiptAnswer:
        """With the ways to give it, and how its prints and messages went."""
        return _answer(desk.ways(order_id))

    @router.post("/receipts/{order_id}/print", summary="Print a receipt", status_code=202)
    def print_receipt(order_id: OrderId, body: PrintBody) -> ReceiptAnswer:
        """At one of the printers; ask again for how it went. While it waits, asking again changes nothing."""
        desk.printing.print_receipt(order_id, body.printer, body.language)
        return _answer(desk.ways(order_id))

    @router.post("/receipts/{order_id}/mail", summary="Send a receipt by e-mail", status_code=202)
    def send(order_id: OrderId, body: MailBody) -> ReceiptAnswer:
        """The address is kept until the message is sent or given up, at most a day. 429 after five messages."""
        if not desk.is_address(body.address):
            raise RefusedError("this is no e-mail address")
        desk.send(order_id, body.address, body.language)
        return _answer(desk.ways(order_id))

    return router


def _answer(ways: ReceiptWays) -> ReceiptAnswer:
    return ReceiptAnswer(
        receipt=ways.receipt, code=ways.code, printers=ways.printers, mails=ways.mails,
        prints=tuple(PrintAnswer(printer=p.printer, state=p.state, trouble=p.trouble) for p in ways.prints),
        sent=tuple(MailAnswer(state=m.state, made_us=m.made_us, why=m.why) for m in ways.sent),
        cancelled=ways.cancelled,
    )  # fmt: skip
