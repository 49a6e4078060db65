"""A card was laid down: hold the dialogue, try again while it lies there, and say it in one fact.

Nothing half-read is kept: a dialogue that broke off leaves nothing but the word that it did.
"""

from __future__ import annotations

import time
from typing import Final

from hardware.pcsc.contact import Contact, Lying, Slot
from hardware.pcsc.errors import CardLostError, CardNonsenseError, CommandRefusedError, PaymentCardMetError
from hardware.pcsc.tap import Laid, read_card
from hardware.pcsc.wallet import PassReading
from hardware.ports import TapTrouble

# A card read in crumbs of 15 bytes takes 280 commands; a card that wants more, or longer, is playing with us.
MOST_COMMANDS: Final = 320
LONGEST_DIALOGUE_S: Final = 3.0
# A card that cannot be powered or breaks off while it seems to lie there is tried again this long. pcscd looks for a
# lost card every 0.4 s only, so less would call a lifted card unreadable.
PATIENCE_S: Final = 0.9
_PAUSE_S: Final = 0.05


def read_laid(slot: Slot, lying: Lying, passes: PassReading | None = None) -> Laid | TapTrouble:
    """The outcome of one laying; raises `LostLinkError` only."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return _attempt(slot, passes)
        except PaymentCardMetError:
            return TapTrouble.PAYMENT_CARD
        except (CardNonsenseError, CommandRefusedError):
            return TapTrouble.UNREADABLE
        except CardLostError:
            if slot.wait(lying, _PAUSE_S) != lying:
                return TapTrouble.TOO_SHORT
            if time.monotonic() >= until:
                return TapTrouble.UNREADABLE


def _attempt(slot: Slot, passes: PassReading | None) -> Laid:
    contact = slot.connect()
    try:
        return converse(contact, passes)
    finally:
        contact.close()


def converse(contact: Contact, passes: PassReading | None = None) -> Laid:
    """Carry the dialogue over a contact, within bounds of number and time."""
    dialogue = read_card(contact.atr, passes)
    until = time.monotonic() + LONGEST_DIALOGUE_S
    command = next(dialogue)
    for _sent in range(MOST_COMMANDS):
        answer = contact.transmit(command)
        if time.monotonic() > until:
            raise CardNonsenseError("the card takes too long")
        try:
            command = dialogue.send(answer)
        except StopIteration as end:
            laid: Laid = end.value
            return laid
    raise CardNonsenseError("the card wants too much")
