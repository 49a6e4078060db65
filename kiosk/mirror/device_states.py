"""Whether card reader and scanner of this mirror answer, from the facts that they report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hardware.ports import CardFact, LabelFact, ReaderDown, ReaderStillDown
from kiosk.core.domain.status.mirror_status import DeviceState

F = TypeVar("F", CardFact, LabelFact)


class DeviceWatch:
    """The state of one device. `configured`: whether the mirror has it. Safe from any thread."""

    def __init__(self, *, configured: bool) -> None:
        self.state = DeviceState.STARTING if configured else DeviceState.NONE

    def noting(self, post: Callable[[F], None]) -> Callable[[F], None]:
        """A function that notes what a fact says of the device, and passes every fact on."""

        def note(fact: F) -> None:
            down = isinstance(fact, ReaderDown | ReaderStillDown)
            self.state = DeviceState.DOWN if down else DeviceState.UP
            post(fact)

        return note
