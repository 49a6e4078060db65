"""How far the print of a receipt has come."""

from __future__ import annotations

from enum import Enum, unique


@unique
class PrintState(Enum):
    """WAITING: it is being printed. NOT_PRINTED: nothing came out. LOST: it may be printed in part."""

    WAITING = "waiting"
    PRINTED = "printed"
    NOT_PRINTED = "not-printed"
    LOST = "lost"
