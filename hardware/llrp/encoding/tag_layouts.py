"""Compiled layouts of TagReportData: the fast way to decode tags whose shape was seen before.

A shape is the parameters of a tag in their order, with their lengths. Its layout holds a mask of the bytes that are the
same in every tag of this shape (types, lengths, the bit count of the EPC) and a compiled struct for the values. A tag
matches if all its constant bytes are equal, so a match is a proof that it has the same parameters at the same places.
Layouts are found by the first five bytes of a tag: type, length and the type of its first parameter.

The layouts of all readers are kept together; they are values that never change, so threads may share them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from hardware.llrp.encoding.constants import TV_PARAMETER_SIZES, ParameterType
from hardware.llrp.encoding.messages import TagReportData
from hardware.llrp.encoding.parameters import iterate_parameters

TIMESTAMPS: Final = (  # in order of preference
    ParameterType.LAST_SEEN_UTC,
    ParameterType.LAST_SEEN_UPTIME,
    ParameterType.FIRST_SEEN_UTC,
    ParameterType.FIRST_SEEN_UPTIME,
)
KEY_BYTES: Final = 5
# different first bytes, and shapes with the same ones; a reader has a handful
MAX_KEYS: Final = 64
MAX_SHAPES_OF_KEY: Final = 8
_EPCS: Final = frozenset({ParameterType.EPC_96, ParameterType.EPC_DATA})

Values = tuple[int | None, ...]


class TagLayout(NamedTuple):
    """The layout of one shape, `size` bytes long.

    `mask` and `constant`, as numbers: the bytes that are the same in every tag. `unpack` gives antenna, RSSI and
    timestamp in the order of the tag, `unpack_all` those of many tags. `pick` brings them into this order, None for a
    missing one; it is None if nothing is missing and the order is right. `epc` is the place of the EPC.
    """

    size: int
    mask: int
    constant: int
    unpack: Callable[[bytes], Values]
    pick: Callable[[Values], Values] | None
    epc: slice
    unpack_all: Callable[[bytes], Iterable[Values]]

    def matches(self, part: bytes) -> bool:
        """Whether these bytes are a tag of this shape."""
        return len(part) == self.size and int.from_bytes(part) & self.mask == self.constant

    def tag(self, part: bytes) -> TagReportData:
        """The tag in exactly these bytes, which match."""
        values: Values = self.unpack(part)
        if self.pick is not None:
            values = self.pick((*values, None))
        antenna, rssi, stamp = values
        # port 0 does not exist
        return _new(TagReportData, (part[self.epc].hex().upper(), antenna or None, rssi, stamp))

    def equal_tags(self, body: bytes) -> tuple[TagReportData, ...] | None:
        """The tags of a report in which every tag has this shape; None if one has another."""
        count, rest = divmod(len(body), self.size)
        if rest:
            return None
        # the constant bytes of all tags are compared in one operation
        mask, constant = _repeated(self.mask, self.constant, self.size, count)
        if int.from_bytes(body) & mask != constant:
            return None
        text = body.hex().upper()
        width = 2 * (self.epc.stop - self.epc.start)
        starts = range(2 * self.epc.start, len(text), 2 * self.size)
        rows: Iterable[Values] = self.unpack_all(body)
        if self.pick is not None:
            pick = self.pick
            rows = [pick((*row, None)) for row in rows]
        return tuple(
            [
                _new(TagReportData, (text[at : at + width], antenna or None, rssi, stamp))
                for at, (antenna, rssi, stamp) in zip(starts, rows, strict=True)
            ]
        )


_new = tuple.__new__
_layouts: dict[bytes, tuple[TagLayout, ...]] = {}
candidates: Final = _layouts.get
"""The layouts for the first KEY_BYTES of a tag; all of one key have the same size."""


@lru_cache(maxsize=256)
def _repeated(mask: int, constant: int, size: int, count: int) -> tuple[int, int]:
    return int.from_bytes(mask.to_bytes(size) * count), int.from_bytes(constant.to_bytes(size) * count)


def learn(body: bytes, start: int, end: int) -> None:
    """Compiles the shape of a valid tag, from its type to its end, unless it is too unusual to be compiled."""
    layout = compile_layout(body, start, end)
    if layout is None:
        return
    key = body[start : start + KEY_BYTES]
    if key not in _layouts and len(_layouts) >= MAX_KEYS:
        # a reader that sends ever new shapes: the usual ones are learned again
        _layouts.clear()
    _layouts[key] = (*_layouts.get(key, ())[1 - MAX_SHAPES_OF_KEY :], layout)


def compile_layout(body: bytes, start: int, end: int) -> TagLayout | None:
    """The layout of a valid tag, from its type to its end; None if it has two EPCs, or one of the values twice."""
    parameters = list(iterate_parameters(body, start + 4, end))
    kinds = [kind for kind, _, _ in parameters]
    formats = _formats(kinds)
    if sum(kind in _EPCS for kind in kinds) != 1 or any(kinds.count(kind) > 1 for kind in formats):
        return None
    constant, mask, layout, epc = body[start : start + 4], b"\xff" * 4, ">4x", slice(0)
    for kind, value, stop in parameters:
        first, head = start + len(constant), value
        if kind in _EPCS:
            head, epc_end = _epc_place(body, kind, value)
            epc = slice(head - start, epc_end - start)
        constant += body[first:head] + bytes(stop - head)
        mask += b"\xff" * (head - first) + bytes(stop - head)
        layout += f"{head - first}x" + formats.get(kind, f"{stop - head}x")
    values = struct.Struct(layout)
    return TagLayout(
        end - start,
        int.from_bytes(mask),
        int.from_bytes(constant),
        values.unpack,
        _pick(kinds, formats),
        epc,
        values.iter_unpack,
    )


def _formats(kinds: Sequence[int]) -> dict[int, str]:
    """How antenna, RSSI and the preferred timestamp are unpacked; in the order of TagReportData."""
    stamp = next((kind for kind in TIMESTAMPS if kind in kinds), None)
    formats: dict[int, str] = {ParameterType.ANTENNA_ID: "H", ParameterType.PEAK_RSSI: "b"}
    return formats if stamp is None else formats | {stamp: "Q"}


def _pick(kinds: Sequence[int], formats: Iterable[int]) -> Callable[[Values], Values] | None:
    """Brings the values of a tag into the order of TagReportData; the last one of its argument is None."""
    order = [kind for kind in kinds if kind in formats]
    places = [order.index(kind) if kind in order else -1 for kind in formats]
    places += [-1] * (3 - len(places))
    return None if places == [0, 1, 2] else itemgetter(*places)


def _epc_place(body: bytes, kind: int, value: int) -> tuple[int, int]:
    """Start and end of the EPC in a parameter; of an EPCData the bit count comes before it (clause 13.2.3.1)."""
    if kind == ParameterType.EPC_96:
        return value, value + TV_PARAMETER_SIZES[kind] - 1
    return value + 2, value + 2 + ((body[value] << 8 | body[value + 1]) + 7) // 8
