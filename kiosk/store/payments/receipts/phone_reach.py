"""Whether a shopper's phone can open an address: the rule for showing a QR code of it. Nothing is contacted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from ipaddress import IPv6Address, ip_address
from typing import Final
from urllib.parse import urlsplit

_LOCAL_ENDINGS: Final = (".local", ".lan", ".home", ".internal", ".home.arpa")
"""Names that only a local network resolves (RFC 6762, RFC 8375, and common use)."""
_NOWHERE: Final = ("localhost", "invalid")
"""Names that lead to the phone itself, or nowhere (RFC 6761)."""


@unique
class PhoneReach(Enum):
    """Which phones can open an address."""

    ANYWHERE = "anywhere"
    SHOP_NETWORK = "shop-network"
    """Only phones in the shop's own network."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PhoneAddress:
    """`why`: why no phone, or not every phone, reaches the address; empty where every phone does."""

    reach: PhoneReach
    why: str = ""

    @property
    def reachable(self) -> bool:
        """Whether a QR code of it is of use."""
        return self.reach is not PhoneReach.NONE


def phone_reach(url: str) -> PhoneAddress:
    """Which phones can open an address of this store.

    Loopback, unspecified and link-local addresses: none. A private address or a local name: those in the shop's
    network, without encryption; with https none, since no shopper's phone has the shop's own root. Every other host:
    all phones, but only with https, because the link is all that a reader needs.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        host = ""
    if not host:
        return _none("no address for phones is configured")
    return _of_ip(host, parts.scheme) if _is_ip(host) else _of_name(host, parts.scheme)


def _of_ip(host: str, scheme: str) -> PhoneAddress:
    found = ip_address(host)
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_loopback or found.is_unspecified:
        return _none(f"{host} is this computer alone")
    if found.is_link_local or found.is_multicast:
        return _none(f"{host} is not reached over a network")
    return _of_network(host, scheme, local=not found.is_global)


def _of_name(host: str, scheme: str) -> PhoneAddress:
    if host.rpartition(".")[2] in _NOWHERE:
        return _none(
            f"{host} is this computer alone" if host.endswith("localhost") else f"{host} leads nowhere"
        )
    return _of_network(host, scheme, local="." not in host or host.endswith(_LOCAL_ENDINGS))


def _of_network(host: str, scheme: str, *, local: bool) -> PhoneAddress:
    if local and scheme == "https":
        return _none(f"phones trust no certificate of {host}: no public authority gives one to it")
    if local:
        return PhoneAddress(PhoneReach.SHOP_NETWORK, f"only phones in the shop's own network reach {host}")
    if scheme != "https":
        return _none(f"{host} is on the internet, and http is not encrypted; use https")
    return PhoneAddress(PhoneReach.ANYWHERE)


def _none(why: str) -> PhoneAddress:
    return PhoneAddress(PhoneReach.NONE, why)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
