"""Decodes RO_ACCESS_REPORT, optimised for speed because reports are nearly all data that readers send.

The tags of a report usually have the same layout: the same parameters in the same order. The first tag is decoded
parameter by parameter; a mask of its constant bytes is compared with the whole report in one operation, and one
compiled struct unpacks the values of all tags. A report that does not match the mask is decoded tag by tag.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp.constants import TV_PARAMETER_SIZES, ParameterType
from hardware.llrp.messages import TagReportData
from hardware.llrp.parameters import iterate_parameters, tlv, unpack_fields

_TIMESTAMPS: Final = (  # in order of preference
    ParameterType.LAST_SEEN_UTC,
    ParameterType.LAST_SEEN_UPTIME,
    ParameterType.FIRST_SEEN_UTC,
    ParameterType.FIRST_SEEN_UPTIME,
)
_BIT_COUNT: Final = struct.Struct(">H")


def read_tag_reports(body: bytes) -> tuple[tuple[TagReportData, ...], int]:
    """The tags of a report, in its order, and how many were left out because they could not be decoded.

    A tag without an EPC or with a parameter of unknown length is left out alone, because its own length is known. If
    the parameters of the report itself are cut off, everything from there on counts as one tag left out.
    """
    if len(body) > 4 and body[0] == 0 and body[1] == ParameterType.TAG_REPORT_DATA:
        size = body[2] << 8 | body[3]
        # for a single tag the mask does not pay
        if size > 4 and len(body) >= 2 * size and len(body) % size == 0:
            tags = _read_uniform(body, size)
            if tags:
                return tags, 0
    return _read_each(body)


def _read_uniform(body: bytes, size: int) -> tuple[TagReportData, ...] | None:
    """The tags of a report in which all have this size and layout; None if they have not."""
    try:
        layout = _compile_layout(_signature(body, size))
    except LlrpFrameError:
        # the first tag cannot be decoded, the others may be sound
        return None
    return layout.read(body, len(body) // size) if layout else None


def _read_each(body: bytes) -> tuple[tuple[TagReportData, ...], int]:
    tags: list[TagReportData] = []
    left_out = 0
    try:
        for kind, start, end in iterate_parameters(body):
            if kind == ParameterType.TAG_REPORT_DATA:
                try:
                    tags.append(_read_tag(body, start, end))
                except LlrpFrameError:
                    left_out += 1
    except LlrpFrameError:
        left_out += 1
    return tuple(tags), left_out


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
    if epc is None:
        raise LlrpFrameError("a tag report without an EPC")
    stamp = next((stamps[kind] for kind in _TIMESTAMPS if kind in stamps), None)
    return TagReportData(epc, antenna, rssi, stamp)


def _epc_data(body: bytes, value: int, stop: int) -> str:
    """An EPCData parameter (clause 13.2.3.1): number of bits, then the EPC, padded at the end to whole bytes."""
    (bits,) = unpack_fields(_BIT_COUNT, body, value, stop)
    if value + 2 + (bits + 7) // 8 > stop:
        raise LlrpFrameError(f"an EPC of {bits} bits in {stop - value - 2} bytes")
    return body[value + 2 : value + 2 + (bits + 7) // 8].hex().upper()


@dataclass(frozen=True, slots=True)
class _Layout:
    """A layout of TagReportData: the constant bytes, and the positions of the values."""

    size: int
    constant: bytes
    mask: bytes
    layout: struct.Struct
    epc_from: int
    epc_to: int

    def read(self, body: bytes, count: int) -> tuple[TagReportData, ...] | None:
        mask, constant = _repeated(self.mask, self.constant, count)
        if int.from_bytes(body) & mask != constant:
            return None
        text = body.hex().upper()
        starts = range(self.epc_from, len(text), 2 * self.size)
        width = self.epc_to - self.epc_from
        new = tuple.__new__
        return tuple(
            [
                new(TagReportData, (text[at : at + width], antenna or None, rssi, stamp))
                for at, (antenna, rssi, stamp) in zip(starts, self.layout.iter_unpack(body), strict=True)
            ]
        )


@lru_cache(maxsize=256)
def _repeated(mask: bytes, constant: bytes, count: int) -> tuple[int, int]:
    return int.from_bytes(mask * count), int.from_bytes(constant * count)


# parameter type, encoded size, constant bytes at its start
_Signature = tuple[tuple[int, int, bytes], ...]


def _signature(body: bytes, size: int) -> _Signature:
    """The parameters of the first tag, in order, each with the bytes that are the same in every tag."""
    parts = [(ParameterType.TAG_REPORT_DATA.value, 4, body[:4])]
    for kind, value, stop in iterate_parameters(body, 4, size):
        head = 1 if kind in TV_PARAMETER_SIZES else 4
        start = value - head
        constant = body[start : value + 2 if kind == ParameterType.EPC_DATA else value]
        parts.append((kind, stop - start, constant))
    return tuple(parts)


@lru_cache(maxsize=64)
def _compile_layout(signature: _Signature) -> _Layout | None:
    """The compiled layout, or None if antenna, RSSI and timestamp are not all present in this order."""
    kinds = [kind for kind, _, _ in signature]
    stamp = next((kind for kind in _TIMESTAMPS if kind in kinds), None)
    if stamp is None or len(set(kinds)) != len(kinds):
        return None
    wanted: dict[int, str] = {ParameterType.ANTENNA_ID: "H", ParameterType.PEAK_RSSI: "b", stamp: "Q"}
    if [kind for kind in kinds if kind in wanted] != list(wanted):
        return None
    layout, constant, mask, at, epc = ">", b"", b"", 0, (0, 0)
    for kind, size, head in signature:
        if kind in (ParameterType.EPC_96, ParameterType.EPC_DATA):
            epc = (2 * (at + len(head)), 2 * _epc_end(kind, at, head))
        layout += f"{len(head)}x" + wanted.get(
            ParameterType(kind) if kind in wanted else kind, f"{size - len(head)}x"
        )
        constant += head + bytes(size - len(head))
        mask += b"\xff" * len(head) + bytes(size - len(head))
        at += size
    return _Layout(at, constant, mask, struct.Struct(layout), *epc) if epc[1] > epc[0] else None


def _epc_end(kind: int, at: int, head: bytes) -> int:
    if kind == ParameterType.EPC_96:
        return at + TV_PARAMETER_SIZES[kind]
    return at + len(head) + ((head[4] << 8 | head[5]) + 7) // 8


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
