"""Signed links of NTAG 424 DNA cards (SUN, "secure unique NFC"): is this link fresh from a card of ours?

Pure: bytes in, proof or typed refusal out. Formulas and vectors from NXP AN12196, 3.3 to 3.4, and the data sheet
NT4H2421Gx, 9.3. Whether the counter is above the last one seen is the store's to say (`hardware.pcsc.tap_assessment`).
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

# The names of the two parameters in links of this house, then the short ones that NXP's own examples use.
PICC_NAMES: Final = ("picc_data", "e")
MAC_NAMES: Final = ("cmac", "c")
# PICCDataTag: UID and counter are both mirrored, the UID has 7 bytes (data sheet, 9.3.3).
_TAG: Final = 0xC7
_SV2: Final = bytes.fromhex("3CC300010080")


@dataclass(frozen=True, slots=True)
class SunProof:
    """What a good signed link proves: which card (UID, 14 upper-case hex digits) and how often it was read so far."""

    uid: str
    counter: int


def verify_sun(link: str | Mapping[str, str], keys: SunKeys) -> SunProof:
    """Check the message code of a link (or of its parameters) and tell which card made it.

    Raises `NotSignedError` (no code in it), `MalformedProofError` (wrong form) or `ForgedProofError`
    (not made with our keys).
    """
    picc, mac = _parts(link)
    uid, counter = decrypt_picc_data(picc, keys.meta_read)
    expected = truncate_mac(cmac(session_mac_key(keys.file_read(uid), uid, counter), b""))
    if not hmac.compare_digest(expected, mac):
        raise ForgedProofError("the message code is not of this card")
    return SunProof(uid.hex().upper(), counter)


def is_signed(link: str) -> bool:
    """The link carries a message code, good or bad."""
    try:
        _parts(link)
    except NotSignedError:
        return False
    except MalformedProofError:
        return True
    return True


def decrypt_picc_data(encrypted: bytes, meta_read: bytes) -> tuple[bytes, int]:
    """UID and counter out of 16 encrypted bytes (PICCENCData); `ForgedProofError` where the key does not open them."""
    opener = Cipher(AES(meta_read), CBC(bytes(16))).decryptor()
    plain = opener.update(encrypted) + opener.finalize()
    if plain[0] != _TAG:
        raise ForgedProofError("the card's part of the link does not open with our key")
    return plain[1 : 1 + UID_BYTES], int.from_bytes(plain[8:11], "little")


def encrypt_picc_data(uid: bytes, counter: int, meta_read: bytes, padding: bytes) -> bytes:
    """What the card does: encrypt tag, UID, counter and 5 random bytes of `padding`."""
    sealer = Cipher(AES(meta_read), CBC(bytes(16))).encryptor()
    return sealer.update(bytes((_TAG,)) + uid + counter.to_bytes(3, "little") + padding) + sealer.finalize()


def session_mac_key(file_read: bytes, uid: bytes, counter: int) -> bytes:
    """Key of one reading's message code, from the session vector SV2 (data sheet, 9.3.9.1)."""
    return cmac(file_read, _SV2 + uid + counter.to_bytes(3, "little"))


def sun_link(base: str, picc: bytes, mac: bytes) -> str:
    """The link as a card of this house carries it."""
    joint = "&" if "?" in base else "?"
    return f"{base}{joint}{PICC_NAMES[0]}={picc.hex().upper()}&{MAC_NAMES[0]}={mac.hex().upper()}"


def _parts(link: str | Mapping[str, str]) -> tuple[bytes, bytes]:
    given = list(link.items()) if isinstance(link, Mapping) else _query(link)
    picc, mac = _only(given, PICC_NAMES), _only(given, MAC_NAMES)
    if picc is None or mac is None:
        raise NotSignedError("the link carries no message code")
    return _bytes(picc, 16), _bytes(mac, 8)


def _query(link: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(link).query, keep_blank_values=True, max_num_fields=32)
    except ValueError as error:
        raise MalformedProofError("the link cannot be taken apart") from error


def _only(given: list[tuple[str, str]], names: tuple[str, ...]) -> str | None:
    found = [value for name, value in given if name in names]
    if len(found) > 1:
        raise MalformedProofError("a part of the proof is given twice")
    return found[0] if found else None


def _bytes(text: str, length: int) -> bytes:
    try:
        value = bytes.fromhex(text) if text.isalnum() and text.isascii() else b""
    except ValueError:
        value = b""
    if len(value) != length:
        raise MalformedProofError(f"a part of the proof is not {length} bytes in hexadecimal")
    return value
