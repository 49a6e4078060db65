"""How fast reports of 50 tags become values, beside the published Python codecs, each in a process of its own."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.llrp.codec import decode, encode
from hardware.llrp.frames import Framer
from hardware.llrp.messages import RoAccessReport, TagReportData
from hardware.llrp.reader import convert_timestamps
from tests.peers import environment

TAGS = 50
# the bar is 2.5; more than 6 was measured
LEAST_RATIO = 2.5


def report() -> bytes:
    chance = random.Random(50)
    return encode(
        RoAccessReport(
            tuple(
                TagReportData(
                    chance.randbytes(12).hex().upper(), 1 + n % 4, -50 - n % 20, 1_700_000_000_000_000 + n
                )
                for n in range(TAGS)
            )
        ),
        1,
    )


def best_rate(work: Callable[[], object]) -> float:
    """Tags a second, the best of five short rounds, as for the peers."""
    best = 0.0
    for _ in range(5):
        count, began = 0, time.perf_counter()
        while time.perf_counter() - began < 0.3:
            work()
            count += 1
        best = max(best, count * TAGS / (time.perf_counter() - began))
    return best


@pytest.mark.skipif(environment.python() is None, reason=environment.WHY_ABSENT)
def test_reports_are_read_faster_than_by_any_published_codec(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = report()
    path = tmp_path / "report.llrp"
    path.write_bytes(raw)
    framer = Framer()

    def codec() -> None:
        for frame in framer.feed(raw):
            decode(frame)

    def reader() -> None:
        for frame in framer.feed(raw):
            message = decode(frame)
            assert isinstance(message, RoAccessReport)
            convert_timestamps(message.tags, 1_800_000_000_000_000)

    peers = {
        peer: environment.run("decode_llrp.py", peer, str(path), str(TAGS)) for peer in ("pyllrp", "sllurp")
    }
    ours, whole = best_rate(codec), best_rate(reader)
    fastest = max(peers.values())
    with capsys.disabled():
        told = ", ".join(f"{peer} {rate:,.0f}/s" for peer, rate in peers.items())
        print(f"\nLLRP decode: {ours:,.0f} tags/s ({whole:,.0f}/s up to reads with our time); {told}")
        print(f"LLRP decode: {ours / fastest:.1f} x the fastest peer, {whole / fastest:.1f} x as reads")
    assert ours >= LEAST_RATIO * fastest
