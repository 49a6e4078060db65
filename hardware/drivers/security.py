"""Options about certificates and passwords that several drivers share."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Final

from hardware.drivers.uri.address import Address
from hardware.drivers.uri.options import Option, file
from hardware.errors import UriError
from hardware.network.tls import client_tls_context, parse_pin
from hardware.regular_files import check_regular, open_regular

_MAX_SECRET_BYTES: Final = 4096


def first_line(place: Path) -> str:
    """The first line of a file that holds a secret. Raises UriError or OSError, without the content."""
    with open_regular(place) as opened:
        head = opened.read(_MAX_SECRET_BYTES + 1)
    line = head.partition(b"\n")[0].rstrip(b"\r")
    if len(line) > _MAX_SECRET_BYTES:
        raise UriError(f"its first line is longer than {_MAX_SECRET_BYTES} bytes")
    if not line:
        raise UriError("its first line is empty; write the password there")
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UriError("is not UTF-8 text") from None


def _check_authorities(place: Path) -> None:
    check_regular(place)
    try:
        ssl.create_default_context(cafile=str(place))
    except (ssl.SSLError, ValueError):
        raise UriError("holds no certificate in PEM form") from None


def authorities_file(name: str, about: str) -> Option[Path | None]:
    """An option with a PEM file of authorities."""
    return file(name, about, _check_authorities)


def pins(name: str, about: str) -> Option[tuple[bytes, ...]]:
    """An option with fingerprints of certificates."""
    return Option(name, lambda text: tuple(map(parse_pin, text.split(","))), (), about)


CA = authorities_file("ca", "PEM file with the authority of the reader's certificate (default: the system's)")
PIN = pins(
    "pin",
    "fingerprint of the reader's own certificate, sha256:HEX, instead of ca=; several separated by commas",
)
TLS_OPTIONS = (CA, PIN)
PASSWORD_FILE = file("password_file", "file with the password in its first line", first_line)


def password_of(address: Address) -> str:
    """The password of an address: from its file if there is one. Raises UriError or OSError."""
    place = address.options[PASSWORD_FILE]
    if place is not None and address.password:
        raise UriError(
            "password_file= and a password before the host exclude each other; remove the password"
        )
    return first_line(place) if place is not None else address.password


def tls_of(address: Address) -> ssl.SSLContext:
    """The TLS context of an address: trusts the certificate of `pin`, else the authority `ca`, else the system's.

    Raises UriError for both together."""
    authorities, pins = address.options[CA], address.options[PIN]
    if authorities is not None and pins:
        raise UriError("write either ca= or pin=; a pinned certificate needs no authority")
    return client_tls_context(str(authorities) if authorities is not None else None, pins)
