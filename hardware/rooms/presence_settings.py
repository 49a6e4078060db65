"""The dials of the room watch. The defaults meet the figures that `tests/bench/test_rooms_bench.py` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PresenceSettings:
    """Times in microseconds, chances 0 to 1.

    `stay` is the chance that a tag in a room is still there a second later, `linger` the same for a tag outside,
    `out_door` the share of leavers who go outside and not straight to another room, `nearness` how much a read
    at a room's antenna draws a tag from outside to that room. `arrive` and `move` are the chances a room must
    reach, for `dwell_us` and `move_us`, before a tag is shown in it; where it is `clear` less time will do. A
    tag read `gap_reads` times less than expected is gone, within `silence_least_us` and `silence_most_us`; where
    another antenna heard it within `around_us`, it has all of that time. One that did not yet prove to be here,
    as a passer at the door does not, is gone after `unproved_us`, or after `passed_us` where others hear it
    `elsewhere_us` and more after the room did, unless the room heard another that came with it within
    `party_us`; proof is to be heard for `proof_us`, or for `proof_least_us` with the chance `proof`. A tag heard
    for less than `sure_us` is sure from the chance `sure_at_once` only.
    """

    judge_us: int = 200_000
    stay: float = 0.995
    linger: float = 0.60
    out_door: float = 0.5
    nearness: float = 5.0
    arrive: float = 0.80
    dwell_us: int = 900_000
    clear: float = 0.975
    clear_us: int = 200_000
    move: float = 0.98
    move_us: int = 10_000_000
    move_clear: float = 0.999
    move_clear_us: int = 5_000_000
    outside: float = 0.85
    outside_us: int = 6_000_000
    settle_us: int = 500_000
    silence_least_us: int = 8_000_000
    silence_most_us: int = 9_500_000
    around_us: int = 2_500_000
    proof: float = 0.98
    proof_least_us: int = 3_000_000
    sure_at_once: float = 0.99
    sure_us: int = 2_000_000
    proof_us: int = 9_000_000
    unproved_us: int = 4_200_000
    elsewhere_us: int = 500_000
    passed_us: int = 2_000_000
    party_us: int = 1_500_000
    gap_reads: float = 20.0
    grace_us: int = 10_000_000
    forget_us: int = 5_000_000
    company: float = 1.0
    company_us: int = 3_000_000
    strangers: int = 20_000
    candidates: int = 4_096
