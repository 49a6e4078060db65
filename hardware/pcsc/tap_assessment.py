"""What a tap is worth: from what a card showed and what the store knows of it to a tier; an alarm for copies.

Pure. The store keeps one `KnownCard` for each enrolled card and saves the counter of each good proof before it opens
anything (otherwise the same link could be shown twice).

    tier 0   nothing; also every failed proof, since whoever shows a broken proof is not to be rewarded with points
    tier 1   a static UID or link, which anybody can copy: collect points, no name, no history
    tier 2   a fresh cryptographic proof
    (tier 3 is tier 2 with a second factor, which no card can give)
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
    """What a tap alone can open."""

    NONE = 0
    STATIC = 1
    PROVED = 2


@dataclass(frozen=True, slots=True)
class KnownCard:
    """An enrolled card as the store knows it: UID (upper-case hex), highest counter seen, revoked or not."""

    uid: str
    counter: int
    blocked: bool = False


@unique
class CloneIndicator(Enum):
    """How a copy gave itself away."""

    UID_WITHOUT_PROOF = "uid-without-proof"
    FORGED_CODE = "forged-code"
    REPLAYED_LINK = "replayed-link"
    ROLLED_BACK = "rolled-back-counter"
    OTHER_CHIP = "link-on-another-chip"


@dataclass(frozen=True, slots=True)
class CloneDetection:
    """Somebody shows a copy of this card (UID of the card that was copied, as far as known)."""

    uid: str
    sign: CloneIndicator


@dataclass(frozen=True, slots=True)
class TapAssessment:
    """The worth of one tap. `uid`: which card, as far as it may be believed; `counter`: to be saved first;
    `refused`: why it proves nothing, in words for the log (without any card's number)."""

    level: ProofLevel
    uid: str | None = None
    counter: int | None = None
    clone: CloneDetection | None = None
    refused: ProofError | None = None


Known = Callable[[str], KnownCard | None]


def assess_tap(uid: str, link: str | None, keys: SunKeys, known: Known) -> TapAssessment:
    """The worth of a tap: `uid` as the reader told it ("" for a link that came another way), `link` as read."""
    try:
        proof = verify_sun(link or "", keys)
    except NotSignedError:
        return _weigh_static(uid, known)
    except ProofError as refused:
        enrolled = bool(uid) and known(uid) is not None
        sign = CloneIndicator.FORGED_CODE if enrolled and isinstance(refused, ForgedProofError) else None
        return TapAssessment(
            ProofLevel.NONE, clone=CloneDetection(uid, sign) if sign else None, refused=refused
        )
    return _weigh_proof(uid, proof, known)


def _weigh_static(uid: str, known: Known) -> TapAssessment:
    """A UID can be copied to any blank card; that of an enrolled card, shown without its proof, is a copy."""
    card = known(uid) if uid else None
    if card is None:
        return TapAssessment(ProofLevel.STATIC, uid=uid or None)
    return TapAssessment(
        ProofLevel.NONE,
        clone=CloneDetection(card.uid, CloneIndicator.UID_WITHOUT_PROOF),
        refused=ForgedProofError("the UID of an enrolled card came without its proof"),
    )


def _weigh_proof(uid: str, proof: SunProof, known: Known) -> TapAssessment:
    if uid and uid != proof.uid:
        return _copied(
            proof.uid, CloneIndicator.OTHER_CHIP, "the link of one card came from the chip of another"
        )
    card = known(proof.uid)
    if card is None:
        return TapAssessment(ProofLevel.NONE, refused=ForgedProofError("the card is genuine but nobody's"))
    if proof.counter <= card.counter:
        sign = CloneIndicator.REPLAYED_LINK if proof.counter == card.counter else CloneIndicator.ROLLED_BACK
        return _copied(card.uid, sign, "the counter is not above the last one")
    return _unless_blocked(card, proof.counter)


def assess_authentication(proof: AuthenticatedCard, known: Known) -> TapAssessment:
    """The worth of a mutual authentication at the reader: fresh by itself, so no counter is needed."""
    card = known(proof.uid)
    if card is None:
        return TapAssessment(ProofLevel.NONE, refused=ForgedProofError("the card is genuine but nobody's"))
    return _unless_blocked(card, card.counter)


def assess_failed_authentication(uid: str, refused: ProofError, known: Known) -> TapAssessment:
    """The worth of an authentication that failed: nothing, and a copy where the UID is that of an enrolled card."""
    copied = isinstance(refused, ForgedProofError) and known(uid) is not None
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


def _copied(uid: str, sign: CloneIndicator, why: str) -> TapAssessment:
    return TapAssessment(ProofLevel.NONE, clone=CloneDetection(uid, sign), refused=ReplayedProofError(why))
