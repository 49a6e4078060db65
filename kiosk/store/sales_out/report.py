"""How a destination does, for the page, the health report and the alarms."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.store.sales_out.reading import Waiting
from kiosk.store.sales_out.state_rows import DestinationState

_NOTHING = Waiting()


@dataclass(frozen=True, slots=True)
class DestinationReport:
    """`section`: of `sales_out`, `folders` or `web_hooks`; `to`: folder or address.

    `late_us`: a document that has waited for so long is late. `state`: None where it has not begun, or cannot be read.
    `unusable`: what is wrong with its configuration; `unread`: why ledger or database could not be asked; both empty
    if nothing is.
    """

    name: str
    section: str
    to: str
    late_us: int
    state: DestinationState | None = None
    waiting: Waiting = _NOTHING
    unusable: str = ""
    unread: str = ""

    def failing(self, now_us: int) -> bool:
        """Whether somebody must act."""
        oldest_us = self.waiting.oldest_us
        late = oldest_us is not None and now_us - oldest_us >= self.late_us
        return bool(self.unusable) or (self.state is not None and bool(self.state.stopped)) or late
