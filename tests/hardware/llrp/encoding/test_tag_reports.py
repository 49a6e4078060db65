"""Reports decoded by the compiled layout equal those decoded tag by tag, for any parameters."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.llrp.encoding.messages import TagReportData
from hardware.llrp.encoding.parameters import tlv
from hardware.llrp.encoding.tag_reports import read_tag_reports, write_tag_report

EPC = "3074257BF7194E4000001A85"
TAG = TagReportData(EPC, 1, -50, 7)
OTHER = TagReportData(EPC, 3, None, None)
VENDOR = tlv(1023, struct.pack(">II", 25882, 57), b"\x00\x00")

epcs = st.binary(min_size=12, max_size=12).map(lambda raw: raw.hex().upper())
tags = st.builds(
    TagReportData, epcs, st.integers(0, 65535), st.integers(-128, 127), st.integers(0, 2**64 - 1)
)


@given(st.lists(tags, min_size=1, max_size=60), st.booleans(), st.sampled_from([b"", VENDOR]))
def test_reports_with_one_layout_are_decoded(seen: list[TagReportData], uptime: bool, extra: bytes) -> None:
    body = b"".join(write_tag_report(tag, uptime=uptime, extra=extra) for tag in seen)
    assert read_tag_reports(body) == (tuple(tag._replace(antenna=tag.antenna or None) for tag in seen), 0)


# encoded parameters of a tag, each with its decoded value
PARTS = {
    "epc96": b"\x8d" + bytes.fromhex(EPC),
    "epc128": tlv(241, struct.pack(">H", 128), bytes(range(16))),
    "antenna": b"\x81\x00\x03",
    "rssi": b"\x86\xc9",
    "first": b"\x82" + struct.pack(">Q", 1000),
    "first uptime": b"\x83" + struct.pack(">Q", 1001),
    "last": b"\x84" + struct.pack(">Q", 2000),
    "last uptime": b"\x85" + struct.pack(">Q", 2001),
    "count": b"\x88\x00\x07",
    "rospec": b"\x89\x00\x00\x00\x01",
    "pc": b"\x8c\x30\x00",
    "vendor": VENDOR,
    "read result": tlv(349, bytes(5)),
}


@given(st.lists(st.sampled_from(sorted(PARTS)), max_size=8, unique=True), st.integers(1, 5), st.booleans())
def test_any_choice_and_order_of_parameters_is_decoded(names: list[str], count: int, mixed: bool) -> None:
    one = tlv(240, *(PARTS[name] for name in names))
    # a tag with another layout between them, so that the compiled layout does not match
    body = one * count + (tlv(240, PARTS["epc96"], PARTS["antenna"]) if mixed else b"")
    if not {"epc96", "epc128"} & set(names):
        assert read_tag_reports(body) == ((OTHER,) * mixed, count)
        return
    seen, left_out = read_tag_reports(body)
    assert left_out == 0
    assert len(seen) == count + mixed
    assert len(set(seen[:count])) == 1
    alone = read_tag_reports(one)[0][0]
    assert seen[0] == alone
    assert alone.antenna == (3 if "antenna" in names else None)
    assert alone.rssi_dbm == (-55 if "rssi" in names else None)
    assert (alone.stamp_us is None) == (not {"first", "first uptime", "last", "last uptime"} & set(names))


@pytest.mark.parametrize(
    ("bits", "raw"), [(1, "80"), (96, EPC), (128, "30" * 16), (198, "36" * 25), (496, "AB" * 62)]
)
def test_an_epc_may_have_any_number_of_bits(bits: int, raw: str) -> None:
    body = tlv(
        240,
        tlv(241, struct.pack(">H", bits), bytes.fromhex(raw)),
        *(PARTS[name] for name in ("antenna", "rssi", "last")),
    )
    for count in (1, 4):
        assert [tag.epc for tag in read_tag_reports(body * count)[0]] == [raw] * count


@pytest.mark.parametrize(
    "body",
    [
        tlv(240),
        tlv(240, tlv(241, struct.pack(">H", 97), bytes(12))),
        tlv(240, b"\xff"),
        tlv(240, b"\x8d" + bytes(11)),
        b"\x00\xf0\x00\x03",
        b"\x00\xf0\xff\xff" + bytes(40),
        tlv(240, PARTS["epc96"])[:-1],
    ],
)
def test_an_invalid_tag_is_left_out_alone(body: bytes) -> None:
    assert read_tag_reports(body) == ((), 1)
    good = write_tag_report(TAG)
    assert read_tag_reports(good * 3 + body) == ((TAG,) * 3, 1)


def test_other_parameters_are_skipped() -> None:
    body = tlv(242, bytes(4)) + write_tag_report(TagReportData(EPC, 1, -50, 7)) + VENDOR
    assert [tag.epc for tag in read_tag_reports(body)[0]] == [EPC]


def test_an_empty_report_has_no_tags() -> None:
    assert read_tag_reports(b"") == ((), 0)
