"""Decides what a tap proves, from the data of the card and the store's record of it, and detects copied cards.

Stores nothing. The store passes `find_card`, which gives the `KnownCard` of a UID. It must save the counter of a valid
proof before it shows anything, otherwise the same link could be used twice.

    NONE     no proof; also every failed proof, so that a wrong proof is never better than none
    STATIC   an unknown UID, or none, without a signed link: can be copied, proves nobody
    PROVED   a fresh cryptographic proof of a known card that is not blocked

Only PROVED gives a shopper. Cards that cannot prove themselves are identified by the store without being assessed here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum, unique

from hardware.pcsc.errors import (
    BlockedCardError,
    ForgedProofError,
    NotSignedError,
    ProofError,
    ReplayedProofError,
)
from hardware.pcsc.ev2 import AuthenticatedCard
from hardware.pcsc.keys import SunKeys
from hardware.pcsc.ntag424 import SunProof, verify_sun


@unique
class ProofLevel(IntEnum):
    """How well a tap proves its card."""

    NONE = 0
    STATIC = 1
    PROVED = 2


@dataclass(frozen=True, slots=True)
class KnownCard:
    """The store's record of an enrolled card: UID (upper-case hex), highest counter seen, whether it is revoked."""

    uid: str
    counter: int
    blocked: bool = False


@unique
class CloneIndicator(Enum):
    """How a copied card was detected."""

    UID_WITHOUT_PROOF = "uid-without-proof"
    FORGED_CODE = "forged-code"
    REPLAYED_LINK = "replayed-link"
    ROLLED_BACK = "rolled-back-counter"
    OTHER_CHIP = "link-on-another-chip"


@dataclass(frozen=True, slots=True)
class CloneDetection:
    """A copy of the card with this UID was shown."""

    uid: str
    indicator: CloneIndicator


@dataclass(frozen=True, slots=True)
class TapAssessment:
    """What one tap proves.

    `uid`: the card, as far as proved; `counter`: to be saved before anything is shown; `refused`: why the proof failed
    (its text contains no UID).
    """

    level: ProofLevel
    uid: str | None = None
    counter: int | None = None
    clone: CloneDetection | None = None
    refused: ProofError | None = None


FindCard = Callable[[str], KnownCard | None]


def assess_tap(uid: str, link: str | None, keys: SunKeys, find_card: FindCard) -> TapAssessment:
    """What a tap proves. `uid`: as reported by the reader, "" for a link that came another way; `link`: as read."""
    try:
        proof = verify_sun(link or "", keys)
    except NotSignedError:
        return _assess_static(uid, find_card)
    except ProofError as refused:
        enrolled = bool(uid) and find_card(uid) is not None
        indicator = CloneIndicator.FORGED_CODE if enrolled and isinstance(refused, ForgedProofError) else None
        return TapAssessment(
            ProofLevel.NONE, clone=CloneDetection(uid, indicator) if indicator else None, refused=refused
        )
    return _assess_proof(uid, proof, find_card)


def _assess_static(uid: str, find_card: FindCard) -> TapAssessment:
    """A UID can be copied to a blank card; the UID of an enrolled card without its proof is therefore a copy."""
    card = find_card(uid) if uid else None
    if card is None:
        return TapAssessment(ProofLevel.STATIC, uid=uid or None)
    return TapAssessment(
        ProofLevel.NONE,
        clone=CloneDetection(card.uid, CloneIndicator.UID_WITHOUT_PROOF),
        refused=ForgedProofError("the UID of an enrolled card was read without its proof"),
    )


def _assess_proof(uid: str, proof: SunProof, find_card: FindCard) -> TapAssessment:
    if uid and uid != proof.uid:
        return _copied(
            proof.uid, CloneIndicator.OTHER_CHIP, "the link of one card was read from the chip of another"
        )
    card = find_card(proof.uid)
    if card is None:
        return TapAssessment(
            ProofLevel.NONE, refused=ForgedProofError("the card is authentic but not enrolled")
        )
    if proof.counter <= card.counter:
        indicator = (
            CloneIndicator.REPLAYED_LINK if proof.counter == card.counter else CloneIndicator.ROLLED_BACK
        )
        return _copied(card.uid, indicator, "the counter is not above the last one")
    return _unless_blocked(card, proof.counter)


def assess_authentication(proof: AuthenticatedCard, find_card: FindCard) -> TapAssessment:
    """What a mutual authentication at the reader proves; it is fresh by itself, so the counter does not change."""
    card = find_card(proof.uid)
    if card is None:
        return TapAssessment(
            ProofLevel.NONE, refused=ForgedProofError("the card is authentic but not enrolled")
        )
    return _unless_blocked(card, card.counter)


def assess_failed_authentication(uid: str, refused: ProofError, find_card: FindCard) -> TapAssessment:
    """A failed authentication proves nothing; a wrong key with the UID of an enrolled card is a copy."""
    copied = isinstance(refused, ForgedProofError) and find_card(uid) is not None
    return TapAssessment(
        ProofLevel.NONE,
        clone=CloneDetection(uid, CloneIndicator.FORGED_CODE) if copied else None,
        refused=refused,
    )


def _unless_blocked(card: KnownCard, counter: int) -> TapAssessment:
    if card.blocked:
        return TapAssessment(
            ProofLevel.NONE, counter=counter, refused=BlockedCardError("the card was revoked")
        )
    return TapAssessment(ProofLevel.PROVED, uid=card.uid, counter=counter)


def _copied(uid: str, indicator: CloneIndicator, why: str) -> TapAssessment:
    return TapAssessment(
        ProofLevel.NONE, clone=CloneDetection(uid, indicator), refused=ReplayedProofError(why)
    )
