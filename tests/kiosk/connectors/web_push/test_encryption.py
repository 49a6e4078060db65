"""Encryption and signature of push messages: the RFCs' own example, a browser's side, and published libraries."""

from __future__ import annotations

import json

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.connectors.web_push.encryption import (
    MAX_CONTENT,
    PADDED_BYTES,
    BadKeysError,
    ReceiverKeys,
    encrypted,
    from_base64url,
    receiver_keys,
)
from kiosk.connectors.web_push.vapid import new_vapid_pem, vapid_key
from tests.kiosk.connectors.web_push.push_service import Browser, un64
from tests.peers import environment

# RFC 8291, section 5 and appendix A
CONTENT = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
    "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(given: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(un64(given)), ec.SECP256R1())


def test_the_example_of_the_rfc_has_every_byte() -> None:
    body = encrypted(
        CONTENT, receiver_keys(P256DH, AUTH), padded=0, salt=un64(BODY[:22])[:16], own=private(SENDER)
    )
    assert body == un64(BODY)
    assert Browser("", private(RECEIVER), un64(AUTH)).opened(body) == CONTENT


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=MAX_CONTENT))
def test_a_browser_opens_what_was_encrypted_for_it_and_no_other_does(content: bytes) -> None:
    browser, other = Browser("https://x"), Browser("https://y")
    body = encrypted(content, browser.address().keys)
    assert browser.opened(body) == content
    assert len(body) <= 4096
    with pytest.raises(InvalidTag):
        other.opened(body)


def test_short_messages_have_one_length_and_too_long_ones_are_refused() -> None:
    keys = Browser("https://x").address().keys
    assert len({len(encrypted(b"a" * size, keys)) for size in (0, 1, 60, PADDED_BYTES)}) == 1
    with pytest.raises(ValueError, match="at most"):
        encrypted(bytes(MAX_CONTENT + 1), keys)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH), (P256DH, ""), (P256DH[:-4], AUTH), (P256DH, AUTH + "AA"), ("!" * 87, AUTH), (P256DH, "é" * 22),
        ("A" * 87, AUTH), (P256DH[:-1] + "7", AUTH), ("B" + "A" * 86, AUTH),
    ],
)  # fmt: skip
def test_keys_that_are_none_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(BadKeysError):
        receiver_keys(p256dh, auth)


def test_planted_a_point_that_is_not_on_the_curve_is_noticed() -> None:
    """Without that check, keys of a weak curve tell the sender's key (invalid curve attack)."""
    bent = bytearray(un64(P256DH))
    bent[-1] ^= 1
    with pytest.raises(BadKeysError, match="no point"):
        ReceiverKeys(bytes(bent), un64(AUTH))


@given(st.text(max_size=30))
def test_every_text_is_base64url_or_refused(text: str) -> None:
    try:
        from_base64url(text)
    except BadKeysError:
        return
    assert text.isascii()


def test_a_key_is_read_again_and_others_are_none() -> None:
    pem = new_vapid_pem()
    assert vapid_key(pem).public == vapid_key(pem).public
    assert len(un64(vapid_key(pem).public)) == 65
    for wrong in (b"", b"no key", pem[:60]):
        with pytest.raises(ValueError, match=r"."):
            vapid_key(wrong)


def test_published_libraries_open_the_message_and_check_the_signature() -> None:
    interpreter = environment.python()
    packages = interpreter.parent.parent.glob("lib/python*/site-packages/http_ece") if interpreter else ()
    if not any(packages):
        pytest.skip(environment.WHY_ABSENT)
    body = encrypted(CONTENT, receiver_keys(P256DH, AUTH))
    header = vapid_key(new_vapid_pem()).authorization("https://push.example/a", "mailto:it@shop.example", 1)
    found = environment.run("open_push.py", body.hex(), un64(RECEIVER).hex(), un64(AUTH).hex(), header)
    assert found == {"content": CONTENT.decode(), "signed": True}, json.dumps(found)
