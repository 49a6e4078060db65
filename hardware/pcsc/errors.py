"""Errors of cards, a branch of `hardware.errors`. A lost reader raises `hardware.errors.ConnectionLostError`.

CardError
├── CardLostError            transient: the card was removed or does not answer
├── CardProtocolError        permanent for this card: a response that its standard does not allow
├── CommandNotAllowedError   permanent: a command that must not be passed to a card
├── PaymentCardError         permanent for this card: it has a payment application
└── ProofError               the card or its link is not authenticated
    ├── NotSignedError         the link has no message authentication code
    ├── MalformedProofError    wrong form
    ├── ForgedProofError       right form, wrong key
    ├── ReplayedProofError     a counter that was already used
    └── BlockedCardError       authentic, but revoked
"""

from __future__ import annotations

from typing import ClassVar

from hardware.errors import HardwareError


class CardError(HardwareError):
    """Any error of a card."""


class CardLostError(CardError):
    """The card was removed, or stopped answering, before the dialogue ended."""

    transient: ClassVar[bool] = True


class CardProtocolError(CardError):
    """The card's response is not allowed by its standard."""


class PaymentCardError(CardError):
    """The card has a payment application; no further command may be sent to it."""


class CommandNotAllowedError(CardError):
    """The command is not one that may be passed to a card; it was not sent."""


class ProofError(CardError):
    """The card or its link is not authenticated."""


class NotSignedError(ProofError):
    """The link has no message authentication code; it may still serve as a plain link."""


class MalformedProofError(ProofError):
    """The PICC data or the code has a wrong form: not hexadecimal, wrong length, or given twice."""


class ForgedProofError(ProofError):
    """The data has the right form, but was not made with the card's key."""


class ReplayedProofError(ProofError):
    """The counter is not above the last one of this card: a copied link, or a card with an older counter."""


class BlockedCardError(ProofError):
    """The card is authentic, but was revoked."""
