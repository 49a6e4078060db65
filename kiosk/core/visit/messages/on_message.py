"""A message of an associate: shown until the shopper closes it, another one comes, or the visit ends."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.floor.staff_message import LookPiece, MessageStage, StaffMessage
from kiosk.core.domain.ids import ArticleId
from kiosk.core.visit.effects import ReportMessage
from kiosk.core.visit.messages.look import look_of
from kiosk.core.visit.navigation import Focus, Page
from kiosk.core.visit.state import Messages, StepResult, Visit, open_page
from kiosk.core.visit.touches import MessageClosed, MessageOpened


def message_shown(visit: Visit, message: StaffMessage) -> StepResult:
    """The visit with this message in the place of an earlier one. A message that she has closed does not come back:
    the store sends it again after each reconnection, and learns again what became of it.

    It opens no page and is no sign of the shopper: what she is doing, a payment above all, goes on.
    """
    messages = visit.messages
    if message.message_id == messages.closed:
        return visit, (_report(visit, message, MessageStage.CLOSED),)
    after = replace(visit, messages=replace(messages, shown=message))
    if message.message_id == messages.presented:
        return after, (_report(visit, message, MessageStage.SHOWN),)
    return after, ()


def message_presented(visit: Visit, message_id: str) -> StepResult:
    """The window has presented it: the associate learns so, once."""
    message, known = visit.messages.shown, visit.messages.presented
    if message is None or message.message_id != message_id or message_id == known:
        return visit, ()
    after = replace(visit, messages=replace(visit.messages, presented=message_id))
    return after, (_report(visit, message, MessageStage.SHOWN),)


def on_message_touch(visit: Visit, touch: MessageOpened | MessageClosed) -> StepResult:
    """Nothing, if another message has come in the place of the one that was touched."""
    message = visit.messages.shown
    if message is None or message.message_id != touch.message_id:
        return visit, ()
    if isinstance(touch, MessageClosed):
        closed = replace(visit, messages=Messages(closed=message.message_id))
        return closed, (_report(visit, message, MessageStage.CLOSED),)
    piece = _touched(visit, message, touch.article)
    if piece is None:
        return visit, ()
    garment = piece.garment
    focus = Focus(garment, None, garment.colour, garment.size if piece.sized else "")
    return open_page(replace(visit, focus=focus), Page.GARMENT), ()


def _touched(visit: Visit, message: StaffMessage, article: ArticleId | None) -> LookPiece | None:
    if message.look:
        return next((one for one in look_of(visit) if one.garment.article == article), None)
    return LookPiece(message.garment) if message.garment is not None else None


def _report(visit: Visit, message: StaffMessage, stage: MessageStage) -> ReportMessage:
    return ReportMessage(visit.ticket, message.message_id, stage)
