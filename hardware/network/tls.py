"""Which certificates a driver accepts over TLS: those of an authority, or pinned ones; and what others contain.

Readers are shipped with self-signed certificates, which no authority confirms. A pin is the SHA-256 fingerprint of the
reader's own certificate, as browsers and `openssl x509 -fingerprint -sha256` show it. A pinned certificate is accepted
whatever names and dates it has: the handshake proves that the other side holds its key (RFC 8446, clause 4.4.3).
"""

from __future__ import annotations

import hashlib
import hmac
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardware.errors import NoTlsError, UntrustedError, UriError

_PIN_PREFIX: Final = "sha256:"
_FINGERPRINT_BYTES: Final = 32
# of names in a message
_MAX_NAMES: Final = 5


def parse_pin(text: str) -> bytes:
    """The fingerprint in `sha256:HEX`; colons between the bytes are allowed. Raises ValueError."""
    digits = text.removeprefix(_PIN_PREFIX)
    try:
        fingerprint = bytes.fromhex(digits.replace(":", ""))
    except ValueError:
        fingerprint = b""
    if len(fingerprint) != _FINGERPRINT_BYTES:
        raise ValueError("is not a fingerprint; write sha256: and 64 hex digits, as `cheval doctor` shows it")
    return fingerprint


def pin_of(certificate: bytes) -> str:
    """The pin of a certificate in DER form, as it is written in an address."""
    return _PIN_PREFIX + hashlib.sha256(certificate).hexdigest()


class _PinnedSocket(ssl.SSLSocket):
    """Compares the certificate after every handshake, before anything is sent."""

    def do_handshake(self, block: bool = False) -> None:
        super().do_handshake(block)
        certificate = self.getpeercert(binary_form=True) or b""
        context = self.context
        assert isinstance(context, PinnedContext)
        fingerprint = hashlib.sha256(certificate).digest()
        if not any(hmac.compare_digest(fingerprint, pin) for pin in context.pins):
            error = ssl.SSLCertVerificationError("the certificate is not the pinned one")
            error.verify_message = f"it is not the pinned one, but has the fingerprint {pin_of(certificate)}"
            raise error


class PinnedContext(ssl.SSLContext):
    """Accepts exactly the certificates with these SHA-256 fingerprints."""

    sslsocket_class = _PinnedSocket
    pins: tuple[bytes, ...] = ()


def client_tls_context(authorities: str | None, pins: tuple[bytes, ...] = ()) -> ssl.SSLContext:
    """A TLS context that accepts the pinned certificates, else those of the authorities (a PEM file), else those of the
    system's authorities. Raises UriError for a file that cannot be used.

    With authorities of a file, the result is the same on every version of Python. From 3.13 on, Python refuses those
    that lack a field which RFC 5280 demands (`VERIFY_X509_STRICT`), as the certificates of readers often do.
    """
    if pins:
        pinned = PinnedContext(ssl.PROTOCOL_TLS_CLIENT)
        # the certificate itself is compared instead
        pinned.check_hostname = False
        pinned.verify_mode = ssl.CERT_NONE
        pinned.pins = pins
        return pinned
    try:
        trusting = ssl.create_default_context(cafile=authorities and str(Path(authorities)))
    except (OSError, ssl.SSLError) as error:
        raise UriError(f"ca={authorities}: {error}") from error
    if authorities:
        trusting.verify_flags &= ~ssl.VerifyFlags.VERIFY_X509_STRICT
    return trusting


def server_tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """A TLS context of a server with this certificate (PEM, with the chain) and its key, TLS 1.2 or newer.

    Raises UriError for files that cannot be used, and for a key that needs a pass phrase.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        # without this OpenSSL would ask for the pass phrase of a key on the terminal
        context.load_cert_chain(certificate, key, _no_pass_phrase)
    except (OSError, ssl.SSLError) as error:
        reason = getattr(error, "reason", None) or error.strerror or error
        raise UriError(f"cert={certificate} with key={key} cannot be used: {reason}") from error
    return context


def _no_pass_phrase() -> str:
    raise UriError("the key needs a pass phrase; write it without one, with `openssl pkey -in KEY -out FILE`")


def secured(
    link: socket.socket, tls: ssl.SSLContext, host: str, again: Callable[[], socket.socket | None]
) -> socket.socket:
    """The connection over TLS. Raises UntrustedError, NoTlsError or OSError.

    `again` opens a second connection, over which an untrusted certificate is read to name it; nothing is sent there.
    """
    timeout_s = link.gettimeout()
    try:
        return tls.wrap_socket(link, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        link.close()
        why = error.verify_message.rstrip(".")
        if isinstance(tls, PinnedContext):
            advice = "if the reader has a new certificate, compare this fingerprint with the reader's, then change pin="
            raise UntrustedError(f"its certificate is not trusted: {why}; {advice}") from error
        presented = _presented(again, host, timeout_s)
        said = f"; {presented.advice()}" if presented is not None else ""
        raise UntrustedError(f"its certificate is not trusted: {why}{said}") from error
    except ssl.SSLError as error:
        raise NoTlsError(
            f"it does not use TLS as expected ({_reason(error)}); check scheme and port"
        ) from error
    except TimeoutError as error:
        raise NoTlsError("it does not answer to TLS; check scheme and port") from error


def _reason(error: ssl.SSLError) -> str:
    """OpenSSL's reason in small letters; another protocol is seen as a wrong version of TLS."""
    return (error.reason or "connection closed").lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class PresentedCertificate:
    """What a server's certificate says of itself; not checked. `pin` is its fingerprint, `names` its hosts."""

    pin: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, der: bytes) -> PresentedCertificate:
        """Of a certificate in DER form."""
        # a heavy library that is needed only for this message
        from cryptography import x509

        try:
            alternatives = (
                x509.load_der_x509_certificate(der)
                .extensions.get_extension_for_class(x509.SubjectAlternativeName)
                .value
            )
        except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension):
            return cls(pin_of(der), ())
        names = [
            *alternatives.get_values_for_type(x509.DNSName),
            *map(str, alternatives.get_values_for_type(x509.IPAddress)),
        ]
        return cls(pin_of(der), tuple("".join(filter(str.isprintable, name)) for name in names))

    def advice(self) -> str:
        """One sentence for a technician."""
        shown = ", ".join(self.names[:_MAX_NAMES]) + (", ..." if len(self.names) > _MAX_NAMES else "")
        names = f"it is for {shown}; " if shown else ""
        return f"{names}if it is the reader's own, append pin={self.pin} to the address"


def _presented(
    again: Callable[[], socket.socket | None], host: str, timeout_s: float | None
) -> PresentedCertificate | None:
    """The certificate that a server presents; None if it cannot be had now."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        link = again()
        if link is None:
            return None
        link.settimeout(timeout_s)
        with link, context.wrap_socket(link, server_hostname=host) as look:
            der = look.getpeercert(binary_form=True)
    except OSError:
        return None
    return PresentedCertificate.of(der) if der else None
