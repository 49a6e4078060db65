"""The events of an associate's message."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.floor.staff_message import StaffMessage
from kiosk.core.domain.ids import Ticket


@dataclass(frozen=True, slots=True)
class StaffMessageShown:
    """An associate shows this on the mirror of the visit; it replaces an earlier one."""

    at_us: int
    ticket: Ticket
    message: StaffMessage


@dataclass(frozen=True, slots=True)
class MessagePresented:
    """The window has presented a frame with this message."""

    at_us: int
    message_id: str
