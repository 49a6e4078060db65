"""Keys of NTAG 424 DNA cards, diversified from the shop's master key (NXP AN10922), and AES-CMAC.

The keys are not stored here: the store reads the master key from its configuration; a mirror has no keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

KEY_BYTES: Final = 16
UID_BYTES: Final = 7
# system identifier of the diversification input (AN10922)
_SYSTEM_ID: Final = b"cheval-card"


def cmac(key: bytes, message: bytes) -> bytes:
    """AES-CMAC, 16 bytes (NIST SP 800-38B)."""
    mac = CMAC(AES(key))
    mac.update(message)
    return mac.finalize()


def truncate_mac(mac: bytes) -> bytes:
    """The truncated CMAC (MACt) of an NTAG 424: 8 bytes, every second one from the second on (AN12196, 3.3)."""
    return mac[1::2]


def diversify(master: bytes, message: bytes) -> bytes:
    """The diversified AES-128 key for an input of 16 to 31 bytes (AN10922, 2.2). Raises ValueError for other lengths.

    Shorter inputs, which the standard pads, are not supported.
    """
    if len(master) != KEY_BYTES:
        raise ValueError("a master key has 16 bytes")
    if not 16 <= len(message) <= 31:
        raise ValueError("a diversification input has 16 to 31 bytes here")
    return cmac(master, b"\x01" + message)


class SunKeys(Protocol):
    """The two keys that verify a signed link. The first is the same for all cards, because it decrypts the UID."""

    @property
    def sdm_meta_read_key(self) -> bytes:
        """SDMMetaReadKey: decrypts UID and counter of every card."""
        ...

    def sdm_file_read_key(self, uid: bytes) -> bytes:
        """SDMFileReadKey of the card with this UID: makes its message authentication code."""
        ...


@dataclass(frozen=True, slots=True)
class FixedKeys:
    """The same two keys on every card, for example the factory keys."""

    sdm_meta_read_key: bytes = field(default=bytes(KEY_BYTES), repr=False)
    file_key: bytes = field(default=bytes(KEY_BYTES), repr=False)

    def sdm_file_read_key(self, uid: bytes) -> bytes:  # noqa: ARG002  # the same for every card
        return self.file_key


@dataclass(frozen=True, slots=True)
class ShopKeys:
    """The keys of all cards of a shop, from one master key: key number `n` is diversified by UID and `n`.

    SDMMetaReadKey alone is diversified without the UID. Raises ValueError for a master key of the wrong length.
    """

    master: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.master) != KEY_BYTES:
            raise ValueError("a master key has 16 bytes")

    @property
    def sdm_meta_read_key(self) -> bytes:
        return diversify(self.master, bytes(UID_BYTES) + bytes((SDM_META_READ_KEY,)) + _SYSTEM_ID)

    def sdm_file_read_key(self, uid: bytes) -> bytes:
        return self.card_key(uid, SDM_FILE_READ_KEY)

    def card_key(self, uid: bytes, number: int) -> bytes:
        """Key `number` (0 to 4) of the card with this UID. Raises ValueError if the UID has not 7 bytes."""
        if number == SDM_META_READ_KEY:
            return self.sdm_meta_read_key
        if len(uid) != UID_BYTES:
            raise ValueError("an NTAG 424 has a UID of 7 bytes")
        return diversify(self.master, uid + bytes((number,)) + _SYSTEM_ID)


# Numbers of the five application keys of a card, and what each is used for.
APP_MASTER_KEY: Final = 0
SDM_META_READ_KEY: Final = 1
SDM_FILE_READ_KEY: Final = 2
AUTHENTICATION_KEY: Final = 3
SPARE_KEY: Final = 4
