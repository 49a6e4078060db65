"""Refund of one sold piece. `follow_up` is its state machine.

The key is in the ledger before anything is sent. A reply that does not come is queried by that key and never sent
again under a new one, so that nothing is paid back twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import unique
from typing import TYPE_CHECKING

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.terminal_events import References
from kiosk.core.domain.transaction_state import TransactionState, journal_state


@unique
class RefundState(TransactionState):
    """State of one refund, void or capture.

    KEYED: key written, perhaps sent. UNSURE: no reply came, the terminal is queried. PARKED: the queries gave no
    result, an associate settles it. DONE and REFUSED are results.
    """

    KEYED = "keyed"
    UNSURE = "unsure"
    DONE = "done"
    REFUSED = "refused"
    PARKED = "parked"

    @property
    def is_final(self) -> bool:
        """The result is known; only a person's word is still compared with the terminal's."""
        return self in (RefundState.DONE, RefundState.REFUSED)


class FollowUpFlags:
    """What follows from the state of a refund, capture or void; base of the two classes that the ledger stores."""

    __slots__ = ()
    if TYPE_CHECKING:

        @property
        def state(self) -> RefundState: ...
        @property
        def sent_us(self) -> int: ...
        @property
        def provisional(self) -> bool: ...
        @property
        def contradicted(self) -> bool: ...

    @property
    def is_unconfirmed(self) -> bool:
        """Its end is still compared with the terminal's answer, or an associate must see the contradiction."""
        return self.provisional or self.contradicted

    @property
    def is_worked_on(self) -> bool:
        """The store will soon know more, without an action of an associate."""
        return self.state.is_under_way

    @property
    def is_asked_for(self) -> bool:
        """The terminal is still asked."""
        return self.state.is_open or self.provisional

    @property
    def waits_for_person(self) -> bool:
        """The terminal has said all it can: a person must see the contradiction."""
        return self.contradicted

    @property
    def journal_state(self) -> str:
        """The value under which the ledger indexes it."""
        return journal_state(self.state, unconfirmed=self.is_unconfirmed, begun=bool(self.sent_us))


@dataclass(frozen=True, slots=True)
class Refund(FollowUpFlags):
    """Refund of one piece of a paid order. `key` is its id at the terminal, `by` the id of the associate."""

    key: str
    order_id: OrderId
    piece: PieceId
    article: ArticleId
    amount: Money
    by: str
    state: RefundState = RefundState.KEYED
    reference: str = ""
    """The acquirer's number of the refund."""
    why: str = ""
    """Short code of the reason, where it was refused or parked."""
    asked: int = 0
    """Number of queries for the lost reply."""
    changed_us: int = 0
    terminal: str = ""
    """Name of the terminal to which it goes; empty in entries of earlier versions."""
    terminal_id: str = ""
    """The provider's identity of that terminal."""
    sent_us: int = 0
    """When it was sent; 0: it was not, or an earlier version wrote it."""
    taken_up: bool = False
    """The terminal has said that it has the key."""
    references: References = ()
    provisional: bool = False
    """It was ended by a person's word, which neither the terminal nor the day's settlement has confirmed."""
    contradicted: bool = False
    """The terminal contradicts the person's word; an associate must see it."""
