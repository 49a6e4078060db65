"""LLRPStatus: how a reader says that it did, or did not do, what was asked (LLRP 1.0.1, clause 15)."""

from __future__ import annotations

import struct
from typing import Final

from hardware.errors import FrameError
from hardware.llrp.messages import Refusal, Status
from hardware.llrp.numbers import Parameter, StatusCode
from hardware.llrp.parameters import counted_text, text_at, tlv, unpack, walk

_U16: Final = struct.Struct(">H")
_PAIR: Final = struct.Struct(">HH")
# ParameterError may hold another one; no real message nests deeper than this
_DEEPEST: Final = 8


def read(body: bytes, start: int = 0) -> Status:
    """The status of a response. Raises FrameError where there is none."""
    for kind, value, end in walk(body, start):
        if kind == Parameter.LLRP_STATUS:
            return read_value(body, value, end)
    raise FrameError("a response without a status")


def read_value(body: bytes, value: int, end: int) -> Status:
    """The status from the value of its parameter."""
    (code,) = unpack(_U16, body, value, end)
    text, rest = text_at(body, value + 2, end)
    return Status(code, text, tuple(_refusals(body, rest, end, 0)))


def _refusals(body: bytes, start: int, end: int, depth: int) -> list[Refusal]:
    if depth > _DEEPEST:
        raise FrameError("errors nested without end")
    found = []
    for kind, value, stop in walk(body, start, end):
        if kind == Parameter.FIELD_ERROR:
            field, code = unpack(_PAIR, body, value, stop)
            found.append(Refusal(code, field=field))
        elif kind == Parameter.PARAMETER_ERROR:
            parameter, code = unpack(_PAIR, body, value, stop)
            found.append(Refusal(code, parameter=parameter))
            found += _refusals(body, value + 4, stop, depth + 1)
    return found


def write(status: Status) -> bytes:
    """The status as its parameter; its refusals stand nested, outermost first."""
    inner = b""
    for refusal in reversed(status.detail):
        if refusal.parameter is not None:
            inner = tlv(Parameter.PARAMETER_ERROR, _PAIR.pack(refusal.parameter, refusal.code), inner)
        else:
            inner = tlv(Parameter.FIELD_ERROR, _PAIR.pack(refusal.field or 0, refusal.code)) + inner
    return tlv(Parameter.LLRP_STATUS, _U16.pack(status.code), counted_text(status.text), inner)


def in_words(status: Status) -> str:
    """A refusal as a technician wants to read it: code, the reader's own words, the field or parameter."""
    try:
        name = StatusCode(status.code).name.lower().replace("_", " ")
    except ValueError:
        name = f"status {status.code}"
    where = [
        f"parameter {refusal.parameter}" if refusal.parameter is not None else f"field {refusal.field}"
        for refusal in status.detail
    ]
    return ", ".join([name, *([status.text] if status.text else []), *where])
