"""The signature by which a push service knows who sends: VAPID (RFC 8292), a JWT with ES256 (RFC 7518, section 3.4)."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from kiosk.connectors.web_push.encryption import base64url, point_bytes

LASTS_S: Final = 6 * 3600
"""A signature's validity; 24 h is the most that services take (RFC 8292, section 2)."""


class VapidKey:
    """The shop's key. Subscriptions belong to it: with another key they are of no use."""

    def __init__(self, key: EllipticCurvePrivateKey) -> None:
        self._key = key
        self.public = base64url(point_bytes(key.public_key()))
        """As browsers take it (`applicationServerKey`)."""

    def authorization(self, endpoint: str, contact: str, now_s: int) -> str:
        """The header `Authorization` of a push to this endpoint. `contact`: `mailto:` or `https:` of the store."""
        parts = urlsplit(endpoint)
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": now_s + LASTS_S, "sub": contact}
        head = base64url(_json({"typ": "JWT", "alg": "ES256"}))
        said = f"{head}.{base64url(_json(claims))}"
        r, s = decode_dss_signature(self._key.sign(said.encode(), ECDSA(SHA256())))
        return f"vapid t={said}.{base64url(r.to_bytes(32) + s.to_bytes(32))}, k={self.public}"


def new_vapid_pem() -> bytes:
    """A new private key (PEM)."""
    key = generate_private_key(SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def vapid_key(pem: bytes) -> VapidKey:
    """The key of a PEM file. Raises ValueError for what is no private key of P-256."""
    try:
        key = load_pem_private_key(pem, None)
    except TypeError as error:
        raise ValueError("the key has a pass phrase") from error
    if not isinstance(key, EllipticCurvePrivateKey) or key.curve.name != SECP256R1.name:
        raise ValueError("the key is none of the curve P-256")
    return VapidKey(key)


def _json(given: dict[str, object]) -> bytes:
    return json.dumps(given, separators=(",", ":")).encode()
