"""A shop with random days in a ledger: sales, tries, refunds, exchanges, payments given back; and its own tally.

The tally counts what happened, without the ledger and without the code that is tested.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random

from kiosk.clock import US
from kiosk.connectors.payments.reports.line import Service
from kiosk.core.domain.card_shown import CardShown
from kiosk.core.domain.follow_up import WholeFollowUp
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import OrderId, PieceId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, Exchange, Order, OrderLine, PaymentMeans, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.sales.taken_back import TakeBackReason, TakenBack
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.catalogue.tax_rates import taxed_order
from kiosk.store.payments.ledger import Ledger
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.taken_back.taken_back_book import TakenBackBook
from kiosk.store.payments.transactions.follow_up_book import FollowUpBook
from tests.kiosk.store.sample_shop import gtin_of
from tests.optional_values import present

ARTICLE = gtin_of("S1", "WHI", "M")
HOUR_US = 3600 * US
NAMES = (
    "Linen shirt",
    "=1+1",
    "-2+3",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "'quoted'",
    'a "quote", a comma',
    "シャツ",
    "قميص",
)
RATES = (200_000, 70_000, 88_750, 0)


@dataclass(slots=True)
class Tally:
    """What happened, in minor units."""

    orders: int = 0
    sales: int = 0
    cancelled: int = 0
    tax: Counter[int] = field(default_factory=Counter)
    refunded: int = 0
    money: int = 0
    exchanges: int = 0


class RandomShop:
    """Writes to a ledger; the clock moves forward by itself."""

    def __init__(
        self,
        ledger: Ledger,
        random: Random,
        now_us: int,
        currency: str = "EUR",
        prefix: str = "",
        terminal: str = "t1",
        identity: str = "sim:t1",
        service: Service = Service.OWN,
    ) -> None:
        self.ledger, self.random, self.now_us, self.currency = ledger, random, now_us, currency
        self.book, self.refunds, self.follow_ups = OrderBook(ledger), RefundBook(ledger), FollowUpBook(ledger)
        self.tally, self.prefix, self.terminal = Tally(), prefix, terminal
        self.identity, self.service = identity, service
        self.added = random.random() < 0.5
        self.sold: list[tuple[Attempt, OrderLine]] = []
        self.attempts: list[Attempt] = []
        self.returns: list[Refund] = []
        self._number = 0
        self._slips: Counter[str] = Counter()

    def live(self, steps: int, *, take_back: bool = False) -> None:
        """So many things happen; `take_back`: also that a sale is taken back."""
        kinds = [
            self.sale, self.sale, self.sale, self.refund, self.exchange, self.unwanted, self.dropped, self.by_word,
        ]  # fmt: skip
        for _ in range(steps):
            self.now_us += self.random.randrange(1, 9 * HOUR_US)
            self.random.choice([*kinds, self.by_word, self.take_back] if take_back else kinds)()

    def sale(self) -> Attempt:
        """An order is paid at the first or the second try."""
        order = self._order()
        if self.random.random() < 0.3:
            self._try(order, 1, PaymentState.DECLINED)
            return self._paid(order, 2)
        return self._paid(order, 1)

    def by_word(self) -> Attempt:
        """An associate has said that the order is paid."""
        order = self._order()
        reference = self._reference() if self.service is Service.OWN else ""
        sent = self._try(order, 1, PaymentState.SENT)
        attempt = replace(sent, state=PaymentState.PAID, provisional=True, reference=reference)
        return self._write_paid(order, attempt)

    def take_back(self) -> None:
        """The terminal denies a payment that an associate has called charged, and she says that it was not."""
        paid = [a for a in self.attempts if a.state is PaymentState.PAID and a.provisional]
        if not paid:
            return
        before = self.random.choice(paid)
        order_id = before.order_id
        order, receipt = present(self.book.order_now(order_id)), present(self.book.receipt(order_id))
        back = {r.piece for r in self.returns if r.order_id == order_id}
        left = [line for line in order.lines if line.piece not in back]
        after = replace(
            before,
            state=PaymentState.ABANDONED,
            why="taken-back",
            provisional=False,
            changed_us=self._later(),
        )
        taken = TakenBack(
            order_id, receipt.number, before.key, TakeBackReason.NOT_CHARGED, "a-ines", self.now_us,
            tuple(line.piece for line in order.lines if line.piece in back),
        )  # fmt: skip
        with self.ledger.transaction():
            self.book.put_attempt(after)
            TakenBackBook(self.ledger).put(taken)
        self.sold = [(attempt, line) for attempt, line in self.sold if attempt.order_id != order_id]
        self.attempts[self.attempts.index(before)] = after
        self.tally.cancelled += sum(line.paid.minor for line in left)
        self.tally.money -= before.amount.minor
        for line in left:
            self.tally.tax[line.rate_ppm] -= line.tax.minor if line.tax else 0

    def dropped(self) -> Attempt:
        """An order is given up."""
        return self._try(self._order(), 1, PaymentState.ABANDONED)

    def unwanted(self) -> Attempt:
        """A payment is approved after the wish to cancel, and given back."""
        order = self._order()
        attempt = replace(
            self._try(order, 1, PaymentState.SENT), state=PaymentState.UNWANTED, reference=self._reference()
        )
        self.book.put_attempt(attempt)
        kinds = (
            (FollowUpKind.REFUND,)
            if self.service is Service.OWN
            else (FollowUpKind.VOID, FollowUpKind.REFUND)
        )
        kind = self.random.choice(kinds)
        begun = WholeFollowUp(
            self._key("F"), kind, attempt.key, order.order_id, order.total, changed_us=self._later(),
            terminal=self.terminal,
        )  # fmt: skip
        self.follow_ups.put(begun)
        self.follow_ups.put(
            replace(begun, state=RefundState.DONE, reference=self._reference("re"), changed_us=self._later())
        )
        back = replace(attempt, state=PaymentState.REVERSED, changed_us=self.now_us)
        self.book.put_attempt(back)
        self.attempts.append(back)
        return back

    def refund(self) -> Refund | None:
        """A sold piece is paid back."""
        if not self.sold:
            return None
        attempt, line = self.sold.pop(self.random.randrange(len(self.sold)))
        begun = Refund(
            self._key("R"), attempt.order_id, line.piece, line.article, line.paid, "a-ines", changed_us=self._later(),
            terminal=self.terminal, sent_us=self.now_us,
        )  # fmt: skip
        self.refunds.put(begun)
        done = replace(
            begun, state=RefundState.DONE, reference=self._reference("re"), changed_us=self._later()
        )
        self.refunds.put(done)
        # confirmed again by the terminal: no second refund
        self.refunds.put(done, confirmed=True)
        self.tally.refunded += line.paid.minor
        self.tally.money -= line.paid.minor
        self.returns.append(done)
        return done

    def exchange(self) -> None:
        """A sold piece is changed for another one."""
        if not self.sold:
            return
        place = self.random.randrange(len(self.sold))
        attempt, line = self.sold[place]
        new = replace(line, piece=self._piece(), size="L")
        number = len(self.book.exchanges(attempt.order_id)) + 1
        self.book.put_exchange(Exchange(attempt.order_id, number, line.piece, new, "a-ines", self._later()))
        self.sold[place] = (attempt, new)
        self.tally.exchanges += 1

    def _order(self) -> Order:
        lines = [self._line() for _ in range(self.random.randint(1, 4))]
        name = OrderId(self._key("o"))
        order = taxed_order(name, RoomId("1"), Ticket("t"), lines, self.currency, added=self.added)
        self.book.put_order(order, self._later())
        return order

    def _line(self) -> OrderLine:
        name = LocalizedText((("en", self.random.choice(NAMES)),))
        price = Money(self.random.randrange(1, 90_000), self.currency)
        return OrderLine(self._piece(), ARTICLE, name, name, "M", price, rate_ppm=self.random.choice(RATES))

    def _piece(self) -> PieceId:
        self._number += 1
        return PieceId(f"{ARTICLE}.{self.prefix}{self._number}")

    def _try(self, order: Order, number: int, state: PaymentState) -> Attempt:
        at = self._later()
        attempt = Attempt(
            self._key("K"), order.order_id, PaymentMeans.TERMINAL, order.total, changed_us=at, terminal=self.terminal,
            terminal_id=self.identity,
        )  # fmt: skip
        self.book.put_key(attempt, number)
        sent = replace(attempt, sent_us=at)
        self.book.put_attempt(sent)
        ended = replace(sent, state=state, changed_us=self._later())
        self.book.put_attempt(ended)
        if state.is_final:
            self.attempts.append(ended)
        return ended

    def _paid(self, order: Order, number: int) -> Attempt:
        sent = self._try(order, number, PaymentState.SENT)
        card = CardShown("visa", f"{self.random.randrange(10_000):04d}")
        return self._write_paid(
            order,
            replace(
                sent,
                state=PaymentState.PAID,
                reference=self._reference(),
                card=card,
                changed_us=self._later(),
            ),
        )

    def _write_paid(self, order: Order, attempt: Attempt) -> Attempt:
        self.book.put_paid(attempt, order, "http://shop")
        self.book.put_settled(order.order_id, self._later())
        self.sold += [(attempt, line) for line in order.lines]
        self.attempts.append(attempt)
        self.tally.orders += 1
        self.tally.sales += order.total.minor
        self.tally.money += order.total.minor
        for tax in order.taxes:
            self.tally.tax[tax.rate_ppm] += tax.tax.minor
        return attempt

    def _key(self, letter: str) -> str:
        self._number += 1
        return f"{self.prefix}{letter}{self._number}"

    def _reference(self, letter: str = "ch") -> str:
        """The service's number; slips of the shop's own terminal begin again each day."""
        if self.service is not Service.OWN:
            return f"{letter}_{self._key('ref')}" if self.service is Service.STRIPE else self._key("ref")
        day = datetime.fromtimestamp(self.now_us / US, UTC).date().isoformat()
        self._slips[day] += 1
        return f"{self._slips[day]:04d} {day}"

    def _later(self) -> int:
        self.now_us += self.random.randrange(1, 20 * US)
        return self.now_us
