"""All errors of the hardware package, as one tree.

HardwareError
├── EpcError                an EPC or a GTIN that does not identify a garment
│   ├── MalformedEpcError       not an EPC: not hex, truncated, or wrong padding
│   ├── EpcSchemeError          another coding scheme than SGTIN, or an unassigned header
│   ├── EpcValueError           the right scheme with a value that the standard does not allow
│   └── GtinError               wrong length, not digits, or a wrong check digit
├── LabelError              a scanned label that identifies no article
│   └── AmbiguousLabelError     digits that mean different articles in different symbols
├── UriError                a reader's URI that names no driver, or has mistakes
├── MissingDriverError      the library of a driver is not installed
├── SiteError               a site file with mistakes, all of them listed (`hardware.rooms.site`)
├── ReadsFileError          a CSV file of reads that cannot be used at all (`hardware.rooms.reads_csv`)
├── CalibrationError        a calibration that cannot be used or does not fit the site (`hardware.rooms.calibration`)
├── SurveyError             a survey that could not be finished (`hardware.survey.steps`)
├── ReplayRecordError       a file of recorded reads without a single read (`hardware.replay.records`)
├── CardError               a card or its reader; its own tree is in `hardware.pcsc.errors`
├── LlrpFrameError          bytes that are not LLRP (transient)
├── ReaderStoppedError      a driver ended without being asked to (`hardware.supervision.threaded_reader`)
├── ConnectionLostError     the reader sends no data or is unreachable (transient)
│   ├── HostNameError           its host name has no known address, or no name service answers
│   └── NoTlsError              no TLS at this port, or no version of it in common
└── ReaderRefusedError      the reader answers with an error (transient: a restart may help)
    ├── UntrustedError          its certificate is not trusted
    ├── ReaderBusyError         the reader serves another client
    ├── ReaderSettingError      a setting of its address cannot be met by this reader
    ├── others of Zebra readers; their tree is in `hardware.zebra.errors`
    └── ReaderVersionError      the reader uses a version of its protocol that is not supported

`transient` says whether another attempt may succeed by itself; a permanent error needs an operator.
"""

from __future__ import annotations

from typing import ClassVar

# garments' tags too, but with the brand owner's web address (Tag Data Standard 2.3); not implemented
UNSUPPORTED_GARMENT_SCHEMES = ("sgtin++", "dsgtin++")


class HardwareError(Exception):
    """The root; its text is one sentence for a technician."""

    transient: ClassVar[bool] = False


class EpcError(HardwareError):
    """An EPC or a GTIN that does not identify a garment."""


class MalformedEpcError(EpcError):
    """Not an EPC: no hex digits, or the wrong number of bits for its header."""


class EpcSchemeError(EpcError):
    """A tag of another coding scheme; `scheme` is its GS1 name, or None for an unassigned header."""

    def __init__(self, header: int, scheme: str | None) -> None:
        self.header = header
        self.scheme = scheme
        if scheme is None:
            why = f"header 0x{header:02X} is not assigned to any scheme"
        elif scheme in UNSUPPORTED_GARMENT_SCHEMES:
            why = f"{scheme} is not supported yet"
        else:
            why = f"not a garment's tag, but {scheme}"
        super().__init__(why)


class EpcValueError(EpcError):
    """The right scheme, but a value that the standard does not allow."""


class GtinError(EpcError):
    """Not a GTIN: wrong length, not digits, or a wrong check digit."""


class LabelError(HardwareError):
    """What was scanned identifies no article."""


class AmbiguousLabelError(LabelError):
    """Digits that mean different articles in different symbols, for example EAN-8 and UPC-E; `gtins` has them."""

    def __init__(self, gtins: tuple[str, ...]) -> None:
        self.gtins = gtins
        super().__init__(
            "digits of different articles as EAN-8 and as UPC-E; let the scanner send the AIM identifier"
        )


class UriError(HardwareError):
    """A URI that names no driver, or cannot be used; `mistakes` lists everything that is wrong with it."""

    def __init__(self, *mistakes: str) -> None:
        self.mistakes = mistakes
        super().__init__("; ".join(mistakes))


class MissingDriverError(HardwareError):
    """The library behind a driver is not installed."""


class LlrpFrameError(HardwareError):
    """Bytes that are not LLRP; the connection must be closed."""

    transient = True


class ConnectionLostError(HardwareError):
    """The reader sends no data or is unreachable."""

    transient = True


class HostNameError(ConnectionLostError):
    """The reader's host name has no known address, or no name service answers."""


class NoTlsError(ConnectionLostError):
    """The other side does not use TLS, or no version of it that is accepted here."""


class ReaderRefusedError(HardwareError):
    """The reader answered with an error; `status` is its LLRP status code, 0 if it has none."""

    transient = True

    def __init__(self, what: str, status: int = 0) -> None:
        self.status = status
        super().__init__(what)


class ReaderBusyError(ReaderRefusedError):
    """The reader serves another client; it accepts one at a time."""


class ReaderSettingError(ReaderRefusedError):
    """A setting of the reader's address cannot be met by this reader, for example antennas that it does not have."""


class ReaderVersionError(ReaderRefusedError):
    """The reader uses a version of its protocol that is not supported."""


class UntrustedError(ReaderRefusedError):
    """The certificate of a reader or broker is not trusted; the text names it and how to trust it."""
