"""The dials of the room watch. The defaults meet the figures that `tests/bench/test_rooms_bench.py` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tuning:
    """Times in microseconds, chances 0 to 1.

    `stay` is the chance that a tag in a room is still there a second later, `linger` the same for a tag outside,
    `out_door` the share of leavers who go outside and not straight to another room, `nearness` how much a read at a
    room's antenna draws a tag from outside to that room. `arrive` and `move` are the chances a room
    must reach, for `dwell_us` and `move_us`, before a tag is shown in it; where it is `clear` less time will do. A tag
    read `gap_reads` times less than expected is gone, within `silence_least_us` and `silence_most_us`.
    """

    judge_us: int = 200_000
    stay: float = 0.995
    linger: float = 0.60
    out_door: float = 0.5
    nearness: float = 5.0
    arrive: float = 0.75
    dwell_us: int = 600_000
    clear: float = 0.97
    clear_us: int = 200_000
    move: float = 0.98
    move_us: int = 8_000_000
    move_clear: float = 0.999
    move_clear_us: int = 4_000_000
    outside: float = 0.85
    outside_us: int = 6_000_000
    settle_us: int = 500_000
    silence_least_us: int = 7_500_000
    silence_most_us: int = 9_500_000
    gap_reads: float = 20.0
    grace_us: int = 10_000_000
    forget_us: int = 5_000_000
    company: float = 1.0
    company_us: int = 3_000_000
    strangers: int = 20_000
    candidates: int = 4_096
