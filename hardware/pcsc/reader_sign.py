"""Signs that a card reader shows by its lamps and buzzer, where its model has commands for them.

`MODELS` is the table of the models that are known. There is no command that all readers share, and a command of one
model may mean something else to another one, so a reader that is not in the table gets none and shows no sign. The
commands are pseudo APDUs, which pcscd passes on while a card is on the reader. Escape commands (SCardControl), which
need no card, are not used: libccid refuses them unless the computer's administrator allows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class SignModel:
    """A model with signs. `names`: parts of its readers' names in pcscd, in lower case. `source`: of the commands."""

    names: tuple[str, ...]
    commands: Mapping[ReaderSign, bytes]
    source: str


_ACR122U: Final = {
    ReaderSign.WAIT: _led(_GREEN | _RED | _BOTH, 1, 0, 1, _BEEP),
    ReaderSign.DONE: _led(_GREEN | _BOTH, 3, 0, 1, _BEEP),
    ReaderSign.REFUSED: _led(_RED | _BOTH, 1, 1, 3, _BEEP),
    ReaderSign.UNSURE: _led(_RED | _BOTH, 3, 3, 2, _BEEP),
}


MODELS: Final = (
    # not `acr122`: the ACR122L and the ACR1222L have other lamps and other commands
    SignModel(
        ("acr122u", "acr122t"), _ACR122U, "ACS, ACR122U API 2.04, 6.2: bi-colour LED and buzzer control"
    ),
)
"""All models with signs."""


def sign_command(reader: str, sign: ReaderSign) -> bytes | None:
    """The command of a reader of PC/SC with this name; None where its model is not in the table."""
    own = reader.lower()
    model = next((model for model in MODELS if any(name in own for name in model.names)), None)
    return None if model is None else model.commands[sign]


def show_sign(open_slot: OpenReaderSlot, sign: ReaderSign) -> bool:
    """Shows a sign; False where the reader has no signs, is lost, or its card was taken away before."""
    with suppress(ConnectionLostError, CardLostError):
        slot = open_slot()
        try:
            return isinstance(slot, SignSlot) and slot.show(sign)
        finally:
            slot.close()
    return False
