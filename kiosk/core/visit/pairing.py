"""Connecting the mirror with its store by touch: why it is needed, the code that is typed, and what came of it.

Not part of a shopper's visit. Until a technician opens it, a mirror that lost its pairing shows shoppers a quiet page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, unique
from typing import Final

CODE_DIGITS: Final = 8
"""As `kiosk.pairing.exchange` has it; the core imports no other package."""


@unique
class PairingNeed(Enum):
    """Why the store cannot be used before this mirror is paired."""

    UNPAIRED = "unpaired"
    """The mirror has no token."""
    REFUSED = "refused"
    """The store does not accept the token: the mirror was revoked, or the room was paired with another mirror."""
    UNTRUSTED = "untrusted"
    """What answers at the store's address cannot prove that it is this shop's store; nothing is sent to it."""


@unique
class PairingStep(Enum):
    """How far the page of the pairing is."""

    CLOSED = "closed"
    """Shoppers see that the mirror is not available."""
    TYPING = "typing"
    ASKING = "asking"
    DONE = "done"


@unique
class PairingProblem(Enum):
    """Why a code did not pair the mirror."""

    WRONG_CODE = "wrong-code"
    """Or somebody is between the mirror and the store."""
    NO_CODE = "no-code"
    """No code is open for this room: none was shown, it is older than two minutes, or was tried too often."""
    UNREACHED = "unreached"
    REFUSED = "refused"
    NOT_SAVED = "not-saved"


@unique
class PairingKey(Enum):
    """A key of the page: the digits, and what else may be touched."""

    ZERO = "0"
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"
    SEVEN = "7"
    EIGHT = "8"
    NINE = "9"
    ERASE = "erase"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Pairing:
    """What the page shows. `code`: the digits that were typed so far."""

    need: PairingNeed
    step: PairingStep
    code: str = field(default="", repr=False)
    problem: PairingProblem | None = None

    @property
    def complete(self) -> bool:
        """All digits are typed."""
        return len(self.code) == CODE_DIGITS

    def pressed(self, key: PairingKey) -> Pairing:
        """After a key. The last digit starts the pairing."""
        if key is PairingKey.OPEN:
            return replace(self, step=PairingStep.TYPING) if self.step is PairingStep.CLOSED else self
        if self.step is not PairingStep.TYPING:
            return self
        if key is PairingKey.CLOSE:
            return begun(self.need) if self.need is not PairingNeed.UNPAIRED else self
        if key is PairingKey.ERASE:
            return replace(self, code=self.code[:-1])
        typed = replace(self, code=self.code + key.value, problem=None)
        return replace(typed, step=PairingStep.ASKING) if typed.complete else typed

    def answered(self, problem: PairingProblem | None) -> Pairing:
        """After the store's answer; None: the mirror is paired."""
        if self.step is not PairingStep.ASKING:
            return self
        if problem is None:
            return replace(self, step=PairingStep.DONE, code="")
        return replace(self, step=PairingStep.TYPING, code="", problem=problem)

    def untouched(self) -> Pairing:
        """After a long time without a touch: digits are removed, and shoppers see the quiet page again."""
        return self if self.step is PairingStep.ASKING else begun(self.need)


def begun(need: PairingNeed) -> Pairing:
    """The page as it is first shown. A mirror that was never paired is not yet used by shoppers."""
    return Pairing(need, PairingStep.TYPING if need is PairingNeed.UNPAIRED else PairingStep.CLOSED)


def after_loss(known: Pairing | None, need: PairingNeed | None) -> Pairing | None:
    """After the store was lost for a reason; None for one that no pairing ends."""
    if need is None or (known is not None and known.need is need and known.step is not PairingStep.DONE):
        return known if need is not None else None
    return begun(need)
