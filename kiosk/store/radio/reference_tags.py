"""Daily check of the reference tags that a survey fixed in the rooms: finds an antenna that no longer reads.

It has no clock and no thread; the time comes with `tick`.
"""

from __future__ import annotations

import json
import logging
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import asdict
from pathlib import Path

from hardware.ports import TagRead
from hardware.rooms.site import Antenna, Site
from hardware.survey.findings import ReferenceDrift, check_references, unmeasured_references

log = logging.getLogger(__name__)
CHECK_US = 600_000_000
DAY_US = 24 * 3_600_000_000
MAX_READS = 200
"""Newest reads kept of each tag, for the mean of its level."""
REPORT_FILE = "references.json"


class ReferenceTagCheck:
    """Collects reads for `CHECK_US`, at the start and then once a day, and compares each reference tag with the survey.

    The last result is written to `file`, where `cheval doctor` finds it.
    """

    def __init__(self, site: Site, file: Path | None = None) -> None:
        self._site, self._file = site, file
        self._reads: dict[str, deque[tuple[Antenna, TagRead]]] = {}
        self._active: set[Antenna] = set()
        self._since_us = 0
        self.drifts: tuple[ReferenceDrift, ...] = ()
        self.unread_rooms: frozenset[str] = frozenset()
        """Rooms whose antennas read no tag at all in the last check."""
        self.unmeasured_rooms: tuple[str, ...] = ()
        """Rooms whose reference tag was read without signal strength in the last check."""
        self.checked_us = 0

    def reads(self, reader: str, reads: Sequence[TagRead]) -> None:
        """Takes reads. During a check the reads of reference tags are kept; otherwise nothing is."""
        if not self._since_us:
            return
        references = self._site.references
        for read in reads:
            antennas = self._antennas_of(reader, read.antenna)
            if not antennas:
                continue
            self._active.update(antennas)
            antenna = antennas[0]
            if read.epc in references:
                self._reads.setdefault(read.epc, deque(maxlen=MAX_READS)).append((antenna, read))

    def _antennas_of(self, reader: str, port: int | None) -> tuple[Antenna, ...]:
        """The antenna of a read; without a number all of the reader's, if they cover the same rooms."""
        antenna = self._site.antenna_of(reader, port)
        if antenna is not None:
            return (antenna,)
        return self._site.antennas_of(reader) if port is None and self._site.places_unnamed(reader) else ()

    def tick(self, now_us: int, lost: Collection[str]) -> bool:
        """Advances the time; True if a check has just ended. Rooms of a `lost` reader are left out: that is known."""
        if not self._site.references:
            return False
        if not self._since_us:
            # An unread room is checked again at once, so that a repaired cable is noticed.
            if self.unread_rooms or not 0 <= now_us - self.checked_us < DAY_US - CHECK_US:
                self._since_us = now_us
            return False
        if now_us - self._since_us < CHECK_US:
            return False
        self._compare(lost)
        self._reads.clear()
        self._active.clear()
        self._since_us, self.checked_us = 0, now_us
        self._write_report()
        return True

    def _compare(self, lost: Collection[str]) -> None:
        before = {drift.room for drift in self.drifts}
        reads = [pair for newest in self._reads.values() for pair in newest]
        drifts = check_references(self._site, reads)
        self.drifts = tuple(d for d in drifts if self._site.readers_of(d.room).isdisjoint(lost))
        self.unread_rooms = frozenset(
            d.room for d in self.drifts if self._active.isdisjoint(self._site.rooms[d.room])
        )
        unmeasured = unmeasured_references(self._site, reads)
        for room in sorted(set(unmeasured) - set(self.unmeasured_rooms)):
            log.warning(
                "room %s: its reference tag is read without signal strength; a change is not noticed", room
            )
        self.unmeasured_rooms = unmeasured
        for drift in self.drifts:
            if drift.room not in before:
                log.warning("room %s: %s; check its antenna and cable", drift.room, describe_drift(drift))
        if before and not self.drifts:
            log.info("all %d reference tags are read again", len(self._site.references))

    def _write_report(self) -> None:
        if self._file is None:
            return
        tree = {
            "checked_us": self.checked_us,
            "drifts": [asdict(drift) for drift in self.drifts],
            "unmeasured": self.unmeasured_rooms,
        }
        try:
            self._file.write_text(json.dumps(tree), "utf-8")
        except OSError as error:
            log.warning("%s cannot be written: %s", self._file, error.strerror)


def describe_drift(drift: ReferenceDrift) -> str:
    """A drift as a sentence for log and `cheval doctor`."""
    if drift.heard_dbm is None:
        return "its reference tag is no longer read"
    return f"its reference tag is read at {drift.heard_dbm:.0f} dBm, not at {drift.expected_dbm:.0f} dBm as surveyed"
