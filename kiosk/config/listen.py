"""Configuration of the address at which the store is reached, and of its encryption (TLS 1.3)."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from kiosk.config.types import Name, Place, Section, uri, web_address

PLAIN_HTTP: Final = "nobody else is on this network"
"""The words with which a configuration does without encryption."""


def _plain_http(given: object) -> object:
    if given != PLAIN_HTTP:
        raise ValueError(f"`{given}` is not enough; if it is so, write `{PLAIN_HTTP}`, else remove the line")
    return given


PlainHttp = Annotated[Literal["nobody else is on this network"], BeforeValidator(_plain_http)]


def is_loopback(host: str) -> bool:
    """Whether this host is the computer itself."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().removesuffix(".") == "localhost"


def _host_name(given: str) -> str:
    try:
        return str(ip_address(given))
    except ValueError:
        pass
    if not re.fullmatch(
        r"(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*"
        r"[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?",
        given,
    ):
        raise ValueError(
            f"`{given}` is neither a host name nor an address; write one like shop.lan or 10.0.0.5"
        )
    return given.lower()


HostName = Annotated[str, Field(min_length=1, max_length=253), AfterValidator(_host_name)]


class Listen(Section):
    """Address at which mirrors and tablets reach the store. Connections are encrypted (TLS 1.3), except on loopback
    addresses, which only this computer reaches."""

    host: Name = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8075
    """0 uses a free port; the store prints it."""
    public_url: Annotated[str, uri("http", "https"), web_address] | None = None
    """Address at which a phone reaches receipts (/r) and card links (/m), `https://...` with a certificate that phones
    trust. Without it the mirror shows no QR code of the receipt."""
    names: tuple[HostName, ...] = ()
    """Further names and addresses at which the store is reached, for its certificate. The names and addresses of this
    computer are in it already."""
    certificate: Place | None = None
    """The retailer's own certificate with its chain (PEM), shown to browsers; read again when it is renewed. Default:
    one that the store makes and renews itself. Mirrors use that one in both cases."""
    certificate_key: Place | None = None
    """The key of `certificate` (PEM, without a pass phrase), readable by the store's user."""
    tls: bool | None = None
    """Default: encrypted, except on a loopback address. true: there too."""
    plain_http: PlainHttp | None = None
    """`nobody else is on this network`: without encryption. Then everybody on the network can read names, baskets and
    PINs, and can act as a mirror or an associate."""

    @model_validator(mode="after")
    def _agrees(self) -> Listen:
        if (self.certificate is None) != (self.certificate_key is None):
            raise ValueError("certificate and certificate_key belong together; write both or neither")
        if self.plain_http is not None and (self.tls or self.certificate is not None):
            raise ValueError("plain_http contradicts tls and certificate; remove one of them")
        if self.tls is False and self.plain_http is None and not is_loopback(self.host):
            raise ValueError(
                f"tls: false is for a loopback address; on {self.host}, without encryption, write"
                f" `plain_http: {PLAIN_HTTP}`"
            )
        return self

    @property
    def uses_tls(self) -> bool:
        """Whether connections are encrypted."""
        if self.plain_http is not None or self.tls is False:
            return False
        return bool(self.tls) or self.certificate is not None or not is_loopback(self.host)

    @property
    def scheme(self) -> str:
        """`https` or `http`."""
        return "https" if self.uses_tls else "http"
