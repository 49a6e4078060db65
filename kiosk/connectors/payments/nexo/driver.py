"""Driver of one Adyen terminal. The key of a charge or refund is the ServiceID of its request.

A request is sent once. Whatever happens afterwards, the terminal is asked by that key: it repeats its reply, says that
the transaction is in progress, or that it has none. Sources: docs.adyen.com/point-of-sale/basic-tapi-integration
(make-a-payment, cancel-a-transaction, verify-transaction-status, refund-payment/referenced) and /error-scenarios.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event
from time import monotonic
from typing import Final

from kiosk.connectors.payments.host_address import Resolve, resolved
from kiosk.connectors.payments.nexo import messages
from kiosk.connectors.payments.nexo.amounts import EXPONENTS, MINIMUM_MINOR
from kiosk.connectors.payments.nexo.exchange import BrokenOffError, Exchange, HttpReply, Sockets
from kiosk.connectors.payments.nexo.line import Line
from kiosk.connectors.payments.nexo.messages import TRANSACTION, TRANSACTION_AT, Category, Request
from kiosk.connectors.payments.nexo.probe import probe
from kiosk.connectors.payments.nexo.recent_keys import RecentKeys
from kiosk.connectors.payments.nexo.replies import (
    Failed,
    Message,
    Outcome,
    message_of,
    payment_reply,
    reversal_reply,
    status_reply,
)
from kiosk.connectors.payments.port import (
    Capabilities,
    Charge,
    FollowUp,
    Presented,
    TerminalBusyError,
    TerminalLostError,
    TerminalProbe,
    TerminalReply,
    TerminalStatus,
    new_key,
)
from kiosk.core.domain.follow_up_kind import FollowUpKind

FINAL: Final = frozenset(
    {TerminalStatus.APPROVED, TerminalStatus.PARTIAL, TerminalStatus.REFUSED, TerminalStatus.CANCELLED}
)


@dataclass(frozen=True, slots=True)
class Waits:
    """Times in seconds.

    `connect`: to make a connection. `reply`: for a reply that needs no card. `follow_up`: for a refund, which goes to
    Adyen first. `after_abort`: from the abort to the result. `first_status`: until the terminal is asked whether it has
    a payment; each further question comes after twice that time, `longest_status` at most.
    """

    connect: float = 2.5
    reply: float = 2.5
    follow_up: float = 12.0
    after_abort: float = 10.0
    first_status: float = 0.25
    longest_status: float = 15.0


class NexoTerminal:
    """`PaymentTerminal` of an Adyen terminal, on the local network or over the cloud."""

    def __init__(self, line: Line, waits: Waits = Waits(), resolve: Resolve = resolved) -> None:
        self.identity = line.identity
        self.capabilities = Capabilities(
            void=True,
            not_found_after_s=line.not_found_after_s,
            minimum_minor=MINIMUM_MINOR,
            exponents=EXPONENTS,
        )
        self._line, self._waits = line, waits
        self._sockets = Sockets(resolve)
        self._denied, self._broken_off = RecentKeys(), RecentKeys()
        self._closing = Event()

    def create(self, charge: Charge) -> str:
        """Adyen has no such step."""
        del charge
        return ""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        """`on_taken_up` is called when the terminal says that the payment is in progress, and when it ended the
        connection after the request or its reply cannot be read: then it may have it, and silence means nothing."""
        del provider_id
        request = self._payment(charge)
        presented = Presented(charge.key, charge.order_id, charge.amount)
        until = monotonic() + wait_s
        try:
            with self._exchange() as exchange:
                exchange.send("POST", self._line.path, self._line.pack(request))
                reply = self._awaited(exchange, presented, on_taken_up, until)
            if isinstance(reply, TerminalReply):
                return reply
            outcome = self._outcome(Category.PAYMENT, reply, payment_reply)
        except BrokenOffError:
            if not self._closing.is_set():
                on_taken_up()
            raise
        if isinstance(outcome, TerminalReply):
            return outcome
        return self._asked(presented, outcome, until)

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        try:
            message = self._ask(messages.transaction_status(wanted, new_key()))
        except TerminalBusyError as refused:
            raise TerminalLostError(str(refused)) from refused
        reply = status_reply(message, wanted, self._line.poi)
        if reply.status is TerminalStatus.NOT_FOUND:
            if self._broken_off.discard(wanted.key):
                # the terminal may have had it; the caller notes that, so that not-found ends nothing
                return TerminalReply(TerminalStatus.PENDING, key=wanted.key, taken_up=True)
            self._denied.add(wanted.key)
        return reply

    def cancel(self, presented: Presented) -> None:
        request = messages.abort(presented, new_key())
        try:
            # an abort has no reply of its own; the payment's reply says whether it was in time
            self._line.unpack(self._post(request, self._waits.reply))
        except TerminalBusyError as refused:
            raise TerminalLostError(str(refused)) from refused

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        if follow_up.kind is FollowUpKind.CAPTURE:
            raise TerminalBusyError("Adyen captures by itself; this driver has no capture", "no-capture")
        self._refuse_denied(follow_up.key)
        follow_up = self._with_references(follow_up)
        if not follow_up.references.get(TRANSACTION):
            return TerminalReply(TerminalStatus.REFUSED, key=follow_up.key, why="unknown-charge")
        try:
            request = messages.reversal(follow_up, datetime.now(UTC))
        except ValueError as error:
            raise TerminalBusyError(str(error), "amount") from error
        try:
            with self._exchange() as exchange:
                exchange.send("POST", self._line.path, self._line.pack(request))
                if not exchange.begins(self._waits.follow_up):
                    return TerminalReply(TerminalStatus.PENDING, key=follow_up.key)
                reply = exchange.receive(self._waits.reply)
            outcome = self._outcome(Category.REVERSAL, reply, lambda found: reversal_reply(found, follow_up))
        except BrokenOffError:
            self._broken_off.add(follow_up.key)
            raise
        if isinstance(outcome, TerminalReply):
            return outcome
        return self._asked(follow_up, outcome, monotonic())

    def probe(self) -> TerminalProbe:
        return probe(self._line, self._sockets, self._waits.connect, self._waits.reply)

    def show(self, text: str) -> None:
        """Shows a text while no payment runs; "" shows the standby screen."""
        with suppress(TerminalLostError, TerminalBusyError):
            self._line.unpack(self._post(messages.display(text, new_key()), self._waits.reply))

    def close(self) -> None:
        self._closing.set()
        self._sockets.close()

    def _payment(self, charge: Charge) -> Request:
        if charge.stored:
            raise TerminalBusyError("a terminal cannot charge stored means", "no-stored-means")
        if not charge.capture:
            raise TerminalBusyError("Adyen captures by itself; this driver has no capture", "no-capture")
        self._refuse_denied(charge.key)
        try:
            return messages.payment(charge, datetime.now(UTC))
        except ValueError as error:
            raise TerminalBusyError(str(error), "amount") from error

    def _awaited(
        self, exchange: Exchange, presented: Presented, on_taken_up: Callable[[], None], until: float
    ) -> HttpReply | TerminalReply:
        """The reply to a payment. Meanwhile the terminal is asked whether it has it, and later whether it has ended
        it, since the connection may be dead without a sign. At the end the payment is aborted."""
        pause, taken_up = self._waits.first_status, False
        while (left := until - monotonic()) > 0:
            if exchange.begins(min(left, pause)):
                return exchange.receive(self._waits.reply)
            pause = min(2 * pause, self._waits.longest_status)
            state = self._state(presented)
            if state is not None and state.status in FINAL:
                return state
            if state is not None and state.taken_up and not taken_up:
                taken_up = True
                on_taken_up()
        with suppress(TerminalLostError):
            self.cancel(presented)
        if exchange.begins(self._waits.after_abort):
            return exchange.receive(self._waits.reply)
        return TerminalReply(TerminalStatus.PENDING, key=presented.key, taken_up=taken_up)

    def _state(self, presented: Presented) -> TerminalReply | None:
        """What the terminal says about a payment; None where it says nothing."""
        try:
            message = self._ask(messages.transaction_status(presented, new_key()))
            return status_reply(message, presented, self._line.poi)
        except (TerminalLostError, TerminalBusyError):
            return None

    def _asked(self, wanted: Presented | FollowUp, failed: Failed, until: float) -> TerminalReply:
        """The result by key, after a reply that did not say it. Raises TerminalBusyError where there is none."""
        reply, pause = self.query(wanted), self._waits.first_status
        while reply.status is TerminalStatus.PENDING and monotonic() < until:
            if self._closing.wait(pause):
                raise TerminalLostError("the driver was closed")
            pause = min(2 * pause, self._waits.reply)
            reply = self.query(wanted)
        if reply.status is TerminalStatus.NOT_FOUND:
            raise TerminalBusyError(f"not taken up: {failed.condition.why}", failed.condition.why)
        return reply

    def _with_references(self, follow_up: FollowUp) -> FollowUp:
        """With the terminal's number of the transaction, asked for where the journal does not have it."""
        known = follow_up.references
        if (known.get(TRANSACTION) and known.get(TRANSACTION_AT)) or not follow_up.of.key:
            return follow_up
        found: Mapping[str, str] = self.query(follow_up.of).references
        return FollowUp(
            follow_up.key, follow_up.kind, follow_up.amount, follow_up.of, found, follow_up.sent_us
        )

    def _outcome(self, category: Category, reply: HttpReply, read: Callable[[Message], Outcome]) -> Outcome:
        message = message_of(self._line.unpack(reply), category, self._line.poi)
        if message.rejected:
            # also the cloud's word for a terminal that did not answer in time
            raise BrokenOffError(f"the request was rejected: {message.rejected}")
        return read(message)

    def _ask(self, request: Request) -> Message:
        message = message_of(
            self._line.unpack(self._post(request, self._waits.reply)), request.category, self._line.poi
        )
        if message.rejected:
            raise TerminalLostError(f"the request was rejected: {message.rejected}")
        if message.header.get("ServiceID") != request.service_id:
            raise TerminalLostError("the reply is not for this request")
        return message

    def _post(self, request: Request, within_s: float) -> HttpReply:
        with self._exchange() as exchange:
            exchange.send("POST", self._line.path, self._line.pack(request))
            return exchange.receive(within_s)

    def _exchange(self) -> Exchange:
        return Exchange(self._line.peer, self._sockets, self._waits.connect)

    def _refuse_denied(self, key: str) -> None:
        """A key that was reported as not found is not sent any more: the store may have ended it."""
        if key in self._denied:
            raise TerminalBusyError("this key was reported as not found before", "denied")
