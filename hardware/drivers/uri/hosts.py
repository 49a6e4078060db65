"""Checks host names and IP addresses as they are written, without asking a name service.

Source: RFC 1123, clause 2.1 (labels of 1 to 63 letters, digits and hyphens, 253 in all), RFC 5890 (IDNA), RFC 4007,
clause 11 (zone of an IPv6 address). The underscore is accepted too, because some name services know such names.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final

from hardware.drivers.uri.options import shown

_LABEL: Final = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_MAX_NAME: Final = 253


def host_mistake(host: str, *, bracketed: bool) -> str | None:
    """What is wrong with a host name or address; None if it can be looked up. `bracketed`: written as [HOST]."""
    quoted = repr(shown(host))
    if bracketed:
        return None if _is_ipv6(host) else f"{quoted} is not an IPv6 address"
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return f"{quoted} is not a host name"
    labels = name.removesuffix(".").split(".")
    if "" in labels:
        return f"{quoted} is not a host name: a part between two dots is empty"
    if labels[-1].isdecimal():
        # a name whose last label is a number is read as an IPv4 address (WHATWG URL standard, clause 3.5)
        return (
            None if _is_ipv4(name) else f"{quoted} is not an IPv4 address: write four numbers from 0 to 255"
        )
    if any(len(label) > 63 for label in labels) or len(name) > _MAX_NAME:
        return f"{quoted} is not a host name: at most 63 characters between two dots, 253 in all"
    if not all(_LABEL.fullmatch(label) for label in labels):
        return f"{quoted} is not a host name: letters, digits, hyphens and dots"
    return None


def _is_ipv4(text: str) -> bool:
    try:
        ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return True


def _is_ipv6(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True
