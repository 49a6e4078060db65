"""CPace against the draft's own test vectors, and what a listener or a wrong code gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.pairing import cpace

H = bytes.fromhex
# draft-irtf-cfrg-cpace-21, appendix B.1
CODE, CHANNEL = b"Password", b"\x0bA_initiator\x0bB_responder"
SESSION = H("7e4b4791d6a8ef019b936c79fb7f2c57")
GENERATOR = H("d04bf6d41f6a289632a2e929fa29bebd51092512a7829fdde7d314b62f05a73f")
SECRET_A = H("21b4f4bd9e64ed355c3eb676a28ebedaf6d8f17bdc365995b319097153044080")
SHARE_A = H("1d13c89278cdadd826f6d8d7f887701430f8380ddc17611cdd6dc989ce0c9f32")
SECRET_B = H("848b0779ff415f0af4ea14df9dd1d3c29ac41d836c7808896c4eba19c51ac40a")
SHARE_B = H("248cccf6d5cdc3646f0ad593f9e6cef4e69d4945f8372e623512ecea32185623")
KEY = H(
    "6e19b875f7a561d6b3ca3dbb9ef42ac55de3e717881018204b8922b4d5e53bb2"
    "aa82c300bea7b65d2b671da71922ddf6472301b79bc270adfa8bf413285f2263"
)
LOW_ORDER = [
    H("00" * 32),
    H("01" + "00" * 31),
    H("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    H("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    H("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
    H("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    H("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
]


def test_the_drafts_generator() -> None:
    said = cpace.generator_string(CODE, CHANNEL, SESSION)
    assert said == b"\x08CPace255\x08Password" + b"\x6d" + bytes(109) + b"\x18" + CHANNEL + b"\x10" + SESSION
    import hashlib

    assert cpace.mapped(hashlib.sha512(said).digest()[:32]) == GENERATOR


def test_the_drafts_exchange() -> None:
    a = cpace.begin(CODE, CHANNEL, SESSION, b"ADa", initiator=True, secret=SECRET_A)
    b = cpace.begin(CODE, CHANNEL, SESSION, b"ADb", initiator=False, secret=SECRET_B)
    assert (a.share, b.share) == (SHARE_A, SHARE_B)
    assert a.key(b.share, b"ADb") == b.key(a.share, b"ADa") == KEY


def test_the_drafts_lengths() -> None:
    assert cpace.prefixed(b"1234", b"5", b"", b"678") == H("043132333401350003363738")
    assert cpace.prefixed(bytes(128))[:2] == H("8001")


@pytest.mark.parametrize("share", [*LOW_ORDER, b"", bytes(31), bytes(33)])
def test_a_share_that_tells_the_key_is_refused(share: bytes) -> None:
    with pytest.raises(cpace.ShareError):
        cpace.begin(CODE, CHANNEL, SESSION, b"", initiator=True).key(share, b"")


@given(st.binary(max_size=200), st.binary(max_size=20), st.binary(min_size=16, max_size=16))
def test_the_same_code_gives_the_same_key(code: bytes, data: bytes, session: bytes) -> None:
    a = cpace.begin(code, CHANNEL, session, data, initiator=True)
    b = cpace.begin(code, CHANNEL, session, b"root", initiator=False)
    assert a.key(b.share, b"root") == b.key(a.share, data)


@pytest.mark.parametrize("differs", ["code", "channel", "session", "data", "role"])
def test_planted_any_difference_gives_another_key(differs: str) -> None:
    a = cpace.begin(b"11112222", CHANNEL, SESSION, b"1", initiator=True)
    b = cpace.begin(
        b"11112223" if differs == "code" else b"11112222",
        b"other" if differs == "channel" else CHANNEL,
        bytes(16) if differs == "session" else SESSION,
        b"root",
        initiator=differs == "role",
    )
    data = b"2" if differs == "data" else b"1"
    assert a.key(b.share, b"root") != b.key(a.share, data)


def test_two_exchanges_with_one_code_have_nothing_in_common() -> None:
    first, second = (cpace.begin(CODE, CHANNEL, SESSION, b"", initiator=True) for _ in range(2))
    assert first.share != second.share
    assert first.secret.hex() not in repr(first)
