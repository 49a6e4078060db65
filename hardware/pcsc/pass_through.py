"""Passes commands of the store to the card on the reader, but only commands for the shop's own cards."""

from __future__ import annotations

from typing import Final, TypeVar

from hardware.pcsc.card_reading import SELECT_NDEF
from hardware.pcsc.errors import CardLostError, CommandNotAllowedError
from hardware.pcsc.ev2 import RemoteDialogue
from hardware.pcsc.transport import CardConnection, CardPresence, OpenReaderSlot, ReaderSlot
from hardware.ports import CardSession

Result = TypeVar("Result")
# SELECT of a file in the application, READ BINARY; all native commands (CLA 90) are allowed too
_ALLOWED_ISO_PREFIXES: Final = (b"\x00\xa4\x00\x0c", b"\x00\xb0")
_NATIVE_CLA: Final = 0x90
_MAX_COMMAND_BYTES: Final = 5 + 255 + 1


def is_allowed_command(command: bytes) -> bool:
    """Whether a mirror passes this command: SELECT of the NDEF application and its files, READ BINARY, native commands.

    No other application can be selected, so no payment application either.
    """
    if not 4 <= len(command) <= _MAX_COMMAND_BYTES:
        return False
    return command == SELECT_NDEF or command[0] == _NATIVE_CLA or command.startswith(_ALLOWED_ISO_PREFIXES)


class PassThroughSession:
    """A `hardware.ports.CardSession` with its own slot and card connection, independent of the reader's loop."""

    def __init__(self, slot: ReaderSlot, connection: CardConnection) -> None:
        self._slot = slot
        self._connection = connection

    def exchange(self, command: bytes) -> bytes:
        """The card's response. Raises CommandNotAllowedError, CardLostError or ConnectionLostError."""
        if not is_allowed_command(command):
            raise CommandNotAllowedError("this command must not be passed to a card")
        return self._connection.transmit(command)

    def close(self) -> None:
        """Releases the card; may be called twice."""
        self._connection.close()
        self._slot.close()


def run_dialogue(session: CardSession, dialogue: RemoteDialogue[Result]) -> Result:
    """Runs a dialogue over a session to its end, for keys and reader on one computer (enrolling a card)."""
    step: bytes | Result = dialogue.start()
    while isinstance(step, bytes):
        step = dialogue.next(session.exchange(step))
    return step


def open_session(open_slot: OpenReaderSlot, tapped: CardPresence | None) -> PassThroughSession:
    """A session with the card whose tap was `tapped`. Raises CardLostError if it is not there any more.

    `tapped` None: the last tap gave no card, or the reader is closed.
    """
    if tapped is None:
        raise CardLostError("no card that was read is on the reader")
    slot = open_slot()
    try:
        if slot.wait(CardPresence(present=False, serial=-1), 0.0) != tapped:
            raise CardLostError("the card was removed")
        return PassThroughSession(slot, slot.connect())
    except BaseException:
        slot.close()
        raise
