"""Sends charges, refunds and follow-ups to the terminals, and asks for those whose reply did not come.

Guarantees, for all of them alike:
- A transaction's key is in the ledger before it comes here; nothing is sent under a new key, and everything goes to the
  terminal whose identity is journaled with the key, or the transaction is parked.
- Only a checked reply of the terminal ends a transaction, or the decision of an associate who looked at it (`settle`).
- A state is journaled before anybody is notified of it; every change is made under the store's writer lock.
- Whatever a driver raises, and whatever fails in a thread of this module, counts as a lost answer. The threads are no
  memory: the sweep finds in the journal what they left.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from threading import BoundedSemaphore, Event, Thread
from typing import Generic

from hardware.threads.supervised import new_job
from kiosk.connectors.payments.port import (
    PaymentTerminal,
    TerminalBusyError,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
)
from kiosk.core.domain.terminal_events import (
    NeverArrived,
    Refused,
    ReplyLost,
    Sending,
    SettledByAssociate,
    StillUnknown,
    TerminalEvent,
    TerminalGone,
)
from kiosk.store.errors import RefusedError
from kiosk.store.payments.checked_reply import Question, ReplyMismatchError, event_of
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.sweep import JOIN_S, Pace, Sweep
from kiosk.store.payments.transactions.ports import T, Transactions

log = logging.getLogger(__name__)
MAX_SENDING = 64
"""Requests of one kind that wait for their reply at the same time."""
Request = Callable[[PaymentTerminal], TerminalReply]
Ready = Callable[[], TerminalEvent | None]
Ended = Callable[[str], None]
Check = Callable[[], object]


class TerminalWorker(Generic[T]):
    """The open transactions of one kind. Safe to use from any thread."""

    def __init__(self, transactions: Transactions[T], context: PaymentContext, sweep: Sweep) -> None:
        self.kind, self._transactions = transactions.kind, transactions
        self._terminals, self._now, self._monotonic_s = context.terminals, context.now_us, context.monotonic_s
        self._sweep, self._writer, self._context = sweep, context.writer, context
        self._live: dict[str, Thread] = {}
        self._known_since_s: dict[str, float] = {}
        self._logged: set[str] = set()
        self._places = BoundedSemaphore(MAX_SENDING)
        self._stop = Event()
        sweep.add(self)

    def send(
        self, transaction: T, request: Request, *, ready: Ready | None = None, ended: Ended | None = None
    ) -> None:
        """Starts a thread that makes the request at the transaction's terminal.

        The request calls `sending` before anything may move money. `ready` waits until it may be sent, or returns the
        event with which it ends unsent. `ended` is called with the key when the thread ends. To be called under the
        writer lock, under which the key was written. If too many requests wait, it is refused as busy, unsent.
        """
        key = transaction.key
        if self._stop.is_set() or not self._places.acquire(blocking=False):
            self._transactions.apply(key, Refused(self._now(), "busy"))
            if ended is not None:
                ended(key)
            return
        work = partial(self._run, transaction, request, ready, ended)
        self._live[key] = thread = new_job(f"{self.kind}-{key}", work)
        thread.start()

    def sending(self, key: str, provider_id: str = "") -> None:
        """Journals that it is sent now. Raises TerminalBusyError if its state does not allow that any more."""
        now = self._transactions.apply(key, Sending(self._now(), provider_id))
        if now.state.value != "keyed":
            raise TerminalBusyError("it was ended before it was sent")
        self._known_since_s[key] = self._monotonic_s()

    def is_live(self, key: str) -> bool:
        """Whether a thread of this process waits for the reply to the request."""
        return (thread := self._live.get(key)) is not None and thread.is_alive()

    def cancel(self, transaction: T) -> None:
        """Asks the terminal, in a thread of the sweep, to stop waiting for the card, until it has reported an end."""
        self._sweep.soon(self.kind, transaction.key, self._place(transaction), at_once=True)

    def unfinished(self) -> tuple[tuple[str, str], ...]:
        """Key and terminal of each unfinished transaction."""
        found = self._transactions.unfinished()
        return tuple((t.key, self._place(t)) for t in found if t.is_asked_for)

    def step(self, key: str) -> Pace:
        """Looks at one transaction: repeats the wish to cancel, asks for its result."""
        transaction = self._transactions.current(key)
        if not transaction.is_asked_for:
            return self._pace(transaction)
        if self._context.journal_is_closed:
            return self._end_unjournaled(transaction)
        if self.is_live(key):
            self._cancel(transaction)
            return Pace.FAST
        if self._transactions.answered(transaction):
            return self._pace(self._transactions.current(key))
        transaction = self._after_thread(key)
        if transaction.is_asked_for and not self.is_live(key):
            transaction, _ = self.ask(transaction)
        return self._pace(transaction)

    def ask(self, transaction: T) -> tuple[T, TerminalReply | None]:
        """Asks the terminal once; the state after it, and the reply, None where no usable one came."""
        driver = self._terminals.find(*self._transactions.terminal_of(transaction))
        if driver is None:
            return self._transactions.apply(transaction.key, TerminalGone(self._now())), None
        self._cancel(transaction)
        try:
            reply = driver.query(self._transactions.asked_for(transaction))
            event = self._event(transaction, reply, driver)
        except BaseException as error:  # noqa: BLE001 whatever a driver raises is a lost answer
            if self._stop.is_set():
                return transaction, None
            self._log(transaction.key, error)
            reply, event = None, StillUnknown(self._now())
        return self._transactions.apply(transaction.key, event), reply

    def query_again(self, key: str) -> T:
        """Asks the terminal once more unless the result is known. Raises NotFoundError."""
        transaction = self._transactions.current(key)
        if not transaction.is_asked_for or self.is_live(key) or self._transactions.answered(transaction):
            return self._transactions.current(key)
        return self.ask(transaction)[0]

    def settle(self, key: str, by: str, *, done: bool, reference: str, check: Check = lambda: None) -> T:
        """Ends a parked transaction by an associate's decision. The terminal is asked first; its reply has priority.

        `check` is called under the lock that writes it, and raises an error if the decision is outdated. Raises
        NotFoundError; RefusedError if it is not parked, or the terminal or a thread still works on it.
        """
        transaction = self._transactions.current(key)
        if transaction.waits_for_person:
            # Its result is journaled, so a thread that is still there only ends.
            return self._settled(transaction, SettledByAssociate(self._now(), by, done, reference), check)
        if transaction.state.is_final or transaction.state.is_under_way or self.is_live(key):
            raise RefusedError(f"this {self.kind} is {transaction.state.value}; there is nothing to settle")
        transaction, reply = self.ask(transaction)
        ended = transaction.state.is_final or transaction.state.is_under_way
        if ended and (reply is None or transaction.provisional):
            raise RefusedError("another associate has answered it meanwhile")
        if ended:
            return transaction
        if reply is not None and reply.status is TerminalStatus.PENDING:
            raise RefusedError("the terminal still works on it; query it again in a moment")
        owner = self._transactions.owner_of(reference, transaction) if reference else ""
        if owner and owner != key:
            raise RefusedError("this number already belongs to another order")
        return self._settled(transaction, SettledByAssociate(self._now(), by, done, reference), check)

    def _settled(self, transaction: T, word: SettledByAssociate, check: Check) -> T:
        with self._writer:
            check()
            log.warning("%s %s is settled by %s: done=%s", self.kind, transaction.key, word.by, word.done)
            after = self._transactions.apply(transaction.key, word)
        self._sweep.soon(self.kind, transaction.key, self._place(transaction))
        return after

    def resume(self) -> int:
        """Journals the open transactions of the last run as uncertain; returns their number."""
        return self._transactions.after_restart()

    def pause(self, seconds: float) -> bool:
        """Waits; True at once if the store closes."""
        return self._stop.wait(seconds)

    def stop(self) -> None:
        """Nothing that comes from now on is journaled; to be called before the drivers are closed."""
        self._stop.set()

    def join(self) -> None:
        """Waits for the threads; unknown results stay in the ledger."""
        for thread in list(self._live.values()):
            thread.join(JOIN_S)

    def _run(self, transaction: T, request: Request, ready: Ready | None, ended: Ended | None) -> None:
        key = transaction.key
        try:
            event = self._event_from(transaction, request, ready)
            if event is not None:
                self._context.give_way()
                self._transactions.apply(key, event)
        except BaseException as error:  # noqa: BLE001 the border of this thread: the sweep asks for what it left
            self._log(key, error)
        finally:
            self._live.pop(key, None)
            self._places.release()
            if ended is not None:
                ended(key)
            if not self._stop.is_set():
                self._sweep.soon(self.kind, key, self._place(transaction))

    def _event_from(self, transaction: T, request: Request, ready: Ready | None) -> TerminalEvent | None:
        """What came of the request; None where the store closes before the reply."""
        driver = self._terminals.find(*self._transactions.terminal_of(transaction))
        if driver is None:
            return TerminalGone(self._now())
        unsent = ready() if ready is not None else None
        if self._stop.is_set() or unsent is not None:
            return None if self._stop.is_set() else unsent
        try:
            return self._event(transaction, request(driver), driver)
        except TerminalBusyError as busy:
            taken_up = self._transactions.current(transaction.key).taken_up
            return ReplyLost(self._now()) if taken_up else Refused(self._now(), busy.why)
        except BaseException as error:  # noqa: BLE001 whatever a driver raises is a lost answer
            if self._stop.is_set():
                return None
            self._log(transaction.key, error)
            return ReplyLost(self._now())

    def _event(self, transaction: T, reply: TerminalReply, driver: PaymentTerminal) -> TerminalEvent:
        """The event of a reply. Raises ReplyMismatchError."""
        now_s = self._monotonic_s()
        elapsed_s = now_s - self._known_since_s.setdefault(transaction.key, now_s)
        after_s = driver.capabilities.not_found_after_s
        question = Question(
            wanted=self._transactions.asked_for(transaction),
            taken_up=self._transactions.current(transaction.key).taken_up,
            counts_as_absent=after_s is not None and elapsed_s >= after_s,
            owner_of=lambda reference: self._transactions.owner_of(reference, transaction),
        )
        return event_of(reply, question, self._now())

    def _after_thread(self, key: str) -> T:
        """A transaction whose thread has ended without a result: unsent, or sent and lost."""
        # Under the lock under which a key is written and its thread started, so that it is not taken for abandoned.
        with self._writer:
            now = self._transactions.current(key)
            if now.state.value not in ("keyed", "sent") or self.is_live(key):
                return now
            unsent = now.terminal_id and not now.sent_us
            event = NeverArrived(self._now()) if unsent else ReplyLost(self._now())
            return self._transactions.apply(key, event)

    def _cancel(self, transaction: T) -> None:
        wanted = self._transactions.cancel_of(transaction)
        driver = self._terminals.find(*self._transactions.terminal_of(transaction))
        if driver is None or wanted is None or not wanted.sent_us:
            return
        try:
            driver.cancel(wanted)
        except BaseException as error:  # noqa: BLE001 whatever a driver raises is a lost answer: it is repeated
            if not self._stop.is_set():
                self._log(transaction.key, error)

    def _end_unjournaled(self, transaction: T) -> Pace:
        """While the ledger takes no entries: no terminal is left waiting for the card of an old charge."""
        driver = self._terminals.find(*self._transactions.terminal_of(transaction))
        if driver is None or self._transactions.cancel_of(transaction) is None:
            return Pace.SLOW
        self._cancel(transaction)
        try:
            reply = driver.query(self._transactions.asked_for(transaction))
        except BaseException as error:  # noqa: BLE001 whatever a driver raises is a lost answer: it is repeated
            if not self._stop.is_set():
                self._log(transaction.key, error)
            return Pace.FAST
        return Pace.FAST if reply.status is TerminalStatus.PENDING else Pace.SLOW

    def _pace(self, transaction: T) -> Pace:
        if not transaction.is_asked_for:
            self._known_since_s.pop(transaction.key, None)
            self._logged.discard(transaction.key)
            return Pace.DONE
        return Pace.FAST if transaction.is_worked_on else Pace.SLOW

    def _place(self, transaction: T) -> str:
        name, identity = self._transactions.terminal_of(transaction)
        return identity or name

    def _log(self, key: str, error: BaseException) -> None:
        """Once for each transaction. A driver's own errors are texts without values; of others only the kind."""
        if key in self._logged:
            return
        self._logged.add(key)
        own = isinstance(error, TerminalLostError | ReplyMismatchError)
        what = str(error) if own else f"the answer is lost ({type(error).__name__})"
        log.warning("%s %s: %s; it is asked for until the result is known", self.kind, key, what)
