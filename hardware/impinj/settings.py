"""Settings of one Impinj reader, for each way in which its events arrive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from hardware.supervision.supervise import Backoff

OWN_PRESET: Final = "cheval"
"""Id of the preset that the driver writes. Ids that begin with "default" or "impinj" are the maker's own."""
DEFAULT_SESSION: Final = 0


@dataclass(frozen=True, slots=True)
class ImpinjSettings:
    """Settings of the control of a reader; times in seconds, power in dBm.

    `preset` "" writes and starts a preset of ours from the four settings after it; another name starts that preset of
    the retailer's if the reader is idle, and changes nothing. `antennas` (): all. `power_dbm` and `rf_mode` None: those
    of the reader's own preset "default". The status is requested after `probe_s` without data; each response must be
    complete within `answer_s`, each connection within `connect_s`.
    """

    user: str = "root"
    password: str = field(default="", repr=False)
    preset: str = ""
    antennas: tuple[int, ...] = ()
    session: int = DEFAULT_SESSION
    power_dbm: float | None = None
    rf_mode: int | None = None
    probe_s: float = 1.0
    answer_s: float = 1.2
    connect_s: float = 1.3
    backoff: Backoff = field(default_factory=Backoff)
