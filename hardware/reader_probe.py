"""What a driver's probe found out about a reader: values that every driver returns and `cheval doctor` shows.

A probe runs the driver's own dialogue once until the reader would post reads ("running"), leaves the reader as it found
it where that is possible, and ends within `PROBE_S`. It never raises; what stops the reader is a `ProbeFailure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from hardware.errors import (
    HostNameError,
    NoTlsError,
    ReaderBusyError,
    ReaderSettingError,
    ReaderVersionError,
    UntrustedError,
)

PROBE_S: Final = 15.0
"""Longest time of a probe in seconds: connection, login, and every answer of a slow reader."""


@unique
class ProbeFailure(Enum):
    """Why a reader does not get to "running"; each kind has its own advice in `cheval doctor`."""

    NAME = "name"
    """The host name is not known to the name service, or no name service answers."""
    UNREACHABLE = "unreachable"
    """No connection: refused, no route, or no answer in time."""
    CERTIFICATE = "certificate"
    """TLS: the certificate is not trusted, expired, or of another host."""
    PROTOCOL = "protocol"
    """Another program answers there, or the reader uses another protocol or version."""
    SILENT = "silent"
    """The connection is open, but an answer is missing."""
    LOGIN = "login"
    """User, password or token is refused."""
    BUSY = "busy"
    """Another client uses the reader; the running store itself may be that client."""
    REGION = "region"
    """No region or country is set, so the reader does not transmit."""
    SETTING = "setting"
    """A setting of the address is refused, for example an antenna that the reader does not have."""
    REFUSED = "refused"
    """The reader refuses for another reason; `why` holds its own words."""
    MISSING = "missing"
    """A device, file or library is missing, or this user may not open it."""
    BROKEN = "broken"
    """A file (recorded reads) cannot be used."""


_USUAL: Final[dict[type[Exception], ProbeFailure]] = {
    HostNameError: ProbeFailure.NAME,
    NoTlsError: ProbeFailure.PROTOCOL,
    UntrustedError: ProbeFailure.CERTIFICATE,
    ReaderBusyError: ProbeFailure.BUSY,
    ReaderSettingError: ProbeFailure.SETTING,
    ReaderVersionError: ProbeFailure.PROTOCOL,
}


def usual_failure(error: Exception) -> ProbeFailure | None:
    """What an error means that has one meaning for every driver; None for an error that depends on the protocol."""
    return next((failure for kind, failure in _USUAL.items() if isinstance(error, kind)), None)


_REACH: Final = (
    "Check the broker's address and port, whether it runs, and whether it listens on the network (mosquitto: the line"
    " `listener`)."
)
BROKER_ADVICE: Final[dict[ProbeFailure, str]] = {
    ProbeFailure.LOGIN: "Correct the user in the address and the first line of its password_file, or the broker's"
    " access rules; the broker's log names the reason.",
    ProbeFailure.UNREACHABLE: _REACH,
    ProbeFailure.SILENT: _REACH,
    ProbeFailure.PROTOCOL: _REACH,
}
"""Advice about a broker between a reader and us, where the usual one is about the reader."""


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What is known of a reader after a probe.

    `place`: address or device as text, without user and password. `failure` None: the dialogue reached "running".
    `why` and `advice` are one sentence each for a technician; an empty `advice` means the usual one for this failure.
    Values that the reader does not tell stay None or empty. Signal power in dBm. `notes`: sentences about what works
    but should be known (another power is used, an antenna is disconnected, the reader's session).
    """

    place: str
    failure: ProbeFailure | None = None
    why: str = ""
    advice: str = ""
    identity: str = ""
    """Maker, model and firmware."""
    region: str = ""
    """Region or frequency plan as the reader names it."""
    antennas: tuple[int, ...] | None = None
    """All antenna ports of the reader, from 1."""
    connected: tuple[int, ...] | None = None
    """The ports at which the reader detects an antenna."""
    power_dbm: tuple[float, float] | None = None
    """Lowest and highest transmit power that can be set."""
    notes: tuple[str, ...] = ()
