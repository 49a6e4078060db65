"""Checks the ports of this computer on which readers post their events: each needs a port of its own."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from hardware.drivers.push_options import LISTEN
from kiosk.commands.check.places import listen_mistake, port_note
from kiosk.commands.check.readers import ReaderEntry
from kiosk.config import Mistake, Read, Severity, StoreConfig


def listening_mistakes(
    read: Read[StoreConfig], config: StoreConfig, entries: tuple[ReaderEntry, ...]
) -> Iterator[Mistake]:
    """Ports that two readers or the store itself use, or that cannot be opened, and addresses of other computers."""
    used = [("the store itself (listen.port)", config.listen.host, config.listen.port)]
    for entry in entries:
        listen = entry.address.options[LISTEN] if LISTEN in entry.driver.options else None
        if listen is None:
            continue
        place = ("readers", entry.position, "uri")
        host, port = listen
        if what := listen_mistake(host):
            yield read.mistake(place, f"listen={host}:{port}: {what}")
        elif what := port_note(host, port):
            yield read.mistake(place, f"listen={host}:{port}: {what}", Severity.NOTE)
        for user, other, taken in used:
            if port == taken and _overlap(host, other):
                yield read.mistake(place, f"listen={host}:{port}: this port is used by {user}; write another")
        used.append((f"reader `{entry.name}`", host, port))


def _overlap(one: str, other: str) -> bool:
    """Whether a port of one address is a port of the other too; an unspecified address stands for all."""
    return one == other or _is_any(one) or _is_any(other)


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
