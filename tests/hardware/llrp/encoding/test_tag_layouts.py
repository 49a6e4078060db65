"""Compiled layouts decode every report as the decoder that goes parameter by parameter, whatever the shapes."""

from __future__ import annotations

import struct
import threading

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hardware.llrp.encoding import tag_layouts
from hardware.llrp.encoding.constants import TV_PARAMETER_SIZES
from hardware.llrp.encoding.messages import TagReportData
from hardware.llrp.encoding.parameters import tlv
from hardware.llrp.encoding.tag_layouts import (
    KEY_BYTES,
    MAX_KEYS,
    MAX_SHAPES_OF_KEY,
    candidates,
    compile_layout,
    learn,
)
from hardware.llrp.encoding.tag_reports import read_by_parameters, read_tag_reports, write_tag_report

EPC = bytes.fromhex("3074257BF7194E4000001A85")


def tv(kind: int) -> st.SearchStrategy[bytes]:
    size = TV_PARAMETER_SIZES[kind] - 1
    return st.binary(min_size=size, max_size=size).map(lambda raw: bytes([0x80 | kind]) + raw)


def epc_data(bits: int, raw: bytes) -> bytes:
    return tlv(241, struct.pack(">H", bits), raw)


# EPCs of any length, padded or cut off; every TV parameter of the standard; custom and unknown parameters
epc_parts = tv(13) | st.builds(epc_data, st.integers(0, 260), st.binary(max_size=34))
value_parts = st.sampled_from([1, 2, 3, 4, 5, 6]).flatmap(tv)
other_parts = (
    st.sampled_from(sorted(set(TV_PARAMETER_SIZES) - {1, 2, 3, 4, 5, 6, 13})).flatmap(tv)
    | st.binary(min_size=8, max_size=14).map(lambda raw: tlv(1023, raw))
    | st.builds(tlv, st.integers(128, 1023), st.binary(max_size=9))
)
broken_parts = st.sampled_from(
    [b"\x95\x01", b"\xff", b"\x00\xf1\x00\x03", b"\x00\xf1\xff\xff", b"\x8d\x01", b"\x00", b"\x82\x00"]
)
parts = st.lists(epc_parts | value_parts | other_parts, max_size=9) | st.lists(
    epc_parts | value_parts | other_parts | broken_parts, max_size=9
)


@st.composite
def shapes(draw: st.DrawFn) -> list[bytes]:
    """The parameters of a tag, usually with one EPC in front."""
    rest = draw(parts)
    return [draw(epc_parts), *rest] if draw(st.integers(0, 9)) else rest


@st.composite
def reports(draw: st.DrawFn) -> bytes:
    """Tags of a few shapes with other values, sometimes other parameters between them, sometimes cut off."""
    known = draw(st.lists(shapes(), min_size=1, max_size=4))
    body = bytearray()
    for _ in range(draw(st.integers(1, 12))):
        tag = bytearray(tlv(draw(st.sampled_from([240] * 9 + [242, 1023])), *draw(st.sampled_from(known))))
        if len(tag) > 9 and draw(st.booleans()):
            tag[draw(st.integers(5, len(tag) - 1))] ^= draw(st.integers(0, 255))
        body += tag
    cut = draw(st.integers(0, 3)) == 0
    return bytes(body[: draw(st.integers(0, len(body)))] if cut else body)


@settings(max_examples=400)
@given(reports())
@example(write_tag_report(TagReportData("AB" * 12, 0, -128, 0)) * 3)
@example(tlv(240, b"\x8d" + EPC) * 3 + tlv(240, b"\x8d" + EPC)[:-1])
@example(tlv(240, epc_data(0, b""), b"\x81\x00\x01") * 2)
@example(tlv(240, b"\x8d" + EPC, b"\x81\x00\x01", b"\x81\x00\x02") * 2)
def test_compiled_layouts_decode_as_the_reference(body: bytes) -> None:
    expected = read_by_parameters(body)
    assert read_tag_reports(body) == expected
    # now with the shapes that were learned
    assert read_tag_reports(body) == expected
    assert read_tag_reports(body * 2)[0][: len(expected[0])] == expected[0]


@settings(max_examples=100)
@given(shapes(), st.binary(min_size=12, max_size=12))
def test_a_shape_is_compiled_unless_it_has_a_value_twice(shape: list[bytes], epc: bytes) -> None:
    body = tlv(240, *shape)
    tags, left_out = read_by_parameters(body)
    if left_out:
        return
    layout = compile_layout(body, 0, len(body))
    if layout is not None:
        assert layout.matches(body)
        assert layout.tag(body) == tags[0]
        assert layout.equal_tags(body * 5) == tags * 5


def test_a_layout_that_ignores_the_types_is_found() -> None:
    """The planted fault: a mask of zeros takes an uptime for a tag seen count."""
    one = tlv(240, b"\x8d" + EPC, b"\x85" + bytes(range(8)), b"\x88\x00\x01")
    other = tlv(240, b"\x8d" + EPC, b"\x88\x00\x01", b"\x85" + bytes(range(8)))
    layout = compile_layout(one, 0, len(one))
    assert layout is not None
    assert not layout.matches(other)
    planted = layout._replace(mask=0, constant=0)
    assert planted.matches(other)
    assert planted.tag(other) != read_by_parameters(other)[0][0]
    assert layout.tag(one) == read_by_parameters(one)[0][0]


def test_shapes_of_the_same_first_bytes_are_told_apart() -> None:
    first = tlv(240, b"\x8d" + EPC, b"\x82" + bytes(7) + b"\x01")
    second = tlv(240, b"\x8d" + EPC, b"\x83" + bytes(7) + b"\x02")
    for body in (first, second, first + second, second * 2 + first) * 2:
        assert read_tag_reports(body) == read_by_parameters(body)


def test_the_memory_is_bounded() -> None:
    """A reader that sends ever new shapes."""
    for size in range(MAX_KEYS * 3):
        body = tlv(240, b"\x8d" + EPC, tlv(1023, bytes(8 + size)))
        learn(body, 0, len(body))
        assert read_tag_reports(body) == read_by_parameters(body)
    assert len(tag_layouts._layouts) <= MAX_KEYS
    for kind in range(600, 600 + MAX_SHAPES_OF_KEY * 3):
        body = tlv(240, b"\x8d" + EPC, tlv(kind, bytes(8)))
        learn(body, 0, len(body))
        assert read_tag_reports(body) == read_by_parameters(body)
    assert len(candidates(body[:KEY_BYTES], ())) == MAX_SHAPES_OF_KEY


def test_threads_share_the_layouts() -> None:
    wrong: list[bytes] = []

    def decode(first: int) -> None:
        for turn in range(300):
            body = tlv(240, b"\x8d" + EPC, tlv(1023, bytes(8 + (first * 7 + turn) % 90)), b"\x81\x00\x03")
            if read_tag_reports(body * 2) != read_by_parameters(body * 2):
                wrong.append(body)

    threads = [threading.Thread(target=decode, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize("model", ["standard", "vendor"])
def test_usual_reports_of_readers_are_compiled(model: str) -> None:
    vendor = tlv(1023, struct.pack(">II", 25882, 57), b"\x00\x00") + tlv(
        1023, struct.pack(">II", 25882, 68), bytes(2)
    )
    body = write_tag_report(TagReportData("AB" * 12, 1, -50, 7), extra=vendor if model == "vendor" else b"")
    assert compile_layout(body, 0, len(body)) is not None
