"""What can go wrong with a card; a branch of `hardware.errors`. A lost reader is its `ConnectionLostError`.

CardError
├── CardLostError         passing: the card left the field or went mute
├── CardProtocolError     permanent for this card: it answers against its standard
├── CommandNotAllowedError   permanent: the store asked to pass a command that no card of the house needs
├── PaymentCardError   permanent for this card: it belongs on the terminal
└── ProofError            the card, or a link said to be its own, does not prove itself
    ├── NotSignedError         no message code at all; it may still serve as a plain link
    ├── MalformedProofError    wrong form
    ├── ForgedProofError       right form, wrong key
    ├── ReplayedProofError     a counter that was seen before
    └── BlockedCardError       genuine, but revoked
"""

from __future__ import annotations

from typing import ClassVar

from hardware.errors import HardwareError


class CardError(HardwareError):
    """Anything that goes wrong with a card."""


class CardLostError(CardError):
    """The card left the field, or stopped answering, before the dialogue ended."""

    transient: ClassVar[bool] = True


class CardProtocolError(CardError):
    """The card answered what its standard does not allow."""


class PaymentCardError(CardError):
    """The card has a payment application; nothing more may be asked of it."""


class CommandNotAllowedError(CardError):
    """The store asked to pass a command that no card of the house needs; it was not sent."""


class ProofError(CardError):
    """No proof: what came is not fresh from a card that holds our key."""


class NotSignedError(ProofError):
    """The link carries no message code at all; it may still serve as a plain link."""


class MalformedProofError(ProofError):
    """The parts of the proof have a wrong form: not hexadecimal, wrong length, given twice."""


class ForgedProofError(ProofError):
    """The parts have the right form but were not made with the card's key."""


class ReplayedProofError(ProofError):
    """The counter is not above the last one seen of this card: a copied link, or a rolled-back card."""


class BlockedCardError(ProofError):
    """The card proves itself but was revoked."""
