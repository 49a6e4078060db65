"""Settings of an LLRP connection; with the defaults a loss is detected within 3 s and healed within 5 s."""

from __future__ import annotations

from dataclasses import dataclass, field

from hardware.supervise import Backoff


@dataclass(frozen=True, slots=True)
class LlrpSettings:
    """Settings of one reader; times in seconds unless the name says otherwise.

    `antennas` empty: all. `report_every`: a report is sent after this many tags. `session` (Gen2, 0 to 3) and
    `power_dbm` None: the reader's own. `version` 1 is LLRP 1.0.1, which every reader supports; 2 requests LLRP 1.1 and
    accepts 1.0.1. A reader that sends no data gets a request after `probe_s` and counts as lost after `silence_s`;
    `answer_s` is the time-out of the setup requests.
    """

    antennas: tuple[int, ...] = ()
    report_every: int = 1
    session: int | None = None
    power_dbm: float | None = None
    version: int = 1
    # unlikely to be another program's, whose ROSpec is deleted only if the reader holds no second one
    rospec_id: int = 1905
    keepalive_ms: int = 800
    probe_s: float = 1.3
    silence_s: float = 2.2
    # some readers need one or two seconds to set up the radio
    answer_s: float = 4.0
    connect_s: float = 2.0
    backoff: Backoff = field(default_factory=Backoff)
