"""Names and addresses at which this computer can be reached on the shop's network."""

from __future__ import annotations

import array
import fcntl
import socket
import struct
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Final

_SIOCGIFADDR: Final = 0x8915
"""Address of a network interface (netdevice(7))."""
_IPV6_ADDRESSES: Final = Path("/proc/net/if_inet6")
Address = IPv4Address | IPv6Address


def host_names() -> tuple[str, ...]:
    """The computer's name, alone and as mDNS announces it (RFC 6762); empty if it has none that a certificate takes."""
    name = socket.gethostname().lower().partition(".")[0]
    plain = name.isascii() and bool(name) and all(part.isalnum() for part in name.split("-") if part)
    return (name, f"{name}.local") if plain and name != "localhost" else ()


def addresses() -> tuple[Address, ...]:
    """The addresses of all network interfaces, without those of one link only; loopback is among them."""
    found: set[Address] = {IPv4Address("127.0.0.1"), IPv6Address("::1")}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            request = array.array("B", struct.pack("256s", name.encode()[:15]))
            try:
                fcntl.ioctl(asked.fileno(), _SIOCGIFADDR, request)
            except OSError:
                continue
            found.add(IPv4Address(bytes(request[20:24])))
    found |= _ipv6()
    return tuple(sorted((a for a in found if not a.is_link_local), key=lambda a: (a.version, int(a))))


def parsed_address(text: str) -> Address | None:
    """An IP address; None for a name."""
    try:
        return ip_address(text.strip("[]"))
    except ValueError:
        return None


def _ipv6() -> set[Address]:
    try:
        lines = _IPV6_ADDRESSES.read_text(encoding="ascii").splitlines()
    except OSError:
        return set()
    return {IPv6Address(bytes.fromhex(line[:32])) for line in lines if len(line) > 32}
