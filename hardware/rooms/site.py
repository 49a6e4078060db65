"""The site file (YAML): which antennas cover which room of the shop.

All mistakes of a file are reported at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from hardware.errors import HardwareError
from hardware.ports import MAX_ANTENNA
from hardware.regular_files import read_regular
from hardware.rooms.yaml_tree import MAX_CHARACTERS, YamlTextError, read_yaml

# a character has at most 4 bytes
_MAX_BYTES: Final = 4 * MAX_CHARACTERS

ROOM_KEYS = ("antennas", "floor_dbm")


class SiteError(HardwareError):
    """A site file that cannot be used; `mistakes` lists all of them in the order of the file."""

    def __init__(self, where: str, mistakes: tuple[str, ...]) -> None:
        self.where = where
        self.mistakes = mistakes
        super().__init__("\n".join((f"{where}: {len(mistakes)} mistake(s)", *(f"  - {m}" for m in mistakes))))


@dataclass(frozen=True, slots=True, order=True)
class Antenna:
    """An antenna port of a reader. `reader` is empty in a shop with one reader."""

    reader: str
    port: int

    @classmethod
    def parse(cls, text: object) -> Antenna:
        """An antenna from `3`, `"3"` or `"reader/3"`. Raises ValueError with the reason."""
        if isinstance(text, bool) or not isinstance(text, int | str):
            raise ValueError(f"{text!r} is not an antenna: write a port number or reader/port")
        reader, _, port = str(text).rpartition("/")
        if not (port.isascii() and port.isdigit() and 1 <= int(port) <= MAX_ANTENNA):
            raise ValueError(f"{text!r} is not an antenna: the port is a number from 1")
        return cls(reader, int(port))

    def __str__(self) -> str:
        return f"{self.reader}/{self.port}" if self.reader else str(self.port)


@dataclass(frozen=True, slots=True)
class ReferenceTag:
    """A tag fixed in a room, and the mean RSSI of its room's antenna on the day of the survey."""

    room: str
    level_dbm: float


@dataclass(frozen=True, slots=True)
class Site:
    """The rooms of a shop and their antennas, in the order of the file.

    An antenna may cover several rooms; then only a calibration walk can tell these rooms apart. `min_signals` holds, by
    room, the RSSI in dBm below which a tag is more likely outside (measured by a survey). `references` holds, by EPC,
    the tags fixed in rooms; they are not garments, and are checked daily. `contact_antennas` are card readers: they
    read only a tag that lies on them, and measure no signal strength.
    """

    rooms: Mapping[str, tuple[Antenna, ...]]
    min_signals: Mapping[str, float] = field(default_factory=dict)
    references: Mapping[str, ReferenceTag] = field(default_factory=dict)
    contact_antennas: frozenset[Antenna] = frozenset()
    antennas: tuple[Antenna, ...] = field(init=False)

    def __post_init__(self) -> None:
        found = {antenna: None for antennas in self.rooms.values() for antenna in antennas}
        object.__setattr__(self, "antennas", tuple(found))

    @property
    def one_reader(self) -> bool:
        """True if antennas are port numbers alone; then the reader's name does not matter."""
        return all(not antenna.reader for antenna in self.antennas)

    def antennas_of(self, reader: str) -> tuple[Antenna, ...]:
        """The antennas of a reader; all of them in a shop with one reader."""
        return tuple(a for a in self.antennas if self.one_reader or a.reader == reader)

    def rooms_of(self, antenna: Antenna) -> tuple[str, ...]:
        """The rooms that an antenna covers, in the order of the file."""
        return tuple(room for room, antennas in self.rooms.items() if antenna in antennas)

    def antenna_of(self, reader: str, port: int | None) -> Antenna | None:
        """The antenna of a read; without a port the reader's only antenna. None if not in the site, or not known."""
        antennas = self.antennas_of(reader)
        if port is None:
            return antennas[0] if len(antennas) == 1 else None
        return next((antenna for antenna in antennas if antenna.port == port), None)

    def places_unnamed(self, reader: str) -> bool:
        """Whether reads of this reader can be placed without an antenna: all its antennas cover the same rooms."""
        return len({self.rooms_of(antenna) for antenna in self.antennas_of(reader)}) == 1

    def readers_of(self, room: str) -> frozenset[str]:
        """The readers of this room's antennas; the empty name means the only reader."""
        return frozenset(antenna.reader for antenna in self.rooms[room])


def load_site(path: str | Path) -> Site:
    """The site of a file. Raises SiteError with all mistakes, also for a file that is missing or not YAML."""
    try:
        # editors on Windows write a byte order mark
        text = read_regular(Path(path), _MAX_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise SiteError(str(path), (f"cannot be read: {error.strerror}",)) from error
    except UnicodeDecodeError as error:
        raise SiteError(str(path), ("is not UTF-8 text; save it as UTF-8",)) from error
    return parse_site(text, str(path))


def parse_site(text: str, where: str = "site") -> Site:
    """The site of a YAML text; `where` names it in errors. Raises SiteError."""
    try:
        tree, twice = read_yaml(text)
    except YamlTextError as error:
        raise SiteError(where, (str(error),)) from error
    mistakes = list(twice)
    rooms = _rooms(tree, mistakes)
    min_signals = _min_signals(tree, mistakes) if rooms else {}
    references = _references(tree, rooms, mistakes) if rooms else {}
    named = {antenna.reader for antennas in rooms.values() for antenna in antennas}
    if "" in named and len(named) > 1:
        mistakes.append("rooms: bare port numbers stand beside reader/port; name the reader everywhere")
    if mistakes:
        raise SiteError(where, tuple(mistakes))
    return Site(rooms, min_signals, references)


def _rooms(tree: object, mistakes: list[str]) -> dict[str, tuple[Antenna, ...]]:
    if not isinstance(tree, dict) or not isinstance(tree.get("rooms"), dict) or not tree["rooms"]:
        mistakes.append("rooms: missing; write `rooms: {name: {antennas: [1, 2]}}`")
        return {}
    rooms: dict[str, tuple[Antenna, ...]] = {}
    for name, room in tree["rooms"].items():
        rooms[str(name)] = _antennas(f"rooms.{name}", room, mistakes)
    return rooms


def _min_signals(tree: dict[str, object], mistakes: list[str]) -> dict[str, float]:
    min_signals: dict[str, float] = {}
    rooms = tree["rooms"]
    for name, room in rooms.items() if isinstance(rooms, dict) else ():
        min_dbm = room.get("floor_dbm") if isinstance(room, dict) else None
        if isinstance(min_dbm, int | float) and not isinstance(min_dbm, bool) and -120 <= min_dbm <= 0:
            min_signals[str(name)] = float(min_dbm)
        elif min_dbm is not None:
            mistakes.append(f"rooms.{name}.floor_dbm: {min_dbm!r} is not a signal between -120 and 0 dBm")
    return min_signals


def _references(
    tree: dict[str, object], rooms: Mapping[str, object], mistakes: list[str]
) -> dict[str, ReferenceTag]:
    listed = tree.get("references", {})
    references: dict[str, ReferenceTag] = {}
    if not isinstance(listed, dict):
        mistakes.append("references: must map an EPC to its room and level_dbm")
        return references
    for epc, entry in listed.items():
        room = entry.get("room") if isinstance(entry, dict) else None
        level = entry.get("level_dbm") if isinstance(entry, dict) else None
        if str(room) not in rooms or isinstance(level, bool) or not isinstance(level, int | float):
            mistakes.append(f"references.{epc}: must name a room of this file and its level_dbm")
        elif not -120 <= level <= 0:
            mistakes.append(f"references.{epc}.level_dbm: {level!r} is not a signal between -120 and 0 dBm")
        elif str(epc).upper() in references:
            mistakes.append(f"references.{str(epc).upper()}: is written twice")
        else:
            references[str(epc).upper()] = ReferenceTag(str(room), float(level))
    return references


def _antennas(where: str, room: object, mistakes: list[str]) -> tuple[Antenna, ...]:
    if not isinstance(room, dict):
        mistakes.append(f"{where}: must be a mapping with `antennas`")
        return ()
    for key in room:
        if key not in ROOM_KEYS:
            near = get_close_matches(str(key), ROOM_KEYS, 1)
            mistakes.append(f"{where}.{key}: unknown key" + (f"; did you mean `{near[0]}`?" if near else ""))
    listed = room.get("antennas")
    if not isinstance(listed, list) or not listed:
        mistakes.append(f"{where}.antennas: must be a list with at least one antenna")
        return ()
    found: dict[Antenna, None] = {}
    for index, item in enumerate(listed):
        try:
            antenna = Antenna.parse(item)
        except ValueError as error:
            mistakes.append(f"{where}.antennas[{index}]: {error}")
            continue
        if antenna in found:
            mistakes.append(f"{where}.antennas[{index}]: {antenna} is listed twice")
        found[antenna] = None
    return tuple(found)
