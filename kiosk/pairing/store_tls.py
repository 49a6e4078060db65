"""TLS connections to a store: only a certificate of the pinned root of this shop is accepted.

Every certificate that a store makes carries `STORE_NAME`, and a client asks for it with SNI (RFC 6066, clause 3). So a
client finds the store at any address, also after the address has changed, and a store that shows browsers a certificate
of its retailer still shows this one to mirrors and commands. Dates are not compared: a mirror without a clock that is
kept over a power cut must find its store, and the store renews its certificate by itself.
"""

from __future__ import annotations

import hashlib
import ssl
from base64 import b64encode
from http.client import HTTPException
from typing import Any, Final
from urllib.error import URLError
from urllib.request import HTTPSHandler, OpenerDirector, ProxyHandler, build_opener

STORE_NAME: Final = "store.cheval.internal"
"""Name of every store in its certificates. `internal` is reserved for private use (ICANN, 29 July 2024)."""
PIN_PARAMETER: Final = "pin"
"""Name of the root's fingerprint in the link of a pairing."""
_NO_CHECK_TIME: Final = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL."""


class StoreContext(ssl.SSLContext):
    """Asks every server for the store's certificate, whatever address it is reached at."""

    def wrap_socket(self, sock: Any, *args: Any, **more: Any) -> ssl.SSLSocket:
        """As of `ssl.SSLContext`; the name of the server is always `STORE_NAME`."""
        more["server_hostname"] = STORE_NAME
        return super().wrap_socket(sock, *args, **more)


def store_context(root: str) -> StoreContext:
    """The client's side of TLS 1.3 with the store of this root (PEM). Raises ValueError for what is no certificate."""
    context = StoreContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_flags = ssl.VerifyFlags(context.verify_flags | _NO_CHECK_TIME)
    try:
        context.load_verify_locations(cadata=root)
    except ssl.SSLError as error:
        raise ValueError("is no certificate in PEM form") from error
    return context


def unverified_context() -> ssl.SSLContext:
    """Accepts every certificate: for the first step of a pairing only, in which the code proves who answers."""
    context = StoreContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def root_pem(certificate: bytes) -> str:
    """A certificate in DER form as PEM (RFC 7468)."""
    return ssl.DER_cert_to_PEM_cert(certificate)


def pem_to_der(root: str) -> bytes:
    """A certificate in PEM form as DER. Raises ValueError."""
    return ssl.PEM_cert_to_DER_cert(root)


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a certificate in DER form: hex digits, in pairs with colons, as phones show it."""
    return hashlib.sha256(certificate).digest().hex(":").upper()


def pin_of_pem(root: str) -> str:
    """The fingerprint of a certificate in PEM form. Raises ValueError."""
    return fingerprint(ssl.PEM_cert_to_DER_cert(root))


def short_pin(certificate: bytes) -> str:
    """SHA-256 of a certificate in base64url without padding, as a QR code carries it (43 characters)."""
    return b64encode(hashlib.sha256(certificate).digest(), b"-_").decode().rstrip("=")


def opener_of(root: str) -> OpenerDirector:
    """Opens addresses of the store of this root; without a root, of a store without TLS. Never through a proxy."""
    handlers: list[Any] = [ProxyHandler({})]
    if root:
        handlers.append(HTTPSHandler(context=store_context(root)))
    return build_opener(*handlers)


def untrusted_reason(error: BaseException | None) -> str:
    """Why TLS failed, in words, from any error that contains the one of TLS; empty if there is none."""
    seen = 0
    while error is not None and seen < 8:
        seen += 1
        found = _in_arguments(error)
        if isinstance(found, ssl.SSLCertVerificationError):
            return f"its certificate is not of this shop's root ({found.verify_message.rstrip('.')})"
        if isinstance(found, ssl.SSLError):
            return (
                f"no TLS 1.3 with it ({(found.reason or 'the connection ended').lower().replace('_', ' ')})"
            )
        error = error.__cause__ or error.__context__
    return ""


def _in_arguments(error: BaseException) -> BaseException:
    """The innermost error that is an argument of another one, as urllib and requests keep it."""
    for _ in range(8):
        inner = getattr(error, "reason", None)
        if not isinstance(inner, BaseException):
            inner = next((one for one in error.args if isinstance(one, BaseException)), None)
        if inner is None or isinstance(error, ssl.SSLError):
            return error
        error = inner
    return error


NOT_REACHED = (URLError, HTTPException, OSError, ValueError)
"""What `OpenerDirector.open` raises where no store answers."""
