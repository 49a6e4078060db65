"""The dials of the room watch. The defaults meet the figures measured in `tests/bench/test_rooms_bench.py`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tuning:
    """Times in microseconds, levels in dBm, chances 0 to 1.

    A level is the mean received power of an antenna over `memory_us`, missed reads counted as nothing; so a strong
    tag that is read often is high, a weak or rarely read one low.
    """

    memory_us: int = 1_500_000
    judge_us: int = 200_000
    dwell_us: int = 400_000
    move_us: int = 2_000_000
    silence_us: int = 7_000_000
    grace_us: int = 10_000_000
    forget_us: int = 5_000_000
    nominal_rate: float = 8.0
    floor_dbm: float = -72.0
    slope_db: float = 2.0
    arrive: float = 0.75
    move: float = 0.90
    sure: float = 0.98
    unsure: float = 0.90
    strangers: int = 20_000
