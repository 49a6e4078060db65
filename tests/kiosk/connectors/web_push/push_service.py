"""A push service on loopback that speaks RFC 8030 over TLS, and a browser's subscription that opens RFC 8291.

It checks each push as a real one does: signature of the store (RFC 8292), audience, end, `TTL`, coding, size.
The browser's side is written from the RFCs with `cryptography`, apart from the store's code.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from secrets import token_bytes, token_hex
from threading import Condition, Event
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hardware.sim.radio.certificate import new_certificate
from kiosk.connectors.web_push.encryption import receiver_keys
from kiosk.connectors.web_push.https_push import PushAddress
from tests.kiosk.connectors.tls_receiver import served_over_tls

SILENT = 0
NOW_S = 1_790_000_000
"""The clock of the service: signatures must be valid then."""


def b64(given: bytes) -> str:
    return urlsafe_b64encode(given).rstrip(b"=").decode()


def un64(given: str) -> bytes:
    return urlsafe_b64decode(given + "=" * (-len(given) % 4))


def hmac(key: bytes, said: bytes) -> bytes:
    mac = HMAC(key, SHA256())
    mac.update(said)
    return mac.finalize()


@dataclass
class Browser:
    """A subscription: what a browser makes, and how it opens what comes."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: token_bytes(16))

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def body(self, language: str = "en") -> dict[str, str]:
        """As the page sends it to the store."""
        return {
            "endpoint": self.endpoint, "p256dh": b64(self.public), "auth": b64(self.auth), "language": language,
        }  # fmt: skip

    def address(self) -> PushAddress:
        return PushAddress(self.endpoint, receiver_keys(b64(self.public), b64(self.auth)))

    def opened(self, body: bytes) -> bytes:
        """RFC 8188, section 2.1, and RFC 8291, section 3.4, step by step. Raises InvalidTag."""
        salt, size, id_length = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, sealed = body[21 : 21 + id_length], body[21 + id_length :]
        assert (id_length, len(sealed) <= size) == (65, True)
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        prk_key = hmac(self.auth, self.private.exchange(ec.ECDH(), point))
        ikm = hmac(prk_key, b"WebPush: info\x00" + self.public + sender + b"\x01")
        prk = hmac(salt, ikm)
        cek = hmac(prk, b"Content-Encoding: aes128gcm\x00\x01")[:16]
        nonce = hmac(prk, b"Content-Encoding: nonce\x00\x01")[:12]
        content, delimiter, padding = AESGCM(cek).decrypt(nonce, sealed, b"").rpartition(b"\x02")
        assert (delimiter, padding.strip(b"\x00")) == (b"\x02", b""), "the last record ends with 2 and zeros"
        return content


@dataclass(frozen=True)
class Push:
    """A push that was taken or refused: path, headers in small letters, body, the answer's status."""

    path: str
    headers: dict[str, str]
    body: bytes
    status: int


@dataclass
class PushService:
    """`script`: what it answers first, one each: a status, or a status and `Retry-After`; `SILENT`: no answer."""

    url: str = ""
    ca_file: Path = Path()
    script: deque[int | tuple[int, str]] = field(default_factory=deque)
    pushes: list[Push] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Why pushes were refused by its own checks."""
    keys: set[str] = field(default_factory=set)
    """The keys that signed."""
    ended: Event = field(default_factory=Event)
    more: Condition = field(default_factory=Condition)

    def browser(self) -> Browser:
        """A new subscription at this service."""
        return Browser(f"{self.url}/push/{token_hex(12)}")

    def of(self, browser: Browser, status: int = 201) -> list[Any]:
        """What a browser was shown."""
        path = browser.endpoint.removeprefix(self.url)
        found = [p for p in self.pushes if p.path == path and p.status == status]
        return [json.loads(browser.opened(push.body)) for push in found]

    def wait(self, count: int) -> None:
        """Until so many pushes have come, taken or not."""
        with self.more:
            assert self.more.wait_for(lambda: len(self.pushes) >= count, 20), f"{len(self.pushes)} of {count}"


def refusal(found: PushService, headers: dict[str, str], body: bytes) -> str:
    """Why a real service would not take a push; empty if it would."""
    if headers.get("content-encoding") != "aes128gcm" or not headers.get("ttl", "").isdigit():
        return "coding or TTL"
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers.get("topic", "x")):
        return "topic"
    if len(body) > 4096:
        return "size"
    matched = re.fullmatch(
        r"vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)", headers.get("authorization", "")
    )
    if matched is None:
        return "authorization"
    head, claims, signature, key = matched.groups()
    said, raw = json.loads(un64(claims)), un64(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), un64(key))
    try:
        der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        return "signature"
    if json.loads(un64(head)) != {"typ": "JWT", "alg": "ES256"} or said["aud"] != found.url:
        return "audience"
    if not 0 < said["exp"] - NOW_S <= 24 * 3600 or not said["sub"].startswith(("mailto:", "https:")):
        return "end or contact"
    found.keys.add(key)
    return ""


@contextmanager
def push_service(folder: Path) -> Iterator[PushService]:
    """Runs until the end of the block."""
    folder.mkdir(parents=True, exist_ok=True)
    found = PushService(ca_file=folder / "push.pem")
    certificate, key = new_certificate(["127.0.0.1"])
    found.ca_file.write_bytes(certificate)
    both = folder / "push-both.pem"
    both.touch(mode=0o600)
    both.write_bytes(certificate + key)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            wrong = refusal(found, headers, body)
            scripted = found.script.popleft() if found.script and not wrong else (403 if wrong else 201)
            status, wait = scripted if isinstance(scripted, tuple) else (scripted, "")
            with found.more:
                if wrong:
                    found.wrong.append(wrong)
                found.pushes.append(Push(self.path, headers, body, status))
                found.more.notify_all()
            if status == SILENT:
                found.ended.wait(20)
                self.close_connection = True
                return
            self.send_response(status)
            if wait:
                self.send_header("Retry-After", wait)
            self.send_header("Location", found.url + "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with served_over_tls(Handler, both, found.ended) as port:
        found.url = f"https://127.0.0.1:{port}"
        yield found
