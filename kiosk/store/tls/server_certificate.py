"""The store's own certificate: signed by the shop's root, for some months, with a new key each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hardware.regular_files import MAX_KEY_BYTES, read_regular
from kiosk.clock import US
from kiosk.pairing.store_tls import STORE_NAME
from kiosk.store.staff.tokens import write_secret
from kiosk.store.tls.machine_names import parsed_address
from kiosk.store.tls.private_files import own_key
from kiosk.store.tls.shop_root import FOLDER, ShopRoot, key_pem

SERVER_FILE = "server.pem"
"""Certificate and key in one file, so that both change in one step."""
VALID_DAYS: Final = 120
RENEW_DAYS: Final = 40
"""Renewed when fewer days are left. Phones refuse more than 398 days (CA/Browser Forum, 6.3.2)."""
_KEY_BEGINS: Final = b"-----BEGIN PRIVATE KEY-----"
_BEFORE: Final = timedelta(days=2)
"""Begins so long before it is made, for devices whose clock is late."""


@dataclass(frozen=True, slots=True)
class ServerCertificate:
    """What a certificate says. Times in UTC."""

    names: tuple[str, ...]
    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, certificate: x509.Certificate) -> ServerCertificate:
        """Of a certificate; without names if it has no subject alternative names."""
        try:
            found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
            names = [*found.get_values_for_type(x509.DNSName)]
            names += [str(address) for address in found.get_values_for_type(x509.IPAddress)]
        except (x509.ExtensionNotFound, ValueError):
            names = []
        return cls(tuple(names), certificate.not_valid_before_utc, certificate.not_valid_after_utc)

    def days_left(self, now_us: int) -> int:
        """Whole days until its end; negative after it."""
        return (self.ends - as_time(now_us)).days

    def due(self, names: Sequence[str], now_us: int) -> bool:
        """Whether a new one must be made: it ends soon, is not valid yet, or lacks a name."""
        now = as_time(now_us)
        return (
            now < self.begins
            or self.ends - now < timedelta(days=RENEW_DAYS)
            or not set(names) <= set(self.names)
        )


def as_time(now_us: int) -> datetime:
    """Microseconds since 1970 as a time in UTC."""
    return datetime.fromtimestamp(now_us / US, UTC)


def read_certificate(path: Path) -> ServerCertificate | None:
    """The certificate at the beginning of a PEM file; None if there is none that can be read."""
    try:
        return ServerCertificate.of(x509.load_pem_x509_certificate(read_regular(path, MAX_KEY_BYTES)))
    except (OSError, ValueError):
        return None


def server_file(state: Path) -> Path:
    """Where certificate and key are."""
    return state / FOLDER / SERVER_FILE


def renewed(state: Path, root: ShopRoot, names: Sequence[str], now_us: int) -> bool:
    """Makes a new certificate if one is due, or if the present file is damaged; whether it did.

    Names that the root may not sign are to be left out.

    Raises CertificateError if others can read the key, OSError.
    """
    file = server_file(state)
    present = read_certificate(file)
    if present is not None and not present.due((STORE_NAME, *names), now_us) and _is_whole(file, root):
        return False
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _sign(root, key, (STORE_NAME, *names), as_time(now_us))
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    write_secret(file, pem + root.pem.encode("ascii") + key_pem(key))
    return True


def _is_whole(file: Path, root: ShopRoot) -> bool:
    """Whether the certificate is of this root, and the file has its key. Raises CertificateError, OSError."""
    pem = own_key(file)
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        certificate.verify_directly_issued_by(root.certificate)
        key = serialization.load_pem_private_key(pem[pem.index(_KEY_BEGINS) :], None)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return bool(key.public_key() == certificate.public_key())


def _sign(
    root: ShopRoot, key: ec.EllipticCurvePrivateKey, names: Sequence[str], now: datetime
) -> x509.Certificate:
    identifier = root.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Cheval store")]))
        .issuer_name(root.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + timedelta(days=VALID_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([_general(n) for n in dict.fromkeys(names)]), critical=False
        )
        .add_extension(_signs_handshakes(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
        )
        .sign(root.key, hashes.SHA256())
    )


def _general(name: str) -> x509.GeneralName:
    address: IPv4Address | IPv6Address | None = parsed_address(name)
    return x509.DNSName(name) if address is None else x509.IPAddress(address)


def _signs_handshakes() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
