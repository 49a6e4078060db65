"""Settings of an LLRP connection; with the defaults a loss is detected within 3 s and healed within 5 s."""

from __future__ import annotations

from dataclasses import dataclass, field

from hardware.supervision.supervise import Backoff


@dataclass(frozen=True, slots=True)
class LlrpSettings:
    """Settings of one reader; times in seconds unless the name says otherwise.

    `antennas` empty: all. `report_every`: a report is sent after this many tags. `session`: Gen2 session, 0 to 3; only
    in session 0 a tag that stays in the field is read all the time. `power_dbm` None: the reader's own. `version` 1 is
    LLRP 1.0.1, which nearly every reader supports; 2 requests LLRP 1.1 and accepts 1.0.1.

    A reader that sends no data gets a request after `probe_s` and counts as lost after `silence_s`. Once it has sent
    its first message, each response may take `answer_s`; where the connection works without it, `optional_s`.
    `link_down_after`: unanswered keep-alives after which the reader closes the connection, where it can do so.
    """

    antennas: tuple[int, ...] = ()
    report_every: int = 1
    session: int = 0
    power_dbm: float | None = None
    version: int = 1
    # unlikely to be another program's, whose ROSpec is deleted only if the reader holds no second one
    rospec_id: int = 1905
    keepalive_ms: int = 800
    link_down_after: int = 3
    probe_s: float = 1.3
    silence_s: float = 2.2
    # some readers need several seconds to set up the radio
    answer_s: float = 10.0
    optional_s: float = 2.0
    connect_s: float = 2.0
    backoff: Backoff = field(default_factory=Backoff)
