"""The encryption of back-ups: whatever is damaged, cut, extended, reordered or swapped is noticed."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.store.backup.keys import PublicKey, SecretKey
from kiosk.store.backup.sealing import SealedReader, SealedWriter, read_head, stream_key
from kiosk.store.errors import BackupError

SECRET = SecretKey.from_text(SecretKey(bytes(range(32))).text)
PIECE, TAG = 1 << 20, 16
LONG = bytes(3 * PIECE + 77)


def sealed(content: bytes, public: PublicKey = SECRET.public) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, public, version="0.1.0", made_us=1, size=len(content))
    writer.write(content)
    writer.end()
    return file.getvalue()


def opened(file: bytes, secret: SecretKey = SECRET) -> bytes:
    stream = io.BytesIO(file)
    head = read_head(stream)
    return SealedReader(stream, head, stream_key(head, secret)).read()


SHORT = sealed(b"a coat, a shirt")
BEGIN = SHORT.index(b"}\n") + 2


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_what_was_written_is_read(size: int) -> None:
    content = bytes(index % 251 for index in range(min(size, 1000))) + bytes(max(0, size - 1000))
    assert opened(sealed(content)) == content


@given(st.integers(0, len(SHORT) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place: int, change: int) -> None:
    changed = bytearray(SHORT)
    changed[place] ^= change
    with pytest.raises(BackupError):
        opened(bytes(changed))


@given(st.integers(0, len(SHORT) - 1))
def test_a_cut_file_is_noticed(end: int) -> None:
    with pytest.raises(BackupError):
        opened(SHORT[:end])


def test_pieces_that_are_missing_swapped_or_of_another_file_are_noticed() -> None:
    file, other = sealed(LONG), sealed(LONG)
    begin = file.index(b"}\n") + 2
    step = PIECE + TAG
    head, pieces = file[:begin], [file[begin + n * step : begin + (n + 1) * step] for n in range(4)]
    assert opened(head + b"".join(pieces)) == LONG
    for wrong in (
        pieces[:3], [pieces[1], pieces[0], *pieces[2:]], [*pieces[:2], pieces[3]], [*pieces, pieces[3]],
        [pieces[0], other[begin + step : begin + 2 * step], *pieces[2:]],
    ):  # fmt: skip
        with pytest.raises(BackupError):
            opened(head + b"".join(wrong))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(BackupError, match="not the key of this back-up"):
        opened(SHORT, SecretKey.new())
    assert b"shirt" not in SHORT
    assert SECRET.public.raw.hex().encode() not in SHORT, "the public key would let others make back-ups"


def test_a_newer_back_up_names_its_version() -> None:
    newer = SHORT.replace(b'"format": 1', b'"format": 2').replace(b'"0.1.0"', b'"9.9.9"')
    with pytest.raises(BackupError, match=r"9\.9\.9, which is newer"):
        opened(newer)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sk_live",
        SECRET.text[:-1],
        SECRET.text[:-1] + "x",
        SECRET.text.replace("0a", "0b"),
        SECRET.public.text,
    ],
)
def test_a_mistyped_key_is_refused(text: str) -> None:
    with pytest.raises(BackupError):
        SecretKey.from_text(text)


def test_keys_survive_as_text() -> None:
    assert SecretKey.from_text(f"# a comment\n\n  {SECRET.text}\n") == SECRET
    assert PublicKey.from_text(SECRET.public.text) == SECRET.public
    assert SECRET.raw.hex() not in repr(SECRET)
