"""EV2 mutual authentication and secure messaging with an NTAG 424 DNA, as dialogues without transport.

The store has the keys and makes the commands; the mirror only passes commands and responses (`RemoteDialogue`).
AuthenticateEV2First and secure messaging by data sheet NT4H2421Gx, 9.1; vectors in NXP AN12196, 6.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import Final, Generic, TypeVar

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB

from hardware.pcsc.apdu import ResponseApdu, StatusWord, native_command
from hardware.pcsc.card_reading import SELECT_NDEF
from hardware.pcsc.errors import CardProtocolError, ForgedProofError, MalformedProofError
from hardware.pcsc.keys import AUTHENTICATION_KEY, cmac, truncate_mac

_ZERO_IV: Final = bytes(16)
_AUTHENTICATE_EV2_FIRST, _ADDITIONAL_FRAME = 0x71, 0xAF
# label of the encryption key and of the IV of commands, label of the MAC key
_ENC_LABEL, _MAC_LABEL = b"\xa5\x5a", b"\x5a\xa5"
# AUTHENTICATION_ERROR and NO_SUCH_KEY: the card has another key
_WRONG_KEY: Final = (0x91AE, 0x9140)

Result = TypeVar("Result")
CardDialogue = Generator[bytes, bytes, Result]


@dataclass(frozen=True, slots=True)
class Ev2Session:
    """An authenticated session: session keys, transaction identifier (TI), command counter (CmdCtr)."""

    enc_key: bytes = field(repr=False)
    mac_key: bytes = field(repr=False)
    transaction_id: bytes
    command_counter: int = 0

    def after_command(self) -> Ev2Session:
        """The session after the card has executed one more command."""
        return replace(self, command_counter=self.command_counter + 1)

    def _counter_bytes(self, ahead: int = 0) -> bytes:
        return (self.command_counter + ahead).to_bytes(2, "little")

    def command_mac(self, ins: int, data: bytes) -> bytes:
        """MAC of a command: over its code, CmdCtr, TI and data."""
        message = bytes((ins,)) + self._counter_bytes() + self.transaction_id + data
        return truncate_mac(cmac(self.mac_key, message))

    def response_mac(self, data: bytes, status: int = 0x00) -> bytes:
        """MAC of the response to the current command: over its status, CmdCtr + 1, TI and data."""
        message = bytes((status,)) + self._counter_bytes(1) + self.transaction_id + data
        return truncate_mac(cmac(self.mac_key, message))

    def command_cipher(self) -> Cipher[CBC]:
        """AES-CBC for the data of the next command; its IV is derived from TI and CmdCtr."""
        seed = _ENC_LABEL + self.transaction_id + self._counter_bytes() + bytes(8)
        encryptor = Cipher(AES(self.enc_key), ECB()).encryptor()  # noqa: S305  # one block, as the data sheet defines the IV
        return Cipher(AES(self.enc_key), CBC(encryptor.update(seed) + encryptor.finalize()))


def authenticate(key: bytes, number: int, rnd_a: bytes) -> CardDialogue[Ev2Session]:
    """AuthenticateEV2First with key `number`, in the selected application; `rnd_a`: 16 random bytes.

    Raises ForgedProofError if the card has another key, MalformedProofError for any other unexpected response.
    """
    first = ResponseApdu.parse((yield native_command(_AUTHENTICATE_EV2_FIRST, bytes((number, 0)))))
    _expect(first, StatusWord.NATIVE_MORE, 16)
    rnd_b = _decrypt(key, first.data)
    proof = _encrypt(key, rnd_a + rnd_b[1:] + rnd_b[:1])
    second = ResponseApdu.parse((yield native_command(_ADDITIONAL_FRAME, proof)))
    _expect(second, StatusWord.NATIVE_OK, 32)
    plain = _decrypt(key, second.data)
    transaction_id, returned_rnd_a = plain[:4], plain[19:20] + plain[4:19]
    if not hmac.compare_digest(returned_rnd_a, rnd_a):
        raise ForgedProofError("the card did not return our random number")
    enc_key, mac_key = session_keys(key, rnd_a, rnd_b)
    return Ev2Session(enc_key, mac_key, transaction_id)


def _expect(response: ResponseApdu, status_word: int, length: int) -> None:
    if response.status_word in _WRONG_KEY:
        raise ForgedProofError("the card does not have our key")
    if response.status_word != status_word or len(response.data) != length:
        raise MalformedProofError(
            f"the card ended the authentication (status word {response.status_word:04X})"
        )


def session_keys(key: bytes, rnd_a: bytes, rnd_b: bytes) -> tuple[bytes, bytes]:
    """The encryption key and the MAC key of a session (data sheet, 9.1.7)."""
    mixed = bytes(a ^ b for a, b in zip(rnd_a[2:8], rnd_b[:6], strict=True))
    context = b"\x00\x01\x00\x80" + rnd_a[:2] + mixed + rnd_b[6:] + rnd_a[8:]
    return cmac(key, _ENC_LABEL + context), cmac(key, _MAC_LABEL + context)


def _encrypt(key: bytes, plain: bytes) -> bytes:
    encryptor = Cipher(AES(key), CBC(_ZERO_IV)).encryptor()
    return encryptor.update(plain) + encryptor.finalize()


def _decrypt(key: bytes, encrypted: bytes) -> bytes:
    decryptor = Cipher(AES(key), CBC(_ZERO_IV)).decryptor()
    return decryptor.update(encrypted) + decryptor.finalize()


def secured_command(session: Ev2Session, ins: int, header: bytes, data: bytes) -> bytes:
    """A command in CommMode.Full: `data` encrypted, then a MAC over all."""
    padded = data + b"\x80" + bytes(-(len(data) + 1) % 16)
    encryptor = session.command_cipher().encryptor()
    encrypted = encryptor.update(padded) + encryptor.finalize()
    return native_command(ins, header + encrypted + session.command_mac(ins, header + encrypted))


def check_response(session: Ev2Session, raw: bytes, *, last: bool = False) -> Ev2Session:
    """Verifies the response to a secured command; returns the session after it.

    `last`: the command ended the session, so the response has no MAC. Raises CardProtocolError or ForgedProofError.
    """
    response = ResponseApdu.parse(raw)
    if response.status_word != StatusWord.NATIVE_OK:
        raise CardProtocolError(
            f"the card refuses a secured command (status word {response.status_word:04X})"
        )
    if not last and not hmac.compare_digest(response.data, session.response_mac(b"")):
        raise ForgedProofError("the response has a wrong MAC")
    return session.after_command()


class RemoteDialogue(Generic[Result]):
    """A dialogue whose commands are transmitted elsewhere: `start`, then `next` with each response until a result."""

    def __init__(self, dialogue: CardDialogue[Result]) -> None:
        self._dialogue = dialogue

    def start(self) -> bytes:
        """The first command."""
        return next(self._dialogue)

    def next(self, response: bytes) -> bytes | Result:
        """The next command, or the result. Raises what the dialogue raises."""
        try:
            return self._dialogue.send(response)
        except StopIteration as end:
            result: Result = end.value
            return result


@dataclass(frozen=True, slots=True)
class AuthenticatedCard:
    """The card at the reader has proved its key: it is there now, and it has this UID."""

    uid: str


def authenticate_card(uid: str, key: bytes, number: int, rnd_a: bytes) -> CardDialogue[AuthenticatedCard]:
    """Selects the NDEF application and authenticates with `key`, which is diversified by `uid` (14 hex digits).

    Raises ForgedProofError or MalformedProofError.
    """
    if not ResponseApdu.parse((yield SELECT_NDEF)).found:
        raise MalformedProofError("the card has no NDEF application")
    yield from authenticate(key, number, rnd_a)
    return AuthenticatedCard(uid.upper())


class Ev2Authentication(RemoteDialogue[AuthenticatedCard]):
    """Authentication of a card through a mirror; kept by the store from one command to the next.

    `key`: `ShopKeys.card_key(uid, AUTHENTICATION_KEY)`; `rnd_a` None: 16 random bytes.
    """

    def __init__(
        self, uid: str, key: bytes, number: int = AUTHENTICATION_KEY, rnd_a: bytes | None = None
    ) -> None:
        super().__init__(authenticate_card(uid, key, number, rnd_a or secrets.token_bytes(16)))
