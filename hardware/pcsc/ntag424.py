"""Makes and verifies signed links of NTAG 424 DNA cards: Secure Unique NFC (SUN) by Secure Dynamic Messaging (SDM).

Formulas and vectors from NXP AN12196, 3.3 to 3.4, and data sheet NT4H2421Gx, 9.3. Replay protection is not here: the
counter is compared with the card's last one in `hardware.pcsc.tap_assessment`.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from hardware.pcsc.errors import ForgedProofError, MalformedProofError, NotSignedError
from hardware.pcsc.keys import UID_BYTES, SunKeys, cmac, truncate_mac

# Query parameters of the encrypted PICC data and of the MAC: our names, then those of NXP's examples.
PICC_NAMES: Final = ("picc_data", "e")
MAC_NAMES: Final = ("cmac", "c")
# PICCDataTag: UID and counter are both mirrored, the UID has 7 bytes (data sheet, 9.3.3).
_PICC_DATA_TAG: Final = 0xC7
_SV2_PREFIX: Final = bytes.fromhex("3CC300010080")


@dataclass(frozen=True, slots=True)
class SunProof:
    """The content of a verified signed link: UID of the card (14 upper-case hex digits) and its read counter."""

    uid: str
    counter: int


def verify_sun(link: str | Mapping[str, str], keys: SunKeys) -> SunProof:
    """Verifies the MAC of a link, or of its query parameters.

    Raises NotSignedError (no MAC), MalformedProofError (wrong form) or ForgedProofError (made with other keys).
    """
    picc, mac = _parts(link)
    uid, counter = decrypt_picc_data(picc, keys.sdm_meta_read_key)
    expected = truncate_mac(cmac(session_mac_key(keys.sdm_file_read_key(uid), uid, counter), b""))
    if not hmac.compare_digest(expected, mac):
        raise ForgedProofError("the message authentication code is wrong")
    return SunProof(uid.hex().upper(), counter)


def is_signed(link: str) -> bool:
    """Whether the link has a MAC, valid or not."""
    try:
        _parts(link)
    except NotSignedError:
        return False
    except MalformedProofError:
        return True
    return True


def decrypt_picc_data(encrypted: bytes, sdm_meta_read_key: bytes) -> tuple[bytes, int]:
    """UID and counter from 16 bytes of encrypted PICC data. Raises ForgedProofError if the key is wrong."""
    opener = Cipher(AES(sdm_meta_read_key), CBC(bytes(16))).decryptor()
    plain = opener.update(encrypted) + opener.finalize()
    if plain[0] != _PICC_DATA_TAG:
        raise ForgedProofError("the PICC data of the link cannot be decrypted with our key")
    return plain[1 : 1 + UID_BYTES], int.from_bytes(plain[8:11], "little")


def encrypt_picc_data(uid: bytes, counter: int, sdm_meta_read_key: bytes, padding: bytes) -> bytes:
    """The encrypted PICC data, as a card makes it: tag, UID, counter and 5 random bytes of `padding`."""
    sealer = Cipher(AES(sdm_meta_read_key), CBC(bytes(16))).encryptor()
    return (
        sealer.update(bytes((_PICC_DATA_TAG,)) + uid + counter.to_bytes(3, "little") + padding)
        + sealer.finalize()
    )


def session_mac_key(sdm_file_read_key: bytes, uid: bytes, counter: int) -> bytes:
    """Session key of the MAC of one read, from the session vector SV2 (data sheet, 9.3.9.1)."""
    return cmac(sdm_file_read_key, _SV2_PREFIX + uid + counter.to_bytes(3, "little"))


def sun_link(base: str, picc: bytes, mac: bytes) -> str:
    """The link as our cards mirror it."""
    joint = "&" if "?" in base else "?"
    return f"{base}{joint}{PICC_NAMES[0]}={picc.hex().upper()}&{MAC_NAMES[0]}={mac.hex().upper()}"


def _parts(link: str | Mapping[str, str]) -> tuple[bytes, bytes]:
    given = list(link.items()) if isinstance(link, Mapping) else _query(link)
    picc, mac = _only(given, PICC_NAMES), _only(given, MAC_NAMES)
    if picc is None or mac is None:
        raise NotSignedError("the link has no message authentication code")
    return _bytes(picc, 16), _bytes(mac, 8)


def _query(link: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(link).query, keep_blank_values=True, max_num_fields=32)
    except ValueError as error:
        raise MalformedProofError("the link is not a valid URL") from error


def _only(given: list[tuple[str, str]], names: tuple[str, ...]) -> str | None:
    found = [value for name, value in given if name in names]
    if len(found) > 1:
        raise MalformedProofError("a parameter of the signed link is given twice")
    return found[0] if found else None


def _bytes(text: str, length: int) -> bytes:
    try:
        value = bytes.fromhex(text) if text.isalnum() and text.isascii() else b""
    except ValueError:
        value = b""
    if len(value) != length:
        raise MalformedProofError(f"a parameter of the signed link is not {length} bytes in hexadecimal")
    return value
