"""Signs that a card reader shows by its lamps and buzzer, where its model has commands for them.

ACR122U: the pseudo APDU "bi-colour LED and buzzer control" (ACS, ACR122U API 2.04, clause 6.2), which pcscd passes on
while a card is on the reader. Other models have no common command; their readers show nothing here.
"""

from __future__ import annotations

from contextlib import suppress
from enum import Enum, unique
from typing import Final, Protocol, runtime_checkable

from hardware.errors import ConnectionLostError
from hardware.pcsc.errors import CardLostError
from hardware.pcsc.transport import OpenReaderSlot

_RED, _GREEN, _RED_MASK, _GREEN_MASK = 0x01, 0x02, 0x04, 0x08
_BOTH: Final = _RED_MASK | _GREEN_MASK
_BEEP: Final = 0x01
"""The buzzer sounds during the first of the two periods of a cycle."""


@unique
class ReaderSign(Enum):
    """WAIT: accepted, being worked on. DONE: a good end. REFUSED: nothing was done. UNSURE: not known."""

    WAIT = "wait"
    DONE = "done"
    REFUSED = "refused"
    UNSURE = "unsure"


@runtime_checkable
class SignSlot(Protocol):
    """An open reader (`ReaderSlot`) that may have signs."""

    def show(self, sign: ReaderSign) -> bool:
        """Shows a sign; False where the reader's model has none. Raises CardLostError, ConnectionLostError."""
        ...


def _led(state: int, first: int, second: int, times: int, buzzer: int) -> bytes:
    """Final state of the lamps, both periods in units of 100 ms, number of cycles, when the buzzer sounds."""
    return bytes((0xFF, 0x00, 0x40, state, 4, first, second, times, buzzer))


_ACR122: Final = {
    ReaderSign.WAIT: _led(_GREEN | _RED | _BOTH, 1, 0, 1, _BEEP),
    ReaderSign.DONE: _led(_GREEN | _BOTH, 3, 0, 1, _BEEP),
    ReaderSign.REFUSED: _led(_RED | _BOTH, 1, 1, 3, _BEEP),
    ReaderSign.UNSURE: _led(_RED | _BOTH, 3, 3, 2, _BEEP),
}


def sign_command(reader: str, sign: ReaderSign) -> bytes | None:
    """The command of a reader of PC/SC with this name; None where its model has none that is known here."""
    return _ACR122[sign] if "acr122" in reader.lower() else None


def show_sign(open_slot: OpenReaderSlot, sign: ReaderSign) -> bool:
    """Shows a sign; False where the reader has no signs, is lost, or its card was taken away before."""
    with suppress(ConnectionLostError, CardLostError):
        slot = open_slot()
        try:
            return isinstance(slot, SignSlot) and slot.show(sign)
        finally:
            slot.close()
    return False
