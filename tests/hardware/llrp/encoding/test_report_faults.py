"""Reports with tags that cannot be used among good ones: the good ones are decoded, the others are counted."""

from __future__ import annotations

import struct
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding.messages import TagReportData
from hardware.llrp.encoding.parameters import iterate_parameters, tlv
from hardware.llrp.encoding.tag_reports import read_tag_reports, write_tag_report

GOOD = [TagReportData(f"30{n:022X}", 1 + n % 4, -50 - n, 1_000_000 + n) for n in range(3)]
SIZE = len(write_tag_report(GOOD[0]))


def padded(*parts: bytes) -> bytes:
    """A TagReportData of the same size as a good one, filled up with a parameter of another maker."""
    rest = SIZE - 4 - sum(map(len, parts))
    return tlv(240, *parts, tlv(1023, struct.pack(">II", 1, 1), bytes(rest - 12)))


BAD = {
    "without an EPC": tlv(240, b"\x81\x00\x01\x86\xc9"),
    "without an EPC, of the same size": padded(b"\x81\x00\x01\x86\xc9"),
    "unknown fixed-length parameter first": tlv(240, b"\xe3\x01\x02\x8d", bytes(12)),
    "the same, of the same size": tlv(240, b"\xe3", bytes(SIZE - 5)),
    "EPC cut off": tlv(240, b"\x8d", bytes(5)),
    "EPC longer than its parameter": tlv(240, tlv(241, struct.pack(">H", 97), bytes(12))),
    "EPC longer than a tag's": tlv(240, tlv(241, struct.pack(">H", 512), bytes(64))),
    "empty": tlv(240),
    "inner parameter longer than the tag": tlv(240, b"\x03\xff\x00\xff"),
    "inner parameter shorter than its header": tlv(240, b"\x03\xff\x00\x03"),
}


Decode = Callable[[bytes], tuple[tuple[TagReportData, ...], int]]


def spoilt_by(decode: Decode) -> list[str]:
    """The kinds of a bad tag, with its place in the report, that cost a good one or are not counted."""
    found = []
    for kind, bad in BAD.items():
        for at in range(len(GOOD) + 1):
            tags = [write_tag_report(tag) for tag in GOOD]
            tags.insert(at, bad)
            try:
                decoded = decode(b"".join(tags))
            except LlrpFrameError:
                decoded = (), 0
            if decoded != (tuple(GOOD), 1):
                found.append(f"{kind}, at {at}")
    return found


def test_one_bad_tag_spoils_no_other() -> None:
    assert spoilt_by(read_tag_reports) == []


def all_or_nothing(body: bytes) -> tuple[tuple[TagReportData, ...], int]:
    """Planted: decodes a report as a whole."""
    tags: list[TagReportData] = []
    for _, start, end in iterate_parameters(body):
        list(iterate_parameters(body, start, end))
        decoded, left_out = read_tag_reports(body[start - 4 : end])
        if left_out:
            raise LlrpFrameError("a tag that cannot be decoded")
        tags += decoded
    return tuple(tags), 0


def uncounted(body: bytes) -> tuple[tuple[TagReportData, ...], int]:
    """Planted: decodes each tag by itself, but does not count what it leaves out."""
    return read_tag_reports(body)[0], 0


def test_planted_decoders_are_caught() -> None:
    assert len(spoilt_by(all_or_nothing)) == 4 * len(BAD)
    assert len(spoilt_by(uncounted)) == 4 * len(BAD)


@given(st.lists(st.sampled_from([*GOOD, *BAD]), max_size=12))
def test_good_tags_are_decoded_and_bad_ones_counted_in_any_mixture(order: list[TagReportData | str]) -> None:
    body = b"".join(BAD[one] if isinstance(one, str) else write_tag_report(one) for one in order)
    good = tuple(one for one in order if not isinstance(one, str))
    assert read_tag_reports(body) == (good, len(order) - len(good))
