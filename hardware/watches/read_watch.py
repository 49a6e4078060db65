"""Watches the reads of one reader: silence, slow reads, tags of others. Time comes with the reads and with `tick`.

Slow reads are the sign of a session whose inventoried flag persists (EPC UHF Gen2, table "Tag flags and persistence
values"): in session 1 a tag is read again after 0.5 to 5 s, in session 2 or 3 only after it was without power for more
than 2 s. Many antennas or tags have the same effect. The room decision needs reads about once a second.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from hardware.clock import US
from hardware.ports import NoteKind, RadioFact, ReaderDown, ReaderNote, ReaderUp, TagRead, TagReads
from hardware.watches.begun_notes import BegunNotes

MAX_TAGS: Final = 4096
"""Tags watched at one time; further ones are counted as reads only."""
KEEP_US: Final = 600 * US
"""A tag without reads for so long is forgotten."""
STRONG_DBM: Final = -65.0
"""A tag with weaker reads may be read seldom because it is far away: they do not count."""

_TICK_US: Final = US
# reads within a second are one sighting
_SIGHTING_US: Final = US
# a longer gap is an absence
_ABSENT_US: Final = 15 * US
_MIN_GAPS: Final = 3
_MAX_GAPS: Final = 8
# slow reads are over below this share of the limit, so that a reader near the limit is noted once
_OVER_SHARE: Final = 0.7
# a tag is "read once" if it has so few reads and none after its first second, for so long
_ONCE_READS: Final = 3
_ONCE_AFTER_US: Final = 10 * US
_RECENT_US: Final = 120 * US
_CAUSES: Final = "set session=0, or use fewer antennas; too many tags have the same effect"


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """`silent_s`: seconds without any read after which a connected reader is noted; None where silence is no fault.

    `silence_after_reads` False: only before the first read of a connection; later, tags may have been taken away.
    `slow_s`: seconds between reads of one tag above which reads are slow. `once_tags`: how many tags must be read only
    once. `many_foreign`: how many tags of others are noted, if they are the majority of the last 10 minutes.
    """

    silent_s: float | None = None
    silence_after_reads: bool = True
    slow_s: float = 2.5
    once_tags: int = 5
    many_foreign: int = 30


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """Reads and tags so far; `between_s`: median over the tags of the mean seconds between reads, None if unknown."""

    reads: int
    tags: int
    between_s: float | None


@dataclass(slots=True)
class _Tag:
    """One tag: its reads, and the gaps between its sightings."""

    ours: bool
    first_us: int
    last_us: int
    sighting_us: int
    reads: int = 1
    strong: bool = False
    was_strong: bool = False
    """Whether its last read was strong, and whether any read was."""
    gaps_us: deque[int] = field(default_factory=lambda: deque(maxlen=_MAX_GAPS))

    def read(self, at_us: int, *, strong: bool) -> None:
        self.reads += 1
        self.last_us = at_us
        gap_us = at_us - self.sighting_us
        if gap_us > _ABSENT_US:
            self.gaps_us.clear()
        elif gap_us > _SIGHTING_US and strong and self.strong:
            # a gap next to a weak read shows that the tag is far away or covered
            self.gaps_us.append(gap_us)
        if gap_us > _SIGHTING_US:
            self.sighting_us = at_us
        self.strong = strong
        self.was_strong |= strong

    def was_read_once(self, now_us: int) -> bool:
        return (
            self.reads <= _ONCE_READS
            and self.sighting_us == self.first_us
            and now_us - self.first_us > _ONCE_AFTER_US
        )


class ReadWatch:
    """The watch of one reader. `take` gets its facts, `tick` returns the notes that begin and end.

    `is_ours` says whether an EPC is the shop's; without it all are. EPCs are counted, never shown.
    """

    def __init__(
        self, reader: str, settings: WatchSettings | None = None, is_ours: Callable[[str], bool] | None = None
    ) -> None:
        self._settings, self._is_ours = settings or WatchSettings(), is_ours
        self._tags: dict[str, _Tag] = {}
        self._notes = BegunNotes(reader)
        self._since_us: int | None = None
        """Time of the last read or, before the first, of the connection; None while disconnected."""
        self._ticked_us = 0
        self._reads = 0
        # of all connections, up to MAX_TAGS
        self._seen: set[str] = set()

    def take(self, fact: RadioFact) -> None:
        """Takes a fact of this reader. A new connection begins anew: it ends all notes."""
        match fact:
            case TagReads(_, reads):
                self._read(reads)
            case ReaderUp(_, at_us):
                self._notes.forget()
                self._tags.clear()
                self._since_us = at_us
            case ReaderDown():
                self._since_us = None

    def _read(self, reads: Sequence[TagRead]) -> None:
        self._reads += len(reads)
        tags = self._tags
        for read in reads:
            at_us, strong = read.at_us, read.rssi_dbm is None or read.rssi_dbm >= STRONG_DBM
            tag = tags.get(read.epc)
            if tag is not None:
                tag.read(at_us, strong=strong)
            elif len(tags) < MAX_TAGS:
                ours = self._is_ours is None or self._is_ours(read.epc)
                tags[read.epc] = _Tag(ours, at_us, at_us, at_us, strong=strong, was_strong=strong)
                if len(self._seen) < MAX_TAGS:
                    self._seen.add(read.epc)
        if reads and self._since_us is not None:
            self._since_us = max(self._since_us, reads[-1].at_us)

    def tick(self, now_us: int) -> tuple[ReaderNote, ...]:
        """Advances the time; the notes that begin and end. Does nothing more often than once a second."""
        if self._since_us is None or 0 <= now_us - self._ticked_us < _TICK_US:
            return ()
        self._ticked_us = now_us
        for epc in [epc for epc, tag in self._tags.items() if now_us - tag.last_us > KEEP_US]:
            del self._tags[epc]
        found = (
            (NoteKind.NO_READS, self._silence(now_us)),
            (NoteKind.SLOW_READS, self._slowness(now_us)),
            (NoteKind.FOREIGN_TAGS, self._foreign()),
        )
        return tuple(note for kind, text in found for note in self._changed(kind, text, now_us))

    def _changed(self, kind: NoteKind, text: str | None, now_us: int) -> Sequence[ReaderNote]:
        """`text`: None if nothing is known, empty if there is nothing to note."""
        if text is None:
            return ()
        return self._notes.begin(kind, text, now_us) if text else self._notes.end(kind, now_us)

    def _silence(self, now_us: int) -> str | None:
        if self._settings.silent_s is None or self._since_us is None:
            return None
        if self._tags and not self._settings.silence_after_reads:
            return ""
        silent_s = (now_us - self._since_us) / US
        return silence_text(silent_s) if silent_s > self._settings.silent_s else ""

    def _slowness(self, now_us: int) -> str | None:
        strong = [tag for tag in self._tags.values() if tag.was_strong and now_us - tag.last_us < _RECENT_US]
        gaps = [median(tag.gaps_us) / US for tag in strong if len(tag.gaps_us) >= _MIN_GAPS]
        limit_s = self._settings.slow_s * (_OVER_SHARE if NoteKind.SLOW_READS in self._notes else 1.0)
        slow = [gap for gap in gaps if gap > limit_s]
        if len(slow) * 2 > len(gaps):
            return f"tags are read only every {median(slow):.0f} s; {_CAUSES}"
        once = sum(tag.was_read_once(now_us) for tag in strong)
        if once >= self._settings.once_tags and once > 4 * (len(strong) - once):
            return f"{once} tags were read once and then not again, as in session 2 or 3; {_CAUSES}"
        return "" if gaps else None

    def _foreign(self) -> str:
        foreign = sum(not tag.ours for tag in self._tags.values())
        if foreign < self._settings.many_foreign or foreign * 2 <= len(self._tags):
            return ""
        return f"{foreign} of {len(self._tags)} tags of the last 10 minutes are no garments of this shop"

    def summary(self) -> ReadSummary:
        """Reads and tags so far, of all connections."""
        means = [
            (tag.last_us - tag.first_us) / (tag.reads - 1) / US
            for tag in self._tags.values()
            if tag.reads > 1
        ]
        return ReadSummary(self._reads, len(self._seen), median(means) if means else None)


def silence_text(seconds: float) -> str:
    """The note about a connected reader that has read nothing for so long, with what to check."""
    return (
        f"connected, but no tag was read for {seconds:.0f} s; check the reader's region, its antennas and cables, "
        "power and session"
    )
