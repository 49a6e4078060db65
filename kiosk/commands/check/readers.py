"""Checks the readers of the store: each address, and that no two entries are one reader."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from hardware.drivers.push_options import READER
from hardware.drivers.pushed import HTTPS_PORT
from hardware.drivers.tag_reader import driver_of
from hardware.drivers.uri.address import Address, LocalKind, Network
from hardware.network.host_names import is_ip_address
from kiosk.commands.check.addresses import AnyDriver, checked_address, raw_value
from kiosk.commands.check.host_names import addresses_of
from kiosk.config import Mistake, Read, Severity, StoreConfig


@dataclass(frozen=True, slots=True)
class ReaderEntry:
    """An entry of `readers` whose address has no mistake."""

    position: int
    name: str
    uri: str
    driver: AnyDriver
    address: Address


def reader_entries(read: Read[StoreConfig]) -> tuple[tuple[ReaderEntry, ...], tuple[Mistake, ...]]:
    """The readers with a right address, and the mistakes in the addresses. Works on a file with other mistakes too."""
    entries: list[ReaderEntry] = []
    mistakes: list[Mistake] = []
    listed = raw_value(read, "readers")
    for position, entry in enumerate(listed if isinstance(listed, list) else []):
        uri = raw_value(read, "readers", position, "uri")
        checked = checked_address(read, ("readers", position, "uri"), uri, driver_of)
        mistakes += checked.mistakes
        if checked.driver is not None and checked.address is not None:
            name = str(entry.get("name", position))
            entries.append(ReaderEntry(position, name, str(uri), checked.driver, checked.address))
    return tuple(entries), tuple(mistakes)


def same_readers(read: Read[StoreConfig], entries: tuple[ReaderEntry, ...]) -> Iterator[Mistake]:
    """Entries that are one and the same reader, by their text or because their names lead to one address."""
    known: dict[object, ReaderEntry] = {}
    hosts: dict[str, ReaderEntry] = {}
    names = {host for entry in entries for host in (entry.address.host, _place(entry)[0]) if host}
    # one name alone has nothing to be compared with
    found = addresses_of(names) if len(names) > 1 else {}
    for entry in entries:
        keys = _keys(entry, found)
        same = next((known[key] for key in keys if key in known), None)
        beside = hosts.get(_host(entry)) if _host(entry) else None
        place = ("readers", entry.position, "uri")
        if same is not None:
            # a name service may answer otherwise tomorrow
            hosts_of = [_plain(_place(one)[0]) for one in (entry, same)]
            by_name = hosts_of[0] != hosts_of[1] and not all(map(is_ip_address, hosts_of))
            severity = Severity.WITHOUT if by_name else Severity.REFUSED
            what = f"is the same reader as `{same.name}`; a reader accepts one client: remove one entry"
            yield read.mistake(place, what, severity)
        elif beside is not None and not _is_shared(entry):
            what = f"has the host of `{beside.name}` with another port; most readers have one interface at a time"
            yield read.mistake(place, what, Severity.NOTE)
        for key in keys:
            known.setdefault(key, entry)
        if not _is_shared(entry):
            hosts.setdefault(_host(entry), entry)


def _keys(entry: ReaderEntry, found: dict[str, frozenset[str]]) -> list[object]:
    """Values of which two entries of one reader have one in common."""
    address, place = entry.address, entry.driver.place
    if isinstance(place, Network):
        path = address.path.strip("/") if place.path else ""
        shared = entry.uri.partition("?")[2] if _is_shared(entry) else ""
        at_place = [(name, address.port, path, shared) for name in _names(address.host, found)]
        # a reader that is controlled beside a broker is one with the reader of this address
        host, port = _place(entry)
        beside = [] if _is_shared(entry) and host == address.host else _names(host, found)
        return [*at_place, *((name, port, "", "") for name in beside)]
    if place.kind is LocalKind.DEVICE:
        return [os.path.realpath(address.path)]
    if place.kind is LocalKind.FILE or address.scheme == "sim":
        # recorded reads may be played twice, and simulated tags of one name are separate
        return []
    return [(address.scheme, address.path.lower())]


def _names(host: str, found: dict[str, frozenset[str]]) -> list[str]:
    return sorted({_plain(host), *found.get(host, ())})


def _place(entry: ReaderEntry) -> tuple[str, int]:
    """Host and port at which the reader itself is controlled, also one beside a broker; else those of the address."""
    beside_broker = entry.address.options[READER] if READER in entry.driver.options else None
    if beside_broker is None:
        return entry.address.host, entry.address.port
    return beside_broker[1], beside_broker[2] or HTTPS_PORT


def _host(entry: ReaderEntry) -> str:
    return _plain(entry.address.host)


def _plain(host: str) -> str:
    return host.lower().removesuffix(".")


def _is_shared(entry: ReaderEntry) -> bool:
    """Whether host and port are those of a broker or of simulated pads, which several readers share."""
    return isinstance(entry.driver.place, Network) and entry.driver.place.path
