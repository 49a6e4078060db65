"""What the drivers of a Zebra reader have in common: the intake of its messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from hardware.ports import RadioFact
from hardware.supervision.network_reader import NetworkReader, Post
from hardware.supervision.supervise import Backoff
from hardware.watches.field_watch import ZEBRA_FIELDS, FieldWatch
from hardware.zebra.errors import WokenUp
from hardware.zebra.event_intake import EventIntake


class ZebraDriver(NetworkReader):
    """A `TagReader` over one of the reader's endpoints. `_receive` may raise WokenUp when the driver is closed."""

    def __init__(self, name: str, antennas: tuple[int, ...], backoff: Backoff) -> None:
        super().__init__(name, ZEBRA_FIELDS, antennas, backoff)
        self._intake = EventIntake(name, antennas)

    def _attempt(self, post: FieldWatch, on_up: Callable[[], None]) -> None:
        self._intake.new_connection()
        with suppress(WokenUp):
            super()._attempt(post, on_up)

    def _post_all(self, post: Post, facts: Iterable[RadioFact]) -> None:
        if not self._stop.is_set():
            for fact in facts:
                post(fact)
