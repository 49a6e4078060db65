"""Notes which fields a reader does not send with its reads: the antenna, the signal strength.

Stands between a driver and the receiver of its facts. Nothing is assumed for a missing field, with one exception: if
the driver knows that the reader uses a single antenna, from its settings or from the reader's capabilities, that is
the antenna of its reads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from hardware.clock import US
from hardware.ports import NoteKind, RadioFact, ReaderNote, ReaderUp, TagRead, TagReads

# a note ends when all reads of this time had the field
_OVER_AFTER_US: Final = 10 * US


@dataclass(frozen=True, slots=True)
class FieldNames:
    """What the maker calls the two fields, and where they are switched on, for the technician."""

    antenna: str
    signal: str
    where: str


LLRP_FIELDS: Final = FieldNames("AntennaID", "PeakRSSI", "in its reports")
IMPINJ_FIELDS: Final = FieldNames("antennaPort", "peakRssiCdbm", "in eventConfig.tagInventory of its preset")
ZEBRA_FIELDS: Final = FieldNames("ANTENNA", "RSSI", "in tagMetaData of its operating mode")
RECORDED_FIELDS: Final = FieldNames("the antenna", "the signal strength", "in the reader that was recorded")


class FieldWatch:
    """A receiver of facts that passes them on to `post`, with a `ReaderNote` when a field begins or ends to be missing.

    `antennas` are the ports in use, empty if the driver does not know them; it may be set later, as for capabilities
    that come after the connection. Used from the driver's thread.
    """

    def __init__(
        self,
        reader: str,
        post: Callable[[RadioFact], None],
        fields: FieldNames,
        antennas: Sequence[int] = (),
    ) -> None:
        self._reader, self._post, self._fields = reader, post, fields
        self.antennas = tuple(antennas)
        self._missing_us: dict[NoteKind, int] = {}

    def __call__(self, fact: RadioFact) -> None:
        """Takes a fact of the driver. A new connection ends all notes."""
        if isinstance(fact, TagReads):
            self._reads(fact)
            return
        if isinstance(fact, ReaderUp):
            self._missing_us.clear()
        self._post(fact)

    def _reads(self, fact: TagReads) -> None:
        reads = fact.reads
        if any(read.antenna is None for read in reads) and len(self.antennas) == 1:
            reads = tuple(_with_antenna(read, self.antennas[0]) for read in reads)
            fact = TagReads(fact.reader, reads)
        self._post(fact)
        if reads:
            at_us = reads[-1].at_us
            self._notice(NoteKind.ANTENNA, at_us, missing=any(read.antenna is None for read in reads))
            self._notice(NoteKind.SIGNAL, at_us, missing=any(read.rssi_dbm is None for read in reads))

    def _notice(self, kind: NoteKind, at_us: int, *, missing: bool) -> None:
        since_us = self._missing_us.get(kind)
        if missing:
            self._missing_us[kind] = at_us
            if since_us is None:
                self._post(ReaderNote(self._reader, kind, self._text(kind), at_us))
        elif since_us is not None and at_us - since_us >= _OVER_AFTER_US:
            del self._missing_us[kind]
            what = "antenna numbers" if kind is NoteKind.ANTENNA else "signal strengths"
            self._post(ReaderNote(self._reader, kind, f"sends {what} again", at_us, over=True))

    def _text(self, kind: NoteKind) -> str:
        fields = self._fields
        if kind is NoteKind.SIGNAL:
            return (
                "sends no signal strength; rooms are decided by how often its antennas read a tag, which is less "
                f"certain; switch on {fields.signal} {fields.where}"
            )
        count = f"{len(self.antennas)} " if self.antennas else ""
        return (
            f"sends no antenna number; its {count}antennas cannot be told apart; "
            f"switch on {fields.antenna} {fields.where}"
        )


def _with_antenna(read: TagRead, antenna: int) -> TagRead:
    return read._replace(antenna=antenna) if read.antenna is None else read
