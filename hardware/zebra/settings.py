"""Settings of one Zebra reader, and the error of a reader whose own settings do not fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from hardware.supervision.supervise import Backoff

MAX_MESSAGE_BYTES: Final = 1 << 20
"""Of one message; a reader's largest batch has 256,000 bytes (schema "batching", maxPayloadSizePerReport)."""


@dataclass(frozen=True, slots=True)
class RadioSettings:
    """What the operating mode that Cheval writes to the reader contains.

    `session`: 0 to 3 (EPC Gen2, 6.3.2.2). `power_dbm`: transmit power; None leaves the reader's default of 27 dBm.
    """

    session: int = 0
    power_dbm: float | None = None


@dataclass(frozen=True, slots=True)
class ZebraSettings:
    """Settings of one reader with local REST; times in seconds.

    `radio` None: the reader's own operating mode is used and only checked. `antennas`: the ports in use, all if empty.
    A connection must be there within `connect_s`, a response during set-up within `answer_s`. While the reader reports,
    a WebSocket ping is sent after `ping_s` without data and must be answered within `pong_s`; the status is requested
    every `status_s` and must be answered within `status_answer_s`. The sum of `ping_s` and `pong_s`, for a reader that
    does not answer pings with `status_answer_s`, is the longest time until a dead link is noticed.
    """

    user: str = "admin"
    password: str = field(default="", repr=False)
    radio: RadioSettings | None = field(default_factory=RadioSettings)
    antennas: tuple[int, ...] = ()
    connect_s: float = 1.3
    answer_s: float = 10.0
    ping_s: float = 0.8
    pong_s: float = 1.2
    status_s: float = 30.0
    status_answer_s: float = 1.0
    backoff: Backoff = field(default_factory=Backoff)
