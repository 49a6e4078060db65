"""A card was laid down: hold the dialogue, try again while it lies there, and say it in one fact.

Nothing half-read is kept: a dialogue that broke off leaves nothing but the word that it did.
"""

from __future__ import annotations

import time
from typing import Final

from hardware.pcsc.card_reading import CardContents, read_card
from hardware.pcsc.errors import CardLostError, CardProtocolError, CommandNotAllowedError, PaymentCardError
from hardware.pcsc.transport import CardConnection, CardPresence, ReaderSlot
from hardware.pcsc.wallet import PassReader
from hardware.ports import CardReadFailure

# A card read in crumbs of 15 bytes takes 280 commands; a card that wants more, or longer, is playing with us.
MAX_COMMANDS: Final = 320
MAX_DIALOGUE_S: Final = 3.0
# A card that cannot be powered or breaks off while it seems to lie there is tried again this long. pcscd looks for a
# lost card every 0.4 s only, so less would call a lifted card unreadable.
RETRY_S: Final = 0.9
_PAUSE_S: Final = 0.05


def read_tapped_card(
    slot: ReaderSlot, lying: CardPresence, passes: PassReader | None = None
) -> CardContents | CardReadFailure:
    """The outcome of one laying; raises `ConnectionLostError` only."""
    until = time.monotonic() + RETRY_S
    while True:
        try:
            return _attempt(slot, passes)
        except PaymentCardError:
            return CardReadFailure.PAYMENT_CARD
        except (CardProtocolError, CommandNotAllowedError):
            return CardReadFailure.UNREADABLE
        except CardLostError:
            if slot.wait(lying, _PAUSE_S) != lying:
                return CardReadFailure.TOO_SHORT
            if time.monotonic() >= until:
                return CardReadFailure.UNREADABLE


def _attempt(slot: ReaderSlot, passes: PassReader | None) -> CardContents:
    contact = slot.connect()
    try:
        return run_card_dialogue(contact, passes)
    finally:
        contact.close()


def run_card_dialogue(contact: CardConnection, passes: PassReader | None = None) -> CardContents:
    """Carry the dialogue over a contact, within bounds of number and time."""
    dialogue = read_card(contact.atr, passes)
    until = time.monotonic() + MAX_DIALOGUE_S
    command = next(dialogue)
    for _sent in range(MAX_COMMANDS):
        answer = contact.transmit(command)
        if time.monotonic() > until:
            raise CardProtocolError("the card takes too long")
        try:
            command = dialogue.send(answer)
        except StopIteration as end:
            laid: CardContents = end.value
            return laid
    raise CardProtocolError("the card wants too much")
