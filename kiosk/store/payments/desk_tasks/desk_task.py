"""A task of the payment desk: why it is shown, and what an associate may answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import OrderLine
from kiosk.core.domain.terminal_events import PARTIAL


@unique
class TaskKind(Enum):
    """Why it is shown."""

    ASKED = "asked"
    """No reply came; the store asks the terminal."""
    OVERDUE = "overdue"
    """The terminal should have ended it by now."""
    PARKED = "parked"
    """The terminal does not say what became of it: look at the terminal, then settle it."""
    UNWANTED = "unwanted"
    """Charged although it was cancelled or collected otherwise, or in part only; it is voided or paid back, by hand if
    the terminal cannot."""
    CONTRADICTION = "contradiction"
    """The terminal contradicts what a person said."""
    CAPTURE = "capture"
    """Paid, but the amount is not collected yet; the terminal has refused to."""
    FOREIGN_SALE = "foreign-sale"
    """A piece of a paid order was already sold by another order."""
    PAID_OUT = "paid-out"
    """A piece was paid back before its sale was taken back, for which nothing was collected."""


@unique
class TaskAnswer(Enum):
    """What an associate says of a task. Each answer has one meaning; each task takes only those in its `answers`."""

    CHARGED = "charged"
    """The terminal has collected the amount."""
    NOT_CHARGED = "not-charged"
    """The terminal has collected nothing. A sale that counted as paid is taken back."""
    PAID_BACK = "paid-back"
    """The terminal has paid the amount back, or has voided the charge."""
    NOT_PAID_BACK = "not-paid-back"
    """The terminal has paid nothing back, and has voided nothing."""
    CAPTURED = "captured"
    """The terminal has taken the authorised amount."""
    NOT_CAPTURED = "not-captured"
    """The terminal has not taken the authorised amount."""
    GIVEN_BACK = "given-back"
    """The associate has given the money back by hand."""
    KEEPS_PIECES = "keeps-pieces"
    """The shopper has the pieces: what was charged pays for them."""
    GIVE_BACK = "give-back"
    """The shopper has not got the pieces: what was charged is to be given back."""
    COLLECTED_OTHERWISE = "collected-otherwise"
    """The associate has collected an amount otherwise that the terminal has not taken."""
    TRY_AGAIN = "try-again"
    """The terminal is to be asked once more to take the authorised amount."""
    TAKE_BACK = "take-back"
    """The sale is to be taken back: it is not paid, and its pieces are free again."""
    SEEN = "seen"
    """The associate knows of it; nothing changes."""

    @property
    def says_done(self) -> bool:
        """Whether it says that money was moved, or is to stay where it is (`SettledByAssociate.done`)."""
        return self not in _NOT_DONE


_NOT_DONE: Final = frozenset(
    {
        TaskAnswer.NOT_CHARGED, TaskAnswer.NOT_PAID_BACK, TaskAnswer.NOT_CAPTURED, TaskAnswer.GIVE_BACK,
        TaskAnswer.TAKE_BACK,
    }
)  # fmt: skip


_OF_CAPTURE: Final = (
    TaskAnswer.TRY_AGAIN, TaskAnswer.CAPTURED, TaskAnswer.COLLECTED_OTHERWISE, TaskAnswer.TAKE_BACK,
)  # fmt: skip
"""Answers of a capture that the terminal has refused."""


@dataclass(frozen=True, slots=True)
class UnsettledTransaction:
    """A payment, a refund (then `refund` is set) or a sale that an associate must see.

    `parked`: an associate must act. `since_us` is the time of its last change, `said_done` what a person has said of
    it, `why` a short code. `follow_up`: a capture, void or refund of the whole charge. `second_person`: the answer that
    money was moved needs a second associate.
    """

    key: str
    order_id: OrderId
    where: str
    lines: tuple[OrderLine, ...]
    amount: Money
    terminal: str
    parked: bool
    since_us: int
    refund: bool = False
    task: TaskKind = TaskKind.ASKED
    why: str = ""
    said_done: bool = False
    follow_up: FollowUpKind | None = None
    second_person: bool = False

    @property
    def answers(self) -> tuple[TaskAnswer, ...]:
        """What an associate may say of it; none while the store works on it."""
        if not self.parked:
            return ()
        match self.task:
            case TaskKind.UNWANTED:
                return (TaskAnswer.GIVEN_BACK,)
            case TaskKind.CONTRADICTION if not (self.refund or self.said_done):
                return TaskAnswer.KEEPS_PIECES, TaskAnswer.GIVE_BACK
            case TaskKind.CONTRADICTION if not self.refund:
                denied = TaskAnswer.TAKE_BACK if self.why == PARTIAL else TaskAnswer.NOT_CHARGED
                return TaskAnswer.COLLECTED_OTHERWISE, denied
            case TaskKind.CAPTURE:
                return _OF_CAPTURE
            case TaskKind.PARKED if self.follow_up is FollowUpKind.CAPTURE:
                return TaskAnswer.CAPTURED, TaskAnswer.NOT_CAPTURED
            case TaskKind.PARKED if self.refund:
                return TaskAnswer.PAID_BACK, TaskAnswer.NOT_PAID_BACK
            case TaskKind.PARKED:
                return TaskAnswer.CHARGED, TaskAnswer.NOT_CHARGED
            case _:
                return (TaskAnswer.SEEN,)
