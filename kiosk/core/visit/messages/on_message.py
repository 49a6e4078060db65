"""A message of an associate: shown until the shopper closes it, another one comes, or the visit ends."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.floor.staff_message import StaffMessage
from kiosk.core.visit.navigation import Focus, Page
from kiosk.core.visit.state import Messages, Visit, open_page
from kiosk.core.visit.touches import MessageClosed, MessageOpened


def message_shown(visit: Visit, message: StaffMessage) -> Visit:
    """The visit with this message in the place of an earlier one. A message that she has closed does not come back:
    the store sends it again after each reconnection.

    It opens no page and is no sign of the shopper: what she is doing, a payment above all, goes on.
    """
    if message.message_id == visit.messages.closed:
        return visit
    return replace(visit, messages=replace(visit.messages, shown=message))


def on_message_touch(visit: Visit, touch: MessageOpened | MessageClosed) -> Visit:
    """Nothing, if another message has come in the place of the one that was touched."""
    message = visit.messages.shown
    if message is None or message.message_id != touch.message_id:
        return visit
    if isinstance(touch, MessageClosed):
        return replace(visit, messages=Messages(closed=message.message_id))
    garment = message.garment
    if garment is None:
        return visit
    focus = Focus(garment, None, garment.colour, garment.size)
    return open_page(replace(visit, focus=focus), Page.GARMENT)
