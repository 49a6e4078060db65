"""How to talk to one LLRP reader, with figures that keep the promises: a loss is noticed within 3 s, healed within
5 s."""

from __future__ import annotations

from dataclasses import dataclass, field

from hardware.supervise import Backoff


@dataclass(frozen=True, slots=True)
class LlrpSettings:
    """`antennas` empty = all; `report_every` tags a report goes out; `session` and `power_dbm` None = the reader's
    own. `version` 2 asks for LLRP 1.1 and is content with less; 1.0.1 (1) is what every reader speaks. A silent reader
    is asked after `probe_s` and given up after `silence_s`;
    `answer_s` is for the requests that set it up."""

    antennas: tuple[int, ...] = ()
    report_every: int = 1
    session: int | None = None
    power_dbm: float | None = None
    version: int = 1
    # a number of our own, so that another program's ROSpec is not deleted unless the reader has room for one only
    rospec_id: int = 1905
    keepalive_ms: int = 800
    probe_s: float = 1.3
    silence_s: float = 2.2
    # setting up the radio takes some readers a second or two
    answer_s: float = 4.0
    connect_s: float = 2.0
    backoff: Backoff = field(default_factory=Backoff)
