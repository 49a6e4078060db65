"""Recorded reads of a real reader with four antennas on an open floor: located better than by the strongest antenna.

The recording is cut in time into four parts; each part is located after learning from the other three.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.rooms.estimates import estimates_by_second
from hardware.rooms.learning import learn_calibration
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import Antenna, Site, parse_site
from hardware.rooms.walk import WalkRead

pytestmark = pytest.mark.skipif(
    not (Path(__file__).parents[4] / "shared/data/reads/r420_reads.parquet").exists(),
    reason="no recorded reads beside the tree (../shared/data/reads)",
)
SITE = parse_site(
    "rooms: {q1: {antennas: [1]}, q2: {antennas: [2]}, q3: {antennas: [3]}, q4: {antennas: [4]}}"
)
FOLDS = 4
SETTLED = 10
TAG = "303435fc8803d056d15b963f"

Walks = dict[str, list[WalkRead]]


@pytest.fixture(scope="module", params=["quad", "quadz"])
def walks(request: pytest.FixtureRequest, shared_data: Path) -> Walks:
    """The reads per quarter of one way of walking, with times from zero."""
    import pyarrow.compute as compute
    import pyarrow.parquet as parquet

    table = parquet.read_table(shared_data / "reads/r420_reads.parquet")
    found: Walks = {}
    for quarter in (1, 2, 3, 4):
        name = f"quadTesting/{request.param}{quarter}_train.csv"
        rows = table.filter(compute.equal(table["file"].cast("string"), name)).select(
            ["timestamp", "antenna", "rssi", "epc"]
        )
        reads = [
            (round(row["timestamp"].timestamp() * 1e6), int(row["antenna"]), float(row["rssi"]))
            for row in rows.to_pylist()
            if row["epc"] == TAG
        ]
        start = min(reads)[0]
        found[f"q{quarter}"] = [
            WalkRead(at - start, Antenna("", port), rssi, f"{TAG}-{quarter}", f"q{quarter}")
            for at, port, rssi in sorted(reads)
        ]
    return found


def folds(walks: Walks) -> Iterator[tuple[list[WalkRead], Walks]]:
    """Training reads and held-out reads, four times."""
    for fold in range(FOLDS):
        training: list[WalkRead] = []
        held_out: Walks = {}
        for room, reads in walks.items():
            low, high = (reads[-1].at_us * part // FOLDS for part in (fold, fold + 1))
            held_out[room] = [read for read in reads if low <= read.at_us < high]
            training += [read for read in reads if not low <= read.at_us < high]
        yield training, held_out


def strongest(reads: list[WalkRead]) -> Iterator[str]:
    """The room of the antenna with the strongest mean, for every 2 s."""
    for start in range(reads[0].at_us, reads[-1].at_us - 2_000_000, 2_000_000):
        signals: dict[int, list[float]] = {}
        for read in reads:
            if start <= read.at_us < start + 2_000_000:
                signals.setdefault(read.antenna.port, []).append(read.rssi_dbm or 0.0)
        yield "q" + str(max(signals, key=lambda port: sum(signals[port]) / len(signals[port])))


def test_the_tracker_halves_the_error_of_the_strongest_antenna(walks: Walks) -> None:
    strongest_right = [room == guess for room, reads in walks.items() for guess in strongest(reads)]
    right, sure = score(SITE, walks)
    error, plain_error = 1.0 - sum(right) / len(right), 1.0 - sum(strongest_right) / len(strongest_right)
    print(
        f"strongest antenna in 2 s right in {100 - 100 * plain_error:.0f} %, after 10 s of evidence "
        f"{100 - 100 * error:.0f} %, sure {100 * len(sure) / len(right):.0f} % of the time and then right "
        f"{100 * sum(sure) / max(1, len(sure)):.1f} % (held out in time, {len(right)} s)"
    )
    assert error <= plain_error / 2.0
    assert sum(sure) >= 0.98 * len(sure)
    assert len(sure) >= 0.2 * len(right)


def score(site: Site, walks: Walks) -> tuple[list[bool], list[bool]]:
    """Whether each second after the first ten has the right room, and the same for the sure ones."""
    right: list[bool] = []
    sure: list[bool] = []
    for training, held_out in folds(walks):
        calibration = learn_calibration(site, training)
        for room, reads in held_out.items():
            for second in estimates_by_second(RoomTracker(site, calibration), reads):
                settled = reads[0].at_us + SETTLED * 1_000_000 <= second.at_us <= reads[-1].at_us
                for tag in second.tags if settled else ():
                    right.append(tag.room == room)
                    if tag.sure:
                        sure.append(tag.room == room)
    return right, sure
