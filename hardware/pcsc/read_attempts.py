"""Reads a tapped card over a transport: limits of time and commands, and repeated attempts while the card is there.

Nothing is kept of an unfinished read but the reason why it failed.
"""

from __future__ import annotations

import time
from typing import Final

from hardware.pcsc.card_reading import CardContents, read_card
from hardware.pcsc.errors import CardLostError, CardProtocolError, CommandNotAllowedError, PaymentCardError
from hardware.pcsc.transport import CardConnection, CardPresence, ReaderSlot
from hardware.pcsc.wallet import PassReader
from hardware.ports import CardReadFailure

# A card that is read in parts of 15 bytes needs 280 commands; more commands or more time are a fault of the card.
MAX_COMMANDS: Final = 320
MAX_DIALOGUE_S: Final = 3.0
# How long a card that cannot be powered, or stops answering, is tried again while it seems to be there. pcscd checks
# only every 0.4 s whether a card is there, so with a shorter time a removed card would be reported as unreadable.
RETRY_S: Final = 0.9
_RETRY_PAUSE_S: Final = 0.05


def read_tapped_card(
    slot: ReaderSlot, presence: CardPresence, passes: PassReader | None = None
) -> CardContents | CardReadFailure:
    """The outcome of one tap. Raises nothing but ConnectionLostError."""
    until = time.monotonic() + RETRY_S
    while True:
        try:
            return _attempt(slot, passes)
        except PaymentCardError:
            return CardReadFailure.PAYMENT_CARD
        except (CardProtocolError, CommandNotAllowedError):
            return CardReadFailure.UNREADABLE
        except CardLostError:
            if slot.wait(presence, _RETRY_PAUSE_S) != presence:
                return CardReadFailure.TOO_SHORT
            if time.monotonic() >= until:
                return CardReadFailure.UNREADABLE


def _attempt(slot: ReaderSlot, passes: PassReader | None) -> CardContents:
    connection = slot.connect()
    try:
        return run_card_dialogue(connection, passes)
    finally:
        connection.close()


def run_card_dialogue(connection: CardConnection, passes: PassReader | None = None) -> CardContents:
    """Runs the reading dialogue over a connection. Raises CardProtocolError above the limits, or what it raises."""
    dialogue = read_card(connection.atr, passes)
    until = time.monotonic() + MAX_DIALOGUE_S
    command = next(dialogue)
    for _sent in range(MAX_COMMANDS):
        response = connection.transmit(command)
        if time.monotonic() > until:
            raise CardProtocolError(f"reading the card takes more than {MAX_DIALOGUE_S:.0f} s")
        try:
            command = dialogue.send(response)
        except StopIteration as end:
            contents: CardContents = end.value
            return contents
    raise CardProtocolError(f"reading the card takes more than {MAX_COMMANDS} commands")
