"""The keys of NTAG 424 cards, each diversified from the shop's one master key (NXP AN10922).

No place for storage: the store reads the master key from its configuration; a mirror never has one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

KEY_BYTES: Final = 16
UID_BYTES: Final = 7
_SYSTEM: Final = b"cheval-card"


def cmac(key: bytes, message: bytes) -> bytes:
    """AES-CMAC, 16 bytes (NIST SP 800-38B)."""
    mac = CMAC(AES(key))
    mac.update(message)
    return mac.finalize()


def truncate_mac(mac: bytes) -> bytes:
    """The 8 bytes an NTAG 424 keeps of a CMAC: every second one, beginning with the second (AN12196, 3.3)."""
    return mac[1::2]


def diversify(master: bytes, message: bytes) -> bytes:
    """A key of its own for `message` of 16 to 31 bytes (AN10922, 2.2: AES-128; shorter ones are padded otherwise)."""
    if len(master) != KEY_BYTES:
        raise ValueError("a master key has 16 bytes")
    if not 16 <= len(message) <= 31:
        raise ValueError("a diversification input has 16 to 31 bytes here")
    return cmac(master, b"\x01" + message)


class SunKeys(Protocol):
    """The two keys that open a signed link. The first cannot depend on the card, since it reveals which card it is."""

    @property
    def meta_read(self) -> bytes:
        """Opens the encrypted UID and counter of every card of the shop."""
        ...

    def file_read(self, uid: bytes) -> bytes:
        """Makes the message code of the card with this UID."""
        ...


@dataclass(frozen=True, slots=True)
class FixedKeys:
    """The same keys on every card: as delivered from the factory, or as another system wrote them."""

    meta_read: bytes = field(default=bytes(KEY_BYTES), repr=False)
    file_key: bytes = field(default=bytes(KEY_BYTES), repr=False)

    def file_read(self, uid: bytes) -> bytes:  # noqa: ARG002  # the same for every card, whichever it is
        return self.file_key


@dataclass(frozen=True, slots=True)
class ShopKeys:
    """All keys of a shop's cards from one master key: a card's key number `n` is diversified by UID and `n`."""

    master: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.master) != KEY_BYTES:
            raise ValueError("a master key has 16 bytes")

    @property
    def meta_read(self) -> bytes:
        return diversify(self.master, bytes(UID_BYTES) + bytes((SDM_META_READ_KEY,)) + _SYSTEM)

    def file_read(self, uid: bytes) -> bytes:
        return self.card_key(uid, SDM_FILE_READ_KEY)

    def card_key(self, uid: bytes, number: int) -> bytes:
        """Key `number` (0 to 4) of the card with this UID of 7 bytes."""
        if number == SDM_META_READ_KEY:
            return self.meta_read
        if len(uid) != UID_BYTES:
            raise ValueError("an NTAG 424 has a UID of 7 bytes")
        return diversify(self.master, uid + bytes((number,)) + _SYSTEM)


# What each of the five keys of a card is for in this house.
APP_MASTER_KEY: Final = 0
SDM_META_READ_KEY: Final = 1
SDM_FILE_READ_KEY: Final = 2
AUTHENTICATION_KEY: Final = 3
SPARE_KEY: Final = 4
