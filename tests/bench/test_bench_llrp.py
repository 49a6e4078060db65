"""How fast reports become values, beside the published Python codecs, each in a process of its own, in CPU time.

Three reports: one tag, as readers send it on the client's own settings; 50 tags of one shape; 50 tags of eight shapes
in random order (EPCs of 96, 128 and 198 bits, with and without RSSI, timestamps, ids and a maker's own parameters).
"""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from hardware.llrp.encoding.codec import decode
from hardware.llrp.encoding.constants import MessageType
from hardware.llrp.encoding.frames import Framer, pack_frame
from hardware.llrp.encoding.messages import RoAccessReport, TagReportData
from hardware.llrp.encoding.parameters import tlv
from hardware.llrp.encoding.tag_reports import write_tag_report
from hardware.llrp.reader import convert_timestamps
from tests.peers import environment
from tests.peers.decode_llrp import best_rate

TAGS = 50
LEAST_RATIO = 3.0
# the peers make no reads and convert no times
LEAST_RATIO_AS_READS = 2.5
NOW_US = 1_800_000_000_000_000
# RF phase angle and RSSI of an Impinj reader
VENDOR = tlv(1023, struct.pack(">II", 25882, 56), b"\x01\x00") + tlv(
    1023, struct.pack(">II", 25882, 57), b"\xec\x78"
)
# ROSpecID, InventoryParameterSpecID and ChannelIndex
IDS = b"\x89\x00\x00\x00\x01\x8a\x00\x01\x87\x00\x02"


def tag(chance: random.Random, epc_bytes: int = 12) -> TagReportData:
    number = chance.randrange(1_000_000)
    return TagReportData(
        chance.randbytes(epc_bytes).hex().upper(),
        1 + number % 4,
        -50 - number % 20,
        1_700_000_000_000_000 + number,
    )


def shape(number: int, chance: random.Random) -> bytes:
    """One tag of one of eight shapes."""
    match number:
        case 0:
            return write_tag_report(tag(chance))
        case 1:
            return write_tag_report(tag(chance, 16))
        case 2:
            return write_tag_report(tag(chance, 25))
        case 3:
            return write_tag_report(tag(chance), uptime=True)
        case 4:
            return write_tag_report(tag(chance), extra=VENDOR)
        case 5:
            return write_tag_report(tag(chance), extra=IDS)
        case 6:
            return write_tag_report(tag(chance)._replace(rssi_dbm=None))
        case _:
            return write_tag_report(tag(chance)._replace(stamp_us=None), extra=VENDOR)


def message(tags: list[bytes]) -> bytes:
    return pack_frame(MessageType.RO_ACCESS_REPORT, 1, b"".join(tags))


def reports() -> dict[str, tuple[int, bytes]]:
    """Number of tags and encoded message of each report."""
    chance = random.Random(50)
    mixed = [number % 8 for number in range(TAGS)]
    chance.shuffle(mixed)
    return {
        "1 tag": (1, message([shape(0, chance)])),
        f"{TAGS} tags of one shape": (TAGS, message([shape(0, chance) for _ in range(TAGS)])),
        f"{TAGS} tags of 8 shapes": (TAGS, message([shape(number, chance) for number in mixed])),
    }


@pytest.mark.skipif(environment.python() is None, reason=environment.WHY_ABSENT)
@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", list(reports()))
def test_reports_are_read_faster_than_by_any_published_codec(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tags, raw = reports()[name]
    path = tmp_path / "report.llrp"
    path.write_bytes(raw)
    framer = Framer()

    def codec() -> None:
        for frame in framer.feed(raw):
            decode(frame)

    def reader() -> None:
        for frame in framer.feed(raw):
            report = decode(frame)
            assert isinstance(report, RoAccessReport)
            assert len(convert_timestamps(report.tags, NOW_US)) == tags

    # each side before and after the other, so that a busy moment decides less
    ours, whole, peers = 0.0, 0.0, {"pyllrp": 0.0, "sllurp": 0.0}
    for _ in range(2):
        ours, whole = max(ours, best_rate(codec, tags)), max(whole, best_rate(reader, tags))
        for peer, best in peers.items():
            peers[peer] = max(best, environment.run("decode_llrp.py", peer, str(path), str(tags)))
    fastest = max(peers.values())
    with capsys.disabled():
        told = ", ".join(f"{peer} {rate:,.0f}/s" for peer, rate in peers.items())
        print(f"\nLLRP decode, {name}: {ours:,.0f} tags/s ({whole:,.0f}/s up to reads with our time); {told}")
        print(
            f"LLRP decode, {name}: {ours / fastest:.1f} x the fastest peer, {whole / fastest:.1f} x as reads"
        )
    assert ours >= LEAST_RATIO * fastest
    assert whole >= LEAST_RATIO_AS_READS * fastest
