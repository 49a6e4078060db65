"""What the store does for its mirrors and associates, one method for each question. Authorization is done in `api`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.advice import SizeAdvice, Suggestion
from kiosk.core.domain.ids import OrderId, RequestId, RoomId, ShopperId, Ticket
from kiosk.core.domain.payment import Order, is_own_id
from kiosk.core.domain.service_request import AssociateReply, RequestAction, ServiceRequest
from kiosk.core.domain.shopper import Shopper
from kiosk.core.visit.effects import (
    AdviseSize,
    CollectPayment,
    FindLooks,
    IdentifyShopper,
    PriceOrder,
    RecordItemEvent,
    ReportBasket,
    ReportVisit,
    SaveFitFeedback,
    TogglePiece,
)
from kiosk.core.visit.events import PaymentChanged
from kiosk.store.advice.size_advice import ShopperAnswers, SizeSource
from kiosk.store.advice.suggestions import LookSuggestions
from kiosk.store.appointments.prepared_visits import PreparedVisits
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.customers.card_authentication import CardAuthentication
from kiosk.store.customers.customers import Customer, Customers, TapResult
from kiosk.store.customers.fit_feedback import FitFeedbackStore
from kiosk.store.db.database import Database
from kiosk.store.errors import ForbiddenError, RefusedError
from kiosk.store.feed_imports import FeedImports
from kiosk.store.floor.clone_alarms import CloneAlarms
from kiosk.store.floor.hand_scans import HandScans
from kiosk.store.floor.request_desk import RequestDesk
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.floor.visits import RoomVisits
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents
from kiosk.store.insights.requested_items import record_request
from kiosk.store.payments.bagging.bag_book import BagBook
from kiosk.store.payments.desk import PaymentDesk
from kiosk.store.payments.pricing.basket_prices import BasketPrices
from kiosk.store.payments.spending_limit import SpendingLimit
from kiosk.store.payments.till import MAX_ORDER_LINES, Till
from kiosk.store.piece_ids import parse_scanned
from kiosk.store.staff.associates import Associate, Role

MAX_ID_LENGTH, MAX_NAME_LENGTH, MAX_SIZE_LENGTH, MAX_FIT_FEEDBACK = 128, 64, 32, 64


@dataclass(frozen=True, slots=True)
class Service:
    """Questions and commands of mirrors and associates. Thread-safe; rooms and requests are changed under `writer`."""

    floor: ShopFloor
    visits: RoomVisits
    requests: RequestDesk
    till: Till
    baskets: BasketPrices
    spending_limit: SpendingLimit
    desk: PaymentDesk
    bags: BagBook
    catalogue: Catalogue
    customers: Customers
    card_authentication: CardAuthentication
    alarms: CloneAlarms
    hand_scans: HandScans
    advice: LookSuggestions
    sizes: SizeSource
    fit_feedback_store: FitFeedbackStore
    item_events: ItemEvents
    feed: FeedImports
    prepared: PreparedVisits
    writer: AbstractContextManager[Any]
    database: Database
    now_us: Callable[[], int]

    def report_visit(self, room: RoomId, report: ReportVisit) -> None:
        """A visit began or ended. Its end cancels its requests and unpaid orders; its shopper is no longer recognised.

        A report about an earlier visit that arrives late changes nothing of the present one."""
        sold = self.catalogue.sold(tuple(self.floor.room(room).pieces))
        with self.writer:
            ended = self.visits.report(room, report)
            is_present = self.visits.is_present(room, report)
            self.floor.bags.end_visits(room, ended, self.floor.room(room).visit)
            if ended and is_present:
                self.floor.remove_pieces(room, sold)
            self.floor.publish_room(room)
            with suppress(SQLAlchemyError):
                # where the database cannot be written, `tick_requests` cancels them
                self.requests.cancel_over(self.visits.is_over, self.now_us())
        for ticket in ended:
            self.till.cancel_ticket_orders(room, ticket)
        if report.began and is_present:
            self.till.cancel_earlier_visits(room, report.ticket)
        if not report.began and is_present:
            self.hand_scans.end_visit(room)

    def tick_requests(self, at_us: int) -> None:
        """Ends claims, escalates what waits, cancels what ended visits have left. Raises SQLAlchemyError."""
        with self.writer:
            self.requests.release_of(self.floor.staff.is_gone, at_us)
            self.requests.tick(at_us)
            self.requests.cancel_over(self.visits.is_over, at_us)

    def find_looks(self, room: RoomId, question: FindLooks) -> tuple[Suggestion, ...]:
        """Pieces to combine with those in the room, the best first."""
        customer = self._known(room, question.ticket, question.shopper_id)
        dislikes = self.visits.dislikes(room, question)
        return self.advice.suggest(question, customer, self.floor.garments_in(room), dislikes)

    def advise_size(self, room: RoomId, question: AdviseSize) -> SizeAdvice | None:
        """The size to take of a garment; None if nothing is known."""
        garment = self.catalogue.garment(question.article)
        if garment is None:
            return None
        customer = self._known(room, question.ticket, question.shopper_id)
        stored = self.fit_feedback_store.of_shopper(customer.shopper_id) if customer else ()
        answers = ShopperAnswers(question.feels[-MAX_FIT_FEEDBACK:], stored, question.told)
        return self.sizes.advise(garment, self.catalogue.size_system(garment.style_id), customer, answers)

    def save_fit_feedback(self, room: RoomId, request: SaveFitFeedback) -> None:
        """Stores fit feedback of a member who proved her identity and agreed to it; of no other shopper."""
        feedback = request.feel
        longest = max(len(feedback.style_id), len(feedback.category))
        if longest > MAX_NAME_LENGTH or len(feedback.size) > MAX_SIZE_LENGTH:
            raise RefusedError("the style, category or size is too long")
        customer = self._known(room, request.ticket, request.shopper_id)
        if customer is None:
            return
        if request.kept:
            self.fit_feedback_store.save(customer.shopper_id, feedback, self.now_us())
        else:
            self.fit_feedback_store.delete(customer.shopper_id, feedback)

    def identify_shopper(self, room: RoomId, question: IdentifyShopper) -> Shopper | None:
        """The owner of a card or ring, None if unknown. What the tap proved is valid for this visit only."""

        def identify() -> Shopper | None:
            with self.writer:
                self.visits.present(room, question.ticket)
                return self._apply_tap(room, question.ticket, self.customers.evaluate_tap(question.tap))

        return self.database.once_free(identify)

    def begin_card_authentication(self, room: RoomId, question: IdentifyShopper) -> tuple[str, bytes]:
        """Starts a card authentication: its id and the first command for the card. Raises RefusedError."""
        with self.writer:
            self.visits.require_not_ended(room, question.ticket)
            return self.card_authentication.begin(room, question)

    def continue_card_authentication(
        self, room: RoomId, session_id: str, answer: bytes
    ) -> bytes | Shopper | None:
        """The next command for the card, or at the end its owner. Raises RefusedError."""
        with self.writer:
            step = self.card_authentication.resume(room, session_id, answer)
            if isinstance(step, bytes):
                return step
            return self._apply_tap(room, step.question.ticket, step.result)

    def _apply_tap(self, room: RoomId, ticket: Ticket, result: TapResult) -> Shopper | None:
        if result.sign is not None:
            self.alarms.add(room, result.sign)
        if result.shopper is None:
            return None
        shopper = self.prepared.welcomed(result.shopper, allowed=result.clues)
        return self.visits.identify(room, ticket, shopper, result.uid_mac, clues=result.clues)

    def bagged(self, who: Associate, order_id: OrderId) -> None:
        """An associate has bagged the pieces of a paid order. Raises NotFoundError."""
        self.bags.done(order_id, who)

    def acknowledge_alarm(self, who: Associate, alarm_id: str) -> None:
        """An associate confirms an alarm. Raises NotFoundError."""
        with self.writer:
            self.alarms.acknowledge(alarm_id, who.associate_id)

    def submit_request(self, room: RoomId, request: ServiceRequest) -> ServiceRequest:
        """Registers a request, once however often it is sent. Raises RefusedError."""
        if request.room != room:
            raise RefusedError("a mirror asks for its own room")
        if not 0 < len(request.request_id) <= MAX_ID_LENGTH or len(request.ticket) > MAX_ID_LENGTH:
            raise RefusedError(f"an id has 1 to {MAX_ID_LENGTH} characters")
        return self.database.once_free(partial(self._receive, room, request))

    def _receive(self, room: RoomId, request: ServiceRequest) -> ServiceRequest:
        with self.writer:
            self.visits.require_not_ended(room, request.ticket)
            open_before = len(self.requests.open_requests.all())
            registered = self.requests.receive(request, self.now_us())
            if len(self.requests.open_requests.all()) > open_before:
                self._record(registered)
            return registered

    def withdraw_request(self, room: RoomId, request_id: RequestId) -> ServiceRequest:
        """Withdraws a request of this room. Raises NotFoundError."""

        def withdraw() -> ServiceRequest:
            with self.writer:
                return self.requests.withdraw(request_id, room, self.now_us())

        return self.database.once_free(withdraw)

    def apply_request_action(
        self, who: Associate, request_id: RequestId, action: RequestAction, answer: AssociateReply | None, minutes: int,
        key: str = "",
    ) -> ServiceRequest:  # fmt: skip
        """An associate's action on a request, once for each `key`; to take it over is a manager's. Raises RefusedError,
        which names the associate who has claimed it; ForbiddenError."""
        if action is RequestAction.TAKE_OVER and who.role is not Role.MANAGER:
            raise ForbiddenError("managers take requests over")

        def apply() -> ServiceRequest:
            now_us, me = self.now_us(), who.associate_id
            with self.writer:
                return self.requests.apply(request_id, action, now_us, me, who.name, answer, minutes, key)

        return self.database.once_free(apply)

    def release_claims_of_absent(self) -> None:
        """Ends the claims of associates who are not on the floor; `tick_requests` does if the database is away."""
        with suppress(SQLAlchemyError), self.writer:
            self.requests.release_of(self.floor.staff.is_gone, self.now_us())

    def report_basket(self, room: RoomId, report: ReportBasket) -> None:
        """What the shopper has chosen to buy by now, for the associates. Raises RefusedError."""
        if len(report.pieces) > MAX_ORDER_LINES or any(len(p) > MAX_ID_LENGTH for p in report.pieces):
            raise RefusedError(f"more than {MAX_ORDER_LINES} pieces, or an id above {MAX_ID_LENGTH} letters")
        with self.writer:
            self.visits.choose(room, report)

    def price_order(self, room: RoomId, effect: PriceOrder) -> Order:
        """The order with prices of the catalogue. Raises VisitOverError, RefusedError."""
        ids = (effect.order_id, effect.ticket)
        if not all(0 < len(text) <= MAX_ID_LENGTH and not is_own_id(text) for text in ids):
            raise RefusedError(f"this id belongs to the store, or has not 1 to {MAX_ID_LENGTH} characters")
        self.visits.require_not_ended(room, effect.ticket)
        return self.till.price_order(room, effect, self.floor.room(room).facts_of(effect.ticket))

    def collect_payment(self, room: RoomId, effect: CollectPayment) -> PaymentChanged:
        """Starts collecting a payment. The stored means is used only within `Timeouts.proof_us` after a card was proved
        in this visit, and up to the spending limit of that card. Raises VisitOverError, RefusedError."""
        order = self.till.order(effect.order_id)
        with self.writer:
            for ticket in (effect.ticket, order.ticket):
                self.visits.require_not_ended(room, ticket)
            payer = self.visits.payer(room, effect.ticket)
        # A visit that ends from here on drops the order first, then a payment of it is refused or cancelled.
        with self.till.lock:
            means = self.spending_limit.means(payer, order.total)
            return self.till.collect(room, effect, means, self.floor.room(room).facts_of(effect.ticket))

    def toggle_piece(self, room: RoomId, piece: TogglePiece) -> bool:
        """A piece was scanned at the mirror: adds it to the room, or removes it again. False if this shop does not sell
        it, or for text that is no label."""
        self.visits.require_not_ended(room, piece.ticket)
        try:
            label = parse_scanned(piece.piece, self.catalogue.sold_here, self.catalogue.article_of_code)
        except RefusedError:
            return False
        return self.hand_scans.scan(room, label)

    def articles_sold(self, gtins: Sequence[str]) -> tuple[str, ...]:
        """Those of the GTIN-14s that the shop sells."""
        return self.catalogue.sold_here(gtins)

    def record_item_event(self, room: RoomId, note: RecordItemEvent) -> None:
        """Stores an event of a visit on an item; unknown kinds are ignored."""
        kinds = {kind.value: kind for kind in (ItemEventKind.NOT_THIS, ItemEventKind.OPENED)}
        if note.kind in kinds:
            basket = self.floor.basket_id_of(room, note.ticket)
            self.item_events.add(kinds[note.kind], [(note.item[:MAX_ID_LENGTH], "")], self.now_us(), basket)

    def _known(self, room: RoomId, ticket: Ticket, shopper_id: ShopperId | None) -> Customer | None:
        """The customer, if this shopper proved her identity in this visit."""
        if shopper_id is None or not self.visits.has_proved(room, ticket, shopper_id):
            return None
        return self.customers.customer(shopper_id)

    def _record(self, request: ServiceRequest) -> None:
        garment = self.catalogue.garment(request.article) if request.article is not None else None
        if garment is not None:
            basket = self.floor.basket_id_of(request.room, request.ticket)
            record_request(self.item_events, request, garment, self.now_us(), basket)
