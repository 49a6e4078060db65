"""Everything that can go wrong with radio and labels, as one tree.

HardwareError
├── EpcError                an EPC or a GTIN that gives no garment
│   ├── MalformedEpcError       not an EPC at all: no hex, cut off, padded with noise
│   ├── ForeignEpcError         a well-known coding scheme that is not a garment's, or a header nobody assigned
│   ├── ImpossibleEpcError      the right scheme with values that no encoder may write
│   └── GtinError               wrong length, not digits, or a wrong check digit
├── LabelError              a scanned label that names no article
├── UriError                a reader's address that names no driver, or is incomplete
├── MissingDriverError      the library of a driver is not installed
├── SiteError               a site file with mistakes, all of them named (`hardware.rooms.site`)
├── TableError              a table of reads that cannot be used at all (`hardware.rooms.table`)
├── CalibrationError        a calibration that cannot be used or does not fit (`hardware.rooms.calibration`)
├── SurveyError             a survey that could not be finished (`hardware.survey.steps`)
├── BadRecordError          a line of recorded reads that is none (`hardware.replay.reader`)
├── CardError               a card or its reader; its own tree stands in `hardware.pcsc.errors`
├── VirtualPcscdError     this machine has no virtual card reader (`hardware.sim.cards.virtual_pcscd`)
├── FrameError              bytes that are not LLRP (passing)
├── LostLinkError           the reader is silent, gone or away (passing)
└── RefusedError            the reader answers, but with a refusal (passing: a restart may mend it)

`passing` says whether trying again may help by itself; a permanent error needs a person.
"""

from __future__ import annotations

from typing import ClassVar

# garments' tags as well, but of the Tag Data Standard 2.3, which adds the maker's web address
NEWEST = ("sgtin++", "dsgtin++")


class HardwareError(Exception):
    """The root; renders itself as one sentence for a technician."""

    passing: ClassVar[bool] = False


class EpcError(HardwareError):
    """An EPC or a GTIN that gives no garment."""


class MalformedEpcError(EpcError):
    """Not an EPC: no hex digits, or the wrong number of bits for its header."""


class ForeignEpcError(EpcError):
    """A tag of another coding scheme; `scheme` is its GS1 name, or None for a header that nobody assigned."""

    def __init__(self, header: int, scheme: str | None) -> None:
        self.header = header
        self.scheme = scheme
        if scheme is None:
            why = f"no scheme has header 0x{header:02X}"
        elif scheme in NEWEST:
            why = f"a tag of the newest kind, {scheme}, which is not read yet"
        else:
            why = f"not a garment's tag, but {scheme}"
        super().__init__(why)


class ImpossibleEpcError(EpcError):
    """The right scheme, but a value that no encoder may write."""


class GtinError(EpcError):
    """Not a GTIN."""


class LabelError(HardwareError):
    """What was scanned names no article."""


class UriError(HardwareError):
    """An address that names no driver, or lacks something."""


class MissingDriverError(HardwareError):
    """The library behind a driver is not installed."""


class FrameError(HardwareError):
    """Bytes that are not LLRP; the connection cannot be followed any further."""

    passing = True


class LostLinkError(HardwareError):
    """The reader is silent, gone, or was never there."""

    passing = True


class RefusedError(HardwareError):
    """The reader answered with a refusal; `status` is its LLRP status code."""

    passing = True

    def __init__(self, what: str, status: int = 0) -> None:
        self.status = status
        super().__init__(what)
