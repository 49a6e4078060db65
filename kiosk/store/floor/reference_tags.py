"""The reference tags that a survey fixed in the rooms, checked once a day: an antenna gone deaf is noticed before the
shoppers of its room are. No clock, no thread: time comes with the ticks.
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
from hardware.survey.findings import ReferenceDrift, check_references

log = logging.getLogger(__name__)
CHECK_US = 600_000_000
DAY_US = 24 * 3_600_000_000
MAX_READS = 200  # of each tag, for its mean
REPORT_FILE = "references.json"


class ReferenceTagCheck:
    """Listens for ten minutes, first at the start and then once a day, and says which tags are not heard as on the day
    of the survey. The last result is kept in `file`, where `cheval doctor` finds it."""

    def __init__(self, site: Site, file: Path | None = None) -> None:
        self._site, self._file = site, file
        self._heard: dict[str, deque[tuple[Antenna, TagRead]]] = {}
        self._alive: set[Antenna] = set()
        self._since_us = 0
        self.drifts: tuple[ReferenceDrift, ...] = ()
        self.deaf: frozenset[str] = frozenset()
        """Rooms whose antennas heard nothing at all in the last check, not even the tag fixed there."""
        self.checked_us = 0

    def reads(self, reader: str, reads: Sequence[TagRead]) -> None:
        """Takes reads; only those of reference tags are kept, and only while it listens."""
        if not self._since_us:
            return
        references = self._site.references
        for read in reads:
            antenna = Antenna("" if self._site.one_reader else reader, read.antenna)
            self._alive.add(antenna)
            if read.epc in references:
                self._heard.setdefault(read.epc, deque(maxlen=MAX_READS)).append((antenna, read))

    def tick(self, now_us: int, lost: Collection[str]) -> bool:
        """Lets time pass; whether a check was just made. Rooms whose reader is `lost` are left out: that is known."""
        if not self._site.references:
            return False
        if not self._since_us:
            # what is deaf is listened for again at once, so that a mended cable is seen
            if self.deaf or now_us - self.checked_us >= DAY_US - CHECK_US:
                self._since_us = now_us
            return False
        if now_us - self._since_us < CHECK_US:
            return False
        self._weigh(lost)
        self._heard.clear()
        self._alive.clear()
        self._since_us, self.checked_us = 0, now_us
        self._keep()
        return True

    def _weigh(self, lost: Collection[str]) -> None:
        before = {drift.room for drift in self.drifts}
        heard = [pair for kept in self._heard.values() for pair in kept]
        drifts = check_references(self._site, heard)
        self.drifts = tuple(d for d in drifts if self._site.readers_of(d.room).isdisjoint(lost))
        self.deaf = frozenset(d.room for d in self.drifts if self._alive.isdisjoint(self._site.rooms[d.room]))
        for drift in self.drifts:
            if drift.room not in before:
                log.warning("room %s: %s; look at its antenna and cable", drift.room, describe_drift(drift))
        if before and not self.drifts:
            log.info("all %d reference tags are heard again", len(self._site.references))

    def _keep(self) -> None:
        if self._file is None:
            return
        tree = {"checked_us": self.checked_us, "drifts": [asdict(drift) for drift in self.drifts]}
        try:
            self._file.write_text(json.dumps(tree), "utf-8")
        except OSError as error:
            log.warning("%s cannot be written: %s", self._file, error.strerror)


def describe_drift(drift: ReferenceDrift) -> str:
    """A drift in words."""
    if drift.heard_dbm is None:
        return "its reference tag is not heard any more"
    return f"its reference tag is heard at {drift.heard_dbm:.0f} dBm, not at {drift.expected_dbm:.0f} dBm as surveyed"
