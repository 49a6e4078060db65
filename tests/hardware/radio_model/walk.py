"""A technician's calibration walk through the radio model: a few tags carried through every room and the corridor."""

from __future__ import annotations

from random import Random

from hardware.rooms.learning import WalkRead
from hardware.rooms.site import Antenna, Site, parse_site
from tests.hardware.radio_model.model import RadioModel, Rooms, Spot
from tests.hardware.radio_model.visits import CORRIDOR_M, WayMaker, play


def site_of(rooms: Rooms) -> Site:
    """The site of a row of rooms: room-1 with antenna 1, and so on."""
    lines = (f"  room-{index + 1}: {{antennas: [{index + 1}]}}" for index in range(rooms.count))
    return parse_site("\n".join(("rooms:", *lines)))


def walk(
    model: RadioModel, seed: int, tags: int = 4, seconds: float = 40.0, corridor: bool = True
) -> list[WalkRead]:
    """The reads of a walk of about `seconds` in each room; with `corridor`, also those outside the rooms."""
    random = Random(seed)
    ways = [_way(model.rooms, f"CA1{index:021X}", seconds, random).done() for index in range(tags)]
    names = list(site_of(model.rooms).rooms)
    reads = []
    for moment in play(model, ways):
        for read in moment.reads:
            room = moment.rooms[read.epc]
            if room is not None or corridor:
                name = "" if room is None else names[room]
                reads.append(WalkRead(read.at_us, Antenna("", read.antenna), read.rssi_dbm, read.epc, name))
    return reads


def _way(rooms: Rooms, epc: str, seconds: float, random: Random) -> WayMaker:
    maker = WayMaker(epc, 0.0, (0.0, rooms.depth + CORRIDOR_M, 1.1))
    for room in range(rooms.count):
        middle = room * rooms.width
        maker.walk((middle, rooms.depth, 1.1))
        end_s = maker.at_s + seconds
        while maker.at_s < end_s:
            maker.walk(spot_in(rooms, room, random))
            maker.rest(random.uniform(1.0, 4.0), worn=random.random() < 0.3)
        maker.walk((middle, rooms.depth, 1.1))
        maker.walk((middle, rooms.depth + random.uniform(0.5, 1.3), 1.1))
        maker.rest(3.0)
    for _ in range(3):
        maker.walk((-1.5, rooms.depth + CORRIDOR_M, 1.1))
        maker.walk((rooms.count * rooms.width, rooms.depth + CORRIDOR_M, 1.1))
    return maker


def spot_in(rooms: Rooms, room: int, random: Random) -> Spot:
    """A spot anywhere in a room."""
    return (
        room * rooms.width + random.uniform(-0.42, 0.42) * rooms.width,
        random.uniform(0.1, 0.9) * rooms.depth,
        random.choice((0.5, 1.1, 1.6)),
    )
