"""The shop's root: made once, on this computer, and able to sign names of this shop's own network only.

Devices of associates trust it for web pages. So it is limited by name constraints (RFC 5280, clause 4.2.1.10): private
networks, endings that no public authority gives away, and the names and addresses of this shop at the time when it was
made. Its dates do not depend on the clock, which may be wrong at the first start of a computer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hardware.regular_files import MAX_KEY_BYTES, read_regular
from kiosk.store.errors import CertificateError
from kiosk.store.staff.tokens import write_secret
from kiosk.store.tls.machine_names import Address, parsed_address
from kiosk.store.tls.private_files import own_key

FOLDER = "tls"
ROOT_FILE, ROOT_KEY_FILE = "root.pem", "root.key"
_BEGINS, _ENDS = datetime(2025, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)
"""Until the end of the years that UTCTime writes (RFC 5280, clause 4.1.2.5)."""
_ENDINGS: Final = ("internal", "local", "lan", "home.arpa", "localhost")
_NETWORKS: Final = (
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10",
    "::1/128", "fc00::/7", "fe80::/10",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShopRoot:
    """The root's certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")

    def may_sign(self, name: str) -> bool:
        """Whether a name or an address is inside the constraints."""
        permitted = self.certificate.extensions.get_extension_for_class(
            x509.NameConstraints
        ).value.permitted_subtrees
        address = parsed_address(name)
        return any(_contains(subtree, name, address) for subtree in permitted or ())


def shop_root(state: Path, names: Iterable[str]) -> ShopRoot:
    """The root of this store, made at the first call. `names`: names and addresses of the shop that it may sign.

    Raises CertificateError for files that cannot be used, OSError.
    """
    folder = state / FOLDER
    certificate, key = folder / ROOT_FILE, folder / ROOT_KEY_FILE
    if not certificate.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = _new_root(names)
        # the key first: a certificate without its key would be taken for a lost one
        write_secret(key, key_pem(made.key))
        write_secret(certificate, made.pem.encode("ascii"))
    return _read(certificate, key)


def key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    """A key as PKCS #8 in PEM form, without a pass phrase."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _read(certificate: Path, key: Path) -> ShopRoot:
    lost = f"; restore it from a backup, or remove the folder {certificate.parent} and pair every device anew"
    try:
        root = x509.load_pem_x509_certificate(read_regular(certificate, MAX_KEY_BYTES))
        found = serialization.load_pem_private_key(own_key(key), None)
    except FileNotFoundError:
        raise CertificateError(f"{key} is missing{lost}") from None
    except ValueError:
        raise CertificateError(f"{certificate} or {key} is damaged{lost}") from None
    if not isinstance(found, ec.EllipticCurvePrivateKey) or root.public_key() != found.public_key():
        raise CertificateError(f"{key} is not the key of {certificate}{lost}")
    return ShopRoot(root, found)


def _new_root(names: Iterable[str]) -> ShopRoot:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Cheval"),
        x509.NameAttribute(NameOID.COMMON_NAME, "Cheval, this shop's own root"),
    ])  # fmt: skip
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_BEGINS)
        .not_valid_after(_ENDS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_signs_certificates(), critical=True)
        .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
        .add_extension(identifier, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    return ShopRoot(certificate, key)


def _permitted(names: Iterable[str]) -> list[x509.GeneralName]:
    dns, networks = list(_ENDINGS), [ip_network(network) for network in _NETWORKS]
    for name in names:
        address = parsed_address(name)
        if address is None:
            dns.append(name)
        elif not any(address in network for network in networks):
            networks.append(ip_network(address))
    return [
        *(x509.DNSName(n) for n in dict.fromkeys(dns)),
        *(x509.IPAddress(n) for n in dict.fromkeys(networks)),
    ]


def _contains(subtree: x509.GeneralName, name: str, address: Address | None) -> bool:
    value = subtree.value
    if address is not None:
        return isinstance(value, IPv4Network | IPv6Network) and address in value
    return isinstance(value, str) and (name == value or name.endswith(f".{value}"))


def _signs_certificates() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
