"""Checks the antennas of the rooms against the readers: ports that are not used, shared antennas, idle readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hardware.drivers.tag_reader import is_pad, is_scanner
from kiosk.commands.check.readers import ReaderEntry
from kiosk.config import Mistake, Read, Severity, StoreConfig
from kiosk.config.references import RoomAntenna, room_antennas


def antenna_mistakes(
    read: Read[StoreConfig], config: StoreConfig, entries: tuple[ReaderEntry, ...]
) -> Iterator[Mistake]:
    """Mistakes and notes about rooms and their antennas. `entries`: the readers whose address is right."""
    readers = {entry.name: entry for entry in entries}
    antennas = room_antennas(config)
    uris = {reader.name: reader.uri for reader in config.readers}
    for antenna in antennas:
        what = _only_port(antenna, uris.get(antenna.reader, ""))
        if not what and antenna.reader in readers:
            what = _unused_port(antenna, readers[antenna.reader])
        if what:
            yield read.mistake(antenna.place, what)
    yield from _shared(read, config, antennas)
    yield from _unused(read, readers, antennas)
    yield from _rooms(read, config)


def _only_port(antenna: RoomAntenna, uri: str) -> str:
    """What is wrong with an antenna of a scanner or card reader; empty if nothing."""
    if antenna.port == 1 or not (is_scanner(uri) or is_pad(uri)):
        return ""
    kind = "label scanner" if is_scanner(uri) else "card reader"
    return f"`{antenna.reader}` is a {kind}, which has no antennas; write {antenna.reader}/1"


def _unused_port(antenna: RoomAntenna, reader: ReaderEntry) -> str:
    """What is wrong with an antenna that the reader's address leaves out; empty if nothing."""
    used = _configured_ports(reader)
    if not used or antenna.port in used:
        return ""
    more = ",".join(map(str, sorted({*used, antenna.port})))
    return (
        f"`{reader.name}` does not use antenna {antenna.port}, because its address says"
        f" antennas={','.join(map(str, used))}; write antennas={more} there, or another antenna here"
    )


def _configured_ports(reader: ReaderEntry) -> tuple[int, ...]:
    """The ports of the address's option `antennas`; empty if the reader uses all."""
    for option in reader.driver.options:
        if option.name == "antennas":
            return tuple(reader.address.options[option])
    return ()


def _shared(
    read: Read[StoreConfig], config: StoreConfig, antennas: tuple[RoomAntenna, ...]
) -> Iterator[Mistake]:
    """Antennas that cover several rooms: only a calibration can tell these rooms apart."""
    first: dict[tuple[str, int], str] = {}
    scanners = {reader.name for reader in config.readers if is_scanner(reader.uri)}
    calibrated = config.radio.calibration is not None
    for antenna in antennas:
        room = first.setdefault((antenna.reader, antenna.port), antenna.room)
        if room == antenna.room or antenna.reader in scanners:
            continue
        what = f"`{antenna}` is an antenna of room {room} too"
        if calibrated:
            yield read.mistake(
                antenna.place, f"{what}; only the calibration tells these rooms apart", Severity.NOTE
            )
        else:
            what += "; without radio.calibration the garments of these rooms are mixed up"
            yield read.mistake(antenna.place, what, Severity.WITHOUT)


def _unused(
    read: Read[StoreConfig], readers: Mapping[str, ReaderEntry], antennas: tuple[RoomAntenna, ...]
) -> Iterator[Mistake]:
    for reader in readers.values():
        in_rooms = {antenna.port for antenna in antennas if antenna.reader == reader.name}
        idle = [port for port in _configured_ports(reader) if port not in in_rooms]
        if not in_rooms:
            what = "no room has an antenna of this reader, so its reads are ignored"
            yield read.mistake(("readers", reader.position), what, Severity.NOTE)
        elif idle:
            what = f"no room has antenna {', '.join(map(str, idle))} of its option antennas"
            yield read.mistake(("readers", reader.position, "uri"), what, Severity.NOTE)


def _rooms(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    """Rooms that are told apart by nothing, or that share the first terminal."""
    titles: dict[str, str] = {}
    terminals = [terminal.name for terminal in config.payments.terminals]
    for name, room in config.rooms.items():
        first = titles.setdefault(room.title or name, name)
        if first != name:
            what = f"associates see the same name as for room {first}"
            yield read.mistake(("rooms", name, "title"), what, Severity.NOTE)
        if config.readers and not room.antennas:
            what = "has no antennas, so garments appear only if their labels are scanned"
            yield read.mistake(("rooms", name), what, Severity.NOTE)
        if len(terminals) > 1 and room.terminal is None:
            what = f"has no terminal, so `{terminals[0]}` is used, the first one"
            yield read.mistake(("rooms", name), what, Severity.NOTE)
