"""Settings of the room tracker. `tests/bench/test_rooms_bench.py` prints the figures that the defaults reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PresenceSettings:
    """Times in microseconds, probabilities from 0 to 1.

    Movement model, per second:
    - `stay`: probability that a tag in a room is still in it; `stay_outside`: the same for a tag outside all rooms.
    - `leave_outside`: share of departing tags that go outside and not directly to another room.
    - `near_weight`: how much each read of a room's antenna raises the probability that a tag outside enters that room.
    - `arrival_boost`: how much each arrival within `arrival_memory_us` raises the probability of the next one.

    A tag is shown in a room when the room's probability is at least `arrive` for `arrive_us` (`clear_arrive` for
    `clear_arrive_us`) and the tag is known for `settle_us`. It changes rooms at `move` for `move_us` (`clear_move` for
    `clear_move_us`). It leaves when "outside" has at least `outside` for `outside_us`.

    A tag also leaves when its room's antennas do not read it for the time in which they would be expected to read it
    `silence_reads` times, at least `min_silence_us`, at most `max_silence_us`; for the maximum if another antenna read
    it within `other_antenna_us`. A tag is confirmed after `confirm_us` in the room, or after `early_confirm_us` at
    probability `confirm`. An unconfirmed tag leaves after `unconfirmed_silence_us`, or after `passing_silence_us` if
    other antennas read it `elsewhere_us` or more after the room did, unless the room read another tag of its arrival
    group within `group_us`. Within `new_us` of its arrival a tag is sure only at `new_sure`. After a reader reconnects,
    missing reads count again after `grace_us`.

    Tags in no room are dropped after `expire_us`; `max_seen_once` and `max_candidates` limit how many are kept.
    """

    update_us: int = 200_000
    stay: float = 0.995
    stay_outside: float = 0.60
    leave_outside: float = 0.5
    near_weight: float = 5.0
    arrive: float = 0.80
    arrive_us: int = 900_000
    clear_arrive: float = 0.975
    clear_arrive_us: int = 200_000
    move: float = 0.98
    move_us: int = 10_000_000
    clear_move: float = 0.999
    clear_move_us: int = 5_000_000
    outside: float = 0.85
    outside_us: int = 6_000_000
    settle_us: int = 500_000
    min_silence_us: int = 8_000_000
    max_silence_us: int = 9_500_000
    other_antenna_us: int = 2_500_000
    confirm: float = 0.98
    early_confirm_us: int = 3_000_000
    confirm_us: int = 9_000_000
    new_sure: float = 0.99
    new_us: int = 2_000_000
    unconfirmed_silence_us: int = 4_200_000
    elsewhere_us: int = 500_000
    passing_silence_us: int = 2_000_000
    group_us: int = 1_500_000
    silence_reads: float = 20.0
    grace_us: int = 10_000_000
    expire_us: int = 5_000_000
    arrival_boost: float = 1.0
    arrival_memory_us: int = 3_000_000
    max_seen_once: int = 20_000
    max_candidates: int = 4_096
