"""Which readers and antennas serve which room, from the configuration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hardware.drivers.tag_reader import is_pad, is_scanner
from hardware.rooms.site import Antenna, Site
from kiosk.store.settings import ReaderSettings, RoomSettings


def readers_of(room: RoomSettings, names: Iterable[str]) -> frozenset[str]:
    """The readers with antennas in a room; an antenna without a reader's name belongs to the only reader."""
    found = {antenna.rpartition("/")[0] for antenna in room.antennas}
    return frozenset(found - {""}) | (frozenset(names) if "" in found else frozenset())


def auxiliary_pads(rooms: Sequence[RoomSettings], readers: Sequence[ReaderSettings]) -> frozenset[str]:
    """The pads that share each of their rooms with an antenna: without them the room still has radio."""
    names = {reader.name for reader in readers}
    pads = {reader.name for reader in readers if is_pad(reader.uri)}
    by_hand = pads | {reader.name for reader in readers if is_scanner(reader.uri)}
    alone = {pad for room in rooms if (there := readers_of(room, names)) <= by_hand for pad in there & pads}
    return frozenset(pads - alone)


def site_of(rooms: Sequence[RoomSettings], readers: Sequence[ReaderSettings]) -> Site | None:
    """The rooms with antennas as a `Site`; None if there are none. Scanners are not antennas.

    If there is only one reader, the site's antennas are bare port numbers.
    """
    scanners = {reader.name for reader in readers if is_scanner(reader.uri)}
    if readers and len(scanners) == len(readers):
        return None
    bare = len(readers) - len(scanners) == 1
    with_radio: dict[str, tuple[Antenna, ...]] = {}
    for room in rooms:
        antennas = [antenna for antenna in room.antennas if antenna.rpartition("/")[0] not in scanners]
        if antennas:
            ports = (a.rpartition("/")[2] if bare else a for a in antennas)
            with_radio[room.room] = tuple(Antenna.parse(port) for port in ports)
    pads = {reader.name for reader in readers if is_pad(reader.uri)}
    names = {"" if bare else pad for pad in pads}
    contact = {a for antennas in with_radio.values() for a in antennas if a.reader in names}
    return Site(with_radio, contact_antennas=frozenset(contact)) if with_radio else None
