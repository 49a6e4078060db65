"""Encrypts a back-up as a stream, so that damaged, cut, extended, reordered or swapped content is noticed.

X25519 with a key of its own for each file (RFC 7748), HKDF-SHA-256 (RFC 5869), and ChaCha20-Poly1305 (RFC 8439) for
pieces of 1 MiB. The nonce is the number of the piece and whether it is the last one (the STREAM construction; Hoang,
Reyhanitabar, Rogaway, Vizar, "Online Authenticated-Encryption", 2015; `age` uses it as well). The head of the file is
authenticated with every piece. Whoever has the public key can make a back-up; it is in the store's configuration only.
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.store.backup.keys import PublicKey, SecretKey
from kiosk.store.errors import BackupError

FORMAT: Final = 1
"""Grows with each change of the file or of its list: an earlier version refuses a newer file by it."""
_MAGIC: Final = b"CHEVAL-BACKUP\n"
_MAX_HEAD: Final = 4096
_PIECE: Final = 1 << 20
_TAG: Final = 16
_MAX_PIECES: Final = 1 << 40


@dataclass(frozen=True, slots=True)
class Head:
    """What can be read without the key. `size`: bytes of its content, unpacked; `key`: fingerprint of the public key;
    `ephemeral`: the file's own public key in hexadecimal."""

    format: int
    version: str
    made_us: int
    size: int
    key: str
    ephemeral: str

    @property
    def line(self) -> bytes:
        """The bytes in front of the pieces."""
        return _MAGIC + json.dumps(asdict(self)).encode() + b"\n"


class SealedWriter(io.RawIOBase):
    """Writes the pieces of a file; `end` writes the last one, without which the file counts as cut."""

    def __init__(self, file: BinaryIO, public: PublicKey, *, version: str, made_us: int, size: int) -> None:
        own = X25519PrivateKey.generate()
        self.head = Head(
            FORMAT, version, made_us, size, public.fingerprint, own.public_key().public_bytes_raw().hex()
        )
        self.stream_key = _stream_key(own.exchange(public.key), self.head, public)
        """Opens this file; to verify it at once."""
        self._file, self._cipher = file, ChaCha20Poly1305(self.stream_key)
        self._buffer, self._number = bytearray(), 0
        file.write(self.head.line)

    def writable(self) -> bool:
        return True

    def write(self, content: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        self._buffer += content
        while len(self._buffer) > _PIECE:
            self._write(bytes(self._buffer[:_PIECE]), last=False)
            del self._buffer[:_PIECE]
        return len(content)

    def end(self) -> None:
        """Writes the last piece."""
        self._write(bytes(self._buffer), last=True)
        self._buffer.clear()

    def _write(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, self.head.line))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads the content of a file behind its head. Raises BackupError for damage, and at the end of a cut file."""

    def __init__(self, file: BinaryIO, head: Head, stream_key: bytes) -> None:
        self._file, self._head, self._cipher = file, head, ChaCha20Poly1305(stream_key)
        self._piece, self._place, self._number, self._ended = b"", 0, 0, False
        self._next = file.read(_PIECE + _TAG)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, at most the rest of a piece; b"" at the end."""
        if size < 0:
            return b"".join(iter(lambda: self.read(_PIECE), b""))
        if self._place >= len(self._piece) and not self._ended:
            self._open_next()
        found = self._piece[self._place : self._place + size]
        self._place += len(found)
        return found

    def _open_next(self) -> None:
        sealed, self._next = self._next, self._file.read(_PIECE + _TAG)
        last = not self._next
        try:
            self._piece = self._cipher.decrypt(_nonce(self._number, last=last), sealed, self._head.line)
        except InvalidTag:
            raise BackupError(
                f"the back-up is damaged or incomplete (piece {self._number + 1} of 1 MiB)"
            ) from None
        self._place, self._number, self._ended = 0, self._number + 1, last


def read_head(file: BinaryIO) -> Head:
    """The head of a file. Raises BackupError for another file, or one of a newer version."""
    if file.read(len(_MAGIC)) != _MAGIC:
        raise BackupError("this is no back-up of Cheval")
    line = file.readline(_MAX_HEAD)
    try:
        found = json.loads(line)
        given = int(found["format"])
        if given > FORMAT:
            raise BackupError(
                f"it was made by version {str(found.get('version', ''))[:40]!s}, which is newer than this one; "
                "install that version, then restore it"
            )
        texts = (str(found["key"]), str(found["ephemeral"]))
        head = Head(given, str(found["version"]), int(found["made_us"]), int(found["size"]), *texts)
    except (ValueError, KeyError, TypeError):
        raise BackupError("the head of the back-up is damaged") from None
    if head.line != _MAGIC + line:
        raise BackupError("the head of the back-up is damaged")
    return head


def stream_key(head: Head, secret: SecretKey) -> bytes:
    """The key of a file. Raises BackupError for another key than the one it was made for."""
    public = secret.public
    if head.key != public.fingerprint:
        raise BackupError(
            f"this is not the key of this back-up: it needs the key {head.key}, and this is {public.fingerprint}"
        )
    try:
        shared = secret.key.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(head.ephemeral)))
    except ValueError:
        raise BackupError("the head of the back-up is damaged") from None
    return _stream_key(shared, head, public)


def _stream_key(shared: bytes, head: Head, public: PublicKey) -> bytes:
    salt = bytes.fromhex(head.ephemeral) + public.raw
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"cheval backup stream").derive(shared)


def _nonce(number: int, *, last: bool) -> bytes:
    if number >= _MAX_PIECES:
        raise BackupError("the back-up is too large")
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
