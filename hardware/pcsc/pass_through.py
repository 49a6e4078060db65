"""Passes the store's commands to the card on the reader, and nothing a card of the house would not be asked."""

from __future__ import annotations

from typing import Final, TypeVar

from hardware.pcsc.card_reading import SELECT_NDEF
from hardware.pcsc.errors import CardLostError, CommandNotAllowedError
from hardware.pcsc.ev2 import RemoteDialogue
from hardware.pcsc.transport import CardConnection, CardPresence, OpenReaderSlot, ReaderSlot
from hardware.ports import CardSession

Result = TypeVar("Result")
# SELECT of a file below the application, READ BINARY; everything native.
_ISO_ALLOWED: Final = (b"\x00\xa4\x00\x0c", b"\x00\xb0")
_LONGEST: Final = 5 + 255 + 1


def is_allowed_command(command: bytes) -> bool:
    """Whether a mirror passes this command on: the NDEF application, its files, native commands; never another
    application, so never a payment one, whoever asks."""
    if not 4 <= len(command) <= _LONGEST:
        return False
    return command == SELECT_NDEF or command[0] == 0x90 or command.startswith(_ISO_ALLOWED)


class PassThroughSession:
    """A `hardware.ports.CardSession` with a way and a contact of its own, beside the reader's loop."""

    def __init__(self, slot: ReaderSlot, contact: CardConnection) -> None:
        self._slot = slot
        self._contact = contact

    def exchange(self, command: bytes) -> bytes:
        """The card's answer; raises `CommandNotAllowedError`, `CardLostError` or `ConnectionLostError`."""
        if not is_allowed_command(command):
            raise CommandNotAllowedError("this command is not passed on to a card")
        return self._contact.transmit(command)

    def close(self) -> None:
        """Give the card free; may be called twice."""
        self._contact.close()
        self._slot.close()

    def __enter__(self) -> PassThroughSession:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def run_dialogue(session: CardSession, relay: RemoteDialogue[Result]) -> Result:
    """Carry a dialogue through a session to its end, where keys and reader are on one machine (enrolling a card)."""
    step: bytes | Result = relay.start()
    while isinstance(step, bytes):
        step = relay.next(session.exchange(step))
    return step


def open_session(open_slot: OpenReaderSlot, tapped: CardPresence | None) -> PassThroughSession:
    """Reach the card that was tapped as `tapped`, if it is still the one that lies there."""
    if tapped is None:
        raise CardLostError("no card of the house lies on the reader")
    slot = open_slot()
    try:
        if slot.wait(CardPresence(present=False, serial=-1), 0.0) != tapped:
            raise CardLostError("the card was taken away")
        return PassThroughSession(slot, slot.connect())
    except BaseException:
        slot.close()
        raise
