"""Encodes and decodes RO_ACCESS_REPORT, optimised for speed because reports are nearly all data that readers send.

A tag is decoded parameter by parameter when its shape comes for the first time, afterwards by the compiled layout of
that shape (`hardware.llrp.encoding.tag_layouts`).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding.constants import ParameterType
from hardware.llrp.encoding.messages import TagReportData
from hardware.llrp.encoding.parameters import iterate_parameters, tlv, unpack_fields
from hardware.llrp.encoding.tag_layouts import KEY_BYTES, TIMESTAMPS, TagLayout, candidates, learn

_BIT_COUNT: Final = struct.Struct(">H")
# 31 words: the length in the PC word has 5 bits (EPC UHF Gen2, clause 6.3.2.1.2.2)
_MAX_EPC_BITS: Final = 496


def read_tag_reports(body: bytes) -> tuple[tuple[TagReportData, ...], int]:
    """The tags of a report, in its order, and how many were left out because they could not be decoded.

    A tag without an EPC or with a parameter of unknown length is left out alone, because its own length is known. If
    the parameters of the report itself are cut off, everything from there on counts as one tag left out.
    """
    found = candidates(body[:KEY_BYTES], ())
    if not found or found[0].size != len(body):
        return _read_several(body, found)
    # the most frequent case, a single tag, is written out here: a call costs as much as the work itself
    number = _from_bytes(body)
    for _, mask, constant, unpack, pick, epc, _ in found:
        if number & mask == constant:
            values = unpack(body)
            if pick is not None:
                values = pick((*values, None))
            antenna, rssi, stamp = values
            return (_new(TagReportData, (body[epc].hex().upper(), antenna or None, rssi, stamp)),), 0
    return _read_each(body)


# TagReportData from a tuple, without the call of its Python constructor
_new: Final = tuple.__new__
_from_bytes: Final = int.from_bytes


def _read_several(body: bytes, first: Sequence[TagLayout]) -> tuple[tuple[TagReportData, ...], int]:
    """Several tags; `first` are the layouts that the first one may have."""
    for layout in first:
        if layout.matches(body[: layout.size]):
            tags = layout.equal_tags(body)
            return (tags, 0) if tags is not None else _read_each(body)
    return _read_each(body)


def read_by_parameters(body: bytes) -> tuple[tuple[TagReportData, ...], int]:
    """The same, parameter by parameter: slow, and the reference for the compiled layouts."""
    tags: list[TagReportData] = []
    left_out = at = 0
    while at < len(body):
        at, tag, bad = _read_next(body, at)
        tags += tag
        left_out += bad
    return tuple(tags), left_out


def _read_each(body: bytes) -> tuple[tuple[TagReportData, ...], int]:
    """Tags of several shapes: each by its layout, or by its parameters if its shape is new."""
    tags: list[TagReportData] = []
    left_out = at = 0
    while at < len(body):
        for layout in candidates(body[at : at + KEY_BYTES], ()):
            part = body[at : at + layout.size]
            if layout.matches(part):
                tags.append(layout.tag(part))
                at += layout.size
                break
        else:
            start = at
            at, tag, bad = _read_next(body, at)
            if tag:
                learn(body, start, at)
            tags += tag
            left_out += bad
    return tuple(tags), left_out


def _read_next(body: bytes, at: int) -> tuple[int, list[TagReportData], int]:
    """The end of the parameter at this place, its tag if it is a valid one, and 1 if it is a tag to leave out."""
    try:
        kind, value, stop = next(iterate_parameters(body, at))
    except LlrpFrameError:
        return len(body), [], 1
    if kind != ParameterType.TAG_REPORT_DATA:
        return stop, [], 0
    try:
        return stop, [_read_tag(body, value, stop)], 0
    except LlrpFrameError:
        return stop, [], 1


def _read_tag(body: bytes, start: int, end: int) -> TagReportData:
    """One tag. A field that the reader did not send is None; port 0 does not exist and counts as not sent."""
    epc: str | None = None
    antenna: int | None = None
    rssi: int | None = None
    stamps: dict[int, int] = {}
    for kind, value, stop in iterate_parameters(body, start, end):
        match kind:
            case ParameterType.EPC_96:
                epc = body[value:stop].hex().upper()
            case ParameterType.EPC_DATA:
                epc = _epc_data(body, value, stop)
            case ParameterType.ANTENNA_ID:
                antenna = body[value] << 8 | body[value + 1] or None
            case ParameterType.PEAK_RSSI:
                rssi = body[value] - 256 if body[value] > 127 else body[value]
            case 2 | 3 | 4 | 5:
                stamps[kind] = int.from_bytes(body[value:stop])
            case _:
                pass  # tag seen count, channel, spec ids, access results and custom parameters are not used
    if not epc:
        raise LlrpFrameError("a tag report without an EPC")
    stamp = next((stamps[kind] for kind in TIMESTAMPS if kind in stamps), None)
    return TagReportData(epc, antenna, rssi, stamp)


def _epc_data(body: bytes, value: int, stop: int) -> str:
    """An EPCData parameter (clause 13.2.3.1): number of bits, then the EPC, padded at the end to whole bytes."""
    (bits,) = unpack_fields(_BIT_COUNT, body, value, stop)
    if bits > _MAX_EPC_BITS:
        raise LlrpFrameError(f"an EPC of {bits} bits; a tag holds at most {_MAX_EPC_BITS}")
    if value + 2 + (bits + 7) // 8 > stop:
        raise LlrpFrameError(f"an EPC of {bits} bits in {stop - value - 2} bytes")
    return body[value + 2 : value + 2 + (bits + 7) // 8].hex().upper()


def write_tag_report(tag: TagReportData, *, uptime: bool = False, extra: bytes = b"") -> bytes:
    """One TagReportData as Impinj and Zebra readers send it: EPC, antenna, RSSI, first and last timestamp, count.

    Fields that are None are not sent. `uptime`: timestamps of the uptime type; `extra`: appended parameters, for
    example a custom one.
    """
    raw = bytes.fromhex(tag.epc)
    epc = b"\x8d" + raw if len(raw) == 12 else tlv(ParameterType.EPC_DATA, _BIT_COUNT.pack(8 * len(raw)), raw)
    parts = [epc]
    if tag.antenna is not None:
        parts.append(_ANTENNA.pack(0x81, tag.antenna))
    if tag.rssi_dbm is not None:
        parts.append(_RSSI.pack(0x86, tag.rssi_dbm))
    if tag.stamp_us is not None:
        first, last = (0x83, 0x85) if uptime else (0x82, 0x84)
        parts.append(_STAMPS.pack(first, tag.stamp_us, last, tag.stamp_us))
    return tlv(ParameterType.TAG_REPORT_DATA, *parts, b"\x88\x00\x01", extra)


_ANTENNA: Final = struct.Struct(">BH")
_RSSI: Final = struct.Struct(">Bb")
_STAMPS: Final = struct.Struct(">BQBQ")
