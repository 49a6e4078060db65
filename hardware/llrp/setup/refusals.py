"""Reasons why a reader cannot be used on this connection, in words for a technician."""

from __future__ import annotations

from typing import Final

from hardware.errors import ReaderBusyError, ReaderRefusedError, ReaderVersionError
from hardware.llrp.encoding.constants import ConnectionStatus
from hardware.llrp.encoding.messages import Capabilities

# status of ConnectionAttemptEvent (LLRP 1.0.1, clause 13.2.7.10)
_BUSY: Final = {
    ConnectionStatus.READER_CONNECTION_EXISTS: "it has connected to another client by itself",
    ConnectionStatus.CLIENT_CONNECTION_EXISTS: "another client is connected to it",
}
# version numbers in the header of messages (LLRP 1.1, clause 16.1.1; LLRP 2.0)
_VERSION_NAMES: Final = {1: "1.0.1", 2: "1.1", 3: "2.0"}


def connection_refusal(status: ConnectionStatus | None) -> ReaderRefusedError | None:
    """The error of a connection that the reader refuses; None if it does not refuse it."""
    if status in _BUSY:
        return ReaderBusyError(_BUSY[status])
    return ReaderRefusedError("it refused the connection") if status is ConnectionStatus.FAILED else None


def version_refusal(version: int | None) -> ReaderVersionError:
    """The error of a reader that accepts none of our versions; `version`: the one that it uses, if known."""
    name = _VERSION_NAMES.get(version or 0)
    told = (
        f"LLRP {name}, version number {version}," if name else f"an unknown LLRP version, number {version},"
    )
    uses = f"it uses {told} and" if version else "it"
    return ReaderVersionError(
        f"{uses} does not accept LLRP 1.1 or 1.0.1; choose one of these in the reader's own settings"
    )


def missing_region(capabilities: Capabilities | None) -> str | None:
    """What to say about a reader without a region, which does not transmit: no country and no table of powers."""
    if capabilities is None or capabilities.country != 0 or capabilities.powers:
        return None
    return "it has no region set and does not transmit: set the country in its own settings"
