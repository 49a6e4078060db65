"""Message encryption: the message that Adyen publishes with its libraries, our own, and messages that were changed."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.connectors.payments.nexo.encryption import SharedKey, WrongKeyError

PUBLISHED = Path(__file__).with_name("published_message.json")
"""github.com/Adyen/adyen-java-api-library (MIT, Copyright (c) 2017 Adyen), src/test/resources/mocks/terminal-api/
payment-local-success.json; the Node library has the same one (src/__mocks__/terminalApi/local.ts). Passphrase and
identifier: NexoCryptoTest.java."""
KEY = SharedKey("CryptoKeyIdentifier12345", 1, "p@ssw0rd123456")


def published() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(PUBLISHED.read_text())["SaleToPOIResponse"]
    return found


def test_the_published_message_is_decrypted() -> None:
    body = json.loads(KEY.open(published()))["SaleToPOIResponse"]
    assert body["PaymentResponse"]["POIData"]["POITransactionID"] == {
        "TimeStamp": "2019-05-08T14:25:15.000Z",
        "TransactionID": "4r7i001557325515012.8815573255107661",
    }


def test_encrypting_the_published_text_with_its_nonce_gives_the_published_message() -> None:
    message = published()
    nonce = base64.b64decode(message["SecurityTrailer"]["Nonce"])
    assert KEY.seal(message["MessageHeader"], KEY.open(message), nonce) == message


@given(st.binary(max_size=200))
def test_every_text_comes_back(plain: bytes) -> None:
    sealed = KEY.seal({"ServiceID": "1"}, plain)
    assert KEY.open(sealed) == plain
    assert sealed["SecurityTrailer"]["Nonce"] != KEY.seal({}, plain)["SecurityTrailer"]["Nonce"]


@given(st.sampled_from(["NexoBlob", "Nonce", "Hmac"]), st.integers(0, 200), st.integers(1, 255))
def test_one_changed_byte_is_noticed(place: str, at: int, by: int) -> None:
    sealed = KEY.seal({}, b'{"Result": "Failure"}')
    part = sealed if place == "NexoBlob" else sealed["SecurityTrailer"]
    raw = bytearray(base64.b64decode(part[place]))
    raw[at % len(raw)] ^= by
    part[place] = base64.b64encode(raw).decode()
    with pytest.raises(WrongKeyError):
        KEY.open(sealed)


@pytest.mark.parametrize(
    "other",
    [
        SharedKey("CryptoKeyIdentifier12345", 1, "p@ssw0rd123457"),
        SharedKey("CryptoKeyIdentifier12345", 2, "p@ssw0rd123456"),
        SharedKey("AnotherIdentifier", 1, "p@ssw0rd123456"),
    ],
)
def test_another_key_is_refused_with_the_same_words(other: SharedKey) -> None:
    with pytest.raises(WrongKeyError, match="the message was not made with this key"):
        other.open(KEY.seal({}, b"{}"))


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"NexoBlob": "", "SecurityTrailer": None},
        {"NexoBlob": "ü", "SecurityTrailer": {"Nonce": "", "Hmac": ""}},
        {
            "NexoBlob": 5,
            "SecurityTrailer": {"Nonce": "AAAA", "Hmac": "AAAA", "KeyIdentifier": "x", "KeyVersion": 1},
        },
        {**KEY.seal({}, b"{}"), "NexoBlob": "AAAA"},
    ],
)
def test_what_is_no_encrypted_message_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(WrongKeyError):
        KEY.open(wrong)


def test_no_secret_is_shown() -> None:
    assert "p@ssw0rd" not in repr(KEY)
    assert "_hmac_key" not in repr(KEY)


@pytest.mark.parametrize("passphrase", ["", "Zürich"])
def test_a_passphrase_that_libraries_encode_differently_is_refused(passphrase: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        SharedKey("x", 1, passphrase)


def test_planted_a_key_that_does_not_check_its_messages_is_caught() -> None:
    class Careless(SharedKey):
        def _digest(self, plain: bytes) -> bytes:
            del plain
            return b""

    careless = Careless("CryptoKeyIdentifier12345", 1, "p@ssw0rd123456")
    sealed = careless.seal({}, b'{"Result": "Failure", "filler": "0123456789abcdef"}')
    raw = bytearray(base64.b64decode(sealed["NexoBlob"]))
    raw[0] ^= 1
    changed = {**sealed, "NexoBlob": base64.b64encode(raw).decode()}
    assert careless.open(changed) != careless.open(sealed)
    with pytest.raises(WrongKeyError):
        KEY.open(changed)
