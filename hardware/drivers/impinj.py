"""Drivers of Impinj readers with their own HTTP interface (R700): `impinj+https://`."""

from __future__ import annotations

from typing import Final

from hardware.drivers.address import Address, Driver, Network
from hardware.drivers.options import text
from hardware.drivers.security import PASSWORD_FILE, TLS_OPTIONS, password_of, tls_of
from hardware.ports import TagReader

HTTPS_PORT: Final = 443

PRESET = text("preset", "inventory preset that is started if the reader is idle; default: default", "default")


def _open_https(address: Address, name: str) -> TagReader:
    from hardware.impinj.reader import ImpinjReader, ImpinjSettings

    settings = ImpinjSettings(
        user=address.user or "root", password=password_of(address), preset=address.options[PRESET]
    )
    return ImpinjReader(name, address.host, address.port, tls_of(address), settings)


IMPINJ_HTTPS = Driver(
    "impinj+https", "impinj+https://[USER[:PASSWORD]@]HOST[:443]", "an Impinj R700 over its own HTTP interface",
    Network(HTTPS_PORT, user=True), (*TLS_OPTIONS, PASSWORD_FILE, PRESET), _open_https,
)  # fmt: skip
