"""A simulated calibration walk: a few tags carried through every room and the corridor."""

from __future__ import annotations

from random import Random

from hardware.rooms.site import Antenna, Site, parse_site
from hardware.rooms.walk import WalkRead
from tests.hardware.radio_model.model import Position, RadioModel, RoomRow
from tests.hardware.radio_model.visits import CORRIDOR_M, PathBuilder, simulate


def site_of_row(rooms: RoomRow) -> Site:
    """The site of a row of rooms: room-1 with antenna 1, and so on."""
    lines = (f"  room-{index + 1}: {{antennas: [{index + 1}]}}" for index in range(rooms.count))
    return parse_site("\n".join(("rooms:", *lines)))


def walk(
    model: RadioModel, seed: int, tags: int = 4, seconds: float = 40.0, corridor: bool = True
) -> list[WalkRead]:
    """The reads of a walk of about `seconds` in each room; with `corridor`, also those outside the rooms."""
    random = Random(seed)
    paths = [_way(model.rooms, f"CA1{index:021X}", seconds, random).done() for index in range(tags)]
    names = list(site_of_row(model.rooms).rooms)
    reads = []
    for moment in simulate(model, paths):
        for read in moment.reads:
            room = moment.rooms[read.epc]
            if room is not None or corridor:
                name = "" if room is None else names[room]
                reads.append(WalkRead(read.at_us, Antenna.parse(read.antenna), read.rssi_dbm, read.epc, name))
    return reads


def _way(rooms: RoomRow, epc: str, seconds: float, random: Random) -> PathBuilder:
    builder = PathBuilder(epc, 0.0, (0.0, rooms.depth + CORRIDOR_M, 1.1))
    for room in range(rooms.count):
        middle = room * rooms.width
        builder.walk((middle, rooms.depth, 1.1))
        end_s = builder.at_s + seconds
        while builder.at_s < end_s:
            builder.walk(position_in(rooms, room, random))
            builder.rest(random.uniform(1.0, 4.0), worn=random.random() < 0.3)
        builder.walk((middle, rooms.depth, 1.1))
        builder.walk((middle, rooms.depth + random.uniform(0.5, 1.3), 1.1))
        builder.rest(3.0)
    for _ in range(3):
        builder.walk((-1.5, rooms.depth + CORRIDOR_M, 1.1))
        builder.walk((rooms.count * rooms.width, rooms.depth + CORRIDOR_M, 1.1))
    return builder


def position_in(rooms: RoomRow, room: int, random: Random) -> Position:
    """A random position in a room."""
    return (
        room * rooms.width + random.uniform(-0.42, 0.42) * rooms.width,
        random.uniform(0.1, 0.9) * rooms.depth,
        random.choice((0.5, 1.1, 1.6)),
    )
