"""An appointment as it is kept: who, when, which associate, and the pieces that are prepared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from kiosk.clock import US
from kiosk.core.clues.freshness import DAY_US
from kiosk.core.clues.note_rules import NoteProblem, note_problem
from kiosk.core.domain.floor.legible import is_visible
from kiosk.core.domain.ids import ArticleId, AssociateId, ShopperId
from kiosk.store.errors import NotFoundError, RefusedError

MAX_PIECES: Final = 12
"""Of one appointment: what a mirror shows on one page."""
MAX_LOOKS: Final = 6
MAX_NAME: Final = 60
"""Characters of a guest's name."""
MAX_AHEAD_US: Final = 400 * DAY_US


class AppointmentRefusedError(RefusedError):
    """Something of an appointment cannot be stored; `code` is the name of the page's text that says why."""

    def __init__(self, code: str) -> None:
        super().__init__("this cannot be kept for an appointment")
        self.code = code


@dataclass(frozen=True, slots=True)
class ChosenPiece:
    """An article that is to be ready. `look`: 1 to `MAX_LOOKS` for pieces that go together, 0 for none."""

    article: ArticleId
    look: int = 0
    ready: bool = False
    """An associate has fetched it."""


@dataclass(frozen=True, slots=True)
class NewAppointment:
    """What an associate enters. `member`: who agreed to clues; without one, the name of a `guest`."""

    appointment_id: str
    at_us: int
    holder: AssociateId
    member: ShopperId = field(default=ShopperId(""), repr=False)
    guest: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment as it is stored. It ends by itself at `expires_us`, the end of its day."""

    new: NewAppointment
    made_us: int
    expires_us: int
    pieces: tuple[ChosenPiece, ...] = ()
    arrived_us: int = 0
    """When the member's card was read for it; 0: not yet."""

    def with_piece(self, piece: ChosenPiece) -> Appointment:
        """With a piece; in the place of the one of the same article. Raises AppointmentRefusedError if it is full."""
        known = any(one.article == piece.article for one in self.pieces)
        rest = tuple(piece if one.article == piece.article else one for one in self.pieces)
        if not known and len(rest) >= MAX_PIECES:
            raise AppointmentRefusedError("appointment-full")
        return replace(self, pieces=rest if known else (*rest, piece))

    def with_room(self, gone: frozenset[ArticleId]) -> Appointment:
        """Where it is full, without the articles that are gone."""
        if len(self.pieces) < MAX_PIECES:
            return self
        return replace(self, pieces=tuple(one for one in self.pieces if one.article not in gone))

    def changed_piece(self, article: ArticleId, look: int | None, ready: bool | None) -> Appointment:
        """With a piece that is changed, or added; None leaves what it is.

        Where `ready` alone is given, the piece must be there: another associate may have taken it out meanwhile. Raises
        NotFoundError, AppointmentRefusedError if it is full."""
        known = next((one for one in self.pieces if one.article == article), None)
        if known is None and look is None and ready is not None:
            raise NotFoundError("the piece is not in the appointment any more")
        before = known or ChosenPiece(article)
        after = replace(
            before,
            look=before.look if look is None else look,
            ready=before.ready if ready is None else ready,
        )
        return self.with_piece(after)

    def without_piece(self, article: ArticleId) -> Appointment:
        """Without the piece of that article."""
        return replace(self, pieces=tuple(one for one in self.pieces if one.article != article))


@dataclass(frozen=True, slots=True)
class ShopDays:
    """Days in the shop's time zone."""

    zone: tzinfo
    now_us: Callable[[], int]

    def end_us(self, at_us: int) -> int:
        """The end of the day of a stamp: midnight, however often the clock is set on it."""
        return self._midnight_us(self._day(at_us) + timedelta(days=1))

    def is_today(self, at_us: int) -> bool:
        """Whether a stamp is of the present day."""
        return self._day(at_us) == self._day(self.now_us())

    def checked(self, new: NewAppointment) -> NewAppointment:
        """What is stored of what was entered. Raises AppointmentRefusedError."""
        now_us = self.now_us()
        if not 0 <= new.at_us < now_us + MAX_AHEAD_US or self.end_us(new.at_us) <= now_us:
            raise AppointmentRefusedError("appointment-day")
        guest, note = new.guest.strip() if is_visible(new.guest) else "", new.note.strip()
        if bool(new.member) == bool(guest):
            raise AppointmentRefusedError("appointment-who")
        problem = (note_problem(note) if note else None) or (_name_problem(guest) if guest else None)
        if problem is not None:
            raise AppointmentRefusedError(problem.value)
        return replace(new, guest=guest, note=note)

    def _day(self, at_us: int) -> date:
        return datetime.fromtimestamp(at_us / US, self.zone).date()

    def _midnight_us(self, day: date) -> int:
        return int(datetime.combine(day, time(), self.zone).timestamp()) * US


def _name_problem(guest: str) -> NoteProblem | None:
    """Why a name is refused. Words that a note may not have are names of people too: Krebs, Islam, Ebreo."""
    if len(guest) > MAX_NAME:
        return NoteProblem.LONG
    problem = note_problem(guest)
    return None if problem is NoteProblem.SENSITIVE else problem
