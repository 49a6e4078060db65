"""Readers -> room changes: opens the tag readers of the configuration and lets the room watch follow every tag.

Reads come on the readers' own threads, some thousands a second; they are weighed under a lock of their own and only
what changed a room is handed on. What a scanner reads is not weighed: somebody brought it. Lock order: this one first,
then the writer's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import Protocol

from hardware.drivers.tag_reader import is_pad, is_scanner, open_tag_reader
from hardware.errors import HardwareError
from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagRead, TagReader, TagReads
from hardware.rooms.calibration import Calibration, CalibrationError, load_calibration
from hardware.rooms.changes import RoomChange
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import Antenna, Site, SiteError, load_site
from kiosk.core.domain.ids import Epc, RoomId
from kiosk.store.floor.reference_tags import ReferenceTagCheck
from kiosk.store.settings import ReaderSettings, RoomSettings

log = logging.getLogger(__name__)
Bring = Callable[[RoomId, Epc], object]
"""Takes a piece that was scanned into a room."""


class Watch(Protocol):
    """What the store needs of `hardware.rooms.room_tracker.RoomTracker`."""

    def reads(self, reader: str, reads: Sequence[TagRead]) -> list[RoomChange]: ...

    def tick(self, at_us: int) -> list[RoomChange]: ...

    def reader_down(self, reader: str) -> None: ...

    def reader_up(self, reader: str) -> None: ...


class RoomEventSink(Protocol):
    """Who is told: changes in order, and which readers answer."""

    def rooms_changed(self, changes: Sequence[RoomChange]) -> None: ...

    def radio_changed(self, deaf: frozenset[RoomId], up: dict[str, bool]) -> None: ...


class RoomRadio:
    """The shop's readers and the watch over its rooms."""

    def __init__(
        self,
        readers: Sequence[ReaderSettings],
        rooms: Sequence[RoomSettings],
        sink: RoomEventSink,
        watch: Watch | None = None,
        calibration: Path | None = None,
        site_file: Path | None = None,
        references_file: Path | None = None,
        bring: Bring = lambda _room, _epc: None,
    ) -> None:
        self._rooms, self._sink, self._bring = rooms, sink, bring
        self._names = tuple(r.name for r in readers)
        self._scanners = frozenset(r.name for r in readers if is_scanner(r.uri))
        self._aside = self._scanners | auxiliary_pads(rooms, readers)
        site = with_survey(site_of(rooms, readers), site_file)
        self._watch: Watch | None = watch or (RoomTracker(site, _learned(calibration)) if site else None)
        self._references = ReferenceTagCheck(site, references_file) if site else None
        self._up: dict[str, bool] = {}
        self._lock = Lock()
        self._readers = [r for r in map(_opened, readers) if r is not None]

    def start(self) -> None:
        with self._lock:
            for name in set(self._names) - {reader.name for reader in self._readers}:
                self._turned(name, up=False)
        for reader in self._readers:
            reader.start(self.post)

    def close(self) -> None:
        for reader in self._readers:
            reader.close()

    @property
    def up(self) -> dict[str, bool]:
        """Which readers answer now."""
        with self._lock:
            return {name: self._up.get(name, False) for name in self._names}

    def post(self, fact: RadioFact) -> None:
        """Takes a fact of a reader; called on that reader's thread."""
        if fact.reader in self._aside and not isinstance(fact, TagReads):
            self._told_aside(fact)
            return
        if fact.reader in self._scanners and isinstance(fact, TagReads):
            self._scanned(fact.reader, fact.reads)
            return
        with self._lock:
            if self._watch is None:
                return
            match fact:
                case TagReads(reader=reader, reads=reads):
                    self._changed(self._watch.reads(reader, reads))
                    if self._references is not None:
                        self._references.reads(reader, reads)
                case ReaderUp(reader=reader):
                    log.info("reader %s answers", reader)
                    self._watch.reader_up(reader)
                    self._turned(reader, up=True)
                case ReaderDown(reader=reader, why=why):
                    log.warning("reader %s is lost: %s; its rooms keep what was last known", reader, why)
                    self._watch.reader_down(reader)
                    self._turned(reader, up=False)

    def _scanned(self, reader: str, reads: Sequence[TagRead]) -> None:
        rooms = [room.room for room in self._rooms if reader in readers_of(room, self._names)]
        for room in rooms[:1]:  # a piece is in one room only; the configuration is refused otherwise
            for read in reads:
                self._bring(room, Epc(read.epc))

    def _told_aside(self, fact: ReaderUp | ReaderDown) -> None:
        """Of a scanner, or of a pad beside antennas: its loss says nothing about what hangs in the room."""
        if isinstance(fact, ReaderDown):
            log.warning("%s is lost: %s", fact.reader, fact.why)
        with self._lock:
            self._turned(fact.reader, up=isinstance(fact, ReaderUp))

    def tick(self, now_us: int) -> None:
        """Lets time pass in the rooms; about four times a second."""
        with self._lock:
            if self._watch is not None:
                self._changed(self._watch.tick(now_us))
            if self._references is not None and self._references.tick(now_us, self._lost()):
                self._tell()

    def _changed(self, changes: Sequence[RoomChange]) -> None:
        if changes:
            self._sink.rooms_changed(changes)

    def _turned(self, reader: str, *, up: bool) -> None:
        self._up[reader] = up
        self._tell()

    def _lost(self) -> frozenset[str]:
        """The readers that are lost, by the names of the site: the only reader has none."""
        lost = {name for name, up in self._up.items() if not up} - self._aside
        return frozenset(lost | {""} if lost and len(set(self._names) - self._scanners) == 1 else lost)

    def _tell(self) -> None:
        deaf = {room.room for room in self._rooms if self._deaf(room)}
        self._sink.radio_changed(frozenset(deaf), dict(self._up))

    def _deaf(self, room: RoomSettings) -> bool:
        """Only a reader that is known to be lost makes deaf, or an antenna that failed the daily check; a reader that
        was not heard of yet does not, nor does a scanner or a pad beside antennas, which hear nothing by themselves."""
        if self._references is not None and room.room in self._references.deaf:
            return True
        listening = readers_of(room, self._names) - self._aside
        return any(self._up.get(name) is False for name in listening)


def readers_of(room: RoomSettings, names: Iterable[str]) -> frozenset[str]:
    """The readers whose antennas listen in a room; a bare port means the only reader there is."""
    found = {antenna.rpartition("/")[0] for antenna in room.antennas}
    return frozenset(found - {""}) | (frozenset(names) if "" in found else frozenset())


def auxiliary_pads(rooms: Sequence[RoomSettings], readers: Sequence[ReaderSettings]) -> frozenset[str]:
    """The pads that are alone in no room: each of theirs is heard by an antenna as well."""
    names = {reader.name for reader in readers}
    pads = {reader.name for reader in readers if is_pad(reader.uri)}
    hands = pads | {reader.name for reader in readers if is_scanner(reader.uri)}
    alone = {pad for room in rooms if (there := readers_of(room, names)) <= hands for pad in there & pads}
    return frozenset(pads - alone)


def site_of(rooms: Sequence[RoomSettings], readers: Sequence[ReaderSettings]) -> Site | None:
    """The rooms with antennas as the radio's site; of one reader alone the ports are enough, whatever its name.
    Scanners are no antennas."""
    scanners = {reader.name for reader in readers if is_scanner(reader.uri)}
    if readers and len(scanners) == len(readers):
        return None
    bare = len(readers) - len(scanners) == 1
    with_radio: dict[str, tuple[Antenna, ...]] = {}
    for room in rooms:
        heard = [antenna for antenna in room.antennas if antenna.rpartition("/")[0] not in scanners]
        if heard:
            ports = (a.rpartition("/")[2] if bare else a for a in heard)
            with_radio[room.room] = tuple(Antenna.parse(port) for port in ports)
    return Site(with_radio) if with_radio else None


def with_survey(site: Site | None, file: Path | None) -> Site | None:
    """The site with the floors and reference tags that a survey measured; of rooms hung otherwise since, nothing."""
    if site is None or file is None:
        return site
    try:
        found = load_site(file)
    except SiteError as broken:
        log.warning("%s; the store goes on without what the survey measured", broken)
        return site
    same = {room for room, antennas in site.rooms.items() if set(found.rooms.get(room, ())) == set(antennas)}
    if other := sorted(set(site.rooms) - same):
        log.warning("%s does not fit the rooms %s; survey them anew", file, ", ".join(other))
    floors = {room: floor for room, floor in found.floors.items() if room in same}
    references = {epc: r for epc, r in found.references.items() if r.room in same}
    return Site(site.rooms, floors, references)


def _learned(calibration: Path | None) -> Calibration | None:
    """What a walk has taught, if there was one; a broken file leaves what any shop is assumed to be like."""
    if calibration is None:
        return None
    try:
        return load_calibration(calibration)
    except CalibrationError as broken:
        log.warning("%s; rooms are told apart as in any shop until it is mended", broken)
        return None


def _opened(reader: ReaderSettings) -> TagReader | None:
    try:
        return open_tag_reader(reader.uri, reader.name)
    except HardwareError as error:
        log.error("reader %s cannot be opened: %s; its rooms go without radio", reader.name, error)
        return None
