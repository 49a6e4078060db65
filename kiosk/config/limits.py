"""Configuration of the store's limits: requests, connections, sign-ins, pictures.

The defaults fit a shop of 40 rooms.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kiosk.config.types import Section


class RequestLimits(Section):
    """One request. A larger one is refused before anything is looked up, whoever sends it."""

    body_kb: Annotated[int, Field(ge=16, le=1024)] = 64
    """Largest body in KiB; larger ones get status 413."""
    url_bytes: Annotated[int, Field(ge=1024, le=32_768)] = 8192
    """Longest path with its query, in bytes; longer ones get status 414."""
    head_kb: Annotated[int, Field(ge=4, le=64)] = 16
    """Request line and headers together, in KiB; larger ones get status 431."""
    arrive_s: Annotated[int, Field(ge=1, le=120)] = 10
    """Seconds in which a request must have arrived as a whole, from its first byte. A new connection has as many for
    its TLS handshake and as many for its first request."""
    send_s: Annotated[int, Field(ge=1, le=600)] = 20
    """Seconds in which a caller must take each 64 KiB of an answer; a slower one is disconnected."""


class ConnectionLimits(Section):
    """Connections. A caller is known after a request that was accepted with a mirror's token or a session."""

    total: Annotated[int, Field(ge=128, le=16_384)] = 768
    """Connections in all. Fewer if the process may open fewer files."""
    unknown: Annotated[int, Field(ge=8, le=8192)] = 256
    """Connections of unknown callers. Further ones take the place of those that have waited longest for a request, of
    the address that has most."""
    unknown_at_once: Annotated[int, Field(ge=1, le=64)] = 4
    """Requests of unknown callers that are worked on at the same time, in turn of their addresses. One that takes more
    than 0.1 s gives its place to the next."""
    handshakes_at_once: Annotated[int, Field(ge=1, le=64)] = 4
    """TLS handshakes of unknown callers that begin at the same time, in turn of their addresses. One that takes more
    than 0.05 s gives its place to the next. Addresses from which a mirror or session is connected do not wait."""
    unknown_per_address: Annotated[int, Field(ge=4, le=8192)] = 32
    """The same for one address (for IPv6, one /64 network). Connections from this computer have no such limit."""
    new_per_address_s: Annotated[int, Field(ge=1, le=10_000)] = 10
    """New connections a second from one address, after four times as many at once. Not for this computer."""
    per_caller: Annotated[int, Field(ge=4, le=1024)] = 24
    """Connections of one mirror or session, event streams included."""
    idle_s: Annotated[int, Field(ge=1, le=600)] = 30
    """Seconds after an answer for which the connection of a known caller stays open."""
    unknown_idle_s: Annotated[int, Field(ge=1, le=600)] = 5
    """The same for unknown callers."""
    spare_files: Annotated[int, Field(ge=64, le=8192)] = 256
    """Files of the process that connections never take: for the database, the ledger, readers, terminals."""


class SignInLimits(Section):
    """Sign-ins with a PIN, each of which costs some 30 ms of computing and 19 MB."""

    at_once: Annotated[int, Field(ge=1, le=16)] = 2
    """PINs that are checked at the same time; others wait."""
    waiting: Annotated[int, Field(ge=1, le=1000)] = 16
    """PINs that may wait; further ones get status 429 at once."""
    per_address_minute: Annotated[int, Field(ge=1, le=10_000)] = 20
    """Tries a minute from one address, after as many at once. Devices that have signed in before are not counted, and
    this computer is not limited."""
    per_minute: Annotated[int, Field(ge=1, le=100_000)] = 120
    """The same for all addresses together."""


class PictureLimits(Section):
    """Scaling of the catalogue's pictures."""

    workers: Annotated[int, Field(ge=1, le=8)] = 1
    """Pictures that are scaled at the same time, on threads of low priority."""
    waiting: Annotated[int, Field(ge=8, le=10_000)] = 1000
    """Pictures that may wait; for further ones the caller gets status 503."""
    decoded_mb: Annotated[int, Field(ge=16, le=2048)] = 160
    """Largest picture when it is decoded, in MB (4 bytes for a pixel); instead of larger ones a silhouette is shown."""
    memory_mb: Annotated[int, Field(ge=8, le=4096)] = 64
    """Scaled pictures in memory, in MB."""
    disk_mb: Annotated[int, Field(ge=0, le=100_000)] = 512
    """Scaled pictures on disk (`pictures` in the state directory), in MB; 0: none."""


class Limits(Section):
    """What callers may use of the store."""

    requests: RequestLimits = RequestLimits()
    connections: ConnectionLimits = ConnectionLimits()
    sign_in: SignInLimits = SignInLimits()
    pictures: PictureLimits = PictureLimits()
