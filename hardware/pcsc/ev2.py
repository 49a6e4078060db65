"""Mutual authentication with an NTAG 424 DNA and the secured commands that follow it, as dialogues without transport.

The store holds the keys and speaks; the mirror only passes commands and answers (`RemoteDialogue`).
AuthenticateEV2First and secure messaging by the data sheet NT4H2421Gx, 9.1; vectors in NXP AN12196, 6.
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
_AUTHENTICATE, _MORE = 0x71, 0xAF
_FOR_COMMANDS, _FOR_ANSWERS = b"\xa5\x5a", b"\x5a\xa5"
# What a card says that does not hold the key we think: authentication error, no such key.
_NO_KEY: Final = (0x91AE, 0x9140)

Result = TypeVar("Result")
CardDialogue = Generator[bytes, bytes, Result]


@dataclass(frozen=True, slots=True)
class Ev2Session:
    """An authenticated session: its two keys, the card's transaction number, and the commands sent so far."""

    enc_key: bytes = field(repr=False)
    mac_key: bytes = field(repr=False)
    transaction: bytes
    sent: int = 0

    def after_command(self) -> Ev2Session:
        """The session once the card has carried out one more command."""
        return replace(self, sent=self.sent + 1)

    def _count(self, ahead: int = 0) -> bytes:
        return (self.sent + ahead).to_bytes(2, "little")

    def mac(self, ins: int, body: bytes) -> bytes:
        """Message code of a command: its code, counter, transaction and body."""
        return truncate_mac(cmac(self.mac_key, bytes((ins,)) + self._count() + self.transaction + body))

    def answer_mac(self, body: bytes, status: int = 0x00) -> bytes:
        """Message code the card gives with its answer to the command under way."""
        return truncate_mac(cmac(self.mac_key, bytes((status,)) + self._count(1) + self.transaction + body))

    def cipher(self) -> Cipher[CBC]:
        """For the body of the next command."""
        seed = _FOR_COMMANDS + self.transaction + self._count() + bytes(8)
        encryptor = Cipher(AES(self.enc_key), ECB()).encryptor()  # noqa: S305  # one block: the chip's way to an IV
        return Cipher(AES(self.enc_key), CBC(encryptor.update(seed) + encryptor.finalize()))


@dataclass(frozen=True, slots=True)
class Ev2Response:
    """What the card made of our challenge, opened: its transaction number and our random number, turned back."""

    transaction: bytes
    rnd_a: bytes


def authenticate(key: bytes, number: int, rnd_a: bytes) -> CardDialogue[Ev2Session]:
    """AuthenticateEV2First with key `number`, after the application was selected.

    Raises `ForgedProofError` where the card does not hold the key, `MalformedProofError` where it answers otherwise.
    """
    first = ResponseApdu.parse((yield native_command(_AUTHENTICATE, bytes((number, 0)))))
    _expect(first, StatusWord.NATIVE_MORE, 16)
    rnd_b = _decrypt(key, first.body)
    second = ResponseApdu.parse((yield native_command(_MORE, _encrypt(key, rnd_a + rnd_b[1:] + rnd_b[:1]))))
    _expect(second, StatusWord.NATIVE_OK, 32)
    plain = _decrypt(key, second.body)
    answer = Ev2Response(plain[:4], plain[19:20] + plain[4:19])
    if not hmac.compare_digest(answer.rnd_a, rnd_a):
        raise ForgedProofError("the card did not open our challenge")
    enc_key, mac_key = session_keys(key, rnd_a, rnd_b)
    return Ev2Session(enc_key, mac_key, answer.transaction)


def _expect(answer: ResponseApdu, status: int, length: int) -> None:
    if answer.status in _NO_KEY:
        raise ForgedProofError("the card does not hold our key")
    if answer.status != status or len(answer.body) != length:
        raise MalformedProofError(f"the card breaks the authentication off (status {answer.status:04X})")


def session_keys(key: bytes, rnd_a: bytes, rnd_b: bytes) -> tuple[bytes, bytes]:
    """Keys to encrypt and to sign one session with (data sheet, 9.1.7)."""
    mixed = bytes(a ^ b for a, b in zip(rnd_a[2:8], rnd_b[:6], strict=True))
    tail = b"\x00\x01\x00\x80" + rnd_a[:2] + mixed + rnd_b[6:] + rnd_a[8:]
    return cmac(key, _FOR_COMMANDS + tail), cmac(key, _FOR_ANSWERS + tail)


def _encrypt(key: bytes, plain: bytes) -> bytes:
    encryptor = Cipher(AES(key), CBC(_ZERO_IV)).encryptor()
    return encryptor.update(plain) + encryptor.finalize()


def _decrypt(key: bytes, sealed: bytes) -> bytes:
    decryptor = Cipher(AES(key), CBC(_ZERO_IV)).decryptor()
    return decryptor.update(sealed) + decryptor.finalize()


def secured_command(session: Ev2Session, ins: int, header: bytes, body: bytes) -> bytes:
    """A command whose body is encrypted and which is signed as a whole (CommMode.Full)."""
    padded = body + b"\x80" + bytes(-(len(body) + 1) % 16)
    encryptor = session.cipher().encryptor()
    sealed = encryptor.update(padded) + encryptor.finalize()
    return native_command(ins, header + sealed + session.mac(ins, header + sealed))


def check_response(session: Ev2Session, raw: bytes, *, last: bool = False) -> Ev2Session:
    """Check the answer to a secured command; `last`: the command ended the session, so nothing is signed any more."""
    answer = ResponseApdu.parse(raw)
    if answer.status != StatusWord.NATIVE_OK:
        raise CardProtocolError(f"the card refuses a secured command (status {answer.status:04X})")
    if not last and not hmac.compare_digest(answer.body, session.answer_mac(b"")):
        raise ForgedProofError("the answer is not signed by the card")
    return session.after_command()


class RemoteDialogue(Generic[Result]):
    """A dialogue handed over a wire one command at a time: `start`, then `next` with each answer until a result."""

    def __init__(self, talk: CardDialogue[Result]) -> None:
        self._talk = talk

    def start(self) -> bytes:
        """The first command."""
        return next(self._talk)

    def next(self, answer: bytes) -> bytes | Result:
        """The next command, or the result; raises what the dialogue raises."""
        try:
            return self._talk.send(answer)
        except StopIteration as end:
            result: Result = end.value
            return result


@dataclass(frozen=True, slots=True)
class AuthenticatedCard:
    """The card at the reader holds the key: it is there now, and it is the one with this UID."""

    uid: str


def authenticate_card(uid: str, key: bytes, number: int, rnd_a: bytes) -> CardDialogue[AuthenticatedCard]:
    """Select the application and prove the card's key, which is diversified by `uid` (14 hex digits)."""
    if not ResponseApdu.parse((yield SELECT_NDEF)).exists:
        raise MalformedProofError("the card has no application to authenticate with")
    yield from authenticate(key, number, rnd_a)
    return AuthenticatedCard(uid.upper())


class Ev2Authentication(RemoteDialogue[AuthenticatedCard]):
    """What the store keeps while it meets a card through a mirror: `start() -> command`,
    `next(answer) -> command | AuthenticatedCard`. `key`: `ShopKeys.card_key(uid, AUTHENTICATION_KEY)`."""

    def __init__(
        self, uid: str, key: bytes, number: int = AUTHENTICATION_KEY, rnd_a: bytes | None = None
    ) -> None:
        super().__init__(authenticate_card(uid, key, number, rnd_a or secrets.token_bytes(16)))
