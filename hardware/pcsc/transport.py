"""The two seams below every card reader: an open way to a reader, and an open contact to the card on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CardPresence:
    """Whether a card lies on the reader; `serial` changes with every laying, so a swift second tap counts as one."""

    present: bool
    serial: int


class CardConnection(Protocol):
    """A powered card. `transmit` raises `CardLostError` or `ConnectionLostError`; both calls return within seconds."""

    @property
    def atr(self) -> bytes: ...

    def transmit(self, command: bytes) -> bytes: ...

    def close(self) -> None: ...


class ReaderSlot(Protocol):
    """An open way to one reader; every call raises `ConnectionLostError` once it is gone."""

    def wait(self, known: CardPresence, seconds: float) -> CardPresence:
        """What lies there, as soon as it differs from `known`, or after `seconds`."""
        ...

    def connect(self) -> CardConnection:
        """Power the card; raises `CardLostError` where none lies there or it stays mute."""
        ...

    def close(self) -> None: ...


# Opens the way; raises `ConnectionLostError` for a technician. May take up to half a second to wait for a reader.
OpenReaderSlot = Callable[[], ReaderSlot]
