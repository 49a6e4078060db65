"""Tag readers of the rooms: opens the configured readers, decides each tag's room, and passes on room changes.

Reads arrive on the readers' threads, some thousands per second. They go through the room tracker under this module's
lock; only changes of a room are passed on. Labels read by a scanner skip the tracker: a person scanned them into the
room. Lock order: this lock first, then the writer's.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Protocol

from hardware.drivers.tag_reader import is_pad, is_scanner, open_tag_reader
from hardware.errors import HardwareError
from hardware.ports import RadioFact, ReaderDown, ReaderNote, ReaderUp, TagRead, TagReader, TagReads
from hardware.rooms.calibration import Calibration, CalibrationError, load_calibration
from hardware.rooms.changes import RoomChange
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import Antenna, Site, SiteError, load_site
from kiosk.core.domain.ids import Epc, RoomId
from kiosk.store.floor.reference_tags import ReferenceTagCheck
from kiosk.store.settings import ReaderSettings, RoomSettings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RadioSettings:
    """Readers, rooms, and the files of calibration and survey; None where there is no such file."""

    readers: Sequence[ReaderSettings]
    rooms: Sequence[RoomSettings]
    calibration_file: Path | None = None
    site_file: Path | None = None
    references_file: Path | None = None
    """Where the result of the daily check of the reference tags is written."""


class Tracker(Protocol):
    """What the store needs of `hardware.rooms.room_tracker.RoomTracker`."""

    def reads(self, reader: str, reads: Sequence[TagRead]) -> list[RoomChange]: ...

    def tick(self, at_us: int) -> list[RoomChange]: ...

    def reader_down(self, reader: str) -> None: ...

    def reader_up(self, reader: str) -> None: ...


class RoomEventSink(Protocol):
    """Receives the room changes in order, and which readers answer. Implemented by `ShopFloor`."""

    def rooms_changed(self, changes: Sequence[RoomChange]) -> None: ...

    def radio_changed(self, rooms_without_radio: frozenset[RoomId], readers_up: dict[str, bool]) -> None: ...


class ScanSink(Protocol):
    """Receives the labels that a scanner reads for a room. Implemented by `HandScans`."""

    def scan(self, room: RoomId, epc: Epc) -> object: ...


class RoomRadio:
    """The shop's readers and the tracker of its rooms. `tracker` replaces the one made from the settings."""

    def __init__(
        self,
        settings: RadioSettings,
        sink: RoomEventSink,
        scans: ScanSink | None = None,
        tracker: Tracker | None = None,
    ) -> None:
        readers, rooms = settings.readers, settings.rooms
        self._rooms, self._sink, self._scans = rooms, sink, scans
        self._names = tuple(r.name for r in readers)
        self._scanners = frozenset(r.name for r in readers if is_scanner(r.uri))
        self._auxiliary = self._scanners | auxiliary_pads(rooms, readers)
        site = with_survey(site_of(rooms, readers), settings.site_file)
        made = RoomTracker(site, _calibration(settings.calibration_file)) if site else None
        self._tracker: Tracker | None = tracker or made
        self._references = ReferenceTagCheck(site, settings.references_file) if site else None
        self._up: dict[str, bool] = {}
        self._lock = Lock()
        self._readers = [r for r in map(_open_reader, readers) if r is not None]

    def start(self) -> None:
        with self._lock:
            for name in set(self._names) - {reader.name for reader in self._readers}:
                self._set_up(name, up=False)
        for reader in self._readers:
            reader.start(self.post)

    def close(self) -> None:
        for reader in self._readers:
            reader.close()

    @property
    def up(self) -> dict[str, bool]:
        """Whether each reader answers now, by name."""
        with self._lock:
            return {name: self._up.get(name, False) for name in self._names}

    def post(self, fact: RadioFact) -> None:
        """Takes reads or a state change of a reader. Called on that reader's thread."""
        if isinstance(fact, ReaderNote):
            log.warning("reader %s: %s", fact.reader, fact.text)
            return
        if fact.reader in self._auxiliary and not isinstance(fact, TagReads):
            self._auxiliary_changed(fact)
            return
        if fact.reader in self._scanners and isinstance(fact, TagReads):
            self._scanned(fact.reader, fact.reads)
            return
        with self._lock:
            if self._tracker is None:
                return
            match fact:
                case TagReads(reader=reader, reads=reads):
                    self._changed(self._tracker.reads(reader, reads))
                    if self._references is not None:
                        self._references.reads(reader, reads)
                case ReaderUp(reader=reader):
                    log.info("reader %s answers", reader)
                    self._tracker.reader_up(reader)
                    self._set_up(reader, up=True)
                case ReaderDown(reader=reader, why=why):
                    log.warning("reader %s is lost: %s; its rooms keep their last known pieces", reader, why)
                    self._tracker.reader_down(reader)
                    self._set_up(reader, up=False)

    def _scanned(self, reader: str, reads: Sequence[TagRead]) -> None:
        if self._scans is None:
            return
        rooms = [room.room for room in self._rooms if reader in readers_of(room, self._names)]
        for room in rooms[:1]:  # the configuration is refused if a scanner serves more than one room
            for read in reads:
                self._scans.scan(room, Epc(read.epc))

    def _auxiliary_changed(self, fact: ReaderUp | ReaderDown) -> None:
        """A scanner, or a pad beside antennas, came or went: the room's pieces are still known without it."""
        if isinstance(fact, ReaderDown):
            log.warning("%s is lost: %s", fact.reader, fact.why)
        with self._lock:
            self._set_up(fact.reader, up=isinstance(fact, ReaderUp))

    def tick(self, now_us: int) -> None:
        """Advances tracker and reference check to this time; to be called about four times a second."""
        with self._lock:
            if self._tracker is not None:
                self._changed(self._tracker.tick(now_us))
            if self._references is not None and self._references.tick(now_us, self._lost()):
                self._publish_radio()

    def _changed(self, changes: Sequence[RoomChange]) -> None:
        if changes:
            self._sink.rooms_changed(changes)

    def _set_up(self, reader: str, *, up: bool) -> None:
        self._up[reader] = up
        self._publish_radio()

    def _lost(self) -> frozenset[str]:
        """The readers that are lost, under the names that the site uses: \"\" if there is only one reader."""
        lost = {name for name, up in self._up.items() if not up} - self._auxiliary
        return frozenset(lost | {""} if lost and len(set(self._names) - self._scanners) == 1 else lost)

    def _publish_radio(self) -> None:
        without_radio = {room.room for room in self._rooms if self._is_without_radio(room)}
        self._sink.radio_changed(frozenset(without_radio), dict(self._up))

    def _is_without_radio(self, room: RoomSettings) -> bool:
        """Whether a reader of the room is known to be lost, or all its antennas failed the daily check.

        A reader that has not reported yet does not count, nor does a scanner or a pad beside antennas.
        """
        if self._references is not None and room.room in self._references.unread_rooms:
            return True
        readers = readers_of(room, self._names) - self._auxiliary
        return any(self._up.get(name) is False for name in readers)


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
    return Site(with_radio) if with_radio else None


def with_survey(site: Site | None, file: Path | None) -> Site | None:
    """The site with the survey's level floors and reference tags, without rooms whose antennas have changed since."""
    if site is None or file is None:
        return site
    try:
        found = load_site(file)
    except SiteError as broken:
        log.warning("%s; default values are used instead of %s; run `cheval survey` again", broken, file)
        return site
    same = {room for room, antennas in site.rooms.items() if set(found.rooms.get(room, ())) == set(antennas)}
    if other := sorted(set(site.rooms) - same):
        log.warning("%s does not fit the rooms %s; survey them again", file, ", ".join(other))
    min_signals = {room: dbm for room, dbm in found.min_signals.items() if room in same}
    references = {epc: r for epc, r in found.references.items() if r.room in same}
    return Site(site.rooms, min_signals, references)


def _calibration(file: Path | None) -> Calibration | None:
    """The calibration of a file; None, with a warning, if it cannot be read: then the default values are used."""
    if file is None:
        return None
    try:
        return load_calibration(file)
    except CalibrationError as broken:
        log.warning("%s; the default calibration is used until the file is corrected", broken)
        return None


def _open_reader(reader: ReaderSettings) -> TagReader | None:
    try:
        return open_tag_reader(reader.uri, reader.name)
    except HardwareError as error:
        log.error(
            "reader %s cannot be opened: %s; garments in its rooms are not detected", reader.name, error
        )
        return None
