"""The event of a changed appointment."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.floor.prepared import Prepared
from kiosk.core.domain.ids import Ticket


@dataclass(frozen=True, slots=True)
class PreparedChanged:
    """The appointment that this mirror shows was changed; None: nothing of it is to be shown any more."""

    at_us: int
    ticket: Ticket
    appointment_id: str
    prepared: Prepared | None
