"""To which addresses a web hook may lead, so that it cannot be turned against the shop's own network (SSRF)."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from enum import Enum, unique
from ipaddress import IPv4Address, IPv6Address, ip_address
from time import monotonic

Ip = IPv4Address | IPv6Address


@unique
class Network(Enum):
    """Where the receiver may be. `PRIVATE` contains `PUBLIC`."""

    PUBLIC = "public"
    PRIVATE = "private"
    THIS_COMPUTER = "this-computer"


def is_allowed(address: str, network: Network) -> bool:
    """Whether an IP address lies where the receiver may be.

    Link-local addresses, with the metadata services of clouds, multicast and reserved ones never are. An IPv4 address
    in IPv6 clothing (mapped, 6to4, NAT64) counts as the IPv4 address that it leads to.
    """
    try:
        ip = _inner(ip_address(address.partition("%")[0]))
    except ValueError:
        return False
    if network is Network.THIS_COMPUTER:
        return ip.is_loopback
    if ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip.is_reserved:
        return False
    # fec0::/10 is of one site (RFC 3879, section 4); `ipaddress` calls it global
    if isinstance(ip, IPv6Address) and ip.is_site_local:
        return network is Network.PRIVATE
    return ip.is_global or (network is Network.PRIVATE and ip.is_private)


def _inner(ip: Ip) -> Ip:
    if isinstance(ip, IPv4Address):
        return ip
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    number = int(ip)
    if number >> 32 == 0x0064FF9B << 64:  # RFC 6052: 64:ff9b::/96
        return IPv4Address(number & 0xFFFF_FFFF)
    return ip


def addresses_of(host: str, port: int) -> Sequence[str]:
    """The addresses of a host name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connected_to(addresses: Sequence[str], port: int, timeout_s: float) -> socket.socket:
    """A connection to the first address that takes one, within the time in all. Raises OSError.

    `localhost` has two addresses, of which a receiver often uses one; the IPv6 address of a name may lead nowhere.
    """
    until_s = monotonic() + timeout_s
    for n, address in enumerate(addresses, 1):
        left_s = (until_s - monotonic()) / (len(addresses) - n + 1)
        if left_s <= 0:
            break
        try:
            found = socket.create_connection((address, port), timeout=left_s)
        except OSError:
            if n == len(addresses):
                raise
            continue
        found.settimeout(timeout_s)
        return found
    raise TimeoutError
