"""Which certificate a terminal may show: one of Adyen's authority with a terminal's name, or a pinned one.

Each terminal has a certificate from "Adyen Test Terminal Fleet Root" or its live counterpart; its common name is
`MODEL-SERIAL.test.terminal.adyen.com` (or `.live.`), or `legacy-terminal-certificate.test.terminal.adyen.com`. The name
is not that of the host, so that it is compared here. Source: docs.adyen.com/point-of-sale/design-your-integration/
choose-your-architecture/local ("Validate terminal certificate"), and the name check of Adyen's library for Java.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import ssl
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.x509.oid import NameOID

from kiosk.connectors.ca_files import ca_file_mistake
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError, TerminalMode

_NAME: Final = re.compile(
    r"(?:legacy-terminal-certificate|(?P<poi>[a-zA-Z0-9]{3,}-[a-zA-Z0-9]{9,15}))"
    r"\.(?P<mode>test|live)\.terminal\.adyen\.com"
)
_PIN_BYTES: Final = 32


class WrongCertificateError(Exception):
    """The other side showed a certificate that is not accepted. `advice`: what to do."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate states: its common name, until when it is good, its fingerprint."""

    name: str
    until: datetime
    pin: str

    @property
    def mode(self) -> TerminalMode:
        """Whether it is that of a terminal for real or for test cards."""
        match = _NAME.fullmatch(self.name)
        return TerminalMode(match["mode"]) if match else TerminalMode.UNKNOWN

    @classmethod
    def read(cls, der: bytes) -> Certificate:
        """Raises WrongCertificateError for one that cannot be read."""
        try:
            found = x509.load_der_x509_certificate(der)
            names = found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            name = str(names[0].value) if names else ""
            until = found.not_valid_after_utc
        except ValueError as error:
            raise WrongCertificateError(
                "the terminal's certificate cannot be read", "replace the terminal"
            ) from error
        return cls(name, until, f"sha256:{hashlib.sha256(der).hexdigest()}")


@dataclass(frozen=True, slots=True)
class TrustedCertificates:
    """A TLS context and the check after its handshake. `names_host`: the name in it is the host's, as usual on the
    Internet; else it is a terminal's."""

    context: ssl.SSLContext
    pin: bytes = b""
    names_host: bool = False

    def check(self, der: bytes, poi: str) -> Certificate:
        """The certificate that was shown. Raises WrongCertificateError."""
        shown = Certificate.read(der)
        if self.pin:
            if not hmac.compare_digest(self.pin, hashlib.sha256(der).digest()):
                raise WrongCertificateError(
                    f"the certificate is not the pinned one, but has the fingerprint {shown.pin}",
                    "write that fingerprint as `pin` if the terminal was exchanged; else look who answers there",
                )
            return shown
        if not self.names_host:
            _check_name(shown.name, poi)
        return shown


def trusted(place: TerminalPlace, pin: str, *, names_host: bool) -> TrustedCertificates:
    """What the address and `ca_file` accept: a pin, else the authorities of `ca_file`.

    Without both, the system's authorities where the certificate names the host. Raises NoTerminalDriverError.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = names_host and not pin
    if pin:
        # the certificate itself is compared instead
        context.verify_mode = ssl.CERT_NONE
        return TrustedCertificates(context, _fingerprint(pin), names_host)
    if place.ca_file is None and not names_host:
        raise NoTerminalDriverError(
            "`ca_file` is missing: Adyen's root certificate of terminals (adyen-terminalfleet-live.pem, or -test.pem);"
            " or write ?pin=sha256:FINGERPRINT of the terminal's certificate (with 64 zeros there,"
            " `cheval terminals list` shows it)"
        )
    if what := ca_file_mistake(place.ca_file):
        raise NoTerminalDriverError(what)
    if place.ca_file is None:
        context.load_default_certs()
    else:
        context.load_verify_locations(cafile=str(place.ca_file))
    return TrustedCertificates(context, names_host=names_host)


def _fingerprint(pin: str) -> bytes:
    try:
        found = bytes.fromhex(pin.removeprefix("sha256:").replace(":", ""))
    except ValueError:
        found = b""
    if len(found) != _PIN_BYTES:
        raise NoTerminalDriverError("`pin` is no fingerprint; write sha256: and 64 hex digits")
    return found


def _check_name(name: str, poi: str) -> None:
    match = _NAME.fullmatch(name)
    if match is None:
        raise WrongCertificateError(
            f"the certificate is not that of an Adyen terminal, but of {name[:80]!r}",
            "compare the host of the terminal with the address that its settings show",
        )
    if match["poi"] and match["poi"].casefold() != poi.casefold():
        raise WrongCertificateError(
            f"the certificate is that of the terminal {match['poi']}, not of {poi}",
            "compare host and serial number: another terminal has this address now",
        )
