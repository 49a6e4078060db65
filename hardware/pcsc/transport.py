"""The two transport protocols of card readers: `ReaderSlot`, an open reader, and `CardConnection`, a powered card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CardPresence:
    """Whether a card is on the reader. `serial` changes with every tap, so that two quick taps are distinguished."""

    present: bool
    serial: int


class CardConnection(Protocol):
    """A powered card. `transmit` returns the response within seconds; raises CardLostError or ConnectionLostError."""

    @property
    def atr(self) -> bytes: ...

    def transmit(self, command: bytes) -> bytes: ...

    def close(self) -> None: ...


class ReaderSlot(Protocol):
    """An open connection to one reader. Every call raises ConnectionLostError once the reader is lost."""

    def wait(self, known: CardPresence, seconds: float) -> CardPresence:
        """The presence, as soon as it differs from `known`, or after `seconds`."""
        ...

    def connect(self) -> CardConnection:
        """Powers the card. Raises CardLostError if there is none or it does not answer."""
        ...

    def close(self) -> None: ...


# Opens the reader, waiting up to 0.5 s until it is plugged in. Raises ConnectionLostError with a reason.
OpenReaderSlot = Callable[[], ReaderSlot]
